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
  'made-by-damaged': 'What the report was made with cannot be shown. Restore it from a copy of the archive.',
  'missing-days': 'Make them while their events are still there.',
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
    | 'named-unfinished'
    | 'not-carried'
    | 'not-compared'
    | 'unnamed-made-by'
    | 'resent-after-crash'
    | 'unread-kind';
  readonly key: string;
  readonly words: string;
}

/** What a check comes to. */
export interface CheckResult {
  readonly findings: readonly VerifyFinding[];
  readonly notes: readonly VerifyNote[];
}

/** Collects what a check comes to. */
export class Told implements CheckResult {
  readonly findings: VerifyFinding[] = [];
  readonly notes: VerifyNote[] = [];

  find(kind: FindingKind, key: string, words: string): void {
    this.findings.push({ kind, key, words });
  }

  note(kind: VerifyNote['kind'], key: string, words: string): void {
    this.notes.push({ kind, key, words });
  }

  add({ findings, notes }: CheckResult): void {
    this.findings.push(...findings);
    this.notes.push(...notes);
  }
}

/** Worst first; within a kind as they were found, which is by day. */
export function worstFirst(findings: readonly VerifyFinding[]): readonly VerifyFinding[] {
  const rank = new Map(findingKinds.map((kind, index) => [kind, index]));
  return [...findings].sort((a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0));
}
