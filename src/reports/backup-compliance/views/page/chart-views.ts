import { type ChartText, pageChart } from '../../../../renderers/charts/page-chart.js';
import { dateWords, shortText } from '../../../../renderers/view/view-parts.js';
import type { DailyReport, TrendDay } from '../../model/daily-report.js';
import { outcomes } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { outcomeBalance } from '../balances.js';
import { colourClasses, lightColours, outcomeClass } from '../charts/colours.js';
import type { Schedule } from '../charts/count-schedule.js';
import { statusChartHeight, statusChartSvg } from '../charts/status-chart.js';
import { trendChartHeight, trendChartSvg } from '../charts/trend-chart.js';
import { type ScheduleView, scheduleView } from './schedule-view.js';
import { type TypeTrendView, typeTrendView } from './type-trend-view.js';

/** Narrow, so that its texts can still be read on a phone. */
const halfWidth = 400;

/** A colour of a chart and its meaning. */
export interface LegendEntry {
  readonly class: string;
  readonly words: string;
}

export interface ChartViews {
  /** SVG with its text alternative. */
  readonly trend: {
    readonly svg: string;
    readonly legend: readonly LegendEntry[];
    /** Whether any day is marked as INCOMPLETE. */
    readonly hasIncomplete: boolean;
  };
  /** null: there is nothing to show. */
  readonly status: {
    readonly svg: string;
    readonly rows: readonly { readonly words: string; readonly count: string; readonly share: string }[];
  } | null;
  readonly typeTrend: TypeTrendView;
  /** null: no job has a known time. */
  readonly schedule: ScheduleView | null;
  /** Says how many jobs the schedule cannot show; null: it shows all. */
  readonly untimed: string | null;
}

/** The charts of the page, each with its numbers. */
export function chartViews(report: DailyReport, schedule: Schedule, wording: BackupWording): ChartViews {
  const { untimed } = schedule;
  return {
    trend: trendView(report.trend, wording),
    status: statusView(report, wording),
    typeTrend: typeTrendView(report.trend, wording),
    schedule: scheduleView(schedule, wording),
    untimed: untimed === 0 ? null : wording.text('page.charts.untimed', { number: untimed }),
  };
}

function trendView(trend: readonly TrendDay[], wording: BackupWording): ChartViews['trend'] {
  const { text } = wording;
  const svg = trendChartSvg(
    trend,
    { day: dayWords, noReport: text('page.noReport') },
    { width: halfWidth, height: trendChartHeight },
    lightColours,
  );
  const present = outcomes.filter((outcome) =>
    trend.some(({ totals }) => (totals?.byOutcome[outcome] ?? 0) > 0),
  );
  return {
    svg: placedChart(svg, chartText('trend', wording, trendSentence(trend, wording))),
    hasIncomplete: trend.some(({ status }) => status === 'INCOMPLETE'),
    legend: present.map((outcome) => ({
      class: outcomeClass(outcome),
      words: wording.outcome(outcome).words,
    })),
  };
}

/** `19`, and below it `!` if the report is INCOMPLETE. */
function dayWords({ date, status }: TrendDay): string {
  return `${shortText(date.slice(-2), 2)}${status === 'INCOMPLETE' ? '\n!' : ''}`;
}

function trendSentence(trend: readonly TrendDay[], wording: BackupWording): string {
  const { text } = wording;
  const today = trend.at(-1);
  if (today === undefined) return text('page.noReport');
  const last = today.totals === null ? text('page.noReport') : outcomeBalance(today.totals, wording).equation;
  const missing = trend.filter(({ totals }) => totals === null).length;
  const date = dateWords(today.date, wording);
  return text('page.charts.trend.description', { number: trend.length, missing, date, outcomes: last });
}

function statusView({ totals }: DailyReport, wording: BackupWording): ChartViews['status'] {
  const { byOutcome, expected } = totals;
  if (expected === 0) return null;
  const { language } = wording;
  const size = { width: halfWidth, height: statusChartHeight(byOutcome) };
  const svg = statusChartSvg(byOutcome, wording, size, lightColours);
  const sentence = outcomeBalance(totals, wording).equation;
  return {
    svg: placedChart(svg, chartText('status', wording, sentence)),
    rows: outcomes.map((outcome) => ({
      words: wording.outcome(outcome).words,
      count: language.integer(byOutcome[outcome]),
      share: language.percent((byOutcome[outcome] * 100) / expected),
    })),
  };
}

function chartText(name: 'trend' | 'status', { text }: BackupWording, description: string): ChartText {
  return { id: `chart-${name}`, title: text(`page.charts.${name}.title`), description };
}

function placedChart(svg: string, text: ChartText): string {
  return pageChart(svg, text, colourClasses(lightColours));
}
