import { outcomes, type Outcome } from '../../model/resource-compliance.js';
import { dateBefore, outcomeLabels, outcomeMarks, type Tone } from '../labels.js';

/** One square of the strip. Colour, letter and title say the same. */
export interface StripDay {
  readonly tone: Tone;
  readonly mark: string;
  /** `2026-11-06: Failed` */
  readonly title: string;
}

const noReport = { words: 'no report', tone: 'quiet', mark: '·' } as const;

/** One square for each day, oldest first; the last is the report day. */
export function outcomeStrip(recent: readonly (Outcome | null)[], date: string): readonly StripDay[] {
  return recent.map((outcome, index) => {
    const { words, tone, mark } = outcome === null ? noReport : described(outcome);
    return { tone, mark, title: `${dateBefore(date, recent.length - 1 - index)}: ${words}` };
  });
}

/** What the letters of a strip mean. */
export const stripLegend: readonly { readonly tone: Tone; readonly mark: string; readonly words: string }[] =
  [...outcomes.map((outcome) => described(outcome)), noReport];

function described(outcome: Outcome) {
  return { ...outcomeLabels[outcome], mark: outcomeMarks[outcome] };
}
