import { UnreadableFile } from '../errors.js';
import type { Archive } from '../ports/archive.js';
import { wasDayOver } from '../day/revisions/made-after-day.js';
import type { Check, CheckContext, DateRange, Readers, RevisionLink } from './check.js';
import { Told, type VerifyFinding, type VerifyNote, worstFirst } from './finding.js';
import { findPlans } from './listing/find-plans.js';
import { type ListedPlan, type ListedRevision, listPlan } from './listing/list-plan.js';
import { readRevisionFacts } from './reading/read-revision.js';
import { createTimestampReader } from './reading/timestamp-reader.js';
import type { VerifiedRevision } from './reading/verified-revision.js';

export interface VerifyRequest {
  /** null: each plan that the archive has a folder of. */
  readonly plan: string | null;
  readonly range: DateRange;
  readonly checks: readonly Check[];
  readonly readers: Readers;
  /** Is told of each day before it is read. */
  readonly onDay?: (plan: string, date: string) => void;
}

/** What was looked at, and what came of it. */
export interface Verification {
  readonly plans: readonly string[];
  /** Days with a committed revision. */
  readonly days: number;
  /** Committed revisions. */
  readonly revisions: number;
  /** Files that manifests name. */
  readonly artefacts: number;
  /** Worst first. */
  readonly findings: readonly VerifyFinding[];
  readonly notes: readonly VerifyNote[];
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
  context: Omit<CheckContext, 'archive' | 'timestamps'>,
): Promise<Verification> {
  const told = new Told();
  const found = request.plan === null ? await findPlans(archive) : { plans: [request.plan], foreign: [] };
  for (const key of found.foreign) told.find('foreign', key, 'it is no folder of a plan');
  const counts = { days: 0, revisions: 0, artefacts: 0 };
  for (const plan of found.plans) {
    const of = await verifyPlan(archive, plan, request, { ...context, archive });
    counts.days += of.days;
    counts.revisions += of.revisions;
    counts.artefacts += of.artefacts;
    told.add(of.told);
  }
  if (counts.revisions === 0) {
    const key = request.plan === null ? './' : `${request.plan}/`;
    told.find('nothing-verified', key, nothingWords(request, found.plans));
  }
  return { plans: found.plans, ...counts, findings: worstFirst(told.findings), notes: told.notes };
}

type PlanVerification = Pick<Verification, 'days' | 'revisions' | 'artefacts'> & { readonly told: Told };

async function verifyPlan(
  archive: Archive,
  plan: string,
  { range, checks, readers, onDay }: VerifyRequest,
  common: Omit<CheckContext, 'timestamps'>,
): Promise<PlanVerification> {
  const context = { ...common, timestamps: createTimestampReader(archive, plan) };
  const told = new Told();
  const listed = await listOrTell(archive, plan, told);
  const links: RevisionLink[] = [];
  const days = new Set<string>();
  let artefacts = 0;
  for (const revision of listed.revisions.filter((each) => isWithin(each, range))) {
    onDay?.(plan, revision.date);
    const facts = await readRevisionFacts(archive, plan, revision, readers);
    for (const check of checks) await check.ofRevision?.(facts, told, context);
    links.push(linkOf(facts));
    artefacts += facts.artefacts.length;
    if (facts.committed !== null) days.add(facts.date);
  }
  for (const check of checks) await check.ofPlan?.({ plan, listed, range, links }, told, context);
  const revisions = links.filter(({ manifestSha256 }) => manifestSha256 !== null).length;
  return { days: days.size, revisions, artefacts, told };
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

function isWithin({ date }: ListedRevision, { from, to }: DateRange): boolean {
  return (from === null || date >= from) && (to === null || date <= to);
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
