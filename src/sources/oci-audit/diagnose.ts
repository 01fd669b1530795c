import { dayMs, hourMs } from '../../base/time-units.js';
import { explainError, isUsageFailure } from '../../errors.js';
import type { TimeWindow } from '../../model/report-day.js';
import { type AuditRetention, leastRetentionDays, readAuditRetention } from '../../oci/audit-retention.js';
import { adviceForCall } from '../../oci/call-advice.js';
import type { SourceDiagnosis } from '../../ports/event-source.js';
import type { Finding } from '../../ports/finding.js';
import type { AuditParts } from './audit-reading.js';
import { type AuditRegion, type AuditScope, openScope } from './audit-scope.js';
import { type ListFacts, eventsOfCompartment } from './compartment-events.js';
import { processedTimesOf } from './processed-times.js';

const readRights = 'Allow the group to read audit-events in tenancy.';
const listRights = 'Allow the group to inspect compartments and tenancies in tenancy.';
/** Enough to see that reading works: a day of the root would be many calls. */
const lookedAtMs = hourMs;

/**
 * Lists regions and compartments, asks for the retention, and reads an hour of the root compartment in each region. Whether every
 * compartment can be read, only a run finds out.
 *
 * @throws Failure('usage') if OCI does not accept the credentials
 */
export async function diagnoseAudit(parts: AuditParts, window: TimeWindow): Promise<SourceDiagnosis> {
  const findings: Finding[] = [];
  try {
    const scope = await openScope(parts.connection, parts.options);
    findings.push(scopeFinding(scope));
    const [first] = scope.regions;
    if (first !== undefined) {
      const retention = await readAuditRetention(parts.connection, first.at, scope.tenancy);
      findings.push(retentionFinding(retention, window));
    }
    for (const region of scope.regions) findings.push(await tryRegion(parts, scope, region));
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    const advice = adviceForCall(error, listRights);
    findings.push({ check: 'compartments', state: 'failed', words: explainError(error), advice });
  }
  return { findings, eventTypes: null };
}

function scopeFinding({ faults: [fault], regions, compartments, excluded }: AuditScope): Finding {
  const check = 'compartments';
  if (fault !== undefined) return { check, state: 'failed', words: fault, advice: listRights };
  const deleted = compartments.filter(({ isDeleted }) => isDeleted).length;
  const leftOut = excluded.length === 0 ? '' : `, ${excluded.length} left out by excludeCompartments`;
  const names = regions.map(({ name }) => name).join(', ');
  const words = `${compartments.length} compartments (${deleted} deleted${leftOut}) in ${names}`;
  return { check, state: 'ok', words, advice: null };
}

function retentionFinding({ days, fault }: AuditRetention, { fromMs, toMs }: TimeWindow): Finding {
  const check = 'retention';
  if (days === null) {
    const words = `not known: ${fault}`;
    const advice = `Days up to ${leastRetentionDays} days back can be reported all the same; older ones will be INCOMPLETE.`;
    return { check, state: 'warning', words, advice };
  }
  const words = `Audit keeps records for ${days} days`;
  if (days * dayMs >= toMs - fromMs) return { check, state: 'ok', words, advice: null };
  return { check, state: 'warning', words, advice: 'It does not reach back over the look-back.' };
}

async function tryRegion(
  { connection, options, nowMs }: AuditParts,
  { compartments: [compartment] }: AuditScope,
  { name: region, at }: AuditRegion,
): Promise<Finding> {
  const check = `events of ${region}`;
  if (compartment === undefined) {
    return {
      check,
      state: 'failed',
      words: 'no compartment is left to be read',
      advice: 'See excludeCompartments.',
    };
  }
  try {
    const { default: sdk } = await import('oci-audit');
    const client = connection.place(
      at,
      ({ params, configuration }) => new sdk.AuditClient(params, configuration),
    );
    const toMs = nowMs();
    const processed = processedTimesOf({ fromMs: toMs - lookedAtMs, toMs }, options.ingestionDelayMs, toMs);
    const facts: ListFacts = { pages: 0, rows: 0, restarts: 0, requestIds: [] };
    const list = { connection, client, region, compartmentId: compartment.id, processed };
    for await (const _ of eventsOfCompartment(list, facts)) break;
    const seen = facts.rows === 0 ? 'none' : 'some';
    const words = `${seen} processed in the last hour in ${compartment.name ?? compartment.id}`;
    return { check, state: 'ok', words, advice: null };
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    return { check, state: 'failed', words: explainError(error), advice: adviceForCall(error, readRights) };
  }
}
