import { UnreadableFile } from '../errors.js';
import type { Archive } from '../ports/archive.js';
import type { RebuiltRevision } from '../rebuild/rebuilt-revision.js';
import type { KnownKey } from '../signing/key-record.js';
import { wasDayOver } from '../day/revisions/made-after-day.js';
import {
  type Check,
  type CheckContext,
  type DateRange,
  type Readers,
  type RevisionLink,
  isInRange,
} from './check.js';
import { type NotChecked, Told, type VerifyFinding, type VerifyNote, worstFirst } from './finding.js';
import { findPlans } from './listing/find-plans.js';
import { type ListedPlan, listPlan } from './listing/list-plan.js';
import { type OutsideCheckpoint, proveCheckpoints } from './prove-checkpoints.js';
import { readRevisionFacts } from './reading/read-revision.js';
import { createTimestampReader } from './reading/timestamp-reader.js';
import type { VerifiedRevision } from './reading/verified-revision.js';
import { readVerifyKeys } from './reading/verify-keys.js';
import { type RebuiltCounts, nothingRebuilt, tellRebuilt } from './tell-rebuilt.js';

export interface VerifyRequest {
  /** null: each plan that the archive has a folder of. */
  readonly plan: string | null;
  readonly range: DateRange;
  readonly checks: readonly Check[];
  readonly readers: Readers;
  /** Public keys that who asks has from elsewhere; absent: those of the archive count. */
  readonly pinned?: readonly KnownKey[];
  /** Checkpoints that were kept outside of the archive. */
  readonly checkpoints?: readonly OutsideCheckpoint[];
  /** Makes the revisions of days again; absent: they are not. */
  readonly rebuild?: RebuildDays;
  /** Is told of each day before it is read. */
  readonly onDay?: (plan: string, date: string) => void;
}

/** @returns each revision of the days, as it was made again */
export type RebuildDays = (
  archive: Archive,
  plan: string,
  dates: readonly string[],
) => AsyncIterable<RebuiltRevision>;

/** What was looked at, and what came of it. */
export interface Verification {
  readonly plans: readonly string[];
  /** Days with a committed revision. */
  readonly days: number;
  /** Committed revisions. */
  readonly revisions: number;
  /** Files that manifests name. */
  readonly artefacts: number;
  /** Signatures that are right: of manifests, statements and checkpoints. */
  readonly signatures: number;
  /** Revisions of periods. */
  readonly periods: number;
  /** Files of attestations/ that hold one. */
  readonly attestations: number;
  /** Plans of which no manifest asks for a signature. */
  readonly notSigned: readonly string[];
  /** null: it was not asked for. */
  readonly rebuilt: RebuiltCounts | null;
  /** Worst first. */
  readonly findings: readonly VerifyFinding[];
  readonly notes: readonly VerifyNote[];
  /** What lies outside of the range, by plan; empty: all was checked. */
  readonly notChecked: readonly NotChecked[];
}

/**
 * Verifies what an archive says of itself: nothing but the archive is read, and nothing is changed. Damage is found, never
 * thrown; where nothing could be verified, that is a finding, too.
 *
 * @throws Failure('storage') where the archive cannot be listed or read
 */
export async function verifyArchive(
  archive: Archive,
  request: VerifyRequest,
  context: Omit<CheckContext, 'archive' | 'readers' | 'keys' | 'timestamps'>,
): Promise<Verification> {
  const told = new Told();
  const found = request.plan === null ? await findPlans(archive) : { plans: [request.plan], foreign: [] };
  for (const key of found.foreign) told.find('foreign', key, 'it is no folder of a plan');
  const counts = { days: 0, revisions: 0, artefacts: 0 };
  let rebuilt = request.rebuild === undefined ? null : nothingRebuilt;
  for (const plan of found.plans) {
    const of = await verifyPlan(archive, plan, request, {
      ...context,
      archive,
      readers: request.readers,
    });
    counts.days += of.days;
    counts.revisions += of.revisions;
    counts.artefacts += of.artefacts;
    told.add(of.told);
    if (rebuilt !== null) rebuilt = await rebuildDays(archive, plan, of.dates, { request, told, rebuilt });
  }
  const { checkpoints = [], pinned = [] } = request;
  await proveCheckpoints(archive, checkpoints, { plans: found.plans, pinned }, told);
  if (counts.revisions === 0) {
    const key = request.plan === null ? './' : `${request.plan}/`;
    told.find('nothing-verified', key, nothingWords(request, found.plans));
  }
  const { signatures, periods, attestations, notSigned, notes, notChecked } = told;
  return {
    plans: found.plans,
    ...counts,
    signatures,
    periods,
    attestations,
    notSigned,
    rebuilt,
    findings: worstFirst(told.findings),
    notes,
    notChecked,
  };
}

async function rebuildDays(
  archive: Archive,
  plan: string,
  dates: readonly string[],
  {
    request,
    told,
    rebuilt,
  }: { readonly request: VerifyRequest; readonly told: Told; readonly rebuilt: RebuiltCounts },
): Promise<RebuiltCounts> {
  let counts = rebuilt;
  for await (const each of request.rebuild?.(archive, plan, dates) ?? []) {
    counts = tellRebuilt(each, counts, told);
  }
  return counts;
}

type PlanVerification = Pick<Verification, 'days' | 'revisions' | 'artefacts'> & {
  /** Of the range, those with a manifest, in order. */
  readonly dates: readonly string[];
  readonly told: Told;
};

async function verifyPlan(
  archive: Archive,
  plan: string,
  { range, checks, readers, onDay, pinned = [] }: VerifyRequest,
  common: Omit<CheckContext, 'keys' | 'timestamps'>,
): Promise<PlanVerification> {
  const told = new Told();
  const context = {
    ...common,
    keys: await readVerifyKeys(archive, plan, pinned),
    timestamps: createTimestampReader(archive, plan),
  };
  const listed = await listOrTell(archive, plan, told);
  const links: RevisionLink[] = [];
  const days = new Set<string>();
  let artefacts = 0;
  for (const revision of listed.revisions.filter(({ date }) => isInRange(date, range))) {
    onDay?.(plan, revision.date);
    const facts = await readRevisionFacts(archive, plan, revision, readers);
    for (const check of checks) await check.ofRevision?.(facts, told, context);
    links.push(linkOf(facts));
    artefacts += facts.artefacts.length;
    if (facts.committed !== null) days.add(facts.date);
  }
  for (const check of checks) await check.ofPlan?.({ plan, listed, range, links }, told, context);
  const dates = [...new Set(links.filter(({ isUnfinished }) => !isUnfinished).map(({ date }) => date))];
  const revisions = links.filter(({ manifestSha256 }) => manifestSha256 !== null).length;
  return { days: days.size, revisions, artefacts, dates, told };
}

/** A plan whose folder is a link has nothing that can be read. */
async function listOrTell(archive: Archive, plan: string, told: Told): Promise<ListedPlan> {
  try {
    return await listPlan(archive, plan);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    told.find('link', `${plan}/`, error.message);
    return { plan, revisions: [], madeBy: [], others: [], foreign: [] };
  }
}

function linkOf({
  date,
  revision,
  prefix,
  manifestKey,
  committed,
  damage,
  fields,
}: VerifiedRevision): RevisionLink {
  const place = { date, revision, prefix, manifestKey };
  const isUnfinished = committed === null && damage === null;
  if (committed === null || fields === null) {
    return { ...place, manifestSha256: committed?.manifestSha256 ?? null, facts: null, isUnfinished };
  }
  const { manifest, manifestSha256 } = committed;
  const { timezone, previousManifest, supersedes, unfinishedRevisions, madeBy, routes = [] } = fields;
  const facts = {
    generatedAt: manifest.generatedAt,
    schemaVersion: manifest.schemaVersion,
    asksForSignature: manifest.signing !== undefined,
    isDayOver: wasDayOver(manifest),
    timezone,
    previousManifest,
    supersedes,
    unfinishedRevisions,
    madeBy,
    routes,
  };
  return { ...place, manifestSha256, facts, isUnfinished };
}

function nothingWords({ plan, range }: VerifyRequest, plans: readonly string[]): string {
  const { from, to } = range;
  const where = plan === null ? `the archive has ${plans.length} plans` : `of the plan ${plan}`;
  const when = from === null && to === null ? '' : ` from ${from ?? 'the first day'} to ${to ?? 'the last'}`;
  return `${where}, and no report${when} could be read: nothing was verified`;
}
