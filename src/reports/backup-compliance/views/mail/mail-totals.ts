import type { DailyReport } from '../../model/daily-report.js';
import { outcomes } from '../../model/resource-compliance.js';
import type { Label, Wording } from '../../../../renderers/view/wording.js';
import { counted } from './mail-subject.js';
import type { MailTexts } from '../../../../renderers/view/mail-texts.js';
import { outcomeColours } from './status-picture.js';

/** An equation that a reader can check, and whether it holds. */
interface Balance {
  readonly equation: string;
  readonly holds: boolean;
}

type Part = readonly [what: string, number: number];

/** How many of what, and how the counts add up. */
export function totalsView(
  { totals, followUp, controlTotals }: DailyReport,
  wording: Wording,
  texts: MailTexts,
) {
  const { text, verdict, outcome, percent, language } = wording;
  const { expected, compliant, nonCompliant, unknown, notApplicable } = totals;
  const { comparedWith, newlyBad, resolved } = followUp;
  const byOutcome = outcomes.map((each): Part => [each, totals.byOutcome[each]]);
  const tile = ({ words, tone }: Label, number: number) => ({
    words,
    total: language.integer(number),
    // A count of nothing carries no colour: a red zero alarms, a green zero reassures, both for nothing.
    tone: number === 0 ? 'quiet' : tone,
  });
  return {
    percent: percent(totals.compliancePercent),
    nothingSeen: expected === 0,
    tiles: [
      tile({ words: text('mail.expected'), tone: 'quiet' }, expected),
      tile(verdict('COMPLIANT'), compliant),
      tile(verdict('NON_COMPLIANT'), nonCompliant),
      tile(verdict('UNKNOWN'), unknown),
    ],
    outcomes: outcomes
      .filter((each) => totals.byOutcome[each] > 0)
      .map((each) => ({
        words: outcome(each).words,
        total: language.integer(totals.byOutcome[each]),
        colour: outcomeColours[each],
      })),
    pictureWords: text('mail.picture', { expected, counts: counted(wording, byOutcome).join(', ') }),
    verdictBalance: balance(
      wording,
      ['expected', expected],
      [
        ['compliant', compliant],
        ['nonCompliant', nonCompliant],
        ['unknown', unknown],
        ['notApplicable', notApplicable],
      ],
    ),
    outcomeBalance: balance(
      wording,
      ['expected', expected],
      byOutcome.filter(([, number]) => number > 0),
    ),
    waivedTotals:
      totals.waived === 0
        ? null
        : text('mail.totals.waived', { waived: totals.waived, bad: totals.waivedBad }),
    comparedWith: comparedWith === null ? null : texts.day(comparedWith),
    changed: text('mail.totals.changed', { newlyBad: newlyBad.length, resolved: resolved.length }),
    recordBalance: balance(
      wording,
      ['read', controlTotals.read],
      [
        ['used', controlTotals.used],
        ['duplicate', controlTotals.duplicate],
        ['outside', controlTotals.outside],
        ['ignored', controlTotals.ignored],
        ['rejected', controlTotals.rejected],
      ],
    ),
  };
}

/** `12 expected = 7 compliant + 4 non-compliant + 1 unknown + 0 not applicable` */
function balance({ text }: Wording, [what, whole]: Part, parts: readonly Part[]): Balance {
  const words = parts.map(([part, number]) => text(`mail.counted.${part}`, { number })).join(' + ');
  let total = 0;
  for (const [, number] of parts) total += number;
  return {
    equation: `${text(`mail.counted.${what}`, { number: whole })} = ${words === '' ? '0' : words}`,
    holds: total === whole,
  };
}
