import { dateOfManifest } from '../model/date-of-manifest.js';
import { type CommittedRevision, readRevision } from '../day/revisions/read-revisions.js';
import { readKept, readVerified } from '../day/revisions/kept-file.js';
import { damageInEnglish } from '../model/archive-damage.js';
import { madeByKey } from '../model/archive-keys.js';
import { artefactNames } from '../model/artefact-names.js';
import { type Manifest, manifestSchema } from '../model/manifest.js';
import { formerPlanOf } from '../model/renaming.js';
import type { Archive } from '../ports/archive.js';
import type { MadeByFile } from '../reports/report-kind.js';
import { CannotRebuild } from './rebuilt-revision.js';

/** What a replay of a revision goes by. */
export interface ArchivedRevision {
  readonly committed: CommittedRevision;
  readonly manifest: Manifest;
  /** Its events.ndjson.gz, as the manifest names it. */
  readonly evidence: Uint8Array;
  /** What it was made with, as `made-by/` has it. */
  readonly madeBy: readonly MadeByFile[];
  /** The report that it goes on from; null: it was a cold start. */
  readonly previous: CommittedRevision | null;
}

/**
 * Reads what a revision was made of.
 *
 * @throws CannotRebuild where something of it is not there, or is not what the manifest names
 * @throws Failure('storage') where the archive cannot be read
 */
export async function readArchived(
  committed: CommittedRevision,
  archive: Archive,
): Promise<ArchivedRevision> {
  const manifest = manifestOf(committed);
  const { plan } = manifest;
  const entry = manifest.artefacts.find(({ name }) => name === artefactNames.evidence);
  if (entry === undefined) throw new CannotRebuild('its manifest names no evidence');
  const evidence = await whole(archive, `${committed.prefix}${entry.name}`, entry.sha256, 'its evidence');
  const madeBy: MadeByFile[] = [];
  for (const [name, sha256] of Object.entries(manifest.madeBy)) {
    const key = madeByKey(folderOf(committed), sha256);
    madeBy.push({
      name,
      bytes: await whole(archive, key, sha256, `what it was made with (${name})`),
      mediaType: '',
    });
  }
  if (!madeBy.some(({ name }) => name === 'settings')) {
    throw new CannotRebuild(
      `version ${manifest.tool.version} of the program made it, which did not keep the settings that ${plan} had`,
      true,
    );
  }
  return {
    committed,
    manifest,
    evidence,
    madeBy,
    previous: await readPrevious(committed, manifest, archive),
  };
}

/** Manifests of version 0.1 do not tell enough; one of this version that does not fit was edited. */
function manifestOf({ manifest }: CommittedRevision): Manifest {
  if (manifest.schemaVersion === 1) {
    const words = 'version 0.1 of the program made it, which did not keep what it was made with';
    throw new CannotRebuild(words, true);
  }
  const read = manifestSchema.safeParse(manifest);
  if (read.success) return manifest as Manifest;
  const [issue] = read.error.issues;
  throw new CannotRebuild(`its manifest cannot be read: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** The report that the manifest says it goes on from: of the same plan, or of the name that it had before. */
async function readPrevious(
  committed: CommittedRevision,
  { plan, previousManifest, date }: Manifest,
  archive: Archive,
): Promise<CommittedRevision | null> {
  if (previousManifest === null) return null;
  const { key, sha256 } = previousManifest;
  const before = dateOfManifest(key);
  const revision = Number(/\/r(\d+)\/[^/]*$/.exec(key)?.[1]);
  if (before === null || before >= date) {
    throw new CannotRebuild(
      `its manifest says that it goes on from ${key}, which is no report of a day before`,
    );
  }
  const former = formerPlanOf(plan, previousManifest);
  const read = await readRevision(archive, {
    plan: former?.name ?? folderOf(committed),
    date: before,
    revision,
  });
  const what = `the report that it goes on from (${before} r${revision})`;
  if (!read.ok) throw new CannotRebuild(`${what} cannot be used: ${damageInEnglish(read.damage)}`);
  if (read.revision.manifestSha256 !== sha256) throw new CannotRebuild(`${what} has another manifest now`);
  return read.revision;
}

/** The first folder of its key: the name of the plan. */
export function folderOf({ prefix }: Pick<CommittedRevision, 'prefix'>): string {
  return prefix.slice(0, prefix.indexOf('/'));
}

async function whole(archive: Archive, key: string, sha256: string, what: string): Promise<Uint8Array> {
  const kept = await readVerified(archive, key, sha256);
  if (kept.ok) return kept.bytes;
  throw new CannotRebuild(`${what} cannot be used: ${key}: ${damageInEnglish(kept.damage)}`);
}

/** A file of the revision as it is, whatever the manifest says; null: it cannot be read. */
export async function readAsItIs(
  archive: Archive,
  { prefix }: Pick<CommittedRevision, 'prefix'>,
  name: string,
): Promise<Uint8Array | null> {
  const kept = await readKept(archive, `${prefix}${name}`);
  return kept.ok ? kept.bytes : null;
}
