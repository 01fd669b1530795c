import { gunzipSync } from 'node:zlib';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import type { DayPorts, DayRequest, DayResult, ReportPlan } from '../../src/day/report-plan.js';
import type { Change } from '../../src/reports/tenancy-changes/model/change.js';
import type { TenancyReport } from '../../src/reports/tenancy-changes/model/tenancy-report.js';
import { tenancyChanges } from '../../src/reports/tenancy-changes/tenancy-changes.js';
import { english, quiet } from './judge-day.js';
import { dayOf } from './judge.js';
import { type MemoryArchive, createMemoryArchive } from './memory-archive.js';
import { memorySource } from './memory-source.js';

export const tenancyToday = '2026-11-19';

export const tenancyPlan: ReportPlan<TenancyReport> = {
  name: 'changes',
  kind: tenancyChanges,
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

export interface TenancyDays {
  readonly archive: MemoryArchive;
  /** Makes the report of a day of these records. */
  make(
    records: readonly object[],
    date?: string,
    over?: Partial<DayRequest<TenancyReport>>,
  ): Promise<DayResult<TenancyReport>>;
  /** Lines of a file of the day's revision. */
  linesOf<T = Change>(name: string, date?: string, revision?: number): Promise<readonly T[]>;
}

/** An archive in memory, and the machine that makes days of tenancy-changes in it. */
export function tenancyDays(plan: ReportPlan<TenancyReport> = tenancyPlan): TenancyDays {
  const archive = createMemoryArchive();
  const ports = (records: readonly object[]): DayPorts<TenancyReport> => ({
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
    make(records, date = tenancyToday, over = {}) {
      const day = dayOf(date);
      const generatedAtMs = day.cutOffMs + 6 * 3_600_000;
      return makeDailyReport(plan, { day, generatedAtMs, ...over }, ports(records));
    },
    async linesOf<T>(name: string, date = tenancyToday, revision = 1) {
      const key = `${plan.name}/${date.replaceAll('-', '/')}/r${revision}/${name}`;
      const text = gunzipSync((await archive.read(key)) ?? new Uint8Array()).toString('utf8');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as T);
    },
  };
}
