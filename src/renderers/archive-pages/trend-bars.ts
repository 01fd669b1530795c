import { isCounted } from './day-look.js';
import { verdictInLanguage } from './months.js';
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
  /** What it shows, in words. */
  readonly caption: string;
  readonly legend: readonly { readonly class: string; readonly words: string }[];
}

/** Of a drawing; units of its view box. */
export const trendHeight = 100;
const barWidth = 10;

/** A bar a day: what share of the resources was compliant, non-compliant and unknown. A day without a report has a gap. */
export function dayTrend(days: readonly DayCoverage[], wording: Wording): Trend {
  const { language, text } = wording;
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
    if (facts.counts === null) {
      return {
        x,
        parts: [{ y: 0, height: trendHeight, class: classOfLevel[facts.level] }],
        title: `${day}: ${verdictInLanguage(facts.verdict, wording)}`,
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
  return { width: days.length * barWidth, bars, ...legendOf(days, wording) };
}

/** What the colours stand for: shares of the resources, or the day as a whole. */
function legendOf(days: readonly DayCoverage[], { text }: Wording): Pick<Trend, 'caption' | 'legend'> {
  const isOfSubjects = isCounted(days);
  const [good, bad, unknown] = isOfSubjects
    ? ['verdict.COMPLIANT', 'verdict.NON_COMPLIANT', 'verdict.UNKNOWN']
    : ['archive.state.routine', 'archive.state.attention', 'archive.state.review'];
  return {
    caption: text(isOfSubjects ? 'archive.trend.caption' : 'archive.trend.captionUncounted'),
    legend: [
      { class: 'trend-good', words: text(good ?? '') },
      { class: 'trend-bad', words: text(bad ?? '') },
      { class: 'trend-unknown', words: text(unknown ?? '') },
    ],
  };
}

/** Where a kind of report judges no subjects, the whole bar says how the day was. */
const classOfLevel = { good: 'trend-good', warning: 'trend-unknown', bad: 'trend-bad' } as const;

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
