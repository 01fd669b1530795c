import {
  type Balance,
  type Term,
  balance,
  countedTerm,
  shortText,
} from '../../../renderers/view/view-parts.js';
import type { DailyReport, ReportTotals } from '../model/daily-report.js';
import { outcomes } from '../model/verdict.js';
import type { BackupWording } from './backup-wording.js';

/** `12 expected = 7 compliant + 4 non-compliant + 1 unknown + 0 not applicable` */
export function verdictBalance(totals: ReportTotals, wording: BackupWording): Balance {
  const term = (count: 'expected' | 'compliant' | 'nonCompliant' | 'unknown' | 'notApplicable'): Term =>
    countedTerm(totals[count], wording.text(`page.balance.${count}`), wording);
  const parts = (['compliant', 'nonCompliant', 'unknown', 'notApplicable'] as const).map(term);
  return balance(term('expected'), parts);
}

/** `12 expected = 2 failed + 1 missed + …`, without outcomes that did not occur. */
export function outcomeBalance({ expected, byOutcome }: ReportTotals, wording: BackupWording): Balance {
  const parts = outcomes
    .filter((outcome) => byOutcome[outcome] > 0)
    .map((outcome) =>
      countedTerm(byOutcome[outcome], withinSentence(wording.outcome(outcome).words, wording), wording),
    );
  return balance(expectedTerm(expected, wording), parts);
}

/** `13 expected = 8 in database team + 3 in storage + 2 in no slice` */
export function routingBalance(
  routing: NonNullable<DailyReport['routing']>,
  { expected }: ReportTotals,
  wording: BackupWording,
): Balance {
  const { text } = wording;
  const slices = routing.slices.map(({ name, resources }) =>
    countedTerm(resources, text('page.balance.inSlice', { slice: shortText(name) }), wording),
  );
  const unrouted = countedTerm(routing.unrouted, text('page.balance.inNoSlice'), wording);
  return balance(expectedTerm(expected, wording), [...slices, unrouted]);
}

function expectedTerm(expected: number, wording: BackupWording): Term {
  return countedTerm(expected, wording.text('page.balance.expected'), wording);
}

/** Lowercases the first letter only: German nouns keep theirs. */
function withinSentence(words: string, { language }: BackupWording): string {
  const [first = ''] = words;
  return first.toLocaleLowerCase(language.tag) + words.slice(first.length);
}
