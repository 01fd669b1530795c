import { type ChartSize, drawChart } from '../../../../renderers/charts/draw-chart.js';
import type { TrendDay } from '../../model/daily-report.js';
import { type Outcome, outcomes } from '../../model/verdict.js';
import type { ChartColours } from './colours.js';

/** The label of a day on the axis, and the text where there is no report. */
export interface TrendWords {
  readonly day: (day: TrendDay) => string;
  readonly noReport: string;
}

const goodOutcomes: ReadonlySet<Outcome> = new Set(['SUCCEEDED', 'NOT_DUE']);
export const trendChartHeight = 222;

/**
 * Outcomes by day, oldest first, as SVG text: at the top those that are not plainly good, on a scale of their own so
 * that three failures in a thousand are visible; below them the others.
 */
export function trendChartSvg(
  trend: readonly TrendDay[],
  words: TrendWords,
  size: ChartSize,
  colours: ChartColours,
): string {
  const most = Math.max(1, ...trend.map((day) => notGood(day)));
  const series = (outcome: Outcome) => ({
    type: 'bar',
    stack: goodOutcomes.has(outcome) ? 'good' : 'notGood',
    xAxisIndex: goodOutcomes.has(outcome) ? 1 : 0,
    yAxisIndex: goodOutcomes.has(outcome) ? 1 : 0,
    silent: true,
    barCategoryGap: '24%',
    barMaxWidth: 26,
    itemStyle: { color: colours.outcomes[outcome], borderColor: colours.ground, borderWidth: 1 },
    data: trend.map(({ totals }) => totals?.byOutcome[outcome] || null),
  });
  const days = trend.map((day) => words.day(day));
  return drawChart(
    {
      grid: [
        { left: 40, right: 2, top: 8, height: 100 },
        { left: 40, right: 2, top: 128, height: 52 },
      ],
      xAxis: [dayAxis(days, 0, colours), dayAxis(days, 1, colours)],
      yAxis: [countAxis(0, colours), countAxis(1, colours)],
      series: [
        gapSeries(trend, most, words.noReport, colours),
        ...outcomes.filter((outcome) => trend.some((day) => countOf(day, outcome) > 0)).map(series),
      ],
    },
    size,
  );
}

/** A pale bar with a text for each day without report. */
function gapSeries(
  trend: readonly TrendDay[],
  most: number,
  noReport: string,
  colours: ChartColours,
): object {
  return {
    type: 'bar',
    stack: 'notGood',
    silent: true,
    barMaxWidth: 26,
    itemStyle: { color: colours.gap },
    label: {
      show: true,
      formatter: noReport,
      rotate: 90,
      color: colours.soft,
      fontSize: 12,
      textBorderWidth: 0,
    },
    data: trend.map(({ totals }) => (totals === null ? most : null)),
  };
}

function dayAxis(days: readonly string[], gridIndex: number, colours: ChartColours): object {
  return {
    type: 'category',
    gridIndex,
    data: days,
    axisLine: { show: true, onZero: false, lineStyle: { color: colours.line } },
    axisTick: { show: false },
    axisLabel: { show: gridIndex === 1, color: colours.soft, fontSize: 12, lineHeight: 17, interval: 0 },
  };
}

function countAxis(gridIndex: number, colours: ChartColours): object {
  return {
    type: 'value',
    gridIndex,
    minInterval: 1,
    splitNumber: gridIndex === 0 ? 3 : 2,
    axisLabel: { color: colours.soft, fontSize: 12 },
    splitLine: { lineStyle: { color: colours.line } },
  };
}

function countOf({ totals }: TrendDay, outcome: Outcome): number {
  return totals?.byOutcome[outcome] ?? 0;
}

function notGood(day: TrendDay): number {
  let sum = 0;
  for (const outcome of outcomes) if (!goodOutcomes.has(outcome)) sum += countOf(day, outcome);
  return sum;
}
