import { gunzipSync } from 'node:zlib';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import type { DayPorts, DayRequest, DayResult, ReportPlan } from '../../src/day/report-plan.js';
import type { ActivityLine } from '../../src/reports/database-activity/model/activity.js';
import type { ActivityReport } from '../../src/reports/database-activity/model/activity-report.js';
import { createDatabaseActivity } from '../../src/reports/database-activity/database-activity.js';
import { english, quiet } from './judge-day.js';
import { dayOf } from './judge.js';
import { type MemoryArchive, createMemoryArchive } from './memory-archive.js';
import { memorySource } from './memory-source.js';

export const activityToday = '2026-11-19';

export const activityPlan: ReportPlan<ActivityReport> = {
  name: 'databases',
  kind: createDatabaseActivity({ exclude: [], reconcileDays: 3 }),
  tolerateRejected: 0,
  language: english,
  configurationDigest: 'none',
  madeBy: [],
  tool: { name: 'oci-backup-reporter', version: '0.0.0' },
  principal: 'nobody',
  leaseMs: 0,
  mail: {
    from: 'reports@example.com',
    to: ['all@example.com'],
    attachWorkbook: false,
    maxMessageBytes: 1_000_000,
    linkExpiresMs: null,
  },
};

export interface ActivityDays {
  readonly archive: MemoryArchive;
  /** Makes the report of a day of these records. */
  make(
    records: readonly object[],
    date?: string,
    over?: Partial<DayRequest<ActivityReport>>,
  ): Promise<DayResult<ActivityReport>>;
  /** Lines of a file of the day's revision. */
  linesOf<T = ActivityLine>(name: string, date?: string, revision?: number): Promise<readonly T[]>;
}

/** An archive in memory, and the machine that makes days of database-activity in it. */
export function activityDays(plan: ReportPlan<ActivityReport> = activityPlan): ActivityDays {
  const archive = createMemoryArchive();
  const ports = (records: readonly object[]): DayPorts<ActivityReport> => ({
    sources: [memorySource(records)],
    renderers: [],
    archive,
    mailer: null,
    mailRenderer: {
      renderMail: async () => ({ subject: '', text: '', html: '', inline: [] }),
    },
    channels: [],
    clock: { nowMs: () => Date.parse('2026-12-01T00:00:00Z'), sleep: async () => undefined },
    log: quiet,
  });
  return {
    archive,
    make(records, date = activityToday, over = {}) {
      const day = dayOf(date);
      const generatedAtMs = day.cutOffMs + 6 * 3_600_000;
      return makeDailyReport(plan, { day, generatedAtMs, ...over }, ports(records));
    },
    async linesOf<T>(name: string, date = activityToday, revision = 1) {
      const key = `${plan.name}/${date.replaceAll('-', '/')}/r${revision}/${name}`;
      const text = gunzipSync((await archive.read(key)) ?? new Uint8Array()).toString('utf8');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as T);
    },
  };
}
