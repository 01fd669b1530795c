import { describe, expect, it } from 'vitest';
import { pageChart } from '../../src/renderers/charts/page-chart.js';
import { type JobStatus, jobStatuses } from '../../src/reports/backup-compliance/model/backup-job.js';
import type { TrendDay } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type Outcome, outcomes } from '../../src/reports/backup-compliance/model/verdict.js';
import { createBackupWording } from '../../src/reports/backup-compliance/views/backup-wording.js';
import { colourClasses, lightColours } from '../../src/reports/backup-compliance/views/charts/colours.js';
import type { ScheduleCell } from '../../src/reports/backup-compliance/views/charts/count-schedule.js';
import { scheduleChartSvg } from '../../src/reports/backup-compliance/views/charts/schedule-chart.js';
import { statusChartSvg } from '../../src/reports/backup-compliance/views/charts/status-chart.js';
import { trendChartSvg } from '../../src/reports/backup-compliance/views/charts/trend-chart.js';
import { sampleReport } from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';

const wording = createBackupWording(englishTheme.wording);
const noJobs = {
  FAILED: 0,
  UNKNOWN: 0,
  CANCELED: 0,
  IN_PROGRESS: 0,
  SUCCEEDED_WITH_WARNINGS: 0,
  SUCCEEDED: 0,
};
const size = { width: 440, height: 200 };
const hostile = '<script>alert(1)</script> class="zr0" style="x:y" {a|b}';

function counts(some: Partial<Record<Outcome, number>>): Readonly<Record<Outcome, number>> {
  return Object.fromEntries(outcomes.map((outcome) => [outcome, some[outcome] ?? 0])) as Record<
    Outcome,
    number
  >;
}

function status(some: Partial<Record<Outcome, number>>): string {
  return statusChartSvg(counts(some), wording, size, lightColours);
}

function trend(days: readonly TrendDay[]): string {
  return trendChartSvg(days, { day: ({ date }) => date, noReport: 'no report' }, size, lightColours);
}

function cell(some: Partial<Record<JobStatus, number>>): ScheduleCell {
  const byStatus = { ...noJobs, ...some };
  const worst = jobStatuses.find((each) => byStatus[each] > 0) ?? 'SUCCEEDED';
  return { jobs: Object.values(byStatus).reduce((sum, number) => sum + number, 0), worst, byStatus };
}

/** The texts of a drawing, in order. */
function texts(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = '']) => text);
}

describe('a drawing', () => {
  it('is the same whatever was drawn before it', () => {
    const first = status({ FAILED: 2, SUCCEEDED: 5 });
    trend(sampleReport().trend);
    expect(status({ FAILED: 2, SUCCEEDED: 5 })).toBe(first);
  });

  it('needs no style, no script and nothing from elsewhere', () => {
    for (const svg of [status({ FAILED: 2, SUCCEEDED: 5 }), trend(sampleReport().trend)]) {
      expect(svg).not.toMatch(/<style|\sstyle=|<script|\son\w+=|href|url\(|\bid=|class=|ecmeta/);
    }
  });

  it('shows text as text, whatever it is', () => {
    const hours = [{ hour: '05', offset: null, keys: ['5|0'] }];
    const rows = [{ type: hostile, filter: hostile, cells: [cell({ SUCCEEDED: 3 })], total: 3 }];
    const svg = scheduleChartSvg({ hours, rows }, wording, lightColours);
    expect(svg).not.toMatch(/<script|<[^<>]*\s(?:class|style)=/);
    expect(texts(svg)[1]).toBe('&lt;script&gt;alert(1)&lt;/sc…');
    const [, href = ''] = /href="#([^"]*)"/.exec(svg) ?? [];
    expect(new URLSearchParams(href.replaceAll('&amp;', '&')).get('type')).toBe(hostile);
  });
});

describe('the status chart', () => {
  it('has the words, number and share of each outcome that occurred, worst first', () => {
    expect(texts(status({ SUCCEEDED: 9_996, FAILED: 3, NOT_DUE: 1 }))).toEqual([
      'Failed',
      'Succeeded',
      'Not due',
      '3 · 0.03%',
      '9,996 · 99.96%',
      '1 · 0.01%',
    ]);
  });

  it('has a part that can be seen for one failure among very many', () => {
    const svg = status({ SUCCEEDED: 100_000, FAILED: 1 });
    expect(svg).toMatch(
      new RegExp(`<path d="M\\d+ [\\d.]+l3 0[^"]*" fill="${lightColours.outcomes.FAILED}"`),
    );
  });

  it('speaks the language of the report', async () => {
    const german = createBackupWording((await makeTheme('de')).wording);
    const svg = statusChartSvg(counts({ FAILED: 1, SUCCEEDED: 1 }), german, size, lightColours);
    expect(texts(svg)[0]).toBe('Fehlgeschlagen');
  });

  it('is empty where there is nothing', () => {
    expect(texts(status({}))).toEqual([]);
  });
});

describe('the trend chart', () => {
  it('names each day, and says which have no report', () => {
    const days = sampleReport().trend;
    const words = texts(trend(days));
    expect(days.every(({ date }) => words.includes(date))).toBe(true);
    expect(words.filter((text) => text === 'no report')).toHaveLength(1);
  });

  it('has no bar of success for a day without report', () => {
    const days = Array.from({ length: 14 }, (_, day) => ({ date: `${day}`, status: null, totals: null }));
    expect(trend(days)).not.toContain(lightColours.outcomes.SUCCEEDED);
  });
});

describe('the squares of the schedule', () => {
  const hours = ['00', '05'].map((hour) => ({ hour, offset: null, keys: [`${Number(hour)}|0`] }));

  function squares(filter: string | null, ...cells: readonly (ScheduleCell | null)[]): string {
    return scheduleChartSvg(
      { hours, rows: [{ type: 'volume', filter, cells, total: 0 }] },
      wording,
      lightColours,
    );
  }

  it.each<[Partial<Record<JobStatus, number>>, string, readonly string[]]>([
    [{ FAILED: 1, SUCCEEDED: 1200 }, lightColours.outcomes.FAILED, ['1k', 'F']],
    [{ UNKNOWN: 1, SUCCEEDED: 2 }, lightColours.outcomes.UNKNOWN, ['3', 'U']],
    [{ CANCELED: 2 }, lightColours.canceled, ['2', 'C']],
    [{ IN_PROGRESS: 1, SUCCEEDED_WITH_WARNINGS: 1 }, lightColours.outcomes.IN_PROGRESS, ['2', 'P']],
    [{ SUCCEEDED_WITH_WARNINGS: 1, SUCCEEDED: 1 }, lightColours.outcomes.SUCCEEDED_WITH_WARNINGS, ['2', 'W']],
    [{ SUCCEEDED: 999 }, lightColours.outcomes.SUCCEEDED, ['999']],
  ])('have the number, and the colour and the letter of the worst: %j', (some, colour, words) => {
    const svg = squares('volume', cell(some));
    expect([...svg.matchAll(/<rect[^>]*fill="([^"]*)"/g)].map(([, fill]) => fill)).toEqual([colour]);
    expect(texts(svg)).toEqual(['00', '05', 'volume', ...words]);
  });

  it('lead to the resources of their type and hour, and say so in words', () => {
    const svg = squares('volume', null, cell({ FAILED: 1, SUCCEEDED: 2 }));
    expect(svg).toContain('<a href="#type=volume&amp;hour=05">');
    expect(svg).toContain('<title>volume, 05:00: 3 jobs (Failed: 1, Succeeded: 2)</title>');
  });

  it('lead nowhere where many types are in one row', () => {
    expect(squares(null, cell({ FAILED: 1 }))).not.toContain('<a');
  });
});

describe('a drawing in a page', () => {
  const text = { id: 'x', title: 'A <b>', description: '1 "failed"' };
  const page = pageChart(status({ FAILED: 2, SUCCEEDED: 5 }), text, colourClasses(lightColours));

  it('has a name and a description', () => {
    expect(page).toContain('role="img" aria-labelledby="x-title x-description"');
    expect(page).toContain('<title id="x-title">A &lt;b&gt;</title>');
    expect(page).toContain('<desc id="x-description">1 &quot;failed&quot;</desc>');
  });

  it('has a class for every colour, so that the page colours it in its own schemes', () => {
    expect(page).toContain('<path class="chart-failed"');
    expect(page).toContain('<text class="chart-text"');
    for (const [tag] of page.matchAll(/<(?:path|text)[^>]*(?:fill|stroke)="#[^>]*>/g)) {
      expect(tag).toContain('class="chart-');
    }
  });

  it('is a group where links are in it: a picture has none', () => {
    const group = pageChart(status({ FAILED: 1 }), { ...text, role: 'group' }, colourClasses(lightColours));
    expect(group).toContain('role="group" aria-labelledby="x-title x-description"');
  });
});
