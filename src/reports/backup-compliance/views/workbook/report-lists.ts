import type { BackupJob } from '../../model/backup-job.js';
import type { DailyReport } from '../../model/daily-report.js';
import { controlNames } from '../../model/resource-compliance.js';
import type { Branding } from '../../../../renderers/view/branding.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import { type BackupWording, createBackupWording } from '../backup-wording.js';
import {
  type ReportList,
  type ReportLists,
  itemWithin,
  listItem,
  listOf,
} from '../../../../renderers/xlsx/binding/report-lists.js';
import { columnFields, sheetFields } from '../../../../renderers/xlsx/binding/workbook-facts.js';
import { incidentFields, jobFields } from './job-fields.js';
import {
  attemptFields,
  rejectedFields,
  routedFields,
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

/** Loaded by the thread that writes the workbook: see ListsModule. */
export function createReportLists(ofReport: Wording, branding: Branding): ReportLists<DailyReport> {
  const wording = createBackupWording(ofReport);
  return {
    globals: [
      listItem('report', reportFields(wording, branding)),
      listItem('day', dayFields()),
      listItem('totals', totalsFields(wording)),
    ],
    lists: [
      ...resourceLists(wording),
      ...ruleLists(wording),
      ...summaryLists(wording),
      ...provenanceLists(wording),
    ],
  };
}

function resourceLists(wording: BackupWording): readonly ReportList<DailyReport>[] {
  const resource = listItem('resource', resourceFields(wording));
  const ofResource = itemWithin(resource, (row: { readonly resource: unknown }) => row.resource);
  const jobs: ReportList<DailyReport> = {
    name: 'jobs',
    items: [listItem<BackupJob>('job', jobFields(wording))],
    count: ({ report }) => report.jobTotals.total,
    batches: null,
  };
  return [
    listOf('exceptions', [resource], ({ report }) =>
      report.resources.filter(({ compliance }) => compliance === 'NON_COMPLIANT' || compliance === 'UNKNOWN'),
    ),
    listOf('resources', [resource], ({ report }) => report.resources),
    jobs,
    listOf('incidents', [listItem('incident', incidentFields(wording))], ({ report }) => report.incidents),
    {
      name: 'controls',
      items: [listItem('control', controlFields(wording)), ofResource],
      count: ({ report }) => report.resources.length * controlNames.length,
      batches: ({ report }) => controlRows(report.resources),
    },
    listOf('notJudged', [listItem('unjudged', notJudgedFields(wording))], ({ report }) =>
      notJudgedRows(report, wording),
    ),
  ];
}

function ruleLists(wording: BackupWording): readonly ReportList<DailyReport>[] {
  const transition = listItem('turn', transitionFields(wording));
  return [
    listOf('waivers', [listItem('waiver', waiverFields(wording))], ({ report }) => report.waivers),
    listOf('changes', [listItem('change', changeFields(wording))], ({ report }) => report.changes),
    listOf('findings', [listItem('finding', findingFields(wording))], ({ report }) => report.findings),
    listOf('trend', [listItem('trend', trendFields(wording))], ({ report }) => report.trend),
    listOf('policies', [listItem('policy', policyFields(wording))], ({ report }) => report.policies),
    listOf('newlyBad', [transition], ({ report }) => report.followUp.newlyBad),
    listOf('resolved', [transition], ({ report }) => report.followUp.resolved),
  ];
}

function summaryLists(wording: BackupWording): readonly ReportList<DailyReport>[] {
  return [
    listOf('slice', [listItem('slice', sliceFields)], ({ report: { slice } }) =>
      slice === null ? [] : [slice],
    ),
    listOf('reasons', [listItem('reason', reasonFields)], ({ report }) => report.statusReasons),
    listOf('outcomes', [listItem('outcome', countedFields)], ({ report }) =>
      countedOutcomes(report, wording),
    ),
    listOf('jobStatuses', [listItem('status', countedFields)], ({ report }) => countedJobs(report, wording)),
    listOf(
      'controlTotals',
      [listItem('control', controlTotalFields(wording))],
      ({ report }) => report.controls,
    ),
    listOf('findingKinds', [listItem('kind', countedFields)], ({ report }) =>
      countedFindings(report, wording),
    ),
    listOf('sheets', [listItem('sheet', sheetFields)], ({ sheets }) => sheets),
  ];
}

function provenanceLists(wording: BackupWording): readonly ReportList<DailyReport>[] {
  return [
    listOf('sources', [listItem('source', sourceFields(wording))], ({ report }) => report.sources),
    listOf('sourceReasons', [listItem('reason', sourceReasonFields)], ({ report }) => sourceReasons(report)),
    listOf('rejectedRecords', [listItem('record', rejectedFields)], ({ report }) => report.rejectedRecords),
    listOf(
      'unknownTypes',
      [listItem('eventType', unknownTypeFields)],
      ({ report }) => report.unrecognisedTypes,
    ),
    listOf('runningAttempts', [listItem('attempt', attemptFields)], ({ report }) => report.runningAttempts),
    listOf('slices', [listItem('slice', routedFields)], ({ report }) => report.routing?.slices ?? []),
    listOf('columns', [listItem('column', columnFields)], ({ columns }) => columns),
  ];
}
