import { dateWords, shortText, timeWords } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { FormerResource, UnjudgedResource } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';
import { placeWords } from '../place-words.js';
import { ownerWords } from './page-words.js';

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

export function unjudgedRow(
  resource: UnjudgedResource,
  timezone: string,
  wording: BackupWording,
): UnjudgedRow {
  const { lastSuccessTime } = resource;
  return {
    name: shortText(resource.resourceName),
    resourceId: shortText(resource.resourceId),
    kind: placeWords(resource, shortText, wording),
    reason: shortText(resource.reason),
    outcome: wording.outcome(resource.outcome),
    attempts: wording.language.integer(resource.attempts),
    lastSuccess: timeWords(lastSuccessTime, timezone, wording.text('page.noneSeen'), wording),
    owner: ownerWords(resource.owner, wording),
  };
}

export function formerRow(resource: FormerResource, timezone: string, wording: BackupWording): FormerRow {
  const { terminatedTime } = resource;
  const when = terminatedTime === null ? '' : `, ${timeWords(terminatedTime, timezone, '', wording)}`;
  return {
    name: shortText(resource.resourceName),
    resourceId: shortText(resource.resourceId),
    kind: shortText(wording.resourceType(resource.resourceType)),
    lastDay: dateWords(resource.lastDay, wording),
    reason: `${shortText(resource.reason)}${when}`,
  };
}
