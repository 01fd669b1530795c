import { Failure } from '../../errors.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { timestampCaKey } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Archive } from '../../ports/archive.js';
import type { Log } from '../../ports/log.js';
import type { TimestampAuthority } from '../../ports/timestamp-authority.js';
import { readKept, readVerified } from '../revisions/kept-file.js';
import type { LateFiles, LateRevision } from './late-files.js';
import { latePeriodsFrom } from './late-periods.js';
import { lateRevisions } from './late-revisions.js';

export interface StampingPorts {
  readonly archive: Archive;
  readonly log: Log;
  /** Absent: the plan has no authority. */
  readonly timestampAuthority?: TimestampAuthority | undefined;
}

/** What became of revisions that had no time stamp. */
export interface LateStamps {
  readonly stamped: readonly LateRevision[];
  readonly unstamped: readonly (LateRevision & { readonly reason: string })[];
  /** What to do next about those that have none, one sentence each. */
  readonly hints: readonly string[];
  /** Why it is not known whether there are more; null: there are none. */
  readonly failure: string | null;
}

export const nothingStamped: LateStamps = { stamped: [], unstamped: [], hints: [], failure: null };

/** Whether something is to have a time stamp and has none, or may have. */
export function isSomethingUnstamped({ unstamped, failure }: LateStamps): boolean {
  return unstamped.length > 0 || failure !== null;
}

/**
 * Gives each committed revision of a range of days, and of the periods near it, its time stamp, once: those that were just made, and those that an authority
 * could not be reached for. It is over the signature, or over the manifest of a revision that is not to be signed, and shows
 * that these bytes existed. An authority that fails, and an archive that cannot be listed, read or written, are results: the
 * reports are made, whatever becomes of this.
 *
 * @param range report days, both included
 */
export async function stampLate(
  plan: string,
  range: { readonly from: string; readonly to: string },
  ports: StampingPorts,
): Promise<LateStamps> {
  const { archive, log, timestampAuthority } = ports;
  if (timestampAuthority === undefined) return nothingStamped;
  const progress: Progress = { stamped: [], unstamped: [], hints: [] };
  try {
    const found = await lateRevisions(
      plan,
      { ...range, periodsFrom: latePeriodsFrom(range.from) },
      archive,
      (files) => files.has(artefactNames.timestamp),
    );
    if (found.length === 0) return nothingStamped;
    await stampAll(plan, found, { archive, log, authority: timestampAuthority }, progress);
    return { ...progress, failure: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message: failure, hints } = error;
    log.warn({ plan, reason: failure }, 'time stamps: not all made');
    return { ...progress, hints, failure };
  }
}

interface Progress {
  readonly stamped: LateRevision[];
  readonly unstamped: (LateRevision & { readonly reason: string })[];
  readonly hints: string[];
}

interface ReadyPorts {
  readonly archive: Archive;
  readonly log: Log;
  readonly authority: TimestampAuthority;
}

async function stampAll(
  plan: string,
  found: readonly LateFiles[],
  ports: ReadyPorts,
  { stamped, unstamped, hints }: Progress,
): Promise<void> {
  const { archive, log, authority } = ports;
  /** Why the authority gives none; then it is not asked again. */
  let refused: string | null = null;
  for (const each of found) {
    const revision = each.late;
    const subject: Subject =
      refused === null ? await subjectOf(each, archive) : { ok: false, reason: refused };
    if (!subject.ok) {
      unstamped.push({ ...revision, reason: subject.reason });
      if (refused === null) log.warn({ plan, ...revision, reason: subject.reason }, 'time stamps: none');
      continue;
    }
    const asked = await ask(authority, subject.bytes);
    if (asked instanceof Failure) {
      refused = asked.message;
      hints.push(...asked.hints);
      unstamped.push({ ...revision, reason: refused });
      log.warn({ plan, ...revision, reason: refused }, 'time stamps: the authority gives none');
      continue;
    }
    // Whoever checks the stamp must find them: before it, so that none is without.
    if (stamped.length === 0) await publishCertificates(plan, ports);
    await archive.create(
      `${each.prefix}${artefactNames.timestamp}`,
      { bytes: asked.reply },
      'application/timestamp-reply',
    );
    stamped.push(revision);
    log.info({ plan, ...revision, genTimeMs: asked.genTimeMs, by: asked.by }, 'time stamps: stamped');
  }
}

type Subject =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string };

/** What is stamped: the signature where there is one or is to be one, else the manifest. */
async function subjectOf(
  { prefix, manifest, manifestKey, manifestSha256, files }: LateFiles,
  archive: Archive,
): Promise<Subject> {
  const isSigned = files.has(artefactNames.signature);
  if (!isSigned && manifest.signing !== undefined) {
    return { ok: false, reason: 'it is not signed yet, and the time stamp is over the signature' };
  }
  const kept = isSigned
    ? await readKept(archive, `${prefix}${artefactNames.signature}`)
    : await readVerified(archive, manifestKey, manifestSha256);
  if (kept.ok) return kept;
  return { ok: false, reason: `${kept.damage.location}: ${damageInEnglish(kept.damage)}` };
}

async function ask(
  authority: TimestampAuthority,
  bytes: Uint8Array,
): Promise<Awaited<ReturnType<TimestampAuthority['stamp']>> | Failure> {
  try {
    return await authority.stamp(bytes);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** Those by which the stamps were checked when they came. What is there stays. */
async function publishCertificates(plan: string, { archive, authority }: ReadyPorts): Promise<void> {
  for (const { sha256, pem } of await authority.certificates()) {
    const body = { bytes: Buffer.from(pem) };
    await archive.create(timestampCaKey(plan, sha256), body, 'application/x-pem-file');
  }
}
