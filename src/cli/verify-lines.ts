import { count } from '../base/english.js';
import { terminalText } from '../base/terminal-text.js';
import type { DateRange } from '../verify/check.js';
import { type VerifyFinding, type VerifyNote, adviceOf, findingKinds } from '../verify/finding.js';
import type { Verification } from '../verify/verify-archive.js';

/** What none of this can show, in every answer. */
export const notShown =
  'Not shown by this: whether the newest days were removed, whether the whole archive was rolled back, or whether all digests were made again by somebody who may write to it.';

/** How many findings of a kind are told; --json has all. */
const mostTold = 20;

/** The answer for a person: worst first, with what to do. */
export function verificationLines(verification: Verification, range: DateRange): readonly string[] {
  const { findings, notes } = verification;
  return [
    headLine(verification, range),
    ...findingKinds.flatMap((kind) => findingLines(findings.filter((each) => each.kind === kind))),
    ...noteLines(notes),
    '',
    findings.length === 0
      ? 'Nothing was found: the archive is as its manifests say.'
      : `${count(findings.length, 'finding')}.`,
    notShown,
  ];
}

function headLine({ plans, days, revisions, artefacts }: Verification, { from, to }: DateRange): string {
  const names = plans.length === 0 ? 'no plan' : plans.map((each) => terminalText(each)).join(', ');
  const range = from === null && to === null ? '' : `  ${from ?? 'the first day'} to ${to ?? 'the last day'}`;
  const counts = [count(days, 'day'), count(revisions, 'revision'), count(artefacts, 'artefact')];
  return `${names}${range}  ${counts.join(', ')}`;
}

function findingLines(findings: readonly VerifyFinding[]): readonly string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const shown = findings.slice(0, mostTold);
  const more = findings.length - shown.length;
  return [
    '',
    `${first.kind} (${findings.length})`,
    ...shown.map(({ key, words }) => `  ${whole(key)}: ${whole(words)}`),
    ...(more === 0 ? [] : [`  and ${more} more; --json has all`]),
    `  -> ${adviceOf(first.kind)}`,
  ];
}

function noteLines(notes: readonly VerifyNote[]): readonly string[] {
  if (notes.length === 0) return [];
  const kinds = [...new Set(notes.map(({ kind }) => kind))];
  const lines = kinds.flatMap((kind) => {
    const [first, ...others] = notes.filter((each) => each.kind === kind);
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : ` (and ${others.length} more like it)`;
    return [`  ${whole(first.key)}: ${whole(first.words)}${more}`];
  });
  return ['', 'Told, and no fault:', ...lines];
}

/** A key is needed whole: it is where to look. */
function whole(text: string): string {
  return terminalText(text, Number.POSITIVE_INFINITY);
}
