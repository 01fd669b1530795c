import { type Outcome, outcomes } from '../../model/resource-compliance.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { ChartColours } from './colours.js';
import { type ChartSize, drawChart } from '../../../../renderers/charts/draw-chart.js';

type Counts = Readonly<Record<Outcome, number>>;

/** What the parts of a chart are told by. */
export interface StatusChartParts {
  /**
   * Whether it says in words what each part is. Without them it is a ring that needs no font: for a picture whose bytes
   * shall not depend on the fonts of a machine, and whose words stand beside it.
   */
  readonly words: boolean;
}

/**
 * How many resources have which outcome, as SVG text: a bar for each outcome that occurred, worst first, with its words,
 * number and share. Where nothing was seen it is empty.
 */
export function statusChartSvg(
  byOutcome: Counts,
  wording: Wording,
  size: ChartSize,
  colours: ChartColours,
  { words }: StatusChartParts = { words: true },
): string {
  const present = outcomes.filter((outcome) => byOutcome[outcome] > 0);
  return words
    ? drawBars(present, byOutcome, { wording, size, colours })
    : drawRing(present, byOutcome, { size, colours });
}

/** A height in which each bar has the room that it needs, in pixels. */
export function statusChartHeight(byOutcome: Counts): number {
  return Math.max(1, outcomes.filter((outcome) => byOutcome[outcome] > 0).length) * 26 + 4;
}

interface BarsLook {
  readonly wording: Wording;
  readonly size: ChartSize;
  readonly colours: ChartColours;
}

function drawBars(
  present: readonly Outcome[],
  byOutcome: Counts,
  { wording, size, colours }: BarsLook,
): string {
  const total = sumOf(present, byOutcome);
  const { language } = wording;
  const share = (outcome: Outcome): string =>
    `${language.integer(byOutcome[outcome])} · ${language.percent((byOutcome[outcome] * 100) / total)}`;
  return drawChart(
    {
      grid: { left: 162, right: 86, top: 2, bottom: 2 },
      xAxis: { type: 'value', show: false, max: 'dataMax' },
      yAxis: {
        type: 'category',
        inverse: true,
        data: present.map((outcome) => wording.outcome(outcome).words),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: colours.text, fontSize: 12, interval: 0, width: 154, overflow: 'truncate' },
      },
      series: [
        {
          type: 'bar',
          silent: true,
          barWidth: 14,
          barMinHeight: 3,
          label: { show: true, position: 'right', color: colours.text, fontSize: 12 },
          data: present.map((outcome) => ({
            value: byOutcome[outcome],
            itemStyle: { color: colours.outcomes[outcome] },
            label: { formatter: () => share(outcome), textBorderWidth: 0 },
          })),
        },
      ],
    },
    size,
  );
}

function drawRing(
  present: readonly Outcome[],
  byOutcome: Counts,
  { size, colours }: Omit<BarsLook, 'wording'>,
): string {
  return drawChart(
    {
      series: [
        {
          type: 'pie',
          silent: true,
          radius: ['58%', '98%'],
          // One failure among thousands must still be seen.
          minAngle: 4,
          label: { show: false },
          labelLine: { show: false },
          itemStyle: { borderColor: colours.ground, borderWidth: present.length > 1 ? 2 : 0 },
          emptyCircleStyle: { color: colours.gap },
          data: present.map((outcome) => ({
            value: byOutcome[outcome],
            itemStyle: { color: colours.outcomes[outcome] },
          })),
        },
      ],
    },
    size,
  );
}

function sumOf(present: readonly Outcome[], byOutcome: Counts): number {
  let total = 0;
  for (const outcome of present) total += byOutcome[outcome];
  return total;
}
