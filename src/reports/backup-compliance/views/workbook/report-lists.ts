import { rememberLast } from '../../../../base/remember-last.js';
import type { Branding } from '../../../../renderers/view/branding.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import {
  type ReportList,
  type ReportLists,
  type WorkbookEdition,
  itemWithin,
  listItem,
  createList,
} from '../../../../renderers/xlsx/binding/report-lists.js';
import { columnFields, sheetFields } from '../../../../renderers/xlsx/binding/workbook-facts.js';
import type { DailyReport } from '../../model/daily-report.js';
import { controlNames, isException, isWaivedBad } from '../../model/verdict.js';
import { type BackupWording, createBackupWording } from '../backup-wording.js';
import { cloudNotes } from '../cloud-notes.js';
import { groupByCause } from '../causes/cause-groups.js';
import { supportRows } from '../support-counts.js';
import { causeFields } from './cause-fields.js';
import { incidentFields } from './incident-fields.js';
import { jobFields, jobRows } from './job-fields.js';
import {
  attemptFields,
  ignoredTypeFields,
  rejectedFields,
  routedFields,
  inputFields,
  passedOverFields,
  passedOverKeys,
  sourceFields,
  sourceInputs,
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
  reasonFields,
  sliceFields,
} from './summary-fields.js';
import { supportFields } from './support-fields.js';
import { tiedLists } from './tied-fields.js';
import { trendFields } from './trend-fields.js';
import { notJudgedFields, notJudgedRows } from './unjudged-fields.js';

/** Loaded by the thread that writes the workbook: see ListsModule. */
export function createReportLists(
  ofReport: Wording,
  branding: Branding,
  edition: WorkbookEdition,
): ReportLists<DailyReport> {
  const wording = createBackupWording(ofReport);
  return {
    globals: [
      listItem('report', reportFields(wording, branding, edition)),
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
  // The list is counted before it is written.
  const causesOf = rememberLast(({ resources }: DailyReport) => groupByCause(resources.filter(isException)));
  const jobs: ReportList<DailyReport> = {
    name: 'jobs',
    items: [listItem('job', jobFields(wording))],
    count: ({ report }) => report.jobTotals.total,
    batches: null,
    complete: (report) => jobRows(report),
  };
  return [
    createList('exceptions', [resource], ({ report }) => report.resources.filter(isException)),
    createList('resources', [resource], ({ report }) => report.resources),
    jobs,
    createList('accepted', [resource], ({ report }) => report.resources.filter(isWaivedBad)),
    createList('causes', [listItem('cause', causeFields(wording))], ({ report }) => causesOf(report)),
    createList(
      'incidents',
      [listItem('incident', incidentFields(wording))],
      ({ report }) => report.incidents,
    ),
    {
      name: 'controls',
      items: [listItem('control', controlFields(wording)), ofResource],
      count: ({ report }) => report.resources.length * controlNames.length,
      batches: ({ report }) => controlRows(report.resources),
    },
    createList('notJudged', [listItem('unjudged', notJudgedFields(wording))], ({ report }) =>
      notJudgedRows(report, wording),
    ),
  ];
}

function ruleLists(wording: BackupWording): readonly ReportList<DailyReport>[] {
  const transition = listItem('turn', transitionFields(wording));
  return [
    createList('waivers', [listItem('waiver', waiverFields(wording))], ({ report }) => report.waivers),
    createList('changes', [listItem('change', changeFields(wording))], ({ report }) => report.changes),
    createList('findings', [listItem('finding', findingFields(wording))], ({ report }) => report.findings),
    createList('trend', [listItem('trend', trendFields(wording))], ({ report }) => report.trend),
    createList('policies', [listItem('policy', policyFields(wording))], ({ report }) => report.policies),
    createList('supports', [listItem('support', supportFields(wording))], ({ report }) =>
      supportRows(report, wording),
    ),
    createList('newlyBad', [transition], ({ report }) => report.followUp.newlyBad),
    createList('resolved', [transition], ({ report }) => report.followUp.resolved),
  ];
}

function summaryLists(wording: BackupWording): readonly ReportList<DailyReport>[] {
  return [
    createList('slice', [listItem('slice', sliceFields)], ({ report: { slice } }) =>
      slice === null ? [] : [slice],
    ),
    createList('reasons', [listItem('reason', reasonFields)], ({ report }) => report.statusReasons),
    createList('notes', [listItem('note', reasonFields)], ({ report }) => cloudNotes(report, wording)),
    ...tiedLists(wording),
    createList(
      'controlTotals',
      [listItem('control', controlTotalFields(wording))],
      ({ report }) => report.controls,
    ),
    createList('findingKinds', [listItem('kind', countedFields)], ({ report }) =>
      countedFindings(report, wording),
    ),
    createList('sheets', [listItem('sheet', sheetFields)], ({ sheets }) => sheets),
  ];
}

function provenanceLists(wording: BackupWording): readonly ReportList<DailyReport>[] {
  return [
    createList('sources', [listItem('source', sourceFields(wording))], ({ report }) => report.sources),
    createList('sourceReasons', [listItem('reason', sourceReasonFields)], ({ report }) =>
      sourceReasons(report),
    ),
    createList('inputs', [listItem('input', inputFields(wording))], ({ report }) => sourceInputs(report)),
    createList('passedOver', [listItem('passed', passedOverFields(wording))], ({ report }) =>
      passedOverKeys(report),
    ),
    createList(
      'rejectedRecords',
      [listItem('record', rejectedFields(wording))],
      ({ report }) => report.rejectedRecords,
    ),
    createList(
      'unknownTypes',
      [listItem('eventType', unknownTypeFields)],
      ({ report }) => report.unrecognisedTypes,
    ),
    createList(
      'ignoredTypes',
      [listItem('ignoredType', ignoredTypeFields)],
      ({ report }) => report.ignoredTypes ?? [],
    ),
    createList(
      'runningAttempts',
      [listItem('attempt', attemptFields)],
      ({ report }) => report.runningAttempts,
    ),
    createList('slices', [listItem('slice', routedFields)], ({ report }) => report.routing?.slices ?? []),
    createList('columns', [listItem('column', columnFields)], ({ columns }) => columns),
  ];
}
