import { textIn } from '../../../../records/json.js';
import type { Branding } from '../../../../renderers/view/branding.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import {
  type Field,
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
import { activityName, classifyActivity } from '../../facts/classify-activity.js';
import type { ActivityLine } from '../../model/activity.js';
import type {
  ActivityCounts,
  ActivityReport,
  ActivityRow,
  ActivityTarget,
} from '../../model/activity-report.js';
import {
  activityHeadline,
  activityResultLabel,
  activityVerdictLabel,
  collectionLabel,
  targetWords,
  userWords,
} from '../activity-words.js';
import { activityRowName } from '../page/activity-page.js';

// Loaded by the thread that writes the workbook: see ListsModule.
export { createActivityLists as createReportLists };

function createActivityLists(
  wording: Wording,
  branding: Branding,
  { contentDigest, revision }: WorkbookEdition,
): ReportLists<ActivityReport> {
  return {
    globals: [
      listItem<ActivityReport>('day', {
        plan: textField(({ plan }) => plan),
        company: textField(() => branding.company),
        date: dateField(({ reportDay }) => reportDay.date),
        zone: textField(({ reportDay }) => reportDay.timezone),
        verdict: textField((report) => activityVerdictLabel(report, wording).words),
        status: textField(({ status }) => wording.text(`activity.state.${status}`)),
        headline: textField((report) => activityHeadline(report, wording)),
        madeAt: timeField(({ generatedAt }) => generatedAt),
        revision: numberField(() => revision),
        digest: textField(() => contentDigest),
      }),
      listItem<ActivityReport>('totals', totalFields()),
    ],
    lists: [
      listOfItems(
        'reasons',
        'reason',
        { words: textField((words: string) => words) },
        (report) => report.statusReasons,
      ),
      eventsList(wording),
      listOfItems('targets', 'target', targetFields(wording), ({ targets }) => targets),
      listOfItems('logins', 'login', loginFields(wording), ({ logins }) => logins),
      listOfItems('users', 'row', rowFields(wording), ({ users }) => users),
      listOfItems('operations', 'row', rowFields(wording), ({ operations }) => operations),
      listOfItems('activity', 'group', groupFields(wording), ({ activity }) => activity),
      listOfItems('late', 'late', lateFields(wording), ({ lateDays }) => lateDays),
      listOfItems(
        'findings',
        'finding',
        { words: textField(({ words }: Item<'findings'>) => words) },
        ({ findings }) => findings,
      ),
    ].map((list) => withMeanings(list, 'activity')),
  };
}

type Item<Name extends 'logins' | 'activity' | 'lateDays' | 'findings'> = ActivityReport[Name][number];

function listOfItems<T>(
  list: string,
  item: string,
  fields: Fields<T>,
  itemsOf: (report: ActivityReport) => readonly T[],
): ReportList<ActivityReport> {
  return createList<ActivityReport>(list, [listItem<T>(item, fields)], ({ report }) => itemsOf(report));
}

function loginFields(wording: Wording): Fields<Item<'logins'>> {
  return {
    target: textField((login) => targetWords(login, wording)),
    user: textField(({ dbUserName }) => userWords(dbUserName, wording)),
    from: textField(({ from }) => from),
    error: textField(({ error }) => error),
    attempts: numberField(({ attempts }) => attempts),
    first: timeField(({ first }) => first),
    last: timeField(({ last }) => last),
  };
}

function rowFields(wording: Wording): Fields<ActivityRow> {
  return { name: textField((row) => activityRowName(row, wording)), ...countFields() };
}

function groupFields(wording: Wording): Fields<Item<'activity'>> {
  const { text } = wording;
  return {
    target: textField((group) =>
      group.result === null ? text('activity.page.otherTypes') : targetWords(group, wording),
    ),
    user: textField(({ dbUserName }) => dbUserName),
    action: textField(({ action }) => action),
    result: textField(({ result }) => (result === null ? null : activityResultLabel(result, wording).words)),
    records: numberField(({ records }) => records),
  };
}

function lateFields({ text }: Wording): Fields<Item<'lateDays'>> {
  return {
    date: dateField(({ date }) => date),
    records: numberField(({ records }) => records),
    words: textField(({ revised }) => text(revised ? 'activity.page.revised' : 'activity.page.notRevised')),
  };
}

/** A field of the record by its own name. */
function own(key: string): Field<ActivityLine> {
  return textField((line) => textIn(line[key]) ?? null);
}

/** Every line of the day, streamed once. */
function eventsList(wording: Wording): ReportList<ActivityReport> {
  const fields: Fields<ActivityLine> = {
    time: timeField((line) => String(line['auditEventTime'])),
    target: textField((line) => textIn(line['targetName']) ?? textIn(line['targetId']) ?? null),
    user: own('dbUserName'),
    action: textField((line) => activityName(line)),
    result: textField((line) => activityResultLabel(classifyActivity(line).result, wording).words),
    owner: own('objectOwner'),
    object: own('objectName'),
    type: own('objectType'),
    from: own('clientIp'),
    machine: own('clientHostname'),
    program: own('clientProgram'),
    osUser: own('osUserName'),
    error: own('errorCode'),
    message: own('errorMessage'),
    command: own('commandText'),
    parameters: own('commandParam'),
    auditType: own('auditType'),
    policies: own('auditPolicies'),
    collected: timeField((line) => textIn(line['timeCollected']) ?? null),
    targetId: own('targetId'),
    eventId: own('id'),
  };
  return {
    name: 'events',
    items: [listItem<ActivityLine>('event', fields)],
    count: ({ report }) => report.totals.records,
    batches: null,
  };
}

function targetFields(wording: Wording): Fields<ActivityTarget> {
  return {
    target: textField((target) => targetWords(target, wording)),
    collection: textField((target) => collectionLabel(target, wording).words),
    collectedTo: timeField(({ collectedTo }) => collectedTo),
    ...countFields(),
    databaseType: textField(({ databaseType }) => databaseType),
    excluded: textField(({ excluded }) => excluded),
    trails: textField(({ trails }) =>
      trails.map(({ location, status }) => `${location} ${status}`).join(', '),
    ),
    targetId: textField(({ targetId }) => targetId),
  };
}

function countFields(): Fields<ActivityCounts> {
  return {
    records: numberField(({ records }) => records),
    succeeded: numberField(({ succeeded }) => succeeded),
    failed: numberField(({ failed }) => failed),
    unknown: numberField(({ unknown }) => unknown),
    failedLogins: numberField(({ failedLogins }) => failedLogins),
    privileged: numberField(({ privileged }) => privileged),
    grants: numberField(({ grants }) => grants),
    drops: numberField(({ drops }) => drops),
  };
}

function totalFields(): Fields<ActivityReport> {
  const names = [
    'records',
    'succeeded',
    'failed',
    'unknown',
    'auditingOff',
    'failedLogins',
    'privileged',
    'grants',
    'drops',
    'targets',
    'withoutData',
    'late',
  ] as const;
  return {
    ...Object.fromEntries(
      names.map((name) => [name, numberField<ActivityReport>(({ totals }) => totals[name])]),
    ),
    recordsRead: numberField(({ controlTotals }) => controlTotals.read),
    recordsUsed: numberField(({ controlTotals }) => controlTotals.used),
    recordsDuplicate: numberField(({ controlTotals }) => controlTotals.duplicate),
    recordsOutside: numberField(({ controlTotals }) => controlTotals.outside),
    recordsIgnored: numberField(({ controlTotals }) => controlTotals.ignored),
    recordsRejected: numberField(({ controlTotals }) => controlTotals.rejected),
  };
}
