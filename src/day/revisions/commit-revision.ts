import { pollPauses } from '../../base/poll.js';
import { Failure } from '../../errors.js';
import type { ArtefactEntry, Manifest, Superseding } from '../../model/manifest.js';
import type { Archive, Clock, Log } from '../../ports.js';
import {
  type CommittedRevision,
  type RevisionFiles,
  dayPrefix,
  listRevisions,
  manifestName,
  readNewest,
  revisionPrefix,
} from './read-revisions.js';

/** A finished artefact in the working directory. */
export type ArtefactFile = ArtefactEntry & { readonly path: string };

/** What only the archive knows of a revision. */
export type RevisionFacts = Pick<
  Manifest,
  'revision' | 'supersedes' | 'unfinishedRevisions' | 'previousManifest'
>;

export interface CommitRequest {
  readonly plan: string;
  readonly date: string;
  /** The revision that this one goes on from. */
  readonly previous: CommittedRevision | null;
  readonly contentDigest: string;
  /** In the order of writing: report.json first, because creating it claims the revision. */
  readonly artefacts: readonly ArtefactFile[];
  readonly manifest: (facts: RevisionFacts) => Manifest;
  /** How long after its last file a revision without a manifest is taken for one at work. */
  readonly leaseMs: number;
  /** Why a later revision is written, and what is different in it. */
  readonly supersede: (newest: CommittedRevision) => Promise<Superseding>;
}

export interface CommitResult {
  /** unchanged: the newest revision says the same; nothing was written. */
  readonly kind: 'committed' | 'unchanged';
  readonly revision: number;
  /** Ends in `/`. */
  readonly prefix: string;
  readonly manifest: Manifest;
}

const claimName = 'report.json';
const jsonType = 'application/json';
const maxClaims = 10;
const pollPace = { firstMs: 100, factor: 2, longestMs: 1000 };

/**
 * Writes the artefacts as a new revision of the day, the manifest last, over nothing but create-only writes.
 *
 * Of two processes at once the second waits for the first one's manifest, at most until its lease ends. What a
 * crash left is never touched: the next number is taken and the manifest names the unfinished one.
 */
export async function commitRevision(
  request: CommitRequest,
  ports: { readonly archive: Archive; readonly clock: Clock; readonly log: Log },
): Promise<CommitResult> {
  const { archive, clock, log } = ports;
  const { plan, date } = request;
  const { previous } = request;
  const isAtWork = leaseWatch(request.leaseMs, clock);
  const givenUp = new Set<number>();
  let claims = 0;
  const pauses = pollPauses(pollPace);
  let waited = false;

  // Every turn looks at the archive afresh: whatever was seen before a wait or a lost race may have changed.
  for (;;) {
    const revisions = await listRevisions(archive, plan, date);
    const newest = await readNewest(archive, plan, date, revisions);
    if (newest !== null && newest.manifest.contentDigest === request.contentDigest) {
      log.info({ plan, date, revision: newest.revision }, 'archive: nothing new, nothing written');
      const { revision, prefix, manifest } = newest;
      return { kind: 'unchanged', revision, prefix, manifest };
    }

    const unfinished = revisions.filter((found) => !found.hasManifest);
    // Below the newest manifest somebody has decided already that they were crashes.
    const open = unfinished.filter((found) => found.revision > (newest?.revision ?? 0));
    if (open.some((found) => !givenUp.has(found.revision) && isAtWork(found))) {
      if (!waited) log.info({ plan, date }, 'archive: another process is writing, waiting');
      waited = true;
      await clock.sleep(pauses.next().value);
      continue;
    }

    claims += 1;
    if (claims > maxClaims) throw cannotClaim(archive.locate(dayPrefix(plan, date).slice(0, -1)));
    const revision = Math.max(0, ...revisions.map((found) => found.revision)) + 1;
    const unfinishedRevisions = unfinished.map((found) => found.revision);
    const manifest = request.manifest({
      revision,
      supersedes: newest && (await request.supersede(newest)),
      unfinishedRevisions,
      previousManifest: manifestReference(previous),
    });
    const prefix = revisionPrefix(plan, date, revision);
    const outcome = await writeRevision(request, archive, prefix, revision, manifest);
    if (outcome === 'taken') continue;
    if (outcome === 'overtaken') {
      log.warn({ plan, date, revision }, 'archive: overtaken by a later revision, starting again');
      givenUp.add(revision);
      continue;
    }
    if (unfinishedRevisions.length > 0) {
      log.warn({ plan, date, unfinishedRevisions }, 'archive: unfinished revisions left as they are');
    }
    log.info({ plan, date, revision, files: request.artefacts.length + 1 }, 'archive: revision committed');
    return { kind: 'committed', revision, prefix, manifest };
  }
}

/** What the manifest says of the report that this one goes on from. */
export function manifestReference(previous: CommittedRevision | null): Manifest['previousManifest'] {
  return previous && { key: previous.manifestKey, sha256: previous.manifestSha256 };
}

/** taken: somebody else claimed the number. overtaken: our lease ended and somebody went on without us. */
async function writeRevision(
  request: CommitRequest,
  archive: Archive,
  prefix: string,
  revision: number,
  manifest: Manifest,
): Promise<'committed' | 'taken' | 'overtaken'> {
  const [claim, ...others] = request.artefacts;
  if (claim?.name !== claimName) throw new Error(`the first artefact of a revision is ${claimName}`);
  const claimed = await archive.create(`${prefix}${claim.name}`, { path: claim.path }, claim.mediaType);
  if (claimed === 'exists') return 'taken';
  for (const artefact of others) {
    const key = `${prefix}${artefact.name}`;
    const written = await archive.create(key, { path: artefact.path }, artefact.mediaType);
    if (written === 'exists') throw foreignFile(archive.locate(key));
  }
  // A manifest after a later revision would change what that one has said of the day.
  const now = await listRevisions(archive, request.plan, request.date);
  if (now.some((found) => found.revision > revision)) return 'overtaken';
  const key = `${prefix}${manifestName}`;
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  if ((await archive.create(key, { bytes }, jsonType)) === 'exists') throw foreignFile(archive.locate(key));
  return 'committed';
}

/**
 * Tells whether a revision without a manifest may still be at work. A file from the future (clocks differ) counts
 * from when it was first seen, so that no wait is longer than a lease after the last file.
 */
function leaseWatch(leaseMs: number, clock: Clock): (files: RevisionFiles) => boolean {
  const firstSeenMs = new Map<string, number>();
  return ({ revision, youngestMs }) => {
    const nowMs = clock.nowMs();
    const id = `${revision}@${youngestMs}`;
    const seenMs = firstSeenMs.get(id) ?? nowMs;
    firstSeenMs.set(id, seenMs);
    return nowMs - Math.min(youngestMs, seenMs) < leaseMs;
  };
}

function foreignFile(location: string): Failure {
  return new Failure('storage', `${location} is there already, in a revision that this run has claimed`, {
    hints: ['Make sure that nothing else writes to the archive, and run again: the next number is taken.'],
  });
}

function cannotClaim(location: string): Failure {
  return new Failure(
    'storage',
    `cannot claim a revision of ${location}: others were first ${maxClaims} times`,
    {
      hints: ['Make sure that only one schedule runs this plan, and run again.'],
      retryable: true,
    },
  );
}
