import type { Branding } from '../../../../renderers/view/branding.js';
import { periodName } from '../../../../renderers/view/period-name.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import {
  type Field,
  type Fields,
  dateField,
  durationField,
  numberField,
  percentField,
  textField,
  timeField,
} from '../../../../renderers/xlsx/binding/field.js';
import {
  type ReportList,
  type ReportLists,
  type WorkbookEdition,
  createList,
  listItem,
} from '../../../../renderers/xlsx/binding/report-lists.js';
import type { PeriodAttainment, PeriodCounts, PeriodReport } from '../../period/period-report.js';
import { type BackupWording, createBackupWording } from '../backup-wording.js';
import type { SupportRow } from '../support-counts.js';
import { supportFields } from '../workbook/support-fields.js';
import { periodSupportRows } from './period-support.js';
import { teamWords, partWords, targetLabel } from './period-words.js';

type Targeted = Pick<PeriodReport['totals'], 'target' | 'targetState'>;

// Loaded by the thread that writes the workbook: see ListsModule.
export { createPeriodLists as createReportLists };

function createPeriodLists(
  wording: Wording,
  branding: Branding,
  { contentDigest }: WorkbookEdition,
): ReportLists<PeriodReport> {
  const { text } = wording;
  return {
    globals: [
      listItem<PeriodReport>('period', {
        name: textField((report) => periodName(report, wording)),
        plan: textField(({ plan }) => plan),
        company: textField(() => branding.company),
        from: dateField(({ period }) => period.from),
        to: dateField(({ period }) => period.to),
        zone: textField(({ period }) => period.timezone),
        status: textField(({ status }) => text(`period.dayState.${status}`)),
        revisedDays: numberField(({ revisedDays }) => revisedDays),
        madeAt: timeField(({ generatedAt }) => generatedAt),
        digest: textField(() => contentDigest),
      }),
      listItem<PeriodReport>(
        'totals',
        within(rowFields<PeriodReport['totals']>(wording), ({ totals }) => totals),
      ),
    ],
    lists: [
      createList<PeriodReport>(
        'reasons',
        [listItem<string>('reason', { words: textField((words) => words) })],
        ({ report }) => report.statusReasons,
      ),
      ...attainmentLists(wording),
      ...storyLists(wording),
      frameworkList(createBackupWording(wording)),
    ].map(explained),
  };
}

function attainmentLists(wording: Wording): readonly ReportList<PeriodReport>[] {
  const rows = <Row extends PeriodAttainment & Partial<Targeted>>(
    list: 'owners' | 'policies' | 'slices' | 'resources',
    names: Fields<Row>,
    of: (report: PeriodReport) => readonly Row[],
  ): ReportList<PeriodReport> =>
    createList(list, [listItem<Row>('row', { ...names, ...rowFields<Row>(wording) })], ({ report }) =>
      of(report),
    );
  return [
    rows<PeriodReport['owners'][number]>(
      'owners',
      { name: textField(({ owner }) => teamWords(owner, wording)) },
      ({ owners }) => owners,
    ),
    rows<PeriodReport['policies'][number]>(
      'policies',
      { name: textField(({ policy }) => policy) },
      ({ policies }) => policies,
    ),
    rows<PeriodReport['slices'][number]>(
      'slices',
      { name: textField(({ slice }) => partWords(slice, wording)) },
      ({ slices }) => slices,
    ),
    rows<PeriodReport['resources'][number]>(
      'resources',
      {
        name: textField(({ resourceName }) => resourceName),
        type: textField(({ resourceType }) => resourceType),
        policy: textField(({ policy }) => policy),
        owner: textField(({ owner }) => teamWords(owner, wording)),
        severity: textField(({ severity }) => wording.text(`severity.${severity}`)),
        id: textField(({ resourceId }) => resourceId),
      },
      ({ resources }) => resources,
    ),
    createList(
      'days',
      [
        listItem<PeriodReport['days'][number]>('day', {
          date: dateField(({ date }) => date),
          state: textField(({ state }) => wording.text(`period.dayState.${state}`)),
          ...within<PeriodReport['days'][number], PeriodCounts>(countFields(), ({ counts }) => counts),
          revision: numberField(({ revision }) => revision),
          reason: textField(({ reason }) => reason),
          manifest: textField(({ manifestSha256 }) => manifestSha256),
        }),
      ],
      ({ report }) => report.days,
    ),
  ];
}

function storyLists({ text }: Wording): readonly ReportList<PeriodReport>[] {
  type Waiver = PeriodReport['waivers'][number];
  type Change = PeriodReport['changes'][number];
  return [
    createList(
      'waivers',
      [
        listItem<Waiver>('waiver', {
          match: textField(({ match }) => match),
          reason: textField(({ reason }) => reason),
          ticket: textField(({ ticket }) => ticket),
          approvedBy: textField(({ approvedBy }) => approvedBy),
          expires: dateField(({ expires }) => expires),
          firstDay: dateField(({ firstDay }) => firstDay),
          lastDay: dateField(({ lastDay }) => lastDay),
          resources: numberField(({ resources }) => resources),
        }),
      ],
      ({ report }) => report.waivers,
    ),
    createList(
      'restores',
      [
        listItem<PeriodReport['restores'][number]>('restore', {
          ...named(),
          time: timeField(({ time }) => time),
        }),
      ],
      ({ report }) => report.restores,
    ),
    createList(
      'changes',
      [
        listItem<Change>('change', {
          ...named(),
          time: timeField(({ time }) => time),
          kind: textField(({ kind }) => text(`change.${kind}`)),
          what: textField(({ what }) => what),
          who: textField(({ principal }) => principal),
          detail: textField(({ detail }) => detail),
        }),
      ],
      ({ report }) => report.changes,
    ),
    ...(['came', 'left'] as const).map((list) =>
      createList<PeriodReport>(
        list,
        [
          listItem<PeriodReport['came'][number]>('moved', {
            ...named(),
            date: dateField(({ date }) => date),
          }),
        ],
        ({ report }) => report[list],
      ),
    ),
  ];
}

function frameworkList(wording: BackupWording): ReportList<PeriodReport> {
  return createList('frameworks', [listItem<SupportRow>('support', supportFields(wording))], ({ report }) =>
    periodSupportRows(report, wording),
  );
}

function named<
  T extends { readonly resourceName: string; readonly resourceType: string; readonly resourceId: string },
>(): Fields<T> {
  return {
    name: textField(({ resourceName }) => resourceName),
    type: textField(({ resourceType }) => resourceType),
    id: textField(({ resourceId }) => resourceId),
  };
}

function countFields<T extends PeriodCounts>(): Fields<T> {
  return {
    expected: numberField(({ expected }) => expected),
    met: numberField(({ met }) => met),
    failed: numberField(({ failed }) => failed),
    missed: numberField(({ missed }) => missed),
    unknown: numberField(({ unknown }) => unknown),
    waived: numberField(({ waived }) => waived),
  };
}

function rowFields<T extends PeriodAttainment & Partial<Targeted>>(wording: Wording): Fields<T> {
  return {
    ...countFields<T>(),
    percent: percentField(({ attainmentPercent }) =>
      attainmentPercent === null ? wording.text('period.nothingExpected') : attainmentPercent / 100,
    ),
    gap: numberField(({ longestGapDays }) => longestGapDays),
    age: durationField(({ worstRecoveryPointAgeSeconds }) => worstRecoveryPointAgeSeconds),
    noPoint: numberField(({ withoutRecoveryPoint }) => withoutRecoveryPoint),
    recoveries: numberField(({ recoveries }) => recoveries),
    recover: numberField(({ meanDaysToRecover }) => meanDaysToRecover),
    target: textField(
      ({ target = null, targetState = null }) => targetLabel({ target, targetState }, wording)?.words ?? null,
    ),
  };
}

/** The fields of a part of each row. */
function within<Whole, Part>(fields: Fields<Part>, of: (whole: Whole) => Part): Fields<Whole> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]): [string, Field<Whole>] => [
      name,
      { ...field, value: (whole) => field.value(of(whole)) },
    ]),
  );
}

/** What a column means is said by the name of its field, whatever list it is in. */
function explained(list: ReportList<PeriodReport>): ReportList<PeriodReport> {
  const items = list.items.map(({ name, fields }) => ({
    name,
    fields: Object.fromEntries(
      Object.entries(fields).map(([key, field]) => [key, { ...field, meaning: `period.means.${key}` }]),
    ),
  }));
  return { ...list, items };
}
