import type { CountedDay, CountedResource } from './counted-day.js';

/** How a resource counts on one day. */
export interface ResourceDay {
  /** null: nothing was demanded of it (NOT_APPLICABLE). */
  readonly counted: 'met' | 'failed' | 'missed' | 'unknown' | null;
  readonly isWaived: boolean;
  /** Of its newest recovery point at the cut-off; null: none is known; undefined: nobody judged the day. */
  readonly ageSeconds: number | null | undefined;
}

/** On a day whose report is INCOMPLETE, failed and missed stay; whatever else was demanded is unknown. */
export function resourceDay(resource: CountedResource, status: CountedDay['status']): ResourceDay {
  return {
    counted: countedAs(resource, status),
    isWaived: (resource.waiver ?? null) !== null,
    ageSeconds: resource.recoveryPointAgeSeconds,
  };
}

/** Of the population before a day that has no report. Nobody judged it, so no waiver was applied. */
export const unjudgedDay: ResourceDay = { counted: 'unknown', isWaived: false, ageSeconds: undefined };

/** What was terminated leaves the population on the day after. */
export function staysAfter({ lastKnown }: CountedResource): boolean {
  return (lastKnown?.terminated ?? null) === null;
}

function countedAs(
  { compliance, outcome }: CountedResource,
  status: CountedDay['status'],
): ResourceDay['counted'] {
  if (compliance === 'NOT_APPLICABLE') return null;
  if (compliance === 'NON_COMPLIANT') return outcome === 'MISSED' ? 'missed' : 'failed';
  return compliance === 'COMPLIANT' && status === 'COMPLETE' ? 'met' : 'unknown';
}
