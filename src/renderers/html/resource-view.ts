import { controlNames, type ResourceCompliance, type Verdict } from '../../model/resource-compliance.js';
import {
  controlLabels,
  formatAge,
  formatCount,
  formatInteger,
  formatTime,
  outcomeLabels,
  severityLabels,
  verdictLabels,
  type Label,
} from '../labels.js';
import { badSinceWords } from './follow-up-view.js';
import { outcomeStrip, type StripDay } from './outcome-strip.js';
import { placeWords, shortText, timeWords } from './view-parts.js';
import { waiverTerms, type WaiverTerms } from './waiver-view.js';

/** One row of the table of all resources. */
export interface ResourceRow {
  readonly name: string;
  readonly resourceId: string;
  /** Type and compartment. */
  readonly kind: string;
  readonly outcome: Label;
  readonly verdict: Label;
  readonly lastSuccess: string;
  /** At the cut-off; null where there is no success to measure from. */
  readonly age: string | null;
  readonly attempts: string;
  readonly lastRestore: string;
  readonly policy: string;
  readonly severity: Label;
  readonly owner: string;
  /** Whether a waiver holds for it. */
  readonly isWaived: boolean;
}

/** A resource that a person must look at: non-compliant, or nobody knows. */
export interface ExceptionView extends ResourceRow {
  readonly why: readonly { readonly control: string; readonly verdict: Label; readonly sentence: string }[];
  readonly lastFailure: { readonly time: string; readonly message: string | null } | null;
  /** `since 2026-11-17, 3 bad days in a row` */
  readonly since: string;
  readonly badSince: string;
  /** `3 bad days in a row`; null on the first of them. */
  readonly badDays: string | null;
  readonly openIncident: { readonly condition: string; readonly since: string } | null;
  readonly waiver: WaiverTerms | null;
  readonly strip: readonly StripDay[];
  readonly findings: readonly string[];
}

export interface FindingsView {
  readonly name: string;
  readonly kind: string;
  readonly findings: readonly string[];
}

/** Non-compliant, or nobody knows. */
export function isBad({ compliance }: ResourceCompliance): boolean {
  return compliance === 'NON_COMPLIANT' || compliance === 'UNKNOWN';
}

/** Bad, and no waiver holds for it: somebody has to act. */
export function isException(resource: ResourceCompliance): boolean {
  return isBad(resource) && resource.waiver === null;
}

/** Bad, and a waiver holds for it: somebody has accepted it. */
export function isWaivedBad(resource: ResourceCompliance): boolean {
  return isBad(resource) && resource.waiver !== null;
}

export function resourceRow(resource: ResourceCompliance, timezone: string): ResourceRow {
  const { lastSuccessTime, recoveryPointAgeSeconds } = resource;
  return {
    name: shortText(resource.resourceName),
    resourceId: shortText(resource.resourceId),
    kind: placeWords(resource),
    outcome: outcomeLabels[resource.outcome],
    verdict: verdictLabels[resource.compliance],
    lastSuccess: timeWords(lastSuccessTime, timezone, 'none seen'),
    age: recoveryPointAgeSeconds === null ? null : formatAge(recoveryPointAgeSeconds),
    attempts: formatInteger(resource.attempts),
    lastRestore: timeWords(resource.lastRestoreTime, timezone, 'never'),
    policy: resource.policy === 'default' ? 'default (no policy matched)' : shortText(resource.policy),
    severity: severityLabels[resource.severity],
    owner: resource.owner === null ? 'no owner named' : shortText(resource.owner),
    isWaived: resource.waiver !== null,
  };
}

/** All that a person needs to act on it; times in the zone of the report day. */
export function exceptionView(
  resource: ResourceCompliance,
  { date, timezone }: { readonly date: string; readonly timezone: string },
): ExceptionView {
  const { lastFailure, consecutiveBadDays } = resource;
  const badSince = resource.badSince ?? date;
  return {
    ...resourceRow(resource, timezone),
    why: [...failingControls(resource, 'NON_COMPLIANT'), ...failingControls(resource, 'UNKNOWN')],
    lastFailure:
      lastFailure === null
        ? null
        : {
            time: shortText(formatTime(lastFailure.time, timezone)),
            message: lastFailure.message === null ? null : shortText(lastFailure.message),
          },
    since: badSinceWords(badSince, consecutiveBadDays),
    badSince: shortText(badSince),
    badDays: consecutiveBadDays < 2 ? null : `${formatCount(consecutiveBadDays, 'bad day')} in a row`,
    openIncident: openIncidentView(resource, timezone),
    waiver: resource.waiver === null ? null : waiverTerms(resource.waiver),
    strip: outcomeStrip(resource.recentOutcomes, date),
    findings: resource.findings.map((finding) => shortText(finding)),
  };
}

export function findingsView(resource: ResourceCompliance): FindingsView {
  return {
    name: shortText(resource.resourceName),
    kind: placeWords(resource),
    findings: resource.findings.map((finding) => shortText(finding)),
  };
}

function failingControls(resource: ResourceCompliance, verdict: Verdict): ExceptionView['why'] {
  return controlNames
    .filter((control) => resource.controls[control].verdict === verdict)
    .map((control) => ({
      control: controlLabels[control].words,
      verdict: verdictLabels[verdict],
      sentence: shortText(resource.controls[control].reason),
    }));
}

function openIncidentView(
  { openIncident }: ResourceCompliance,
  timezone: string,
): ExceptionView['openIncident'] {
  if (openIncident === null) return null;
  const { condition, since } = openIncident;
  return { condition: shortText(condition), since: timeWords(since, timezone, '') };
}
