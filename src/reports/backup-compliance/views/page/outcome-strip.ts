import type { Tone } from '../../../../renderers/view/wording.js';
import { outcomes, type Outcome } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';

/** One square of the strip. Colour, letter and title say the same. */
export interface StripDay {
  readonly tone: Tone;
  readonly mark: string;
  /** `2026-11-06: Failed` */
  readonly title: string;
}

/** What a letter of a strip means. */
export interface StripMark {
  readonly tone: Tone;
  readonly mark: string;
  readonly words: string;
}

/** One square for each day, oldest first; the last is the report day. */
export function outcomeStrip(
  recent: readonly (Outcome | null)[],
  date: string,
  wording: BackupWording,
): readonly StripDay[] {
  return recent.map((outcome, index) => {
    const { words, tone, mark } = described(outcome, wording);
    return { tone, mark, title: `${wording.dateBefore(date, recent.length - 1 - index)}: ${words}` };
  });
}

/** The days as one line of letters, for a row of a list: neighbours of one outcome share an element. */
export interface OutcomeRuns {
  /** `Last 14 days, oldest first: 12 × Succeeded, 2 × Failed` */
  readonly title: string;
  readonly runs: readonly { readonly tone: Tone; readonly marks: string }[];
}

export function outcomeRuns(recent: readonly (Outcome | null)[], wording: BackupWording): OutcomeRuns {
  const runs: { outcome: Outcome | null; days: number }[] = [];
  for (const outcome of recent) {
    const last = runs.at(-1);
    if (last?.outcome === outcome) last.days += 1;
    else runs.push({ outcome, days: 1 });
  }
  const told = runs.map(({ outcome, days }) => ({ ...described(outcome, wording), days }));
  const title = wording.text('page.resources.days', { number: recent.length });
  return {
    title: `${title}: ${told.map(({ words, days }) => `${days} × ${words}`).join(', ')}`,
    runs: told.map(({ tone, mark, days }) => ({ tone, marks: mark.repeat(days) })),
  };
}

/** What the letters of a strip mean. */
export function stripLegend(wording: BackupWording): readonly StripMark[] {
  return [...outcomes, null].map((outcome) => described(outcome, wording));
}

function described(outcome: Outcome | null, wording: BackupWording): StripMark {
  if (outcome === null) return { words: wording.text('page.noReport'), tone: 'quiet', mark: '·' };
  return { ...wording.outcome(outcome), mark: wording.outcomeMark(outcome) };
}
