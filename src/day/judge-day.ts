import { addDays, dateAt } from '../base/civil-dates.js';
import { type AttestationReading, noAttestations } from '../model/attestation.js';
import type { ReportHead } from '../model/report-head.js';
import type { Conclusion, RecallFinding } from '../reports/report-kind.js';
import { compareAttestations, readAttestations } from './attestations/read-attestations.js';
import { attestationsMadeBy, usedAttestations } from './attestations/used-attestations.js';
import { damageInWords } from './evidence/damage-in-words.js';
import { sayEvidence } from './evidence/say-evidence.js';
import type { DayReading } from './read-day.js';
import { type DayContext, VetoedReport } from './report-plan.js';
import { type ReadEarlier, type ReadRevision, digestOf, readEarlier } from './revisions/earlier-revision.js';
import { insertedDays } from './revisions/inserted-days.js';
import { isPoorer } from './revisions/is-poorer.js';
import { listCommitted } from './revisions/list-committed.js';
import { mustReplace } from './revisions/made-after-day.js';
import { damagedMadeBy } from './revisions/made-by-store.js';
import type { CommittedRevision } from './revisions/read-revisions.js';
import type { Recollection } from './revisions/recall-memory.js';

/** What the report of the day says. */
export interface JudgedDay<R extends ReportHead> {
  readonly conclusion: Conclusion<R>;
  readonly contentDigest: string;
  /** Whether a later day had a report; absent: it was not asked. */
  readonly hasLaterReport?: boolean;
  /** The report that the day has and keeps; null: it gets this one. */
  readonly keeps: KeptReport | null;
}

export interface KeptReport {
  /** unchanged: it says the same. kept: it is COMPLETE, and this time a source failed. */
  readonly kind: 'unchanged' | 'kept';
  readonly revision: CommittedRevision;
}

/**
 * Makes the report, and compares it with the one that the day has.
 *
 * @throws VetoedReport where the request vetoes it
 */
export async function judgeDay<R extends ReportHead>(
  context: DayContext<R>,
  read: DayReading,
): Promise<JudgedDay<R>> {
  const { plan, request } = context;
  const { earlier, faults } = await readKnown(context, read.known);
  const recalled = withFaults(withFindings(context, read), faults);
  const asked: { hasLaterReport?: boolean } = {};
  const attestations = await attestationsFor(context, recalled);
  const conclusion = await concludeWhole(context, { ...read, recalled }, { earlier, asked, attestations });
  const veto = request.veto?.(conclusion.report) ?? null;
  if (veto !== null) throw new VetoedReport(veto);
  const contentDigest = await plan.kind.contentDigest(conclusion.report, conclusion.lines);
  const judged = { conclusion, contentDigest, ...asked };
  return { ...judged, keeps: await keptReport(context, judged, { read, earlier }) };
}

/** What the kind goes by of what people attested before the cut-off, and before those of the days bridged. */
async function attestationsFor<R extends ReportHead>(
  { plan, request, ports }: DayContext<R>,
  { bridged }: Recollection,
): Promise<AttestationReading> {
  if (request.attestations !== undefined) return request.attestations;
  if (plan.kind.takesAttestations !== true) return noAttestations;
  const names = [plan.name, ...(plan.renamedFrom === undefined ? [] : [plan.renamedFrom])];
  const read = await Promise.all(names.map((name) => readAttestations(ports.archive, name)));
  return usedAttestations(
    {
      counted: read.flatMap(({ counted }) => counted).sort(compareAttestations),
      refused: read.flatMap(({ refused }) => refused),
    },
    [...bridged, request.day].map(({ cutOffMs }) => cutOffMs),
  );
}

/** The report that the day has, where the new one says nothing that has to be archived. */
async function keptReport<R extends ReportHead>(
  { plan, request, ports }: DayContext<R>,
  { conclusion, contentDigest }: Omit<JudgedDay<R>, 'keeps'>,
  { read, earlier }: { readonly read: DayReading; readonly earlier: ReadRevision<R> | null },
): Promise<KeptReport | null> {
  const { known, isWhole } = read;
  if (known === null || !isWhole || mustReplace(known.manifest, request)) return null;
  if (contentDigest === (await digestOf(known.manifest, earlier, plan.kind))) {
    const { revision, manifest } = known;
    ports.log.info({ plan: plan.name, date: manifest.date, revision }, 'archive: nothing new');
    return { kind: 'unchanged', revision: known };
  }
  return isPoorer(known, conclusion) ? { kind: 'kept', revision: known } : null;
}

async function readKnown<R extends ReportHead>(
  { plan, ports }: DayContext<R>,
  known: CommittedRevision | null,
): Promise<ReadEarlier<R>> {
  if (known === null) return { earlier: null, faults: [] };
  return readEarlier(known, plan, ports);
}

/** Adds days that were made in between, and records that only the day's own evidence has. */
function withFindings<R extends ReportHead>(
  { plan }: DayContext<R>,
  { recalled, known, sources }: DayReading,
): Recollection {
  const { language, configurationDigest } = plan;
  const inserted = insertedDays(known, recalled.previous, language);
  const isOtherwise = known !== null && known.manifest.configurationDigest !== configurationDigest;
  const evidence: readonly RecallFinding[] =
    known === null ? [] : sayEvidence(sources, isOtherwise, language);
  return { ...recalled, findings: [...recalled.findings, ...inserted, ...evidence] };
}

function withFaults(recalled: Recollection, faults: readonly string[]): Recollection {
  return faults.length === 0 ? recalled : { ...recalled, faults: [...recalled.faults, ...faults] };
}

/** Names what it is made with and the archive does not have as it was: found once it is known what that is. */
async function concludeWhole<R extends ReportHead>(
  context: DayContext<R>,
  read: DayReading,
  known: KnownBefore<R>,
): Promise<Conclusion<R>> {
  const { name, madeBy: ofPlan, language } = context.plan;
  const conclusion = await conclude(context, read, known);
  const files = [...ofPlan, ...(conclusion.madeBy ?? [])];
  const damaged = await damagedMadeBy(name, files, context.ports.archive);
  if (damaged.length === 0) return conclusion;
  const faults = damaged.map(({ location, ...damage }) =>
    language.text('sentences.damage.madeBy', { location, why: damageInWords(damage, language) }),
  );
  return conclude(context, { ...read, recalled: withFaults(read.recalled, faults) }, known);
}

interface KnownBefore<R extends ReportHead> {
  readonly earlier: ReadRevision<R> | null;
  /** What the archive was asked, and answered: for the manifest. */
  readonly asked: { hasLaterReport?: boolean };
  readonly attestations: AttestationReading;
}

async function conclude<R extends ReportHead>(
  { plan, request, ports }: DayContext<R>,
  { recalled, facts, sources, rejected }: DayReading,
  { earlier, asked, attestations }: KnownBefore<R>,
): Promise<Conclusion<R>> {
  const { day, generatedAtMs } = request;
  const { archive, clock, log } = ports;
  // Not the clock: the same input says the same whenever it is judged.
  const isDayOver = day.cutOffMs <= generatedAtMs;
  const nowMs = Math.max(clock.nowMs(), generatedAtMs);
  const since = addDays(day.date, 1);
  const hasLaterReport = async (): Promise<boolean> => {
    asked.hasLaterReport ??=
      request.hadLaterReport ??
      (await listCommitted(archive, plan.name, since, dateAt(nowMs, day.timezone))).size > 0;
    return asked.hasLaterReport;
  };
  const { window } = recalled;
  const read = { window, facts, sources, rejected };
  const conclusion = await plan.kind.conclude({
    plan,
    day,
    generatedAtMs,
    isDayOver,
    ...read,
    recalled,
    attestations,
    earlier,
    hasLaterReport,
    log,
  });
  const used = attestationsMadeBy(attestations);
  return used.length === 0 ? conclusion : { ...conclusion, madeBy: [...(conclusion.madeBy ?? []), ...used] };
}
