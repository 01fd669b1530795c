import type { Branding } from '../../../../renderers/view/branding.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import {
  type Fields,
  dateField,
  numberField,
  textField,
  timeField,
} from '../../../../renderers/xlsx/binding/field.js';
import {
  type ReportList,
  type ReportLists,
  type WorkbookEdition,
  createList,
  listItem,
  withMeanings,
} from '../../../../renderers/xlsx/binding/report-lists.js';
import type { Change } from '../../model/change.js';
import type { ChangeRow, TenancyReport } from '../../model/tenancy-report.js';
import { rowName } from '../page/count-tables.js';
import { actionLabel, headlineOf, resultLabel, verdictLabel } from '../tenancy-words.js';

// Loaded by the thread that writes the workbook: see ListsModule.
export { createTenancyLists as createReportLists };

function createTenancyLists(
  wording: Wording,
  branding: Branding,
  { contentDigest, revision }: WorkbookEdition,
): ReportLists<TenancyReport> {
  return {
    globals: [
      listItem<TenancyReport>('day', {
        plan: textField(({ plan }) => plan),
        company: textField(() => branding.company),
        date: dateField(({ reportDay }) => reportDay.date),
        zone: textField(({ reportDay }) => reportDay.timezone),
        verdict: textField((report) => verdictLabel(report, wording).words),
        status: textField(({ status }) => wording.text(`tenancy.status.${status}`)),
        headline: textField((report) => headlineOf(report, wording)),
        madeAt: timeField(({ generatedAt }) => generatedAt),
        revision: numberField(() => revision),
        digest: textField(() => contentDigest),
      }),
      listItem<TenancyReport>('totals', totalFields()),
    ],
    lists: [
      createList<TenancyReport>(
        'reasons',
        [listItem<string>('reason', { words: textField((words) => words) })],
        ({ report }) => report.statusReasons,
      ),
      changesList(wording),
      ...(['services', 'compartments', 'principals'] as const).map((list) =>
        createList<TenancyReport>(
          list,
          [listItem<ChangeRow>('row', rowFields(wording))],
          ({ report }) => report[list],
        ),
      ),
      ...smallLists(wording),
    ].map((list) => withMeanings(list, 'tenancy')),
  };
}

/** Who is new, what was only read, and what a person should know. */
function smallLists(wording: Wording): readonly ReportList<TenancyReport>[] {
  return [
    createList<TenancyReport>(
      'firstSeen',
      [
        listItem<{ readonly id: string; readonly name: string | null; readonly changes: number }>(
          'principal',
          {
            name: textField(({ name }) => name),
            id: textField(({ id }) => id),
            changes: numberField(({ changes }) => changes),
          },
        ),
      ],
      ({ report }) => report.firstSeen.principals ?? [],
    ),
    createList<TenancyReport>(
      'reads',
      [
        listItem<TenancyReport['readOperations'][number]>('read', {
          service: textField(({ service }) => service),
          operation: textField(({ eventName }) => eventName || wording.text('tenancy.page.otherReads')),
          verb: textField(({ verb }) => verb),
          reads: numberField(({ reads }) => reads),
        }),
      ],
      ({ report }) => report.readOperations,
    ),
    createList<TenancyReport>(
      'findings',
      [listItem<TenancyReport['findings'][number]>('finding', { words: textField(({ words }) => words) })],
      ({ report }) => report.findings,
    ),
  ];
}

/** Every line of the day, streamed once. */
function changesList(wording: Wording): ReportList<TenancyReport> {
  return {
    name: 'changes',
    items: [listItem<Change>('change', tenancyChangeFields(wording))],
    count: ({ report }) => report.totals.changes + report.totals.running,
    batches: null,
  };
}

export function tenancyChangeFields(wording: Wording): Fields<Change> {
  const yes = (value: boolean): string | null => (value ? wording.text('tenancy.yes') : null);
  return {
    time: timeField(({ time }) => time),
    endTime: timeField(({ endTime }) => endTime),
    operation: textField(({ eventName }) => eventName),
    service: textField(({ service }) => service),
    action: textField((change) => actionLabel(change, wording).words),
    result: textField((change) => resultLabel(change, wording).words),
    status: textField(({ status }) => status),
    message: textField(({ message }) => message),
    resource: textField(({ resourceName }) => resourceName),
    type: textField(({ resourceType }) => resourceType),
    compartment: textField(({ compartmentName, compartmentId }) => compartmentName ?? compartmentId),
    region: textField(({ region }) => region),
    who: textField(({ principalName, principalId }) => principalName ?? principalId),
    from: textField(({ ipAddress }) => ipAddress),
    authType: textField(({ authType }) => authType),
    before: textField(({ before }) => before),
    after: textField(({ after }) => after),
    backups: textField(({ backupRelevant }) => yes(backupRelevant)),
    removes: textField(({ removesProtection }) => yes(removesProtection)),
    resourceId: textField(({ resourceId }) => resourceId),
    principalId: textField(({ principalId }) => principalId),
    requestId: textField(({ requestId }) => requestId),
    eventIds: textField(({ eventIds }) => eventIds.join(' ')),
  };
}

export function rowFields(wording: Wording): Fields<ChangeRow> {
  return {
    name: textField((row) => rowName(row, wording)),
    id: textField(({ id }) => id),
    changes: numberField(({ changes }) => changes),
    created: numberField(({ done }) => done.created),
    updated: numberField(({ done }) => done.updated),
    deleted: numberField(({ done }) => done.deleted),
    succeeded: numberField(({ byResult }) => byResult.succeeded),
    refused: numberField(({ byResult }) => byResult.refused),
    failed: numberField(({ byResult }) => byResult.failed),
    unknown: numberField(({ byResult }) => byResult.unknown),
    backupRelevant: numberField(({ backupRelevant }) => backupRelevant),
  };
}

function totalFields(): Fields<TenancyReport> {
  return {
    changes: numberField(({ totals }) => totals.changes),
    succeeded: numberField(({ totals }) => totals.byResult.succeeded),
    refused: numberField(({ totals }) => totals.byResult.refused),
    failed: numberField(({ totals }) => totals.byResult.failed),
    unknown: numberField(({ totals }) => totals.byResult.unknown),
    created: numberField(({ totals }) => totals.done.created),
    updated: numberField(({ totals }) => totals.done.updated),
    deleted: numberField(({ totals }) => totals.done.deleted),
    removedProtection: numberField(({ totals }) => totals.removedProtection),
    backupRelevant: numberField(({ totals }) => totals.backupRelevant),
    running: numberField(({ totals }) => totals.running),
    unknownVerb: numberField(({ totals }) => totals.unknownVerb),
    reads: numberField(({ totals }) => totals.reads),
    recordsRead: numberField(({ controlTotals }) => controlTotals.read),
    recordsUsed: numberField(({ controlTotals }) => controlTotals.used),
    recordsDuplicate: numberField(({ controlTotals }) => controlTotals.duplicate),
    recordsOutside: numberField(({ controlTotals }) => controlTotals.outside),
    recordsIgnored: numberField(({ controlTotals }) => controlTotals.ignored),
    recordsRejected: numberField(({ controlTotals }) => controlTotals.rejected),
  };
}
