/*
 * What `verify` finds, worst first, each with what a person does about it. The kinds are read by programs: a kind keeps its
 * meaning, new ones are added.
 */
const advices = {
  'nothing-verified':
    'Name the folder that has a folder for each plan, and a range in which there are reports.',
  'manifest-damaged':
    'Restore the file from a copy of the archive. If there is none, make the day again: the next revision names it.',
  'manifest-of-another':
    'It lies where another revision belongs. Restore the right one from a copy of the archive.',
  'artefact-altered':
    'It has other bytes than its manifest names. Restore it from a copy of the archive, and find out who can write there.',
  'artefact-missing': 'Restore it from a copy of the archive, and find out who can delete there.',
  'artefact-unreadable':
    'Give the user of this command the right to read it, or restore it from a copy of the archive.',
  'wrong-signature':
    'What was signed is not what is there, or another key signed it. Compare the files with a copy of the archive.',
  'other-files':
    'The statement is about other files than these. Compare the revision with a copy of the archive.',
  'malformed-signature': 'It is no signature. Restore it from a copy of the archive.',
  'unknown-key':
    'Nobody can say who signed. Restore keys/ from a copy of the archive, or name the public key with --key.',
  'key-damaged':
    'Restore it from a copy of the archive. Signatures are checked by keys that were told otherwise with --key.',
  'key-revoked':
    'Such a signature stands only where a time stamp shows that it is older. Compare the files with a copy of the archive.',
  'outside-validity': 'The key was not to be used then. Ask who has it.',
  'signature-missing':
    'Its manifest asks for it. Restore it from a copy of the archive, and find out who can delete there.',
  unsigned:
    'The next `backup-report run` signs what its manifest asks for; `backup-report keys sign --from D --to D` signs the others.',
  'rolled-back': 'Reports were removed that were there once. Restore them from a copy of the archive.',
  'other-history':
    'What the archive had then is not what it has now. Compare it with a copy of the archive, and find out who can write there.',
  'checkpoint-of-another':
    'Name the archive of that plan, or a checkpoint of this one: the plan is in its first line.',
  'log-damaged': 'Restore the folder log/ of the plan from a copy of the archive.',
  'log-differs': 'The log was written with other files than these. Compare both with a copy of the archive.',
  'not-logged':
    'The next `backup-report run` logs what was never logged. If it was: restore log/ from a copy of the archive.',
  'checkpoint-missing':
    'The next `backup-report run` writes it again. If reports were removed, only a mail with a checkpoint shows it (--checkpoint).',
  'rebuild-differs':
    'The report does not follow from what is archived of it. Compare both with a copy of the archive.',
  'cannot-rebuild':
    'What it was made of is not there as its manifest says. Restore it from a copy of the archive.',
  'chain-broken':
    'The manifest that this one goes on from has been replaced or removed. Compare both with a copy of the archive.',
  'supersedes-broken':
    'The revision that this one replaced is not the one that it names. Compare both with a copy of the archive.',
  'revision-hidden':
    'A revision is passed over. Look at both: what does the earlier one say that the later one does not?',
  'revision-missing': 'Numbers are never left out. Restore the revision from a copy of the archive.',
  'content-differs':
    'What the report says is not what was archived then. Compare it with a copy of the archive.',
  'report-differs':
    'Manifest and report.json contradict each other. Compare both with a copy of the archive.',
  'totals-differ': 'Files of one revision contradict each other. Compare them with a copy of the archive.',
  'lines-unreadable': 'Restore the file from a copy of the archive.',
  'period-broken':
    'A report of a period is counted of manifests that were replaced or removed. Compare both with a copy of the archive.',
  'period-differs':
    'It does not say what the days that it names say. Compare both with a copy of the archive, and find out who can write there.',
  'attestation-damaged':
    'It counts for nothing. Restore it from a copy of the archive, or attest the test again.',
  'attestation-missing':
    'There are signatures, and not what was signed: the command was stopped, or somebody removed it. Restore it from a copy of the archive, or attest the test again.',
  'delivery-unreadable':
    'Restore it from a copy of the archive. Until then nobody can say whether the message went out.',
  'delivery-open':
    'A process was stopped while it sent. `backup-report run --date D` sends what is owed, and records it.',
  'delivery-missing':
    'A delivery that the plan owed is not on record. `backup-report run --date D` sends what is owed.',
  'timestamp-wrong':
    'It does not show when the report was there. Restore it from a copy of the archive, and find out who can write there.',
  'timestamp-unchecked':
    'Nobody can say whether it is genuine. Restore the certificate from a copy of the archive, and compare it with one from the authority.',
  'timestamp-missing':
    'The next `backup-report run` makes it, `backup-report backfill --missing --from D --to D` that of an older day. If there was one, restore it from a copy of the archive.',
  'renaming-damaged':
    'Nobody can say under which name the plan goes on. Restore it from a copy of the archive.',
  'day-after-renaming':
    'Two processes made days under two names. Both reports stay: decide which one counts, and stop what runs under the old name.',
  'made-by-damaged': 'What the report was made with cannot be shown. Restore it from a copy of the archive.',
  'missing-days':
    'Make them while their events are still there. Where `backfill` says that a day has no event, the same with --write-empty makes its report.',
  'unfinished-revision': 'A run was stopped. Run the day again: the next revision names it.',
  'unsafe-name': 'Nothing was read there. Find out who wrote it, and do not copy it to another machine.',
  link: 'It was not followed. Put the file or folder itself in its place, from a copy of the archive.',
  foreign: 'No version of this program writes it. Find out who did, and move it elsewhere.',
} as const satisfies Readonly<Record<string, string>>;

export type FindingKind = keyof typeof advices;

/** Worst first. */
export const findingKinds = Object.keys(advices) as readonly FindingKind[];

/** What to do about a finding of this kind. */
export function adviceOf(kind: FindingKind): string {
  return advices[kind];
}

/** Something that is not as it must be. */
export interface VerifyFinding {
  readonly kind: FindingKind;
  /** The file or folder, as a key of the archive. */
  readonly key: string;
  /** One sentence, in English. */
  readonly words: string;
}

/** Something that a person should know, and that is no fault. */
export interface VerifyNote {
  readonly kind:
    | 'inserted-days'
    | 'renamed-plan'
    | 'goes-on-from-outside'
    | 'named-unfinished'
    | 'not-carried'
    | 'not-compared'
    | 'unnamed-made-by'
    | 'resent-after-crash'
    | 'unread-kind'
    | 'revoked-key'
    | 'key-without-record'
    | 'unsigned-checkpoint'
    | 'logged-twice'
    | 'no-log'
    | 'extends-checkpoint'
    | 'same-content'
    | 'not-rebuilt'
    | 'days-revised'
    | 'not-recounted';
  readonly key: string;
  readonly words: string;
}

/** What of a plan was not checked, because it lies outside of the range. */
export interface NotChecked {
  readonly plan: string;
  /** Revisions of other days that are there. */
  readonly revisions: number;
  /** Revisions of other days that only the log names, as in a part of an archive. */
  readonly absent: number;
  /** Revisions of periods that reach beyond the range. */
  readonly periods: number;
}

/** What a check comes to. */
export interface CheckResult {
  readonly findings: readonly VerifyFinding[];
  readonly notes: readonly VerifyNote[];
  /** How many signatures were right: of manifests, statements and checkpoints. */
  readonly signatures: number;
  /** Revisions of periods that were looked at. */
  readonly periods: number;
  /** Attestations that were looked at. */
  readonly attestations: number;
  /** Plans of which no manifest asks for a signature. */
  readonly notSigned: readonly string[];
  readonly notChecked: readonly NotChecked[];
}

/** Collects what a check comes to. */
export class Told implements CheckResult {
  readonly findings: VerifyFinding[] = [];
  readonly notes: VerifyNote[] = [];
  signatures = 0;
  periods = 0;
  attestations = 0;
  readonly notSigned: string[] = [];
  readonly notChecked: NotChecked[] = [];

  find(kind: FindingKind, key: string, words: string): void {
    this.findings.push({ kind, key, words });
  }

  note(kind: VerifyNote['kind'], key: string, words: string): void {
    this.notes.push({ kind, key, words });
  }

  /** Nothing is said where nothing was left out. */
  leave(left: NotChecked): void {
    if (left.revisions + left.absent + left.periods > 0) this.notChecked.push(left);
  }

  /** A signature that is right, by a key that was valid. */
  countSignature(): void {
    this.signatures += 1;
  }

  countPeriod(): void {
    this.periods += 1;
  }

  countAttestation(): void {
    this.attestations += 1;
  }

  add({ findings, notes, signatures, periods, attestations, notSigned, notChecked }: CheckResult): void {
    this.findings.push(...findings);
    this.notes.push(...notes);
    this.signatures += signatures;
    this.periods += periods;
    this.attestations += attestations;
    this.notSigned.push(...notSigned);
    this.notChecked.push(...notChecked);
  }
}

/** Worst first; within a kind as they were found, which is by day. */
export function worstFirst(findings: readonly VerifyFinding[]): readonly VerifyFinding[] {
  const rank = new Map(findingKinds.map((kind, index) => [kind, index]));
  return [...findings].sort((a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0));
}
