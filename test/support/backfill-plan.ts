import { createHash } from 'node:crypto';
import { type BackfillDay, type BackfillRequest, runBackfill } from '../../src/backfill/run-backfill.js';
import { addDays } from '../../src/base/civil-dates.js';
import type { DayPorts, ReportPlan } from '../../src/day/report-plan.js';
import { listCommitted } from '../../src/day/revisions/list-committed.js';
import { findNewestRevision } from '../../src/day/revisions/read-revisions.js';
import { createObservedInventory } from '../../src/inventory/observed-inventory.js';
import type { Archive } from '../../src/ports/archive.js';
import { createBackupCompliance } from '../../src/reports/backup-compliance/backup-compliance.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type Rules, noRules } from '../../src/reports/backup-compliance/rules/rule-book.js';
import type { ReportKind } from '../../src/reports/report-kind.js';
import { english, quiet } from './judge-day.js';
import { createMemoryArchive } from './memory-archive.js';
import { memorySource } from './memory-source.js';
import { databaseEvent } from './raw-event.js';

/** Backups judged by these rules. */
export function backupsBy(rules: Rules): ReportKind<DailyReport> {
  return createBackupCompliance({
    rules,
    inventory: createObservedInventory(7),
    lookbackDays: 7,
  });
}

export const backfillPlan: ReportPlan<DailyReport> = {
  name: 'test',
  kind: backupsBy(noRules),
  tolerateRejected: 0,
  language: english,
  configurationDigest: 'none',
  madeBy: [],
  tool: { name: 'oci-backup-reporter', version: '0.0.0' },
  principal: 'nobody',
  leaseMs: 0,
  mail: null,
};

const nowMs = Date.parse('2027-06-01T00:00:00Z');

export function backfillPorts(over: Partial<DayPorts<DailyReport>> = {}): DayPorts<DailyReport> {
  return {
    sources: [memorySource([])],
    renderers: [],
    archive: createMemoryArchive(),
    mailer: null,
    channels: [],
    mailRenderer: { renderMail: async () => ({ subject: '', html: '', text: '', inline: [] }) },
    clock: { nowMs: () => nowMs, sleep: () => new Promise((resolve) => setImmediate(resolve)) },
    log: quiet,
    ...over,
  };
}

/** A backup of each database on each of the days; `fails` says whose end is a failure. */
export function backupsOf(
  from: string,
  days: number,
  names: readonly string[],
  fails: (name: string, day: number) => boolean = () => false,
): readonly unknown[] {
  return Array.from({ length: days }, (_, day) => addDays(from, day)).flatMap((date, day) =>
    names.map((name) =>
      databaseEvent('end', `${date}T03:00:00Z`, {
        id: `${name}-${date}`,
        resourceId: `ocid1.dbbackup.oc1.iad.${name}${date}`.toLowerCase(),
        details: {
          databaseId: `ocid1.database.oc1.iad.${name.toLowerCase()}`,
          dbUniqueName: name,
          ...(fails(name, day) ? { lifecycleState: 'FAILED' } : {}),
        },
      }),
    ),
  );
}

export async function collect(
  ports: DayPorts<DailyReport>,
  over: Partial<BackfillRequest> & Pick<BackfillRequest, 'from' | 'to'>,
  plan: ReportPlan<DailyReport> = backfillPlan,
): Promise<readonly BackfillDay[]> {
  const days: BackfillDay[] = [];
  const request: BackfillRequest = {
    timezone: 'UTC',
    mode: 'missing',
    notify: false,
    shard: { index: 1, of: 1 },
    ahead: 3,
    writesEmpty: false,
    generatedAtMs: () => nowMs,
    ...over,
  };
  for await (const day of runBackfill(plan, request, ports)) days.push(day);
  return days;
}

/** The digests of the newest revisions' artefacts, by date; each file is read and compared with its manifest. */
export async function archiveDigests(
  archive: Archive,
  from: string,
  to: string,
): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  const digests: Record<string, Record<string, string>> = {};
  for (const date of [...(await listCommitted(archive, 'test', from, to))].sort()) {
    const newest = await findNewestRevision(archive, 'test', date);
    const files: Record<string, string> = {};
    for (const { name, sha256 } of newest?.manifest.artefacts ?? []) {
      const bytes = (await archive.read(`${newest?.prefix}${name}`)) ?? new Uint8Array();
      const found = createHash('sha256').update(bytes).digest('hex');
      files[name] = found === sha256 ? found : `damaged: ${found}`;
    }
    digests[date] = files;
  }
  return digests;
}
