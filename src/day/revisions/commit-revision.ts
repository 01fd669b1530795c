import { Failure } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { ArchivedManifest, Manifest, Superseding } from '../../model/manifest.js';
import type { Archive } from '../../ports/archive.js';
import type { Clock } from '../../ports/clock.js';
import type { Log } from '../../ports/log.js';
import type { MadeByFile } from '../../reports/report-kind.js';
import type { SignatureFile } from '../../signing/signature-files.js';
import type { StagedArtefact } from '../artefacts/describe-artefact.js';
import { keepMadeBy } from './made-by-store.js';
import {
  type CommittedRevision,
  type RevisionFiles,
  type RevisionsOfDay,
  dayPrefix,
  listRevisions,
  mustNotBeNewer,
  nextRevision,
  readRevisions,
  revisionPrefix,
} from './read-revisions.js';
import { watchWriters } from './watch-writers.js';

/** What only the archive knows about a revision. */
export type RevisionFacts = Pick<
  Manifest,
  'revision' | 'supersedes' | 'unfinishedRevisions' | 'previousManifest'
>;

export interface CommitRequest {
  readonly plan: string;
  readonly date: string;
  /** The revision of an earlier day that this report continues; null: there is none. */
  readonly previous: CommittedRevision | null;
  /** The newest revision of the day whose evidence is in this report; 0: there was none. null: evidence is not asked for. */
  readonly known: number | null;
  readonly contentDigest: string;
  /** What the report was made with, for made-by/ of the plan. */
  readonly madeBy: readonly MadeByFile[];
  /** In the order of writing: report.json first, because creating it claims the revision. */
  readonly artefacts: readonly StagedArtefact[];
  readonly manifest: (facts: RevisionFacts) => Manifest;
  /**
   * The artefacts for a number: some name the revision that they belong to, and another process may have claimed the one
   * that they were made for. Absent: `artefacts` name none. Called before `manifest`.
   */
  readonly artefactsFor?: (revision: number) => Promise<readonly StagedArtefact[]>;
  /**
   * Those of the artefacts that are written before `artefactsFor` is called, report.json first: another process may go on
   * from them meanwhile. Absent: all are written at once.
   */
  readonly documents?: readonly StagedArtefact[];
  /** How long after its last file a revision without a manifest counts as still being written. */
  readonly leaseMs: number;
  /** Why a later revision is written, and what is different in it. */
  readonly supersede: (newest: CommittedRevision) => Promise<Superseding>;
  /** Whether the newest revision is replaced even by one that says the same; absent: it never is. */
  readonly mustReplace?: (newest: ArchivedManifest) => boolean;
  /** What has to stand in the archive when the manifest does. Called when everything but the manifest is written. */
  readonly beforeManifest?: (draft: Pick<CommitResult, 'revision' | 'prefix' | 'manifest'>) => Promise<void>;
  /**
   * The signatures of the manifest, which are written directly before it, so that a committed revision has them. Absent: it is
   * not signed.
   */
  readonly sign?: (bytes: Uint8Array, manifest: Manifest) => readonly SignatureFile[];
}

export interface CommitPorts {
  readonly archive: Archive;
  readonly clock: Clock;
  readonly log: Log;
}

export interface CommitResult {
  /** unchanged: the newest revision says the same; nothing was written. */
  readonly kind: 'committed' | 'unchanged';
  readonly revision: number;
  /** Ends in `/`. */
  readonly prefix: string;
  readonly manifest: ArchivedManifest;
}

/** Another process has archived a revision meanwhile whose evidence is not in this report: nothing was written. */
export class OutdatedReport extends Error {
  constructor(readonly newest: number) {
    super(`another process has archived r${newest} of the day, whose evidence is not in this report`);
    this.name = 'OutdatedReport';
  }
}

const jsonType = 'application/json';
const maxClaims = 10;

/**
 * Writes the artefacts as a new revision of the day, the manifest last, using create-only writes alone.
 *
 * Of two processes at once, the second waits for the manifest of the first, at most until its lease ends. A revision that
 * says something else is not replaced by a report that does not have its evidence. What a crash
 * left is never touched: the next number is used, and the manifest names the unfinished one.
 *
 * @throws OutdatedReport where a newer revision says something else than `known` and this report do
 * @throws Failure('storage') where other processes were always first, or something else writes to the revision
 */
export async function commitRevision(request: CommitRequest, ports: CommitPorts): Promise<CommitResult> {
  const { plan, date, known } = request;
  const { log } = ports;
  const others = watchWriters(request, ports);
  for (let claims = 0; ;) {
    // Read again in every round: anything may have changed during a wait or a lost race.
    const day = await readRevisions(ports.archive, plan, date);
    mustNotBeNewer(day);
    const isWhole = day.damaged.length === 0;
    if (day.newest !== null && isWhole && saysTheSame(request, day.newest.manifest)) {
      const { revision, prefix, manifest } = day.newest;
      log.info({ plan, date, revision }, 'archive: nothing new, nothing written');
      return { kind: 'unchanged', revision, prefix, manifest };
    }
    if (await others.waitWhileWriting(day)) continue;
    if (known !== null && day.newest !== null && day.newest.revision > known) {
      throw new OutdatedReport(day.newest.revision);
    }

    if (claims === maxClaims) throw cannotClaim(ports.archive.locate(dayPrefix(plan, date).slice(0, -1)));
    claims += 1;
    // Before the number is claimed: without a manifest these files are harmless.
    await keepMadeBy(plan, request.madeBy, ports.archive);
    const next = nextRevision(day.revisions);
    const prefix = revisionPrefix(plan, date, next);
    const { documents = [] } = request;
    if ((await writeArtefacts(documents, prefix, ports.archive)) === 'taken') continue;
    const artefacts = (await request.artefactsFor?.(next)) ?? request.artefacts;
    const draft = await draftRevision(request, day, next);
    const left = artefacts.filter((each) => !documents.some(({ name }) => name === each.name));
    const outcome = await writeRevision({ ...request, artefacts: left }, draft, ports);
    if (outcome === 'committed') return { kind: 'committed', ...draft };
    if (outcome === 'overtaken') others.giveUp(draft.revision);
  }
}

function saysTheSame({ contentDigest, mustReplace }: CommitRequest, newest: ArchivedManifest): boolean {
  return newest.contentDigest === contentDigest && mustReplace?.(newest) !== true;
}

/** The manifest's reference to the report that this one continues. */
export function manifestReference(previous: CommittedRevision | null): Manifest['previousManifest'] {
  return previous && { key: previous.manifestKey, sha256: previous.manifestSha256 };
}

/** As they are archived. */
export function manifestBytes(manifest: ArchivedManifest): Uint8Array {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
}

/** The next revision, with what only the archive knows about it. */
type RevisionDraft = Pick<CommitResult, 'revision' | 'prefix'> & { readonly manifest: Manifest };

async function draftRevision(
  request: CommitRequest,
  { newest, unfinished }: RevisionsOfDay,
  revision: number,
): Promise<RevisionDraft> {
  const { plan, date, previous } = request;
  const manifest = request.manifest({
    revision,
    supersedes: newest && (await request.supersede(newest)),
    unfinishedRevisions: unfinished.map((found) => found.revision),
    previousManifest: manifestReference(previous),
  });
  return { revision, prefix: revisionPrefix(plan, date, revision), manifest };
}

/**
 * taken: another process claimed the number. overtaken: our lease ended, and another process went ahead; or one whose lease had
 * ended was at work after all.
 */
async function writeRevision(
  { plan, date, artefacts, beforeManifest, sign }: CommitRequest,
  draft: RevisionDraft,
  { archive, log }: CommitPorts,
): Promise<'committed' | 'taken' | 'overtaken'> {
  const { revision, prefix, manifest } = draft;
  if ((await writeArtefacts(artefacts, prefix, archive)) === 'taken') return 'taken';
  await beforeManifest?.(draft);
  // A manifest written after a later revision would contradict what that revision says about the day. One that calls an earlier
  // revision unfinished would be wrong where that has been finished after all.
  const now = await listRevisions(archive, plan, date);
  const { unfinishedRevisions } = manifest;
  const isOvertaken = (found: RevisionFiles): boolean =>
    found.revision > revision || (found.hasManifest && unfinishedRevisions.includes(found.revision));
  if (now.some(isOvertaken)) {
    log.warn({ plan, date, revision }, 'archive: overtaken by another revision, starting again');
    return 'overtaken';
  }
  const key = `${prefix}${artefactNames.manifest}`;
  const bytes = manifestBytes(manifest);
  const signatures = sign?.(bytes, manifest) ?? [];
  for (const { name, bytes: signature, mediaType } of signatures) {
    const created = await archive.create(`${prefix}${name}`, { bytes: signature }, mediaType);
    if (created === 'exists') throw foreignFile(archive.locate(`${prefix}${name}`));
  }
  if ((await archive.create(key, { bytes }, jsonType)) === 'exists') throw foreignFile(archive.locate(key));
  if (unfinishedRevisions.length > 0) {
    log.warn({ plan, date, unfinishedRevisions }, 'archive: unfinished revisions left as they are');
  }
  const files = manifest.artefacts.length + signatures.length + 1;
  log.info({ plan, date, revision, files }, 'archive: revision committed');
  return 'committed';
}

/** taken: report.json is there already, and nothing was written. */
export async function writeArtefacts(
  artefacts: readonly StagedArtefact[],
  prefix: string,
  archive: Archive,
): Promise<'written' | 'taken'> {
  for (const { name, path, mediaType } of artefacts) {
    if ((await archive.create(`${prefix}${name}`, { path }, mediaType)) === 'created') continue;
    if (name === artefactNames.report) return 'taken';
    throw foreignFile(archive.locate(`${prefix}${name}`));
  }
  return 'written';
}

export function foreignFile(location: string): Failure {
  return new Failure('storage', `${location} exists already, in a revision that this run has claimed`, {
    hints: ['Make sure that nothing else writes to the archive, and run again: the next number is used.'],
  });
}

export function cannotClaim(location: string): Failure {
  return new Failure(
    'storage',
    `cannot claim a revision of ${location}: other processes were first ${maxClaims} times`,
    {
      hints: ['Make sure that only one schedule runs this plan, and run again.'],
      retryable: true,
    },
  );
}
