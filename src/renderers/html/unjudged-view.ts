import type { FormerResource, UnjudgedResource } from '../../model/daily-report.js';
import { formatInteger, outcomeLabels, type Label } from '../labels.js';
import { placeWords, shortText, timeWords } from './view-parts.js';

/** A resource that is listed and counted, but not judged. */
export interface UnjudgedRow {
  readonly name: string;
  readonly resourceId: string;
  readonly kind: string;
  readonly reason: string;
  readonly outcome: Label;
  readonly attempts: string;
  readonly lastSuccess: string;
  readonly owner: string;
}

export interface FormerRow {
  readonly name: string;
  readonly resourceId: string;
  readonly kind: string;
  readonly lastDay: string;
  /** `terminated, 2026-11-19 10:20 EST` */
  readonly reason: string;
}

export function unjudgedRow(resource: UnjudgedResource, timezone: string): UnjudgedRow {
  return {
    name: shortText(resource.resourceName),
    resourceId: shortText(resource.resourceId),
    kind: placeWords(resource),
    reason: shortText(resource.reason),
    outcome: outcomeLabels[resource.outcome],
    attempts: formatInteger(resource.attempts),
    lastSuccess: timeWords(resource.lastSuccessTime, timezone, 'none seen'),
    owner: resource.owner === null ? 'no owner named' : shortText(resource.owner),
  };
}

export function formerRow(resource: FormerResource, timezone: string): FormerRow {
  const { terminatedTime } = resource;
  const when = terminatedTime === null ? '' : `, ${timeWords(terminatedTime, timezone, '')}`;
  return {
    name: shortText(resource.resourceName),
    resourceId: shortText(resource.resourceId),
    kind: shortText(resource.resourceType),
    lastDay: shortText(resource.lastDay),
    reason: `${resource.reason}${when}`,
  };
}
