import { describe, expect, it } from 'vitest';
import { jobTotalsOf, jobsByType } from '../../../../src/reports/backup-compliance/document/count-jobs.js';
import type { CountedJob } from '../../../../src/reports/backup-compliance/model/backup-type.js';
import type { TrendDay } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { parseMemorable } from '../../../../src/reports/backup-compliance/memory/parse-memorable.js';
import { trendOf } from '../../../../src/reports/backup-compliance/memory/follow-up.js';
import { memoryOf } from '../../../../src/reports/backup-compliance/memory/memory.js';
import { sampleTrendJobs } from '../../../../src/reports/backup-compliance/sample/sample-trend-jobs.js';
import { judge, judgeDays } from '../../../support/judge-day.js';
import { databaseEvent, volumeEvent } from '../../../support/raw-event.js';
import { sampleReport } from '../../../support/sample-report.js';

const sample: CountedJob = {
  kind: 'backup',
  status: 'SUCCEEDED',
  resourceType: 'database',
  backupType: 'INCREMENTAL',
  eventType: 'com.oraclecloud.databaseservice.automaticbackupdatabase.end',
};

/** `incremental database: FAILED 1, SUCCEEDED 2` */
function words(jobs: ReturnType<typeof jobsByType>): readonly string[] {
  return jobs.map(({ backupType, resourceType, byStatus }) => {
    const counts = Object.entries(byStatus).filter(([, number]) => number > 0);
    return `${backupType} ${resourceType}: ${counts.map((pair) => pair.join(' ')).join(', ')}`;
  });
}

describe('jobs by type', () => {
  it('are counted by backup type, resource type and status, most first', () => {
    const jobs: CountedJob[] = [
      sample,
      { ...sample, backupType: 'Incremental' },
      { ...sample, status: 'FAILED' },
      { ...sample, backupType: 'FULL' },
      { ...sample, backupType: null },
      { ...sample, resourceType: 'volume' },
      { ...sample, resourceType: 'volume', status: 'CANCELED' },
      { ...sample, kind: 'restore', backupType: null },
    ];
    expect(words(jobsByType(jobs))).toEqual([
      'incremental database: FAILED 1, SUCCEEDED 2',
      'incremental volume: CANCELED 1, SUCCEEDED 1',
      'full database: SUCCEEDED 1',
      'untold database: SUCCEEDED 1',
      'restore database: SUCCEEDED 1',
    ]);
  });

  it('stay few, and lose no job, where events name a thousand kinds of resource', () => {
    const jobs = Array.from({ length: 1000 }, (_, index): CountedJob => ({
      ...sample,
      resourceType: `kind-${index}`,
      status: index === 999 ? 'FAILED' : 'SUCCEEDED',
    }));
    const counted = jobsByType([...jobs, ...jobs.slice(0, 20)]);
    expect(counted).toHaveLength(21);
    expect(words(counted)[0]).toBe('incremental null: FAILED 1, SUCCEEDED 979');
    expect(words(counted)[1]).toBe('incremental kind-0: SUCCEEDED 2');
  });

  it('are the same whatever the order of the jobs', () => {
    const jobs: CountedJob[] = [
      { ...sample, status: 'FAILED' },
      sample,
      { ...sample, resourceType: 'volume' },
    ];
    expect(jobsByType(jobs.toReversed())).toEqual(jobsByType(jobs));
  });
});

const records = (['begin', 'end'] as const).flatMap((phase) => {
  const at = phase === 'begin' ? '00' : '30';
  const details = { backupType: 'FULL' };
  return [
    databaseEvent(phase, `2026-11-19T02:${at}:00Z`),
    volumeEvent(phase, `2026-11-19T03:${at}:00Z`, { details }),
    volumeEvent(phase, `2026-11-20T03:${at}:00Z`, {
      resourceId: 'ocid1.volumebackup.oc1.iad.v2',
      details: phase === 'begin' ? details : { ...details, status: 'operationFailed', backupState: 'FAULTY' },
    }),
  ];
});

describe('the trend of a report', () => {
  it('counts the jobs of the day by type, as many as there are', async () => {
    const { report, jobs } = await judge(records, '2026-11-19', { timezone: 'UTC' });
    const today = report.trend.at(-1)?.jobs ?? [];
    expect(words(today)).toEqual(['full volume: SUCCEEDED 1', 'incremental database: SUCCEEDED 1']);
    expect(jobsByType(jobs)).toEqual(today);
    expect(jobTotalsOf(jobs)).toEqual(report.jobTotals);
  });

  it('carries them from report to report, and does not invent those of a day without report', async () => {
    const days = await judgeDays(['2026-11-19', '2026-11-20'], () => ({ records, timezone: 'UTC' }));
    const trend = days.at(-1)?.report.trend ?? [];
    expect(trend.slice(-3).map(({ date, jobs }) => [date, jobs && words(jobs)])).toEqual([
      ['2026-11-18', undefined],
      ['2026-11-19', ['full volume: SUCCEEDED 1', 'incremental database: SUCCEEDED 1']],
      ['2026-11-20', ['full volume: FAILED 1']],
    ]);
  });

  it('has none of a day whose report is of a version that did not count them', () => {
    const { trend, ...older } = sampleReport();
    const uncounted = trend.map(({ date, status, totals }): TrendDay => ({ date, status, totals }));
    const memory = memoryOf({ ...older, trend: uncounted });
    const next = trendOf(memory, { date: '2026-11-20', status: 'COMPLETE', totals: older.totals, jobs: [] });
    expect(next.at(-2)).toEqual({ date: '2026-11-19', status: 'COMPLETE', totals: older.totals });
  });

  it.each([
    ['as they are', sampleTrendJobs(1), true],
    ['that are no list', 'many', false],
    ['of a type that nobody knows', [{ ...sampleTrendJobs(1)[0], backupType: 'weekly' }], false],
    ['with a count that is none', [{ ...sampleTrendJobs(1)[0], byStatus: { FAILED: -1 } }], false],
  ])('is gone on from only with jobs %s', (_, jobs, ok) => {
    const report = sampleReport();
    const trend = report.trend.map((day) => ({ ...day, jobs }));
    const bytes = new TextEncoder().encode(JSON.stringify({ ...report, trend }));
    expect(parseMemorable(bytes, { plan: report.plan, date: report.reportDay.date }).ok).toBe(ok);
  });
});
