import { controlNames, type ResourceCompliance, type Verdict } from '../../model/resource-compliance.js';
import {
  controlLabels,
  formatAge,
  formatCount,
  formatInteger,
  formatTime,
  outcomeLabels,
  verdictLabels,
  type Label,
} from '../labels.js';
import { shortText } from './view-parts.js';

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
  readonly policy: string;
  readonly owner: string;
}

/** A resource that a person must look at: non-compliant, or nobody knows. */
export interface ExceptionView extends ResourceRow {
  readonly why: readonly { readonly control: string; readonly verdict: Label; readonly sentence: string }[];
  readonly lastFailure: { readonly time: string; readonly message: string | null } | null;
  readonly badDays: string | null;
  readonly findings: readonly string[];
}

export interface FindingsView {
  readonly name: string;
  readonly kind: string;
  readonly findings: readonly string[];
}

export function isException(resource: ResourceCompliance): boolean {
  return resource.compliance === 'NON_COMPLIANT' || resource.compliance === 'UNKNOWN';
}

export function resourceRow(resource: ResourceCompliance, timezone: string): ResourceRow {
  const { lastSuccessTime, recoveryPointAgeSeconds } = resource;
  return {
    name: shortText(resource.resourceName),
    resourceId: shortText(resource.resourceId),
    kind: resourceKind(resource),
    outcome: outcomeLabels[resource.outcome],
    verdict: verdictLabels[resource.compliance],
    lastSuccess: lastSuccessTime === null ? 'none seen' : shortText(formatTime(lastSuccessTime, timezone)),
    age: recoveryPointAgeSeconds === null ? null : formatAge(recoveryPointAgeSeconds),
    attempts: formatInteger(resource.attempts),
    policy: resource.policy === 'default' ? 'default (no policy matched)' : shortText(resource.policy),
    owner: resource.owner === null ? 'no owner named' : shortText(resource.owner),
  };
}

export function exceptionView(resource: ResourceCompliance, timezone: string): ExceptionView {
  const { lastFailure, consecutiveBadDays } = resource;
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
    badDays:
      consecutiveBadDays === null || consecutiveBadDays < 2
        ? null
        : `${formatCount(consecutiveBadDays, 'bad day')} in a row`,
    findings: resource.findings.map((finding) => shortText(finding)),
  };
}

export function findingsView(resource: ResourceCompliance): FindingsView {
  return {
    name: shortText(resource.resourceName),
    kind: resourceKind(resource),
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

function resourceKind(resource: ResourceCompliance): string {
  const place = resource.compartmentName ?? resource.compartmentId;
  const type = shortText(resource.resourceType);
  return place === null ? type : `${type} · ${shortText(place)}`;
}
