import { sha256Hex } from '../../base/digest.js';
import { readKept } from '../../day/revisions/kept-file.js';
import { wasCommitted } from '../../day/revisions/was-committed.js';
import { explainError } from '../../errors.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { artefactNames } from '../../model/artefact-names.js';
import { type PeriodManifest, periodManifestSchema } from '../../model/period-manifest.js';
import { readDocument } from '../../model/read-document.js';
import type { Archive } from '../../ports/archive.js';
import type { ReadStamp, Readers } from '../check.js';
import { readNamedArtefact } from '../reading/read-artefact.js';
import type { ArtefactFacts, StampFacts } from '../reading/verified-revision.js';
import type { ListedPeriod } from './listed-period.js';

/** All that was read of a revision of a period. */
export interface VerifiedPeriod extends ListedPeriod {
  readonly manifestKey: string;
  /** null: it has none, or none that can be used. */
  readonly manifest: PeriodManifest | null;
  readonly manifestSha256: string | null;
  /** Why the manifest cannot be used; null: it can, or there is none. */
  readonly fault: string | null;
  readonly artefacts: readonly ArtefactFacts[];
  /** Bytes of report.json where they are those that the manifest names. */
  readonly reportBytes: Uint8Array | null;
  readonly stamps: readonly StampFacts[];
}

export async function readPeriod(
  archive: Archive,
  listed: ListedPeriod,
  readers: Readers,
): Promise<VerifiedPeriod> {
  const manifestKey = `${listed.prefix}${artefactNames.manifest}`;
  const nothing = {
    ...listed,
    manifestKey,
    manifest: null,
    manifestSha256: null,
    fault: null,
    artefacts: [],
    reportBytes: null,
    stamps: [],
  };
  if (!listed.files.has(artefactNames.manifest) && !(await wasCommitted(archive, deliveriesOf(listed)))) {
    return nothing;
  }
  const kept = await readKept(archive, manifestKey);
  if (!kept.ok) return { ...nothing, fault: damageInEnglish(kept.damage) };
  const manifestSha256 = sha256Hex(kept.bytes);
  const read = readDocument(kept.bytes, periodManifestSchema);
  if (!read.ok) {
    const { fault } = read;
    const where = fault.kind === 'not-json' ? '' : fault.error.issues[0]?.path.join('.');
    const words =
      fault.kind === 'not-json' ? 'it is not JSON' : `${where || 'it'} is not what a manifest has there`;
    return { ...nothing, manifestSha256, fault: words };
  }
  const manifest = read.written as PeriodManifest;
  return { ...nothing, manifest, manifestSha256, ...(await readFiles(archive, listed, manifest, readers)) };
}

async function readFiles(
  archive: Archive,
  { prefix }: ListedPeriod,
  manifest: PeriodManifest,
  { pageStamp, workbookStamp }: Readers,
): Promise<Pick<VerifiedPeriod, 'artefacts' | 'reportBytes' | 'stamps'>> {
  const artefacts: ArtefactFacts[] = [];
  const stamps: StampFacts[] = [];
  let reportBytes: Uint8Array | null = null;
  for (const entry of manifest.artefacts) {
    const { facts, bytes } = await readNamedArtefact(archive, prefix, entry);
    artefacts.push(facts);
    if (bytes === null) continue;
    if (entry.name === artefactNames.report) reportBytes = bytes;
    else if (entry.name === artefactNames.page) stamps.push(await stampFrom(facts, bytes, pageStamp));
    else if (entry.name === artefactNames.workbook) stamps.push(await stampFrom(facts, bytes, workbookStamp));
  }
  return { artefacts, reportBytes, stamps };
}

async function stampFrom(
  { key, entry: { name } }: ArtefactFacts,
  bytes: Uint8Array,
  read: ReadStamp,
): Promise<StampFacts> {
  try {
    return { key, name, stamp: await read(bytes), fault: null };
  } catch (error) {
    return { key, name, stamp: null, fault: explainError(error) };
  }
}

function deliveriesOf({ prefix, files }: ListedPeriod): readonly string[] {
  return [...files.keys()].filter((name) => name.startsWith('delivery-')).map((name) => `${prefix}${name}`);
}
