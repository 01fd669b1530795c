import { describe, expect, it } from 'vitest';
import type { TrendDay, TrendJobs } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { createBackupWording } from '../../../../src/reports/backup-compliance/views/backup-wording.js';
import { typeTrendView } from '../../../../src/reports/backup-compliance/views/page/type-trend-view.js';
import { trendFields } from '../../../../src/reports/backup-compliance/views/workbook/trend-fields.js';
import { sampleReport, hostileTrendJobs } from '../../../support/sample-report.js';
import { englishTheme } from '../../../support/theme.js';

const wording = createBackupWording(englishTheme.wording);
const { totals } = sampleReport();

function counted(date: string, jobs: TrendDay['jobs'], status: TrendDay['status'] = 'COMPLETE'): TrendDay {
  return jobs === undefined ? { date, status, totals } : { date, status, totals, jobs };
}

/** An older version's report, no report, an INCOMPLETE one, one without jobs, and one with some. */
const trend: readonly TrendDay[] = [
  counted('2026-11-15', undefined),
  { date: '2026-11-16', status: null, totals: null },
  counted('2026-11-17', hostileTrendJobs(0), 'INCOMPLETE'),
  counted('2026-11-18', []),
  counted('2026-11-19', hostileTrendJobs(2)),
];

/** Titles of the bars of a drawing. */
function bars(svg: string): readonly string[] {
  return [...svg.matchAll(/<g[^>]*><title>([^<]*)</g)].map(([, words = '']) => words);
}

describe('the trend by type', () => {
  const { panels, numbers, ...view } = typeTrendView(trend, wording);

  it('has a drawing for each backup type and kind of resource, most jobs first', () => {
    expect(panels.map(({ resourceType, type, words }) => [resourceType, type, words])).toEqual([
      ['database', 'Incremental', '14 jobs. Failed: 2, Unknown: 2, In progress: 2'],
      ['volume', 'Full', '6 jobs. Canceled: 2'],
      ['<b>odd</b>', 'Archive log', '2 jobs. Succeeded with warnings: 2'],
      [null, 'Type not told', '2 jobs'],
    ]);
  });

  it('never takes for zero what was not counted', () => {
    expect(bars(panels[0]?.svg ?? '')).toEqual([
      '2026-11-15: not counted',
      '2026-11-16: no report',
      '2026-11-17: Unknown: 1, In progress: 1, Succeeded: 4',
      '2026-11-18: none',
      '2026-11-19: Failed: 2, Unknown: 1, In progress: 1, Succeeded: 4',
    ]);
    expect(view).toMatchObject({ hasUncounted: true, hasMissing: true, hasIncomplete: true });
  });

  it('marks days that were not counted, have no report, or were INCOMPLETE', () => {
    const svg = panels[0]?.svg ?? '';
    expect([...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, mark]) => mark)).toEqual(['?', '–', '!']);
    expect(svg.match(/class="chart-gap"/g)).toHaveLength(2);
  });

  it('has the numbers of all days, the report day first', () => {
    expect(numbers.types.map(({ words, statuses }) => `${words}: ${statuses}`)).toEqual([
      'database, Incremental: 4',
      'volume, Full: 2',
      '<b>odd</b>, Archive log: 1',
      'Type not told: 1',
    ]);
    expect(numbers.rows.map(({ date, without, counts }) => [date, without ?? counts.join(' ')])).toEqual([
      ['2026-11-19', '2 1 1 4 1 2 1 1'],
      ['2026-11-18', '0 0 0 0 0 0 0 0'],
      ['2026-11-17', '0 1 1 4 1 2 1 1'],
      ['2026-11-16', 'no report'],
      ['2026-11-15', 'not counted'],
    ]);
  });

  it('has a legend with words and letters of the statuses that there are', () => {
    expect(view.legend.map(({ class: colour, mark, words }) => [colour, mark, words])).toEqual([
      ['chart-failed', 'F', 'Failed'],
      ['chart-unknown', 'U', 'Unknown'],
      ['chart-canceled', 'C', 'Canceled'],
      ['chart-in-progress', 'P', 'In progress'],
      ['chart-succeeded-with-warnings', 'W', 'Succeeded with warnings'],
      ['chart-succeeded', 'S', 'Succeeded'],
    ]);
  });

  it('puts rare types together, and loses no job', () => {
    const [sample] = hostileTrendJobs(1);
    const many = Array.from({ length: 30 }, (_, index): TrendJobs[] =>
      sample === undefined ? [] : [{ ...sample, resourceType: `kind-${index}` }],
    ).flat();
    const folded = typeTrendView([counted('2026-11-19', many)], wording).panels;
    expect(folded).toHaveLength(12);
    expect(folded.at(-1)).toMatchObject({ resourceType: null, type: 'other types' });
    expect(folded.at(-1)?.words).toMatch(/^133 jobs\. Failed: 19,/);
  });

  it('can show one failure among very many', () => {
    const [sample] = hostileTrendJobs(1);
    if (sample === undefined) throw new Error('no sample');
    const jobs = [{ ...sample, byStatus: { ...sample.byStatus, SUCCEEDED: 100_000 } }];
    const svg = typeTrendView([counted('2026-11-19', jobs)], wording).panels[0]?.svg ?? '';
    const [, height] = /class="chart-failed"[^>]*height="([\d.]+)"/.exec(svg) ?? [];
    expect(Number(height)).toBeGreaterThanOrEqual(3);
  });

  it('has nothing to draw where no day counted a job', () => {
    expect(typeTrendView([counted('2026-11-19', [])], wording).panels).toEqual([]);
    expect(typeTrendView([], wording)).toMatchObject({ panels: [], first: '', hasMissing: false });
  });
});

describe('the trend of the workbook', () => {
  const fields = trendFields(wording);
  const valuesOf = (day: TrendDay | undefined, ...names: readonly string[]) =>
    names.map((name) => (day === undefined ? undefined : fields[name]?.value(day)));

  it('has the jobs by type and by status', () => {
    expect(
      valuesOf(
        trend.at(-1),
        'jobs.total',
        'jobs.FAILED',
        'jobs.SUCCEEDED',
        'jobs.incremental',
        'jobs.incremental.FAILED',
        'jobs.full.CANCELED',
        'jobs.log.SUCCEEDED_WITH_WARNINGS',
        'jobs.untold',
        'jobs.snapshot',
      ),
    ).toEqual([13, 2, 7, 8, 2, 1, 1, 1, 0]);
  });

  it('has nothing, and not zero, where they were not counted', () => {
    expect(valuesOf(trend[0], 'jobs.total', 'jobs.FAILED', 'jobs.incremental.FAILED')).toEqual([
      null,
      null,
      null,
    ]);
    expect(valuesOf(trend[1], 'jobs.total', 'jobs.incremental')).toEqual([null, null]);
    expect(valuesOf(trend[3], 'jobs.total', 'jobs.incremental')).toEqual([0, 0]);
  });

  it('adds up: the types and the statuses are all of the jobs', () => {
    const day = trend.at(-1);
    const sumOf = (...names: readonly string[]) =>
      valuesOf(day, ...names).reduce<number>((sum, value) => sum + Number(value), 0);
    const types = Object.keys(fields).filter((name) => /^jobs\.[a-z]+$/.test(name) && name !== 'jobs.total');
    const statuses = Object.keys(fields).filter((name) => /^jobs\.[A-Z_]+$/.test(name));
    expect([sumOf(...types), sumOf(...statuses)]).toEqual([13, 13]);
    expect([types.length, statuses.length]).toEqual([9, 6]);
  });
});
