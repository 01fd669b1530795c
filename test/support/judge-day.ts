import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createObservedInventory } from '../../src/inventory/observed-inventory.js';
import type { BackupJob } from '../../src/model/backup-job.js';
import type { DailyReport } from '../../src/model/daily-report.js';
import type { ProtectedResource } from '../../src/model/protected-resource.js';
import { type PipelinePorts, makeDailyReport } from '../../src/pipeline.js';
import type { Inventory } from '../../src/ports.js';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { dayOf } from './judge.js';
import { memorySource } from './memory-source.js';

export interface JudgedReport {
  readonly report: DailyReport;
  readonly jobs: readonly BackupJob[];
  /** Lines of events.ndjson.gz. */
  readonly evidence: readonly Record<string, unknown>[];
  readonly files: ReadonlyMap<string, Buffer>;
}

const quiet = { info: () => undefined, warn: () => undefined };

/** Runs the real pipeline, without renderers and mail, into an archive of its own. */
export async function judge(
  records: readonly unknown[],
  date: string,
  over: Partial<PipelinePorts> & { timezone?: string; tolerateRejected?: number } = {},
): Promise<JudgedReport> {
  const directory = await mkdtemp(join(tmpdir(), 'judge-'));
  try {
    const day = dayOf(date, over.timezone ?? 'UTC');
    const ports: PipelinePorts = {
      sources: [memorySource(records)],
      inventory: createObservedInventory(7),
      renderers: [],
      archive: createFileSystemArchive(directory),
      mailer: null,
      mailRenderer: { renderMail: async () => ({ subject: '', html: '', text: '' }) },
      clock: { nowMs: () => day.cutOffMs + 1, sleep: async () => undefined },
      log: quiet,
      ...over,
    };
    const plan = {
      name: 'test',
      lookbackDays: 7,
      tolerateRejected: over.tolerateRejected ?? 0,
      configurationDigest: 'none',
      tool: { name: 'oci-backup-reporter', version: '0.0.0' },
      principal: 'nobody',
      leaseMs: 0,
      mail: null,
    };
    const { report, location } = await makeDailyReport(plan, day, day.cutOffMs + 6 * 3_600_000, ports);
    const files = new Map<string, Buffer>();
    for (const name of await readdir(location)) files.set(name, await readFile(join(location, name)));
    return {
      report,
      files,
      jobs: linesOf(files, 'jobs.ndjson.gz'),
      evidence: linesOf(files, 'events.ndjson.gz'),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function linesOf<T>(files: ReadonlyMap<string, Buffer>, name: string): T[] {
  const text = gunzipSync(files.get(name) ?? Buffer.alloc(0)).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line));
}

/** An inventory of the resources given. */
export function fixedInventory(resources: readonly Partial<ProtectedResource>[]): Inventory {
  return {
    type: 'fixed',
    description: 'resources of a test',
    expectedResources: async () => ({
      digest: '',
      faults: [],
      resources: resources.map((each) => ({
        resourceId: 'ocid1.database.oc1.iad.x',
        resourceType: 'database',
        resourceName: 'X',
        compartmentId: null,
        compartmentName: null,
        owner: null,
        tags: {},
        ...each,
      })),
    }),
  };
}
