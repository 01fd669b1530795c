import type { BackupChange } from '../../model/backup-change.js';
import type { PolicyReport, ReportFinding, Turn, WaiverReport } from '../../model/daily-report.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import { type Fields, date, number, text, time } from '../../../../renderers/xlsx/binding/field.js';

export function waiverFields(wording: Wording): Fields<WaiverReport> {
  return {
    match: text((row) => row.match),
    state: text((row) => wording.waiverState(row.state).words),
    reason: text((row) => row.reason),
    ticket: text((row) => row.ticket),
    approvedBy: text((row) => row.approvedBy),
    expires: date((row) => row.expires),
    daysLeft: number((row) => row.daysLeft),
    resources: number((row) => row.resources.length),
    holdsFor: text((row) => heldNames(row, wording)),
  };
}

function heldNames({ resources }: WaiverReport, wording: Wording): string | null {
  if (resources.length === 0) return null;
  return resources
    .map(({ resourceName, compliance }) => `${resourceName} (${wording.verdict(compliance).words})`)
    .join('\n');
}

export function changeFields(wording: Wording): Fields<BackupChange> {
  return {
    name: text((row) => row.resourceName),
    type: text((row) => row.resourceType),
    time: time((row) => row.time),
    kind: text((row) => wording.change(row.kind).words),
    what: text((row) => row.what),
    state: text((row) => row.state),
    who: text((row) => row.principal),
    detail: text((row) => row.detail),
    subjectId: text((row) => row.subjectId),
    id: text((row) => row.resourceId),
    event: text((row) => row.eventId),
  };
}

export function findingFields(wording: Wording): Fields<ReportFinding> {
  return {
    about: text((row) => row.subject),
    kind: text((row) => wording.finding(row.kind).words),
    words: text((row) => row.words),
  };
}

export function policyFields(wording: Wording): Fields<PolicyReport> {
  return {
    name: text((row) => row.name),
    match: text((row) => row.match),
    cadence: text((row) => row.cadence),
    maxAge: text((row) => row.maxAge),
    maxDuration: text((row) => row.maxDuration),
    minRetention: text((row) => row.minRetention),
    maxRestoreAge: text((row) => row.maxRestoreAge),
    severity: text((row) => wording.severity(row.severity).words),
    owner: text((row) => row.owner),
    resources: number((row) => row.resources),
  };
}

/** A resource that is newly bad, or was bad and is no more. */
export function turnFields(wording: Wording): Fields<Turn> {
  return {
    name: text((row) => row.resourceName),
    type: text((row) => row.resourceType),
    outcome: text((row) => (row.outcome === null ? null : wording.outcome(row.outcome).words)),
    compliance: text((row) => (row.compliance === null ? null : wording.verdict(row.compliance).words)),
    badSince: date((row) => row.badSince),
    badDays: number((row) => row.badDays),
    words: text((row) => row.words),
    owner: text((row) => row.owner),
    id: text((row) => row.resourceId),
  };
}
