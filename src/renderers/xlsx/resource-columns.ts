import {
  controlNames,
  type ControlName,
  type ControlResult,
  type ResourceCompliance,
} from '../../model/resource-compliance.js';
import { controlLabels, outcomeLabels, severityLabels, verdictLabels, type Label } from '../labels.js';
import { tagWords } from './tag-words.js';
import type { CellTimes } from './cell-times.js';
import { column, type Column } from './column.js';

type ResourceColumn = Column<ResourceCompliance>;

const waivedLabel: Label = { words: 'Waived', tone: 'info' };

/** Sentences of the controls that are not met, worst first. */
export function whyNot({ controls }: ResourceCompliance): string {
  const results = controlNames.map((name) => ({ name, ...controls[name] }));
  const bad = results.filter(({ verdict }) => verdict === 'NON_COMPLIANT');
  const unknown = results.filter(({ verdict }) => verdict === 'UNKNOWN');
  return [...bad, ...unknown].map(({ name, reason }) => `${controlLabels[name].words}: ${reason}`).join('\n');
}

const identity: readonly ResourceColumn[] = [
  column(
    'Resource',
    'Name of the protected resource, as its service writes it',
    'text',
    26,
    (row) => row.resourceName,
  ),
  column('Type', 'Kind of resource', 'text', 18, (row) => row.resourceType),
  column('Compartment', 'Compartment that it lies in', 'text', 18, (row) => row.compartmentName),
  column(
    'Outcome',
    'What became of the backups of the day, worst wins',
    'label',
    15,
    (row) => outcomeLabels[row.outcome],
  ),
  column(
    'Compliance',
    'Non-compliant when any control is; unknown when none is and one is unknown',
    'label',
    15,
    (row) => verdictLabels[row.compliance],
  ),
];

const waived: ResourceColumn = column(
  'Waived',
  'Whether a waiver holds for it; it changes no verdict',
  'label',
  10,
  (row) => (row.waiver === null ? null : waivedLabel),
);
const severity: ResourceColumn = column(
  'Severity',
  'How much it matters, as the policy says',
  'label',
  10,
  (row) => severityLabels[row.severity],
);
const badDays: ResourceColumn = column(
  'Consecutive bad days',
  'Reports in a row that found it non-compliant or unknown, this one included',
  'count',
  12,
  (row) => row.consecutiveBadDays,
);
const attempts: ResourceColumn = column(
  'Attempts',
  'Backup attempts of the day',
  'count',
  10,
  (row) => row.attempts,
);
const openIncident: ResourceColumn = column(
  'Open incident',
  'Of the incidents that count against it, the one that has been open longest',
  'text',
  30,
  (row) => row.openIncident?.condition ?? null,
);
const owner: ResourceColumn = column('Owner', 'Who is to act', 'text', 24, (row) => row.owner);
const ocid: ResourceColumn = column(
  'Resource OCID',
  'Identifier in lower case',
  'text',
  34,
  (row) => row.resourceId,
);

function badSince({ date }: CellTimes): ResourceColumn {
  return column('Bad since', 'Date of the first of its consecutive bad days', 'date', 12, (row) =>
    date(row.badSince),
  );
}

function lastSuccess({ zone, time }: CellTimes): ResourceColumn {
  return column(
    `Last success (${zone})`,
    'End of the last successful backup before the cut-off',
    'time',
    19,
    (row) => time(row.lastSuccessTime),
  );
}

/** Non-compliant and unknown ones, with all that a person needs to act. */
export function exceptionColumns(times: CellTimes): readonly ResourceColumn[] {
  const { zone, time } = times;
  return [
    ...identity,
    waived,
    severity,
    column(
      'Why',
      'Each control that is not met, with what was measured and what is demanded',
      'long-text',
      64,
      whyNot,
    ),
    badSince(times),
    badDays,
    attempts,
    lastSuccess(times),
    column(`Last failure (${zone})`, 'End of the last failed attempt that was read', 'time', 19, (row) =>
      time(row.lastFailure?.time ?? null),
    ),
    column(
      'Reason of last failure',
      'In the words of the service',
      'long-text',
      48,
      (row) => row.lastFailure?.message ?? null,
    ),
    openIncident,
    owner,
    column('Policy', 'Policy that it is judged by', 'text', 18, (row) => row.policy),
    ocid,
  ];
}

/** The whole population. */
export function resourceColumns(times: CellTimes): readonly ResourceColumn[] {
  const { zone, time, date } = times;
  return [
    ...identity,
    column('Policy', 'Policy that it is judged by', 'text', 18, (row) => row.policy),
    severity,
    lastSuccess(times),
    column(
      'Recovery point age (h:mm:ss)',
      'Age of that backup at the cut-off',
      'duration',
      16,
      (row) => row.recoveryPointAgeSeconds,
    ),
    attempts,
    badSince(times),
    badDays,
    openIncident,
    ...controlNames.map((name) =>
      column<ResourceCompliance>(
        controlLabels[name].words,
        controlLabels[name].asks,
        'label',
        16,
        (row) => verdictLabels[row.controls[name].verdict],
      ),
    ),
    column('Waiver', 'Why it is accepted as it is', 'text', 30, (row) => row.waiver?.reason ?? null),
    column('Waiver ticket', 'Where that was asked for', 'text', 14, (row) => row.waiver?.ticket ?? null),
    column('Waiver expires', 'Last report day that it holds for', 'date', 12, (row) =>
      date(row.waiver?.expires ?? null),
    ),
    column(
      `Last restore (${zone})`,
      'End of the last successful restore that was seen; empty: never',
      'time',
      19,
      (row) => time(row.lastRestoreTime),
    ),
    column('First reported', 'Date of the first report that it was in', 'date', 12, (row) =>
      date(row.firstReported),
    ),
    column('Findings', 'What else is to be known', 'text', 40, (row) => row.findings.join('; ') || null),
    column('Tags', 'Names and values, in order of the names', 'text', 40, (row) => tagWords(row.tags)),
    owner,
    ocid,
  ];
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

/** What was measured, what is demanded and who demands it, for every resource and control. */
export const controlColumns: readonly Column<ControlRow>[] = [
  column('Resource', 'Name of the protected resource', 'text', 26, ({ resource }) => resource.resourceName),
  column('Control', 'The check', 'text', 20, ({ control }) => controlLabels[control].words),
  column('Verdict', 'Of this check alone', 'label', 15, ({ result }) => verdictLabels[result.verdict]),
  column('Measured', 'What was found', 'text', 18, ({ result }) => result.measured),
  column('Threshold', 'What it is held against', 'text', 18, ({ result }) => result.threshold),
  column('Demanded by', 'The policy that demands it', 'text', 30, ({ result }) => result.demandedBy),
  column('Reason', 'The verdict in a sentence', 'text', 80, ({ result }) => result.reason),
  column('Resource OCID', 'Identifier in lower case', 'text', 34, ({ resource }) => resource.resourceId),
];
