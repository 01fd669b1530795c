import type { Finding } from '../../ports/finding.js';
import { createEventCatalogue } from './events/event-catalogue.js';
import type { Phase } from './model/event-type.js';

const phases: readonly Phase[] = ['begin', 'end', 'single', 'critical', 'information'];

/**
 * Begin, end and critical events have separate rules in OCI: a phase that never arrives may never have been routed.
 *
 * @param days the time span that the events cover
 */
export function diagnoseEventTypes(
  eventTypes: ReadonlyMap<string, number>,
  days: number,
): Omit<Finding, 'check'> {
  const lookUp = createEventCatalogue();
  const byPhase = new Map<Phase, number>();
  let unknown = 0;
  for (const [name, number] of eventTypes) {
    const found = lookUp(name);
    if (!found.known || !found.type.catalogued) unknown += number;
    else byPhase.set(found.type.phase, (byPhase.get(found.type.phase) ?? 0) + number);
  }
  const seen = phases.flatMap((phase) => (byPhase.has(phase) ? [`${byPhase.get(phase)} ${phase}`] : []));
  if (unknown > 0) seen.push(`${unknown} of unknown types`);
  const words = `in ${days} days: ${seen.join(', ') || 'none'}`;
  const missing = (['begin', 'end', 'critical'] as const).filter((phase) => !byPhase.has(phase));
  if (missing.length === 0) return { state: 'ok', words, advice: null };
  return {
    state: missing.includes('end') ? 'failed' : 'warning',
    words: `${words}; never: ${missing.join(', ')}`,
    advice: missing.includes('end')
      ? 'Without end events no backup can be shown to have succeeded: add the .end types to the rule of the Events service.'
      : `Add the .${missing.join(' and .')} types to the rule of the Events service, or nothing will tell of them.`,
  };
}
