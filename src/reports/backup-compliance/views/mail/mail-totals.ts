import { type Balance, type Term, balance, countTone } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { DailyReport, ReportTotals } from '../../model/daily-report.js';
import { outcomes } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { shareWords } from '../face-notes.js';
import { counted } from './mail-subject.js';
import type { MailWording } from './mail-wording.js';
import { outcomeColours } from './status-picture.js';

/** The counts, and how they add up. */
export function totalsView(report: DailyReport, { wording, texts }: MailWording) {
  const { totals, followUp, controlTotals } = report;
  const { text } = wording;
  const { expected, byOutcome, waived, waivedBad } = totals;
  const { comparedWith, newlyBad, resolved } = followUp;
  const present = outcomes.filter((each) => byOutcome[each] > 0);
  const counts = counted(
    wording,
    present.map((each) => [each, byOutcome[each]]),
  );
  return {
    percent: shareWords(report, wording),
    nothingSeen: expected === 0,
    tiles: verdictTilesOf(totals, wording),
    outcomes: present.map((each) => ({
      words: wording.outcome(each).words,
      total: wording.language.integer(byOutcome[each]),
      colour: outcomeColours[each],
    })),
    pictureWords: text('mail.picture', { expected, counts: counts.join(', ') }),
    verdictBalance: mailBalance(wording, totals, [
      'expected',
      'compliant',
      'nonCompliant',
      'unknown',
      'notApplicable',
    ]),
    outcomeBalance: mailBalance(wording, { expected, ...byOutcome }, ['expected', ...present]),
    waivedTotals: waived === 0 ? null : text('mail.totals.waived', { waived, bad: waivedBad }),
    comparedWith: comparedWith === null ? null : texts.day(comparedWith),
    changed: text('mail.totals.changed', { newlyBad: newlyBad.length, resolved: resolved.length }),
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

function verdictTilesOf(totals: ReportTotals, wording: BackupWording) {
  const { text, verdict, language } = wording;
  const mailTile = (label: Label, number: number) => ({
    words: label.words,
    total: language.integer(number),
    tone: countTone(label, number),
  });
  return [
    mailTile({ words: text('mail.expected'), tone: 'quiet' }, totals.expected),
    mailTile(verdict('COMPLIANT'), totals.compliant),
    mailTile(verdict('NON_COMPLIANT'), totals.nonCompliant),
    mailTile(verdict('UNKNOWN'), totals.unknown),
  ];
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
