import { type ChartSize, drawChart } from '../../../../renderers/charts/draw-chart.js';
import { type Outcome, outcomes } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import type { ChartColours } from './colours.js';
import { sumOf } from './sum-of.js';

type OutcomeCounts = Readonly<Record<Outcome, number>>;

/**
 * How many resources have which outcome, as SVG text: a bar for each outcome that occurred, worst first, with its
 * words, number and share. Empty if there is no resource.
 */
export function statusChartSvg(
  byOutcome: OutcomeCounts,
  wording: BackupWording,
  size: ChartSize,
  colours: ChartColours,
): string {
  const present = presentOutcomes(byOutcome);
  const total = sumOf(present.map((outcome) => byOutcome[outcome]));
  const { language } = wording;
  const share = (outcome: Outcome): string =>
    `${language.integer(byOutcome[outcome])} · ${language.percent((byOutcome[outcome] * 100) / total)}`;
  return drawChart(
    {
      grid: { left: 160, right: 92, top: 2, bottom: 2 },
      xAxis: { type: 'value', show: false, max: 'dataMax' },
      yAxis: {
        type: 'category',
        inverse: true,
        data: present.map((outcome) => wording.outcome(outcome).words),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: colours.text, fontSize: 12, interval: 0, width: 150, overflow: 'truncate' },
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

/** Height in pixels that gives each bar enough room. */
export function statusChartHeight(byOutcome: OutcomeCounts): number {
  return Math.max(1, presentOutcomes(byOutcome).length) * 26 + 4;
}

/** Worst first. */
function presentOutcomes(byOutcome: OutcomeCounts): readonly Outcome[] {
  return outcomes.filter((outcome) => byOutcome[outcome] > 0);
}
