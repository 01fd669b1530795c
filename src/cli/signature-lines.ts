import { count } from '../base/english.js';
import { terminalText } from '../base/terminal-text.js';
import type { DayResult } from '../day/report-plan.js';
import { shortKeyId } from '../day/signatures/open-signing.js';
import type { LateSignatures } from '../day/signatures/sign-late.js';
import type { Output } from './output.js';

const longestReason = 300;
const shownRevisions = 10;

/** What became of the signature of the revision that was made; none where none was to be made. */
export function signatureLines(signature: DayResult['signature']): readonly string[] {
  if (signature === undefined) return [];
  if (signature.kind === 'signed') return [`  signature  with key ${shortKeyId(signature.keyId)}`];
  return [...unsignedWords(signature), '  -> The next run signs it, once the key can be used.'];
}

/** On one line why it is not signed; none where it is. */
export function unsignedWords(signature: DayResult['signature']): readonly string[] {
  return signature?.kind === 'unsigned'
    ? [`  NOT SIGNED ${terminalText(signature.reason, longestReason)}`]
    : [];
}

/** Says on standard error why a report is not signed, and what to do next. */
export function noteUnsigned(signature: DayResult['signature'], output: Output): void {
  if (signature?.kind !== 'unsigned') return;
  const { reason, hints } = signature;
  output.note(`backup-report: the report is archived and not signed: ${terminalText(reason, longestReason)}`);
  for (const hint of hints) output.note(`  -> ${hint}`);
}

/** What became of earlier revisions without a signature; none where there were none. */
export function lateSignatureLines({ signed, unsigned, failure }: LateSignatures): readonly string[] {
  return [
    ...(signed.length === 0
      ? []
      : [`  signed     ${count(signed.length, 'earlier revision')}: ${listed(signed)}`]),
    ...unsigned
      .slice(0, shownRevisions)
      .map(
        ({ date, revision, reason }) =>
          `  NOT SIGNED ${date} r${revision}: ${terminalText(reason, longestReason)}`,
      ),
    ...(unsigned.length > shownRevisions
      ? [`  NOT SIGNED and ${count(unsigned.length - shownRevisions, 'more revision')}; --json lists all`]
      : []),
    ...(failure === null ? [] : [`  NOT SIGNED perhaps more: ${terminalText(failure, longestReason)}`]),
  ];
}

/** Says on standard error that earlier revisions are still unsigned, and what to do next. */
export function noteLateUnsigned({ unsigned, hints, failure }: LateSignatures, output: Output): void {
  const [first] = unsigned;
  if (failure !== null) output.note(`backup-report: ${terminalText(failure, longestReason)}`);
  if (first === undefined) {
    for (const hint of failure === null ? [] : hints) output.note(`  -> ${hint}`);
    return;
  }
  const number = count(unsigned.length, 'revision is', 'revisions are');
  output.note(`backup-report: ${number} not signed: ${terminalText(first.reason, longestReason)}`);
  for (const hint of hints) output.note(`  -> ${hint}`);
}

/** For `--json`: nothing where nothing was signed later, or was to be. */
export function lateSignaturesAnswer({ signed, unsigned, failure }: LateSignatures): object {
  if (signed.length + unsigned.length === 0 && failure === null) return {};
  return { lateSignatures: { signed, unsigned, ...(failure !== null && { failure }) } };
}

function listed(revisions: LateSignatures['signed']): string {
  const shown = revisions.slice(0, shownRevisions).map(({ date, revision }) => `${date} r${revision}`);
  return revisions.length > shownRevisions ? `${shown.join(', ')}, …` : shown.join(', ');
}
