import type { Language } from '../../../../model/language.js';
import { type ChartSize, drawChart } from '../../../../renderers/charts/draw-chart.js';
import type { ChartColours } from './colours.js';
import type { Schedule } from './count-schedule.js';

const rowHeight = 26;
const axisHeight = 22;

/** Height in pixels for this many types. */
export function scheduleChartHeight(types: number): number {
  return types * rowHeight + axisHeight + 4;
}

/**
 * Squares by hour of the day and resource type, as SVG text: the darker, the more jobs, with the number in each.
 *
 * @param byType names as they are to be shown
 */
export function scheduleChartSvg(
  byType: Schedule['byType'],
  language: Language,
  size: ChartSize,
  colours: ChartColours,
): string {
  const most = Math.max(1, ...byType.flatMap(({ hours }) => hours));
  const steps = colours.heat.length;
  const axis = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  return drawChart(
    {
      grid: { left: 148, right: 2, top: 2, bottom: axisHeight },
      xAxis: {
        ...axis,
        type: 'category',
        data: Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')),
        axisLabel: { color: colours.soft, fontSize: 11, interval: 0 },
      },
      yAxis: {
        ...axis,
        type: 'category',
        inverse: true,
        data: byType.map(({ type }) => type),
        axisLabel: { color: colours.text, fontSize: 12, interval: 0, width: 138, overflow: 'truncate' },
      },
      visualMap: {
        type: 'piecewise',
        show: false,
        dimension: 2,
        pieces: colours.heat.map((color, step) => ({ value: step, color })),
      },
      series: [
        {
          type: 'heatmap',
          silent: true,
          itemStyle: { borderColor: colours.ground, borderWidth: 2 },
          label: { show: true, fontSize: 11, textBorderWidth: 0 },
          data: byType.flatMap(({ hours }, row) =>
            hours.flatMap((jobs, hour) => {
              if (jobs === 0) return [];
              const step = heatStep(jobs, most, steps);
              const color = step * 2 < steps ? colours.heatText.few : colours.heatText.many;
              return [
                { value: [hour, row, step], label: { color, formatter: () => shortCount(jobs, language) } },
              ];
            }),
          ),
        },
      ],
    },
    size,
  );
}

/** From 0, by the square root, so that small numbers differ visibly beside an hour with nearly all jobs. */
function heatStep(jobs: number, most: number, steps: number): number {
  return Math.min(steps - 1, Math.floor(Math.sqrt(jobs / most) * steps));
}

/** A square has room for three characters: `999`, `12k`. */
function shortCount(jobs: number, language: Language): string {
  return jobs < 1000 ? language.integer(jobs) : `${Math.floor(jobs / 1000)}k`;
}
