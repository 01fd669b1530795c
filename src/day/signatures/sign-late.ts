import { addDays, dateAt } from '../../base/civil-dates.js';
import { toIso } from '../../base/instants.js';
import { Failure } from '../../errors.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Archive } from '../../ports/archive.js';
import type { SignatureKey } from '../../ports/signer.js';
import { signatureFilesOf } from '../../signing/signature-files.js';
import { readVerified } from '../revisions/kept-file.js';
import type { LateFiles, LateRevision } from './late-files.js';
import { latePeriodsFrom } from './late-periods.js';
import { lateRevisions } from './late-revisions.js';
import { type SigningPlan, type SigningPorts, openSigning } from './open-signing.js';

/** How many days back a run looks for revisions that are to be signed. */
export const lateSignatureDays = 35;

/** What became of revisions that had no signature. */
export interface LateSignatures {
  readonly signed: readonly LateRevision[];
  readonly unsigned: readonly (LateRevision & { readonly reason: string })[];
  /** What to do next about those that are not signed, one sentence each. */
  readonly hints: readonly string[];
  /** Why it is not known whether there are more; null: there are none. */
  readonly failure: string | null;
}

export const nothingLate: LateSignatures = { signed: [], unsigned: [], hints: [], failure: null };

/** Whether something is to be signed and is not, or may be. */
export function isSomethingUnsigned({ unsigned, failure }: LateSignatures): boolean {
  return unsigned.length > 0 || failure !== null;
}

export interface LateRequest {
  /** Report days, both included. */
  readonly from: string;
  readonly to: string;
  /**
   * asked: revisions whose manifests say that they are to be signed. all: also those that were made before the plan signed, or
   * while it did not.
   */
  readonly which: 'asked' | 'all';
}

/** The report days that a run looks at: the last 35, and the one that it made. */
export function lateDays(nowMs: number, timezone: string, made: string): Pick<LateRequest, 'from' | 'to'> {
  const today = dateAt(nowMs, timezone);
  const earliest = addDays(today, -lateSignatureDays);
  return { from: made < earliest ? made : earliest, to: made > today ? made : today };
}

/**
 * Signs committed revisions of days and of periods that have no signature yet, each once. What it signs it has read: a revision with a file that is
 * not the one that its manifest names is left unsigned, and named. A late signature says what the archive held then. An
 * archive that cannot be listed, read or written is a result, too: the reports are made, whatever becomes of this.
 */
export async function signLate(
  plan: SigningPlan,
  request: LateRequest,
  ports: SigningPorts,
): Promise<LateSignatures> {
  if (ports.signer === undefined) return nothingLate;
  const progress = { signed: [], unsigned: [] };
  try {
    return await signAll(plan, request, ports, progress);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message: failure, hints } = error;
    ports.log.warn({ plan: plan.name, reason: failure }, 'signing: not all signed');
    return { ...progress, hints, failure };
  }
}

interface Progress {
  readonly signed: LateRevision[];
  readonly unsigned: (LateRevision & { readonly reason: string })[];
}

async function signAll(
  plan: SigningPlan,
  request: LateRequest,
  ports: SigningPorts,
  { signed, unsigned }: Progress,
): Promise<LateSignatures> {
  const found = await unsignedRevisions(plan.name, request, ports.archive);
  if (found.length === 0) return nothingLate;
  const opened = await openSigning(plan, ports);
  if (opened === null) return nothingLate;
  if (opened.kind === 'unsigned') {
    const { reason, hints } = opened;
    return {
      signed,
      unsigned: found.map(({ late }) => ({ ...late, reason })),
      hints,
      failure: null,
    };
  }
  for (const each of found) {
    const reason = await signOne(each, opened.key, ports);
    if (reason === null) signed.push(each.late);
    else unsigned.push({ ...each.late, reason });
    const fields = { plan: plan.name, ...each.late };
    if (reason === null) ports.log.info(fields, 'signing: signed later');
    else ports.log.warn({ ...fields, reason }, 'signing: not signed');
  }
  const hints =
    unsigned.length === 0
      ? []
      : [
          '`backup-report backfill --revise` makes a damaged day again, `backup-report period` a damaged period.',
        ];
  return { signed, unsigned, hints, failure: null };
}

async function unsignedRevisions(
  plan: string,
  { which, from, to }: LateRequest,
  archive: Archive,
): Promise<readonly LateFiles[]> {
  const range = { from, to, periodsFrom: which === 'all' ? from : latePeriodsFrom(from) };
  return (await lateRevisions(plan, range, archive, isSigned)).filter(
    ({ manifest }) => which === 'all' || manifest.signing !== undefined,
  );
}

function isSigned(files: ReadonlySet<string>): boolean {
  return files.has(artefactNames.signature) && files.has(artefactNames.statement);
}

/** Why it was not signed; null: it was. What another process writes at the same moment stands. */
async function signOne(
  revision: LateFiles,
  key: SignatureKey,
  { archive, clock }: Pick<SigningPorts, 'archive' | 'clock'>,
): Promise<string | null> {
  const { prefix, manifest, manifestKey, manifestSha256 } = revision;
  const kept = await readVerified(archive, manifestKey, manifestSha256);
  const [damage] = kept.ok ? await revision.damage(archive) : [kept.damage];
  if (damage !== undefined || !kept.ok) {
    return damage === undefined ? 'it cannot be read' : `${damage.location}: ${damageInEnglish(damage)}`;
  }
  const files = signatureFilesOf({ bytes: kept.bytes, manifest }, key, toIso(clock.nowMs()));
  for (const { name, bytes, mediaType } of files)
    await archive.create(`${prefix}${name}`, { bytes }, mediaType);
  return null;
}
