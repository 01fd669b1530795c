import type { BackupJob } from '../../model/backup-job.js';
import type { DailyReport } from '../../model/daily-report.js';
import { controlNames } from '../../model/resource-compliance.js';
import type { Branding } from '../../../../renderers/theme.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { Field, Fields } from '../../../../renderers/xlsx/binding/field.js';
import { incidentFields, jobFields } from './job-fields.js';
import {
  type ColumnFact,
  type SheetFact,
  attemptFields,
  columnFields,
  rejectedFields,
  routedFields,
  sheetFields,
  sourceFields,
  sourceReasonFields,
  sourceReasons,
  unknownTypeFields,
} from './provenance-fields.js';
import { dayFields, reportFields, totalsFields } from './report-fields.js';
import { controlFields, controlRows, resourceFields } from './resource-fields.js';
import { changeFields, findingFields, policyFields, transitionFields, waiverFields } from './rule-fields.js';
import {
  controlTotalFields,
  countedFields,
  countedFindings,
  countedJobs,
  countedOutcomes,
  reasonFields,
  sliceFields,
} from './summary-fields.js';
import { trendFields } from './trend-fields.js';
import { notJudgedFields, notJudgedRows } from './unjudged-fields.js';

/** What the rows of all lists come from: the report, and the workbook itself. */
export interface ListSource {
  readonly report: DailyReport;
  readonly sheets: readonly SheetFact[];
  readonly columns: readonly ColumnFact[];
}

export type Batches = Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>;

/** The fields of one item, under its name: `resource` and `name` are `{{resource.name}}`. */
export interface Item {
  readonly name: string;
  readonly fields: Fields<unknown>;
}

/** A list that a row of the template can repeat for. */
export interface ReportList {
  readonly name: string;
  /** Its own item first; then others that each row tells of, too. */
  readonly items: readonly Item[];
  /** How many rows it has. */
  readonly count: (source: ListSource) => number;
  /** null: the jobs, which come as a stream and once. */
  readonly batches: ((source: ListSource) => Batches) | null;
}

/** What a template can show: items of the report as a whole, and lists. */
export interface ReportLists {
  /** Their fields take the report. */
  readonly globals: readonly Item[];
  readonly lists: readonly ReportList[];
}

export function createReportLists(wording: Wording, branding: Branding): ReportLists {
  return {
    globals: [
      item('report', reportFields(wording, branding)),
      item('day', dayFields()),
      item('totals', totalsFields(wording)),
    ],
    lists: [
      ...resourceLists(wording),
      ...ruleLists(wording),
      ...summaryLists(wording),
      ...provenanceLists(wording),
    ],
  };
}

function resourceLists(wording: Wording): readonly ReportList[] {
  const resource = item('resource', resourceFields(wording));
  const ofResource = itemWithin(resource, (row: { readonly resource: unknown }) => row.resource);
  const jobs: ReportList = {
    name: 'jobs',
    items: [item<BackupJob>('job', jobFields(wording))],
    count: ({ report }) => report.jobTotals.total,
    batches: null,
  };
  return [
    list('exceptions', [resource], ({ report }) =>
      report.resources.filter(({ compliance }) => compliance === 'NON_COMPLIANT' || compliance === 'UNKNOWN'),
    ),
    list('resources', [resource], ({ report }) => report.resources),
    jobs,
    list('incidents', [item('incident', incidentFields(wording))], ({ report }) => report.incidents),
    {
      name: 'controls',
      items: [item('control', controlFields(wording)), ofResource],
      count: ({ report }) => report.resources.length * controlNames.length,
      batches: ({ report }) => controlRows(report.resources),
    },
    list('notJudged', [item('unjudged', notJudgedFields(wording))], ({ report }) =>
      notJudgedRows(report, wording),
    ),
  ];
}

function ruleLists(wording: Wording): readonly ReportList[] {
  const turn = item('turn', transitionFields(wording));
  return [
    list('waivers', [item('waiver', waiverFields(wording))], ({ report }) => report.waivers),
    list('changes', [item('change', changeFields(wording))], ({ report }) => report.changes),
    list('findings', [item('finding', findingFields(wording))], ({ report }) => report.findings),
    list('trend', [item('trend', trendFields(wording))], ({ report }) => report.trend),
    list('policies', [item('policy', policyFields(wording))], ({ report }) => report.policies),
    list('newlyBad', [turn], ({ report }) => report.followUp.newlyBad),
    list('resolved', [turn], ({ report }) => report.followUp.resolved),
  ];
}

function summaryLists(wording: Wording): readonly ReportList[] {
  return [
    list('slice', [item('slice', sliceFields)], ({ report: { slice } }) => (slice === null ? [] : [slice])),
    list('reasons', [item('reason', reasonFields)], ({ report }) => report.statusReasons),
    list('outcomes', [item('outcome', countedFields)], ({ report }) => countedOutcomes(report, wording)),
    list('jobStatuses', [item('status', countedFields)], ({ report }) => countedJobs(report, wording)),
    list('controlTotals', [item('control', controlTotalFields(wording))], ({ report }) => report.controls),
    list('findingKinds', [item('kind', countedFields)], ({ report }) => countedFindings(report, wording)),
    list('sheets', [item('sheet', sheetFields)], ({ sheets }) => sheets),
  ];
}

function provenanceLists(wording: Wording): readonly ReportList[] {
  return [
    list('sources', [item('source', sourceFields(wording))], ({ report }) => report.sources),
    list('sourceReasons', [item('reason', sourceReasonFields)], ({ report }) => sourceReasons(report)),
    list('rejectedRecords', [item('record', rejectedFields)], ({ report }) => report.rejectedRecords),
    list('unknownTypes', [item('eventType', unknownTypeFields)], ({ report }) => report.unrecognisedTypes),
    list('runningAttempts', [item('attempt', attemptFields)], ({ report }) => report.runningAttempts),
    list('slices', [item('slice', routedFields)], ({ report }) => report.routing?.slices ?? []),
    list('columns', [item('column', columnFields)], ({ columns }) => columns),
  ];
}

function list(
  name: string,
  items: readonly Item[],
  rows: (source: ListSource) => readonly unknown[],
): ReportList {
  return { name, items, count: (source) => rows(source).length, batches: (source) => [rows(source)] };
}

/** Rows of a list are what its fields take: the one place where the types of both meet. */
function item<T>(name: string, fields: Fields<T>): Item {
  return { name, fields: fields as Fields<unknown> };
}

function itemWithin({ name, fields }: Item, of: (row: never) => unknown): Item {
  const within = Object.entries(fields).map(([key, field]): [string, Field<unknown>] => [
    key,
    { ...field, value: (row) => field.value(of(row as never)) },
  ]);
  return { name, fields: Object.fromEntries(within) };
}
