import { parseInstant } from '../../../../base/instants.js';
import { compareText } from '../../../../base/text-order.js';
import { cloudOf } from '../../../../model/resource-types.js';
import type { JudgedControl, OpenIncidentReason } from '../../model/control-reason.js';
import type { Incident } from '../../model/incident.js';
import type { ControlInput } from '../control-input.js';

/** Whether a backup failure is open at the cut-off. Only databases report incidents. */
export function noOpenIncident({ history, incidents, day }: ControlInput): JudgedControl<OpenIncidentReason> {
  const open = longestOpen(incidents);
  if (open !== undefined) {
    const sinceMs = parseInstant(openedAtOf(open)) ?? day.startMs;
    return { verdict: 'NON_COMPLIANT', code: 'incident.open', condition: open.condition, sinceMs };
  }
  if (cloudOf(history.resource) === 'azure') {
    return { verdict: 'NOT_APPLICABLE', code: 'incident.no-alert-read' };
  }
  return history.resource.resourceType.includes('database')
    ? { verdict: 'COMPLIANT', code: 'incident.none-open' }
    : { verdict: 'NOT_APPLICABLE', code: 'incident.not-reported' };
}

/** Of the open backup failures, the one that has been open longest. */
export function longestOpen(incidents: readonly Incident[]): Incident | undefined {
  const open = incidents.filter(({ state, bearsOnBackups }) => state === 'open' && bearsOnBackups);
  return open.sort((a, b) => compareText(openedAtOf(a), openedAtOf(b)))[0];
}

/** Instants of the report sort as text. */
function openedAtOf({ openedAt, lastSeenAt }: Incident): string {
  return openedAt ?? lastSeenAt;
}
