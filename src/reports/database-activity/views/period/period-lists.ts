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
import type { ActivityCounts, ActivityRow } from '../../model/activity-report.js';
import type { ActivityPeriod, ActivityPeriodTotals } from '../../period/period-report.js';
import { periodRowName } from './period-tables.js';
import { activityPeriodStanding, withoutDataOn } from './tell-period.js';

// Loaded by the thread that writes the workbook: see ListsModule.
export { createActivityPeriodLists as createReportLists };

function createActivityPeriodLists(
  wording: Wording,
  branding: Branding,
  { contentDigest }: WorkbookEdition,
): ReportLists<ActivityPeriod> {
  const { text } = wording;
  return {
    globals: [
      listItem<ActivityPeriod>('period', {
        name: textField((report) => periodName(report, wording)),
        plan: textField(({ plan }) => plan),
        company: textField(() => branding.company),
        from: dateField(({ period }) => period.from),
        to: dateField(({ period }) => period.to),
        zone: textField(({ period }) => period.timezone),
        verdict: textField((report) => activityPeriodStanding(report, wording).words),
        status: textField(({ status }) => text(`period.dayState.${status}`)),
        unknownDays: numberField(({ unknownDays }) => unknownDays),
        revisedDays: numberField(({ revisedDays }) => revisedDays),
        daysWithoutData: numberField(withoutDataOn),
        madeAt: timeField(({ generatedAt }) => generatedAt),
        digest: textField(() => contentDigest),
      }),
      listItem<ActivityPeriod>('totals', {
        ...countFields(({ totals }) => totals),
        auditingOff: numberField(({ totals }) => totals.auditingOff),
      }),
    ],
    lists: [
      createList<ActivityPeriod>(
        'reasons',
        [listItem<string>('reason', { words: textField((words) => words) })],
        ({ report }) => report.statusReasons,
      ),
      ...(['targets', 'users', 'operations'] as const).map((list) =>
        createList<ActivityPeriod>(
          list,
          [
            listItem<ActivityRow>('row', {
              name: textField((row) => periodRowName(list, row, wording)),
              ...countFields((row) => row),
            }),
          ],
          ({ report }) => report[list],
        ),
      ),
      daysList(wording),
    ].map((list) => withMeanings(list, 'activity')),
  };
}

/** A day without a report has no number: its cells are empty. */
function daysList({ text }: Wording): ReportList<ActivityPeriod> {
  type Day = ActivityPeriod['days'][number];
  return createList<ActivityPeriod>(
    'days',
    [
      listItem<Day>('day', {
        date: dateField(({ date }) => date),
        state: textField(({ state }) => text(`period.dayState.${state}`)),
        ...countFields<Day>(({ totals }) => totals),
        auditingOff: numberField(({ totals }) => totals?.auditingOff ?? null),
        withoutData: numberField(({ withoutData }) => withoutData),
        revision: numberField(({ revision }) => revision),
        reason: textField(({ reason }) => reason),
        manifest: textField(({ manifestSha256 }) => manifestSha256),
      }),
    ],
    ({ report }) => report.days,
  );
}

/** @param of null: nobody knows */
function countFields<Row>(of: (row: Row) => ActivityCounts | ActivityPeriodTotals | null): Fields<Row> {
  const names = [
    'records',
    'succeeded',
    'failed',
    'unknown',
    'failedLogins',
    'privileged',
    'grants',
    'drops',
  ] as const;
  return Object.fromEntries(names.map((name) => [name, numberField<Row>((row) => of(row)?.[name] ?? null)]));
}
