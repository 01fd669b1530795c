import {
  controlNames,
  type ControlName,
  type ControlResult,
  type ResourceCompliance,
} from '../../model/resource-compliance.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import { tagWords } from './tag-words.js';
import { createDurationReader } from './duration-reader.js';
import {
  type Fields,
  boolean,
  date,
  duration,
  number,
  percent,
  text,
  time,
} from '../../../../renderers/xlsx/binding/field.js';

export function resourceFields(wording: Wording): Fields<ResourceCompliance> {
  return {
    ...identityFields(wording),
    ...backupFields(wording),
    ...standingFields(wording),
    ...Object.fromEntries(
      controlNames.map((name) => [
        `control.${name}`,
        text<ResourceCompliance>(
          ({ controls }) => wording.verdict(controls[name].verdict).words,
          `control.${name}.asks`,
        ),
      ]),
    ),
  };
}

function identityFields(wording: Wording): Fields<ResourceCompliance> {
  return {
    name: text((row) => row.resourceName),
    type: text((row) => row.resourceType),
    compartment: text((row) => row.compartmentName),
    outcome: text((row) => wording.outcome(row.outcome).words),
    compliance: text((row) => wording.verdict(row.compliance).words),
    why: text((row) => whyNot(row, wording)),
    policy: text((row) => row.policy),
    severity: text((row) => wording.severity(row.severity).words),
    owner: text((row) => row.owner),
    tags: text((row) => tagWords(row.tags)),
    id: text((row) => row.resourceId),
    compartmentId: text((row) => row.compartmentId),
  };
}

function backupFields(wording: Wording): Fields<ResourceCompliance> {
  const secondsOf = createDurationReader(wording);
  const limitOf = ({ controls }: ResourceCompliance): number | null => {
    const { threshold } = controls['recovery-point-age'];
    return threshold === null ? null : secondsOf(threshold);
  };
  return {
    lastSuccess: time((row) => row.lastSuccessTime),
    age: duration((row) => row.recoveryPointAgeSeconds),
    ageLimit: duration(limitOf),
    ageOfLimit: percent((row) => {
      const limit = limitOf(row);
      return limit === null || row.recoveryPointAgeSeconds === null
        ? null
        : row.recoveryPointAgeSeconds / limit;
    }),
    attempts: number((row) => row.attempts),
    lastFailure: time((row) => row.lastFailure?.time ?? null),
    failureReason: text((row) => row.lastFailure?.message ?? null),
    openIncident: text((row) => row.openIncident?.condition ?? null),
    openIncidentSince: time((row) => row.openIncident?.since ?? null),
    lastRestore: time((row) => row.lastRestoreTime),
  };
}

function standingFields({ text: message }: Wording): Fields<ResourceCompliance> {
  const waived = message('workbook.waived');
  return {
    waived: text((row) => (row.waiver === null ? null : waived)),
    isWaived: boolean((row) => row.waiver !== null),
    waiver: text((row) => row.waiver?.reason ?? null),
    waiverTicket: text((row) => row.waiver?.ticket ?? null),
    waiverApprovedBy: text((row) => row.waiver?.approvedBy ?? null),
    waiverExpires: date((row) => row.waiver?.expires ?? null),
    waiverDaysLeft: number((row) => row.waiver?.daysLeft ?? null),
    badSince: date((row) => row.badSince),
    badDays: number((row) => row.consecutiveBadDays),
    firstReported: date((row) => row.firstReported),
    findings: text((row) => row.findings.join('; ') || null),
  };
}

/** Sentences of the controls that are not met, the unknown ones after the others. */
function whyNot({ controls }: ResourceCompliance, wording: Wording): string {
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

/** A batch for each resource: all of them at once would be eight times as many objects as resources. */
export function* controlRows(resources: readonly ResourceCompliance[]): Generator<readonly ControlRow[]> {
  for (const resource of resources)
    yield controlNames.map((control) => ({ resource, control, result: resource.controls[control] }));
}

/** What was measured, what is demanded and who demands it. */
export function controlFields(wording: Wording): Fields<ControlRow> {
  return {
    name: text((row) => wording.control(row.control).words),
    key: text((row) => row.control),
    verdict: text((row) => wording.verdict(row.result.verdict).words),
    measured: text((row) => row.result.measured),
    threshold: text((row) => row.result.threshold),
    demandedBy: text((row) => row.result.demandedBy),
    reason: text((row) => row.result.reason),
  };
}
