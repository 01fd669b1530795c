import { count } from '../base/english.js';
import { terminalText } from '../base/terminal-text.js';
import type { DateRange } from '../verify/check.js';
import {
  type NotChecked,
  type VerifyFinding,
  type VerifyNote,
  adviceOf,
  findingKinds,
} from '../verify/finding.js';
import type { RebuiltCounts } from '../verify/tell-rebuilt.js';
import type { Verification } from '../verify/verify-archive.js';

/** What was brought from outside of the archive. */
export interface OutsideHelp {
  readonly pinned: readonly unknown[];
  readonly checkpoints: readonly unknown[];
}

/** What none of this can show, in every answer. */
export function notShownBy({ signatures }: Verification, { pinned, checkpoints }: OutsideHelp): string {
  const removed =
    checkpoints.length === 0
      ? 'whether the newest days were removed, whether the whole archive was rolled back (a mail of then shows it: --checkpoint)'
      : 'whether days that came after the checkpoint were removed';
  if (signatures === 0) {
    return `Not shown by this: ${removed}, or whether all digests were made again by somebody who may write to it.`;
  }
  const signed = 'whether all was made again and signed with another key that was put into keys/';
  return `Not shown by this: ${removed}${pinned.length > 0 ? '.' : `, or ${signed} (a key from elsewhere shows it: --key).`}`;
}

/** How many findings of a kind are told; --json has all. */
const mostTold = 20;

/** The answer for a person: worst first, with what to do. */
export function verificationLines(
  verification: Verification,
  range: DateRange,
  outside: OutsideHelp,
): readonly string[] {
  const { findings, notes, notSigned, rebuilt } = verification;
  return [
    headLine(verification, range),
    ...(notSigned.length === 0 ? [] : [notSignedLine(notSigned)]),
    ...(rebuilt === null ? [] : [rebuiltLine(rebuilt)]),
    ...findingKinds.flatMap((kind) => findingLines(findings.filter((each) => each.kind === kind))),
    ...noteLines(notes),
    '',
    findings.length === 0
      ? `Nothing was found: ${verification.notChecked.length === 0 ? 'the archive is as its' : 'the days of the range are as their'} manifests say.`
      : `${count(findings.length, 'finding')}.`,
    notShownBy(verification, outside),
  ];
}

function notSignedLine(plans: readonly string[]): string {
  return `Not signed: no report of ${plans.map((each) => terminalText(each)).join(', ')} asks for a signature`;
}

function rebuiltLine({ sameBytes, sameContent, differs, cannot }: RebuiltCounts): string {
  const all = sameBytes + sameContent + differs + cannot;
  const parts = [
    `${sameBytes} with the same bytes`,
    ...(sameContent === 0 ? [] : [`${sameContent} with the same content`]),
    ...(differs === 0 ? [] : [count(differs, 'differs', 'differ')]),
    ...(cannot === 0 ? [] : [`${cannot} could not be made`]),
  ];
  return `Made again: ${count(all, 'revision')}, ${parts.join(', ')}`;
}

function headLine(
  { plans, days, revisions, artefacts, periods, attestations, signatures, notChecked }: Verification,
  { from, to }: DateRange,
): string {
  const names = plans.length === 0 ? 'no plan' : plans.map((each) => terminalText(each)).join(', ');
  const range = from === null && to === null ? '' : `  ${from ?? 'the first day'} to ${to ?? 'the last day'}`;
  const counts = [
    count(days, 'day'),
    count(revisions, 'revision'),
    count(artefacts, 'artefact'),
    ...(periods === 0 ? [] : [count(periods, 'revision of a period', 'revisions of periods')]),
    ...(attestations === 0 ? [] : [count(attestations, 'attestation')]),
  ];
  const signed = signatures === 0 ? '' : `, ${count(signatures, 'good signature')}`;
  return `${names}${range}  ${counts.join(', ')}${signed}${notCheckedWords(notChecked)}`;
}

/** In the first line, because "nothing was found" is not about it. */
function notCheckedWords(notChecked: readonly NotChecked[]): string {
  const sumOf = (part: 'revisions' | 'absent' | 'periods'): number =>
    notChecked.reduce((sum, each) => sum + each[part], 0);
  const [revisions, absent, periods] = [sumOf('revisions'), sumOf('absent'), sumOf('periods')];
  const parts = [
    ...(revisions === 0 ? [] : [count(revisions, 'revision')]),
    ...(absent === 0
      ? []
      : [`${count(absent, 'revision')} in the log that ${absent === 1 ? 'is' : 'are'} not here`]),
    ...(periods === 0 ? [] : [count(periods, 'revision of a period', 'revisions of periods')]),
  ];
  return parts.length === 0 ? '' : `; of other days not checked: ${parts.join(', ')}`;
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
