import { X509Certificate } from 'node:crypto';
import { sha256Hex } from '../../base/digest.js';
import { readKept } from '../../day/revisions/kept-file.js';
import type { ArchiveDamage } from '../../model/archive-damage.js';
import { keysPrefix, timestampCaDigest } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Archive } from '../../ports/archive.js';
import type { TimestampVerdict } from '../../signing/timestamps/timestamp-verdict.js';

/** A revision of a day or of a period: where it is, and which files it has. */
export interface StampedRevision {
  /** Ends in `/`. */
  readonly prefix: string;
  readonly manifestKey: string;
  readonly files: Pick<ReadonlyMap<string, unknown>, 'has'>;
}

/** The time stamp of a revision. */
export interface RevisionTimestamp {
  readonly key: string;
  /** null: it cannot be read. */
  readonly verdict: TimestampVerdict | null;
  readonly damage: ArchiveDamage | null;
  /** What it is over. A stamp over the manifest shows nothing of a signature that was made later. */
  readonly over: 'signature' | 'manifest';
}

/** Reads the time stamps of a plan, by the certificates that its archive has, or by those that were told otherwise. */
export interface TimestampReader {
  /** null: the revision has none. */
  of(revision: StampedRevision): Promise<RevisionTimestamp | null>;
  /** Certificates of the archive whose bytes are not those of their name. */
  damaged(): Promise<readonly string[]>;
}

/** @param pinned certificates that who asks has from elsewhere; absent: those of the archive count */
export function createTimestampReader(
  archive: Archive,
  plan: string,
  pinned: readonly X509Certificate[] = [],
): TimestampReader {
  let read: Promise<ArchivedCertificates> | undefined;
  const certificates = (): Promise<ArchivedCertificates> => (read ??= readCertificates(archive, plan));
  return {
    of: async (revision) => {
      const key = `${revision.prefix}${artefactNames.timestamp}`;
      if (!revision.files.has(artefactNames.timestamp)) return null;
      const authorities = pinned.length > 0 ? pinned : (await certificates()).good;
      return readTimestamp(archive, key, { revision, authorities });
    },
    damaged: async () => (await certificates()).damaged,
  };
}

/** When the signature of a revision was there already, epoch milliseconds; null: no time stamp shows it. */
export async function signatureStampedMs(
  timestamps: TimestampReader,
  revision: StampedRevision,
): Promise<number | null> {
  const stamp = await timestamps.of(revision);
  return stamp?.over === 'signature' && stamp.verdict?.kind === 'valid' ? stamp.verdict.genTimeMs : null;
}

async function readTimestamp(
  archive: Archive,
  key: string,
  {
    revision: { prefix, manifestKey, files },
    authorities,
  }: { readonly revision: StampedRevision; readonly authorities: readonly X509Certificate[] },
): Promise<RevisionTimestamp> {
  const reply = await readKept(archive, key);
  if (!reply.ok) return { key, verdict: null, damage: reply.damage, over: 'manifest' };
  const verifyOver = async (over: RevisionTimestamp['over'], subject: string): Promise<RevisionTimestamp> => {
    const kept = await readKept(archive, subject);
    if (!kept.ok) return { key, verdict: null, damage: kept.damage, over };
    const { verifyTimestamp } = await import('../../signing/timestamps/verify-timestamp.js');
    const verdict = await verifyTimestamp(reply.bytes, kept.bytes, authorities);
    return { key, verdict, damage: null, over };
  };
  if (!files.has(artefactNames.signature)) return verifyOver('manifest', manifestKey);
  const signed = await verifyOver('signature', `${prefix}${artefactNames.signature}`);
  if (signed.verdict?.kind !== 'wrong-imprint') return signed;
  // A report from before the plan signed was stamped itself.
  const manifest = await verifyOver('manifest', manifestKey);
  return manifest.verdict?.kind === 'wrong-imprint' ? signed : manifest;
}

interface ArchivedCertificates {
  readonly good: readonly X509Certificate[];
  /** Keys of those that are not what their names say. */
  readonly damaged: readonly string[];
}

async function readCertificates(archive: Archive, plan: string): Promise<ArchivedCertificates> {
  const prefix = keysPrefix(plan);
  const good: X509Certificate[] = [];
  const damaged: string[] = [];
  for (const { key } of await archive.list(prefix)) {
    const sha256 = timestampCaDigest(key.slice(prefix.length));
    if (sha256 === null) continue;
    const kept = await readKept(archive, key);
    const certificate = kept.ok ? certificateOf(kept.bytes) : null;
    if (certificate !== null && sha256Hex(certificate.raw) === sha256) good.push(certificate);
    else damaged.push(key);
  }
  return { good, damaged };
}

/** null: the bytes are none. */
function certificateOf(pem: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}
