import { userInfo } from 'node:os';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createFileSystemArchive } from './archives/file-system/file-system-archive.js';
import type { LoadedConfiguration } from './config/load.js';
import type { Configuration } from './config/schema.js';
import { createFileInventory } from './inventory/file-inventory.js';
import { createObservedInventory } from './inventory/observed-inventory.js';
import { createOutboxMailer } from './mail/outbox/outbox-mailer.js';
import type { DailyReport } from './model/daily-report.js';
import { packageRoot } from './package-root.js';
import type { PipelinePorts, ReportPlan } from './pipeline.js';
import type { Clock, EventSource, Inventory, Log, Mailer } from './ports.js';
import { createMailRenderer } from './renderers/email/mail-renderer.js';
import { createHtmlRenderer } from './renderers/html/html-renderer.js';
import { createWorkbookRenderer } from './renderers/xlsx/workbook-renderer.js';
import { createLocalFilesSource } from './sources/local-files/local-files-source.js';

/** A plan ready to run: what it is made by, and the adapters that the configuration chose. */
export interface WiredPlan {
  readonly plan: ReportPlan;
  readonly timezone: string;
  readonly ports: PipelinePorts;
}

const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms) => {
    await delay(ms);
  },
};

/** Turns a configuration into adapters: the only place that chooses one. */
export async function wirePlan(loaded: LoadedConfiguration, log: Log): Promise<WiredPlan> {
  const { configuration, directory, digest } = loaded;
  const templates = new URL('templates/', packageRoot);
  const { mail, archive } = configuration;
  return {
    timezone: configuration.timezone,
    plan: {
      name: configuration.plan,
      lookbackDays: configuration.lookbackDays,
      tolerateRejected: configuration.tolerateRejected,
      configurationDigest: digest,
      tool: await readTool(),
      principal: principal(),
      leaseMs: archive.lease,
      mail:
        mail.type === 'none'
          ? null
          : {
              from: mail.from,
              to: mail.to,
              attachWorkbook: mail.attach.includes('xlsx'),
              maxMessageBytes: mail.maxMessageBytes,
            },
    },
    ports: {
      sources: configuration.sources.map((source) => wireSource(source, configuration.timezone, directory)),
      inventory: wireInventory(configuration, directory),
      renderers: [createWorkbookRenderer(), createHtmlRenderer(templates)],
      archive: createFileSystemArchive(resolve(directory, archive.directory)),
      mailer: wireMailer(mail, directory),
      mailRenderer: createMailRenderer(templates),
      clock: systemClock,
      log,
    },
  };
}

/** Now, or SOURCE_DATE_EPOCH (seconds), as reproducible builds do. Epoch milliseconds. */
export function generationTime(environment: NodeJS.ProcessEnv, nowMs: number): number {
  const epoch = environment['SOURCE_DATE_EPOCH'];
  return epoch !== undefined && /^\d+$/.test(epoch) ? Number(epoch) * 1000 : nowMs;
}

function wireSource(
  source: Configuration['sources'][number],
  timezone: string,
  directory: string,
): EventSource {
  return createLocalFilesSource({ paths: source.paths, directory, timezone });
}

function wireInventory({ inventory, lookbackDays }: Configuration, directory: string): Inventory {
  return inventory.type === 'file'
    ? createFileInventory(resolve(directory, inventory.path), inventory.path)
    : createObservedInventory(lookbackDays);
}

function wireMailer(mail: Configuration['mail'], directory: string): Mailer | null {
  return mail.type === 'none' ? null : createOutboxMailer(resolve(directory, mail.directory));
}

async function readTool(): Promise<DailyReport['tool']> {
  const text = await readFile(new URL('package.json', packageRoot), 'utf8');
  const { name, version }: { name: string; version: string } = JSON.parse(text);
  return { name, version };
}

function principal(): string {
  try {
    return `local user ${userInfo().username}`;
  } catch {
    // No entry in the password file, as in some containers.
    return `local user ${process.getuid?.() ?? 'unknown'}`;
  }
}
