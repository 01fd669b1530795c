import { describe, expect, it } from 'vitest';
import { pageChart } from '../../src/renderers/charts/page-chart.js';
import type { TrendDay } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type Outcome, outcomes } from '../../src/reports/backup-compliance/model/verdict.js';
import { createBackupWording } from '../../src/reports/backup-compliance/views/backup-wording.js';
import { colourClasses, lightColours } from '../../src/reports/backup-compliance/views/charts/colours.js';
import { countSchedule, foldTypes } from '../../src/reports/backup-compliance/views/charts/count-schedule.js';
import { scheduleChartSvg } from '../../src/reports/backup-compliance/views/charts/schedule-chart.js';
import { statusChartSvg } from '../../src/reports/backup-compliance/views/charts/status-chart.js';
import { trendChartSvg } from '../../src/reports/backup-compliance/views/charts/trend-chart.js';
import { sampleReport } from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';

const wording = createBackupWording(englishTheme.wording);
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

/** The texts of a drawing, in order. */
function texts(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = '']) => text);
}

describe('colours', () => {
  it('are all different, so that each is found again in a drawing', () => {
    const all = [...outcomes.map((outcome) => lightColours.outcomes[outcome]), ...lightColours.heat];
    const { text, soft, line, ground, gap, heatText } = lightColours;
    all.push(text, soft, line, ground, gap, heatText.few, heatText.many);
    expect(new Set(all).size).toBe(all.length);
    expect(colourClasses(lightColours).size).toBe(all.length);
  });
});

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
    const hours = Array.from({ length: 24 }, () => 3);
    const byType = [{ type: hostile, hours, total: 72 }];
    const svg = scheduleChartSvg(byType, wording.language, { width: 4000, height: 60 }, lightColours);
    expect(svg).not.toContain('<script');
    const words = texts(svg).find((text) => text.startsWith('&lt;script'));
    expect(words?.length).toBeGreaterThan(10);
  });
});

describe('the status chart', () => {
  it('has the words, number and share of each outcome that occurred, worst first', () => {
    expect(texts(status({ SUCCEEDED: 9_996, FAILED: 3, NOT_DUE: 1 }))).toEqual([
      'Failed',
      'Succeeded',
      'Not due',
      '3 · 0.03%',
      '9,996 · 99.9%',
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
});

/** Jobs as lines of jobs.ndjson.gz, as far as the schedule reads them. */
async function* batches(...jobs: readonly object[]): AsyncIterable<string> {
  const lines = jobs.map((job) => ({ resourceType: 'database', startTime: null, endTime: null, ...job }));
  yield lines.map((job) => `${JSON.stringify(job)}\n`).join('');
}

describe('the schedule', () => {
  it('counts by type and by the hour of the plan in which a job began', async () => {
    const schedule = await countSchedule(
      batches(
        { startTime: '2026-11-19T07:10:00.000Z' },
        { startTime: '2026-11-19T07:59:59.999Z', endTime: '2026-11-19T09:00:00.000Z' },
        { resourceType: 'volume', startTime: '2026-11-19T04:59:59.000Z' },
      ),
      'America/New_York',
    );
    expect(schedule.total).toBe(3);
    expect(schedule.byType.map(({ type, total }) => [type, total])).toEqual([
      ['database', 2],
      ['volume', 1],
    ]);
    expect(schedule.byType[0]?.hours[2]).toBe(2);
    expect(schedule.byType[1]?.hours[23]).toBe(1);
  });

  it('knows zones whose hours do not begin with those of UTC', async () => {
    const schedule = await countSchedule(
      batches({ startTime: '2026-07-01T00:20:00Z' }, { startTime: '2026-07-01T00:40:00Z' }),
      'Asia/Kolkata',
    );
    expect(schedule.byType[0]?.hours.slice(5, 7)).toEqual([1, 1]);
  });

  it('takes the end where nobody saw the beginning, and counts what has no time apart', async () => {
    const schedule = await countSchedule(
      batches({ endTime: '2026-11-19T07:10:00.000Z' }, {}, { startTime: 'soon' }),
      'UTC',
    );
    expect([schedule.total, schedule.untimed, schedule.byType[0]?.hours[7]]).toEqual([3, 2, 1]);
  });

  it('is not misled by what a name pretends to be', async () => {
    const resourceName = '","resourceType":"volume","startTime":"2026-11-19T01:00:00Z';
    const schedule = await countSchedule(
      batches({ resourceName, resourceType: 'a"b\\', startTime: '2026-11-19T07:00:00Z' }),
      'UTC',
    );
    expect(schedule.byType.map(({ type, hours }) => [type, hours.indexOf(1)])).toEqual([['a"b\\', 7]]);
  });

  it('puts rare types together, and loses no job', () => {
    const byType = Array.from({ length: 20 }, (_, index) => {
      const hours = Array.from({ length: 24 }, (__, hour) => (hour === index ? 20 - index : 0));
      return { type: `type-${index}`, hours, total: 20 - index };
    });
    const folded = foldTypes(byType, 12, 'others');
    expect(folded).toHaveLength(12);
    expect(folded.at(-1)).toMatchObject({ type: 'others', total: 45 });
    expect(folded.reduce((sum, { total }) => sum + total, 0)).toBe(210);
  });
});
