import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import type { DayPorts, ReportPlan } from '../../src/day/report-plan.js';
import { revisionPrefix } from '../../src/day/revisions/read-revisions.js';
import { createObservedInventory } from '../../src/inventory/observed-inventory.js';
import { createLanguage } from '../../src/language/create-language.js';
import { loadLanguage } from '../../src/language/load-language.js';
import type { Language } from '../../src/model/language.js';
import type { ProtectedResource } from '../../src/model/protected-resource.js';
import { packageRoot } from '../../src/package-root.js';
import type { Archive } from '../../src/ports/archive.js';
import type { Inventory } from '../../src/ports/inventory.js';
import { createBackupCompliance } from '../../src/reports/backup-compliance/backup-compliance.js';
import type { BackupJob } from '../../src/reports/backup-compliance/model/backup-job.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type Rules, noRules } from '../../src/reports/backup-compliance/rules/rule-book.js';
import { dayOf } from './judge.js';
import { createMemoryArchive } from './memory-archive.js';
import { memorySource } from './memory-source.js';

export interface JudgedReport {
  readonly report: DailyReport;
  readonly jobs: readonly BackupJob[];
  /** Lines of events.ndjson.gz. */
  readonly evidence: readonly Record<string, unknown>[];
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The shipped messages of a language. */
export async function languageOf(tag: string): Promise<Language> {
  return createLanguage(await loadLanguage(tag, [fileURLToPath(new URL('templates', packageRoot))]));
}

export const english: Language = await languageOf('en');

export const quiet = { info: () => undefined, warn: () => undefined };

export type Settings = Partial<DayPorts<DailyReport>> & {
  readonly inventory?: Inventory;
  readonly timezone?: string;
  readonly tolerateRejected?: number;
  readonly lookbackDays?: number;
  readonly settleDelayMs?: number;
  readonly maxBridgeDays?: number;
  readonly rules?: Partial<Rules>;
  /** English where it is not given. */
  readonly language?: Language;
  readonly configurationDigest?: string;
  /** When the report is made after the cut-off. */
  readonly settleMs?: number;
};

/** Runs the real pipeline, without renderers and mail, into an archive of its own. */
export async function judge(
  records: readonly unknown[],
  date: string,
  over: Settings = {},
): Promise<JudgedReport> {
  return only(await judgeDays([date], () => ({ ...over, sources: over.sources ?? [memorySource(records)] })));
}

function only<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined || list.length !== 1) throw new Error(`one is expected, not ${list.length}`);
  return one;
}

/** Runs the real pipeline day by day into one archive, in memory, so that each report goes on from the one before. */
export async function judgeDays(
  dates: readonly string[],
  settingsOf: (date: string) => Settings & { readonly records?: readonly unknown[] },
): Promise<readonly JudgedReport[]> {
  const archive = createMemoryArchive();
  const reports: JudgedReport[] = [];
  for (const date of dates) reports.push(await judgeIn(archive, date, settingsOf(date)));
  return reports;
}

/** The real pipeline for one day into an archive in a folder. */
export function judgeInto(
  directory: string,
  date: string,
  over: Settings & { readonly records?: readonly unknown[] },
): Promise<JudgedReport> {
  return judgeIn(createFileSystemArchive(directory), date, over);
}

async function judgeIn(
  archive: Archive,
  date: string,
  over: Settings & { readonly records?: readonly unknown[] },
): Promise<JudgedReport> {
  const day = dayOf(date, over.timezone ?? 'UTC');
  const { inventory = createObservedInventory(7), lookbackDays = 7 } = over;
  const ports: DayPorts<DailyReport> = {
    sources: [memorySource(over.records ?? [])],
    renderers: [],
    archive,
    mailer: null,
    channels: [],
    mailRenderer: { renderMail: async () => ({ subject: '', html: '', text: '', inline: [] }) },
    clock: { nowMs: () => day.cutOffMs + 1, sleep: async () => undefined },
    log: quiet,
    ...over,
  };
  const plan: ReportPlan<DailyReport> = {
    name: 'test',
    kind: createBackupCompliance({
      rules: { ...noRules, ...over.rules },
      inventory,
      lookbackDays,
    }),
    tolerateRejected: over.tolerateRejected ?? 0,
    ...(over.settleDelayMs === undefined ? {} : { settleDelayMs: over.settleDelayMs }),
    ...(over.maxBridgeDays === undefined ? {} : { maxBridgeDays: over.maxBridgeDays }),
    language: over.language ?? english,
    configurationDigest: over.configurationDigest ?? 'none',
    madeBy: [],
    tool: { name: 'oci-backup-reporter', version: '0.0.0' },
    principal: 'nobody',
    leaseMs: 0,
    mail: null,
  };
  const generatedAtMs = day.cutOffMs + (over.settleMs ?? 6 * 3_600_000);
  const { report, revision } = await makeDailyReport(plan, { day, generatedAtMs }, ports);
  const files = await filesOf(ports.archive, revisionPrefix(plan.name, date, revision));
  return {
    report,
    files,
    // Read where they are asked for: most tests look at the report alone.
    get jobs() {
      return linesOf<BackupJob>(files, 'jobs.ndjson.gz');
    },
    get evidence() {
      return linesOf<Record<string, unknown>>(files, 'events.ndjson.gz');
    },
  };
}

/** Files of the archive below a prefix, by their names. */
async function filesOf(archive: Archive, prefix: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const { key } of await archive.list(prefix)) {
    files.set(key.slice(prefix.length), Buffer.from((await archive.read(key)) ?? []));
  }
  return files;
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
      isNamed: true,
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
