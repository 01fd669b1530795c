import { rememberLast } from '../../../../base/remember-last.js';
import {
  type Fields,
  booleanField,
  dateField,
  durationField,
  linkField,
  numberField,
  percentField,
  textField,
  timeField,
} from '../../../../renderers/xlsx/binding/field.js';
import type { ControlResult, ResourceCompliance } from '../../model/resource-compliance.js';
import { controlNames, isBad, type ControlName } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { type CauseWords, causeWords } from '../causes/cause-words.js';
import { cloudWords } from '../clouds.js';
import { tagWords } from './tag-words.js';

/** Most characters of an address in a formula. */
const longestLink = 255;

export function resourceFields(wording: BackupWording): Fields<ResourceCompliance> {
  return {
    ...identityFields(wording),
    ...resourceCauseFields(wording),
    ...backupFields(),
    ...waiverStandingFields(wording),
    ...Object.fromEntries(
      controlNames.map((name) => [
        `control.${name}`,
        textField<ResourceCompliance>(
          ({ controls }) => wording.verdict(controls[name].verdict).words,
          `control.${name}.asks`,
        ),
      ]),
    ),
  };
}

function identityFields(wording: BackupWording): Fields<ResourceCompliance> {
  return {
    name: textField((row) => row.resourceName),
    type: textField((row) => wording.resourceType(row.resourceType)),
    cloud: textField((row) => cloudWords(row, wording)),
    compartment: textField((row) => row.compartmentName),
    outcome: textField((row) => wording.outcome(row.outcome).words),
    compliance: textField((row) => wording.verdict(row.compliance).words),
    why: textField((row) => whyNot(row, wording)),
    policy: textField((row) => row.policy),
    severity: textField((row) => wording.severity(row.severity).words),
    owner: textField((row) => row.owner),
    tags: textField((row) => tagWords(row.tags)),
    id: textField((row) => row.resourceId),
    compartmentId: textField((row) => row.compartmentId),
  };
}

/** Of a resource that needs attention; null for any other. */
function resourceCauseFields(wording: BackupWording): Fields<ResourceCompliance> {
  // Its five fields stand in one row.
  const words = rememberLast((row: ResourceCompliance): CauseWords | null =>
    isBad(row.compliance) ? causeWords(row, wording) : null,
  );
  return {
    cause: textField((row) => words(row)?.name ?? null),
    causeCodes: textField((row) => words(row)?.codes.join('\n') || null),
    advice: textField((row) => words(row)?.advice ?? null),
    command: textField((row) => words(row)?.command ?? null),
    console: linkField((row) => {
      const target = words(row)?.console ?? null;
      if (target === null) return null;
      // A longer one cannot be a link in a cell: it is shown to be copied.
      return { target, words: target.length > longestLink ? target : wording.text('workbook.openConsole') };
    }),
  };
}

function backupFields(): Fields<ResourceCompliance> {
  return {
    lastSuccess: timeField((row) => row.lastSuccessTime),
    age: durationField((row) => row.recoveryPointAgeSeconds),
    ageLimit: durationField(({ controls }) => controls['recovery-point-age'].thresholdSeconds ?? null),
    ageOfLimit: percentField((row) =>
      shareOfLimit(row.recoveryPointAgeSeconds, row.controls['recovery-point-age']),
    ),
    points: numberField((row) => row.recoveryPoints?.count ?? null),
    newestPoint: timeField((row) => row.recoveryPoints?.newest ?? null),
    oldestPoint: timeField((row) => row.recoveryPoints?.oldest ?? null),
    stored: numberField((row) => row.storedBytes ?? null),
    attempts: numberField((row) => row.attempts),
    lastFailure: timeField((row) => row.lastFailure?.time ?? null),
    failureReason: textField((row) => row.lastFailure?.message ?? null),
    openIncident: textField((row) => row.openIncident?.condition ?? null),
    openIncidentSince: timeField((row) => row.openIncident?.since ?? null),
    lastRestore: timeField((row) => row.lastRestoreTime),
  };
}

/**
 * What was measured as a fraction of its limit; reports of version 0.1 do not have the numbers. The sheet shows whole
 * percents: of what is over its limit by less, 101 %.
 */
function shareOfLimit(
  ageSeconds: number | null,
  { measuredSeconds = ageSeconds, thresholdSeconds = null }: ControlResult,
): number | null {
  if (measuredSeconds === null || thresholdSeconds === null || thresholdSeconds === 0) return null;
  const share = measuredSeconds / thresholdSeconds;
  return share > 1 ? Math.max(share, 1.01) : share;
}

function waiverStandingFields({ text: message }: BackupWording): Fields<ResourceCompliance> {
  const waived = message('workbook.waived');
  return {
    waived: textField((row) => (row.waiver === null ? null : waived)),
    isWaived: booleanField((row) => row.waiver !== null),
    waiver: textField((row) => row.waiver?.reason ?? null),
    waiverTicket: textField((row) => row.waiver?.ticket ?? null),
    waiverApprovedBy: textField((row) => row.waiver?.approvedBy ?? null),
    waiverExpires: dateField((row) => row.waiver?.expires ?? null),
    waiverDaysLeft: numberField((row) => row.waiver?.daysLeft ?? null),
    badSince: dateField((row) => row.badSince),
    badDays: numberField((row) => row.consecutiveBadDays),
    firstReported: dateField((row) => row.firstReported),
    findings: textField((row) => row.findings.join('; ') || null),
  };
}

/** Sentences of the controls that are not met, unknown ones last. */
function whyNot({ controls }: ResourceCompliance, wording: BackupWording): string {
  const results = controlNames.map((name) => ({ name, ...controls[name] }));
  const bad = results.filter(({ verdict }) => verdict === 'NON_COMPLIANT');
  const unknown = results.filter(({ verdict }) => verdict === 'UNKNOWN');
  return [...bad, ...unknown]
    .map(({ name, reason }) => `${wording.control(name).words}: ${reason}`)
    .join('\n');
}

/** One control of one resource. */
export interface ControlRow {
  readonly resource: ResourceCompliance;
  readonly control: ControlName;
  readonly result: ControlResult;
}

/** One batch per resource: all rows at once would be eight times as many objects as resources. */
export function* controlRows(resources: readonly ResourceCompliance[]): Generator<readonly ControlRow[]> {
  for (const resource of resources)
    yield controlNames.map((control) => ({ resource, control, result: resource.controls[control] }));
}

/** What was measured, what is demanded, and by whom. */
export function controlFields(wording: BackupWording): Fields<ControlRow> {
  return {
    name: textField((row) => wording.control(row.control).words),
    key: textField((row) => row.control),
    verdict: textField((row) => wording.verdict(row.result.verdict).words),
    measured: textField((row) => row.result.measured),
    threshold: textField((row) => row.result.threshold),
    demandedBy: textField((row) => row.result.demandedBy),
    reason: textField((row) => row.result.reason),
  };
}
