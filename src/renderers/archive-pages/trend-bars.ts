import type { DayCoverage } from '../../model/day-coverage.js';
import type { Wording } from '../view/wording.js';

export interface TrendBar {
  readonly x: number;
  readonly parts: readonly {
    readonly y: number;
    readonly height: number;
    readonly class: string;
  }[];
  /** In words. */
  readonly title: string;
}

export interface Trend {
  readonly width: number;
  readonly bars: readonly TrendBar[];
}

/** Of a drawing; units of its view box. */
export const trendHeight = 100;
const barWidth = 10;

/** A bar a day: what share of the resources was compliant, non-compliant and unknown. A day without a report has a gap. */
export function dayTrend(days: readonly DayCoverage[], { language, text }: Wording): Trend {
  const bars = days.map(({ date, facts }, index): TrendBar => {
    const x = index * barWidth;
    const day = language.date(date);
    if (facts === null) {
      return {
        x,
        parts: [{ y: 0, height: trendHeight, class: 'trend-none' }],
        title: text('archive.trend.none', { date: day }),
      };
    }
    const { compliant, nonCompliant, unknown } = facts.counts;
    return {
      x,
      parts: stacked([
        { number: compliant, class: 'trend-good' },
        { number: unknown, class: 'trend-unknown' },
        { number: nonCompliant, class: 'trend-bad' },
      ]),
      title: text('archive.trend.day', { date: day, compliant, nonCompliant, unknown }),
    };
  });
  return { width: days.length * barWidth, bars };
}

/** From the bottom to the top. */
function stacked(parts: readonly { readonly number: number; readonly class: string }[]): TrendBar['parts'] {
  let total = 0;
  for (const { number } of parts) total += number;
  let y = trendHeight;
  return parts
    .filter(({ number }) => number > 0)
    .map(({ number, class: name }) => {
      const height = Math.round((number / total) * trendHeight * 100) / 100;
      y -= height;
      return { y: Math.max(0, Math.round(y * 100) / 100), height, class: name };
    });
}
