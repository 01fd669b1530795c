import type { Branding } from '../../../../renderers/view/branding.js';
import { periodName } from '../../../../renderers/view/period-name.js';
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
import type { ChangeRow } from '../../model/tenancy-report.js';
import type { CountedTenancyDay, PeriodTotals, TenancyPeriod } from '../../period/period-report.js';
import { verdictLabel } from '../tenancy-words.js';
import { tenancyChangeFields, rowFields } from '../workbook/tenancy-lists.js';

// Loaded by the thread that writes the workbook: see ListsModule.
export { createTenancyPeriodLists as createReportLists };

function createTenancyPeriodLists(
  wording: Wording,
  branding: Branding,
  { contentDigest }: WorkbookEdition,
): ReportLists<TenancyPeriod> {
  return {
    globals: [
      listItem<TenancyPeriod>('period', {
        name: textField((report) => periodName(report, wording)),
        plan: textField(({ plan }) => plan),
        company: textField(() => branding.company),
        from: dateField(({ period }) => period.from),
        to: dateField(({ period }) => period.to),
        zone: textField(({ period }) => period.timezone),
        verdict: textField((report) => verdictLabel(report, wording).words),
        status: textField(({ status }) => wording.text(`period.dayState.${status}`)),
        unknownDays: numberField(({ unknownDays }) => unknownDays),
        revisedDays: numberField(({ revisedDays }) => revisedDays),
        firstSeen: numberField(({ firstSeen }) => firstSeen.total),
        firstSeenUnknown: numberField(({ firstSeen }) => firstSeen.unknownDays),
        madeAt: timeField(({ generatedAt }) => generatedAt),
        digest: textField(() => contentDigest),
      }),
      listItem<TenancyPeriod>(
        'totals',
        totalFields(({ totals }) => totals),
      ),
    ],
    lists: [
      createList<TenancyPeriod>(
        'reasons',
        [listItem<string>('reason', { words: textField((words) => words) })],
        ({ report }) => report.statusReasons,
      ),
      ...(['removals', 'backupChanges'] as const).map((list) =>
        createList<TenancyPeriod>(
          list,
          [listItem<Change>('change', tenancyChangeFields(wording))],
          ({ report }) => report[list].changes,
        ),
      ),
      ...(['services', 'compartments', 'principals'] as const).map((list) =>
        createList<TenancyPeriod>(
          list,
          [listItem<ChangeRow>('row', rowFields(wording))],
          ({ report }) => report[list],
        ),
      ),
      firstSeenList(),
      daysList(wording),
    ].map((list) => withMeanings(list, 'tenancy')),
  };
}

function firstSeenList(): ReportList<TenancyPeriod> {
  type Principal = TenancyPeriod['firstSeen']['principals'][number];
  return createList(
    'firstSeen',
    [
      listItem<Principal>('principal', {
        name: textField(({ name }) => name),
        date: dateField(({ date }) => date),
        changes: numberField(({ changes }) => changes),
        id: textField(({ id }) => id),
      }),
    ],
    ({ report }) => report.firstSeen.principals,
  );
}

/** A day without a report has no number: its cells are empty. */
function daysList({ text }: Wording): ReportList<TenancyPeriod> {
  return createList(
    'days',
    [
      listItem<CountedTenancyDay>('day', {
        date: dateField(({ date }) => date),
        state: textField(({ state }) => text(`period.dayState.${state}`)),
        ...totalFields<CountedTenancyDay>(({ totals }) => totals),
        revision: numberField(({ revision }) => revision),
        reason: textField(({ reason }) => reason),
        manifest: textField(({ manifestSha256 }) => manifestSha256),
      }),
    ],
    ({ report }) => report.days,
  );
}

/** @param of null: nobody knows */
function totalFields<Row>(of: (row: Row) => PeriodTotals | null): Fields<Row> {
  const field = (count: (totals: PeriodTotals) => number) =>
    numberField<Row>((row) => {
      const totals = of(row);
      return totals === null ? null : count(totals);
    });
  return {
    changes: field(({ changes }) => changes),
    created: field(({ done }) => done.created),
    updated: field(({ done }) => done.updated),
    deleted: field(({ done }) => done.deleted),
    succeeded: field(({ byResult }) => byResult.succeeded),
    refused: field(({ byResult }) => byResult.refused),
    failed: field(({ byResult }) => byResult.failed),
    unknown: field(({ byResult }) => byResult.unknown),
    backupRelevant: field(({ backupRelevant }) => backupRelevant),
    removedProtection: field(({ removedProtection }) => removedProtection),
    unknownVerb: field(({ unknownVerb }) => unknownVerb),
    reads: field(({ reads }) => reads),
  };
}
