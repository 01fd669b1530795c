import { explainError, isUsageFailure } from '../../errors.js';
import type { TimeWindow } from '../../model/report-day.js';
import { adviceForCall } from '../../oci/call-advice.js';
import type { SourceDiagnosis } from '../../ports/event-source.js';
import type { Finding } from '../../ports/finding.js';
import type { JsonObject } from '../../records/json.js';
import { readDataSafeTrail } from '../../records/data-safe/read-trail.js';
import { type DataSafeCalls, openDataSafe } from './data-safe-calls.js';
import type { DataSafeParts } from './data-safe-reading.js';
import { happenedIn } from './event-query.js';
import { readTrails } from './read-trails.js';

const eventRights =
  'The policy must let the group read data-safe-audit-events in the tenancy or the compartment.';
const trailRights =
  'The policy must let the group read data-safe-audit-trails in the tenancy or the compartment.';

const targetRights =
  'The policy must let the group inspect data-safe-target-databases in the tenancy or the compartment.';

/** Asks for one page of events, for their count, and for the state of the trails. */
export async function diagnoseDataSafe(parts: DataSafeParts, window: TimeWindow): Promise<SourceDiagnosis> {
  const findings: Finding[] = [];
  try {
    const calls = await openDataSafe(parts.connection, parts.options);
    findings.push(await eventsFinding(calls, window), ...(await trailsFindings(calls, parts)));
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    findings.push(failed('audit events', error, eventRights));
  }
  return { findings, eventTypes: null };
}

async function eventsFinding(calls: DataSafeCalls, window: TimeWindow): Promise<Finding> {
  const check = 'audit events';
  try {
    const { items } = await calls.events(happenedIn(window), undefined);
    await calls.counts(happenedIn(window), undefined);
    if (items.length > 0) {
      const words = 'audit events of the last days can be read and counted';
      return { check, state: 'ok', words, advice: null };
    }
    const words = 'Data Safe has no audit event of the last days in this compartment';
    const advice = 'Look at compartmentId and region, and at the audit policies of the target databases.';
    return { check, state: 'warning', words, advice };
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    return failed(check, error, eventRights);
  }
}

async function trailsFindings(calls: DataSafeCalls, { nowMs }: DataSafeParts): Promise<readonly Finding[]> {
  const check = 'audit trails';
  const { trails, reasons, namesFault } = await readTrails(calls, nowMs);
  const [reason] = reasons;
  if (reason !== undefined) return [{ check, state: 'failed', words: reason, advice: trailRights }];
  return [stateOfTrails(check, trails), ...namesFinding(namesFault)];
}

/** What cannot be read here is shown by its OCID, and changes no verdict. */
function namesFinding(fault: string | null): readonly Finding[] {
  if (fault === null) return [];
  const words = `the names of targets cannot be read, so silent ones are shown by their OCIDs: ${fault}`;
  return [{ check: 'target names', state: 'warning', words, advice: targetRights }];
}

function stateOfTrails(check: string, trails: readonly JsonObject[]): Finding {
  const byTarget = new Map<string, boolean>();
  for (const each of trails) {
    const read = readDataSafeTrail(each);
    if (!read.ok) continue;
    const { targetId, status } = read.trail;
    byTarget.set(targetId, (byTarget.get(targetId) ?? false) || collectingStates.has(status));
  }
  const silent = [...byTarget].filter(([, isCollecting]) => !isCollecting).map(([id]) => id);
  const words = `${byTarget.size - silent.length} of ${byTarget.size} targets have a trail that collects`;
  if (silent.length === 0 && byTarget.size > 0) return { check, state: 'ok', words, advice: null };
  const advice = `Start an audit trail of each target in Data Safe; without one a report says "no data".${
    silent.length === 0 ? '' : ` Without: ${silent.slice(0, 5).join(', ')}${silent.length > 5 ? ', …' : ''}.`
  }`;
  return { check, state: 'warning', words, advice };
}

const collectingStates: ReadonlySet<string> = new Set(['COLLECTING', 'IDLE', 'RECOVERING', 'RETRYING']);

function failed(check: string, error: unknown, rights: string): Finding {
  return { check, state: 'failed', words: explainError(error), advice: adviceForCall(error, rights) };
}
