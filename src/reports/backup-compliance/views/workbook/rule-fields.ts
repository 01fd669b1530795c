import {
  type Fields,
  dateField,
  numberField,
  textField,
  timeField,
} from '../../../../renderers/xlsx/binding/field.js';
import type { BackupChange } from '../../model/backup-change.js';
import type { PolicyReport, ReportFinding, Transition, WaiverReport } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';
import { fromToWords } from '../setting-words.js';

export function waiverFields(wording: BackupWording): Fields<WaiverReport> {
  return {
    match: textField((row) => row.match),
    state: textField((row) => wording.waiverState(row.state).words),
    reason: textField((row) => row.reason),
    ticket: textField((row) => row.ticket),
    approvedBy: textField((row) => row.approvedBy),
    expires: dateField((row) => row.expires),
    daysLeft: numberField((row) => row.daysLeft),
    resources: numberField((row) => row.resources.length),
    holdsFor: textField((row) => heldNames(row, wording)),
  };
}

function heldNames({ resources }: WaiverReport, wording: BackupWording): string | null {
  if (resources.length === 0) return null;
  return resources
    .map(({ resourceName, compliance }) => `${resourceName} (${wording.verdict(compliance).words})`)
    .join('\n');
}

export function changeFields(wording: BackupWording): Fields<BackupChange> {
  return {
    name: textField((row) => row.resourceName),
    type: textField((row) => wording.resourceType(row.resourceType)),
    time: timeField((row) => row.time),
    kind: textField((row) => wording.change(row.kind).words),
    what: textField((row) => row.what),
    state: textField((row) => row.state),
    who: textField((row) => row.principal),
    detail: textField((row) => detailOf(row, wording)),
    subjectId: textField((row) => row.subjectId),
    id: textField((row) => row.resourceId),
    event: textField((row) => row.eventId),
  };
}

/** What was set, what it means, and the source's own words. */
function detailOf(change: BackupChange, wording: BackupWording): string | null {
  const parts = [fromToWords(change, wording), change.consequence ?? null, change.detail];
  return parts.filter((part) => part !== null).join('; ') || null;
}

export function findingFields(wording: BackupWording): Fields<ReportFinding> {
  return {
    about: textField((row) => row.subject),
    kind: textField((row) => wording.finding(row.kind).words),
    words: textField((row) => row.words),
  };
}

export function policyFields(wording: BackupWording): Fields<PolicyReport> {
  return {
    name: textField((row) => row.name),
    match: textField((row) => row.match),
    cadence: textField((row) => row.cadence),
    maxAge: textField((row) => row.maxAge),
    maxDuration: textField((row) => row.maxDuration),
    minRetention: textField((row) => row.minRetention),
    maxRestoreAge: textField((row) => row.maxRestoreAge),
    severity: textField((row) => wording.severity(row.severity).words),
    owner: textField((row) => row.owner),
    resources: numberField((row) => row.resources),
  };
}

/** A resource that is newly bad, or no longer bad. */
export function transitionFields(wording: BackupWording): Fields<Transition> {
  return {
    name: textField((row) => row.resourceName),
    type: textField((row) => wording.resourceType(row.resourceType)),
    outcome: textField((row) => (row.outcome === null ? null : wording.outcome(row.outcome).words)),
    compliance: textField((row) => (row.compliance === null ? null : wording.verdict(row.compliance).words)),
    badSince: dateField((row) => row.badSince),
    badDays: numberField((row) => row.badDays),
    words: textField((row) => row.words),
    owner: textField((row) => row.owner),
    id: textField((row) => row.resourceId),
  };
}
