import { type Balance, type Term, balance } from '../../../../renderers/view/view-parts.js';
import type { DailyReport } from '../../model/daily-report.js';
import { outcomes } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { shareWords } from '../face-notes.js';

/** The counts, and how they add up: for the one who checks them. */
export function totalsView(report: DailyReport, wording: BackupWording) {
  const { totals, controlTotals } = report;
  const { expected, byOutcome, waived, waivedBad } = totals;
  const present = outcomes.filter((each) => byOutcome[each] > 0);
  return {
    percent: shareWords(report, wording),
    verdictBalance: mailBalance(wording, totals, [
      'expected',
      'compliant',
      'nonCompliant',
      'unknown',
      'notApplicable',
    ]),
    outcomeBalance: mailBalance(wording, { expected, ...byOutcome }, ['expected', ...present]),
    waivedTotals: waived === 0 ? null : wording.text('mail.footer.waived', { waived, bad: waivedBad }),
    recordBalance: mailBalance(wording, controlTotals, [
      'read',
      'used',
      'duplicate',
      'outside',
      'ignored',
      'rejected',
    ]),
  };
}

/** `12 expected = 7 compliant + 4 non-compliant + 1 unknown + 0 not applicable` */
function mailBalance<Name extends string>(
  { text }: BackupWording,
  counts: Readonly<Record<Name, number>>,
  [whole, ...parts]: readonly [Name, ...Name[]],
): Balance {
  const term = (name: Name): Term => ({
    number: counts[name],
    words: text(`mail.counted.${name}`, { number: counts[name] }),
  });
  return balance(term(whole), parts.map(term));
}
