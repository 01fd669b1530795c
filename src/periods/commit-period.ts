import { sha256Hex } from '../base/digest.js';
import type { StagedArtefact } from '../day/artefacts/describe-artefact.js';
import { cannotClaim, foreignFile, writeArtefacts } from '../day/revisions/commit-revision.js';
import { listRevisionsBelow, nextRevision } from '../day/revisions/read-revisions.js';
import { watchWriters } from '../day/revisions/watch-writers.js';
import { artefactNames } from '../model/artefact-names.js';
import type { Superseding } from '../model/manifest.js';
import type { PeriodManifest } from '../model/period-manifest.js';
import type { Archive } from '../ports/archive.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { SignatureFile } from '../signing/signature-files.js';
import {
  type CommittedPeriod,
  periodPrefix,
  readPeriodRevisions,
  standingPeriod,
} from './period-revisions.js';

/** What only the archive knows about a revision. */
export type PeriodRevisionFacts = Pick<PeriodManifest, 'revision' | 'supersedes' | 'unfinishedRevisions'>;

export interface PeriodCommit {
  readonly plan: string;
  readonly label: string;
  readonly contentDigest: string;
  /** In the order of writing: report.json first, because creating it claims the revision. */
  readonly artefacts: readonly StagedArtefact[];
  readonly manifest: (facts: PeriodRevisionFacts) => PeriodManifest;
  /** How long after its last file a revision without a manifest counts as still being written. */
  readonly leaseMs: number;
  /** Why a later revision is written, and what is different in it. */
  readonly supersede: (newest: CommittedPeriod) => Promise<Superseding>;
  /** What has to stand in the archive when the manifest does. @param newest the one that is replaced */
  readonly beforeManifest: (draft: CommittedDraft, newest: CommittedPeriod | null) => Promise<void>;
  /** The signatures of the manifest, which are written directly before it. Absent: it is not signed. */
  readonly sign?: (bytes: Uint8Array, manifest: PeriodManifest) => readonly SignatureFile[];
}

export interface CommittedDraft {
  readonly revision: number;
  readonly prefix: string;
  readonly manifest: PeriodManifest;
}

export interface PeriodCommitted extends CommittedPeriod {
  /** unchanged: the newest revision says the same of the same days; nothing was written. */
  readonly kind: 'committed' | 'unchanged';
}

const maxClaims = 10;

/**
 * Writes the artefacts as a new revision of the period, the manifest last, using create-only writes alone: as a day's
 * revision is written. A newest revision that says the same and is whole stays.
 *
 * @throws Failure('storage') where other processes were always first, or something else writes to the revision
 */
export async function commitPeriod(
  request: PeriodCommit,
  ports: { readonly archive: Archive; readonly clock: Clock; readonly log: Log },
): Promise<PeriodCommitted> {
  const { plan, label, leaseMs } = request;
  const { archive, log } = ports;
  const folder = periodPrefix(plan, label);
  const others = watchWriters({ plan, date: label, leaseMs }, ports);
  for (let claims = 0; ;) {
    // Read again in every round: anything may have changed during a wait or a lost race.
    const found = await readPeriodRevisions(archive, plan, label);
    const { newest, unfinished } = found;
    const standing = await standingPeriod(archive, found, request.contentDigest);
    if (standing !== null) return { kind: 'unchanged', ...standing };
    if (await others.waitWhileWriting(found)) continue;
    if (claims === maxClaims) throw cannotClaim(archive.locate(folder.slice(0, -1)));
    claims += 1;
    const revision = nextRevision(found.revisions);
    const prefix = `${folder}r${revision}/`;
    const manifest = request.manifest({
      revision,
      supersedes: newest && (await request.supersede(newest)),
      unfinishedRevisions: unfinished.map((each) => each.revision),
    });
    const draft = { revision, prefix, manifest };
    if ((await writeArtefacts(request.artefacts, prefix, archive)) === 'taken') continue;
    await request.beforeManifest(draft, newest);
    if (await isOvertaken(archive, folder, manifest)) {
      log.warn({ plan, period: label, revision }, 'archive: overtaken by another revision, starting again');
      others.giveUp(revision);
      continue;
    }
    const key = `${prefix}${artefactNames.manifest}`;
    const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    for (const { name, bytes: signature, mediaType } of request.sign?.(bytes, manifest) ?? []) {
      const signed = await archive.create(`${prefix}${name}`, { bytes: signature }, mediaType);
      if (signed === 'exists') throw foreignFile(archive.locate(`${prefix}${name}`));
    }
    const created = await archive.create(key, { bytes }, 'application/json');
    if (created === 'exists') throw foreignFile(archive.locate(key));
    log.info(
      { plan, period: label, revision, files: manifest.artefacts.length + 1 },
      'archive: period committed',
    );
    return { kind: 'committed', ...draft, manifestSha256: sha256Hex(bytes) };
  }
}

/** A manifest that is written after a later revision, or calls a finished one unfinished, would be wrong. */
async function isOvertaken(
  archive: Archive,
  folder: string,
  { revision, unfinishedRevisions }: PeriodManifest,
): Promise<boolean> {
  const now = await listRevisionsBelow(archive, folder);
  return now.some(
    (found) =>
      found.revision > revision || (found.hasManifest && unfinishedRevisions.includes(found.revision)),
  );
}
