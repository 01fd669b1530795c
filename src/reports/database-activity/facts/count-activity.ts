import { parseInstant, toIso } from '../../../base/instants.js';
import { hourMs } from '../../../base/time-units.js';
import { compareText } from '../../../base/text-order.js';
import type { ReportDay } from '../../../model/report-day.js';
import { textIn } from '../../../records/json.js';
import {
  type ActivityClass,
  type ActivityLine,
  type ActivityList,
  activityLists,
} from '../model/activity.js';
import {
  type ActivityCounts,
  type ActivityReport,
  type ListedEvent,
  mostEventsListed,
  mostActivityRows,
} from '../model/activity-report.js';
import { ActivityRows, newActivityTally, tallyActivity } from './activity-tally.js';
import { activityName, classifyActivity } from './classify-activity.js';
import { listedEvent, comesFrom, targetIdOf } from './list-event.js';

/** A target as its events tell of it. */
export interface CountedTarget {
  readonly targetId: string;
  targetName: string | null;
  databaseType: string | null;
  readonly counts: ActivityCounts;
}

/** The lines of a day, counted. */
export interface CountedActivity {
  readonly counts: ActivityCounts;
  readonly auditingOff: number;
  readonly targets: ReadonlyMap<string, CountedTarget>;
  readonly lists: ActivityReport['lists'];
  readonly logins: ActivityReport['logins'];
  readonly loginsFurther: number;
  readonly users: ActivityReport['users'];
  readonly operations: ActivityReport['operations'];
  readonly activity: ActivityReport['activity'];
  readonly hours: ActivityReport['hours'];
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };
type Login = Mutable<ActivityReport['logins'][number]>;
type Group = Mutable<ActivityReport['activity'][number]>;

/** Counts every line, in the order of time. */
export function countActivity(lines: Iterable<ActivityLine>, day: ReportDay): CountedActivity {
  const counts = newActivityTally();
  const targets = new Map<string, CountedTarget & { readonly counts: ReturnType<typeof newActivityTally> }>();
  const lists = newLists();
  const logins = new Map<string, Login>();
  const groups = new Map<string, Group>();
  const users = new ActivityRows();
  const operations = new ActivityRows();
  const hours = hoursOf(day);
  let auditingOff = 0;
  for (const line of lines) {
    const found = classifyActivity(line);
    tallyActivity(counts, found);
    if (found.isAuditingOff) auditingOff += 1;
    const targetId = targetIdOf(line);
    const target = targets.get(targetId) ?? newTarget(targetId);
    targets.set(targetId, target);
    target.targetName ??= textIn(line['targetName']) ?? null;
    target.databaseType ??= textIn(line['databaseType']) ?? null;
    tallyActivity(target.counts, found);
    users.add(textIn(line['dbUserName']) ?? '', found);
    operations.add(activityName(line), found);
    addGroup(groups, line, found);
    if (found.isFailedLogin) addLogin(logins, line);
    if (found.list !== null) addListed(lists[found.list], line, found);
    const hour = hours[Math.floor(((parseInstant(line['auditEventTime']) ?? 0) - day.startMs) / hourMs)];
    if (hour === undefined) continue;
    hour.records += 1;
    if (found.result === 'failed') hour.failed += 1;
  }
  return {
    counts,
    auditingOff,
    targets,
    lists,
    ...sortedLogins(logins),
    users: users.rows(),
    operations: operations.rows(),
    activity: sortedGroups(groups),
    hours,
  };
}

type Lists = Record<ActivityList, { total: number; readonly events: ListedEvent[] }>;

function newLists(): Lists {
  const entries = activityLists.map((name) => [name, { total: 0, events: [] }]);
  return Object.fromEntries(entries) as unknown as Lists;
}

function addListed(list: Lists[ActivityList], line: ActivityLine, found: ActivityClass): void {
  list.total += 1;
  if (list.events.length < mostEventsListed) list.events.push(listedEvent(line, found));
}

function newTarget(targetId: string) {
  return { targetId, targetName: null, databaseType: null, counts: newActivityTally() };
}

function addLogin(logins: Map<string, Login>, line: ActivityLine): void {
  const login = {
    targetId: targetIdOf(line),
    targetName: textIn(line['targetName']) ?? null,
    dbUserName: textIn(line['dbUserName']) ?? null,
    from: comesFrom(line),
    error: textIn(line['errorCode']) ?? null,
  };
  const key = JSON.stringify([login.targetId, login.dbUserName, login.from, login.error]);
  const time = String(line['auditEventTime']);
  const known = logins.get(key);
  if (known === undefined) logins.set(key, { ...login, attempts: 1, first: time, last: time });
  else {
    known.attempts += 1;
    known.last = time;
  }
}

function sortedLogins(logins: ReadonlyMap<string, Login>): Pick<CountedActivity, 'logins' | 'loginsFurther'> {
  const sorted = [...logins]
    .sort(([a, one], [b, other]) => other.attempts - one.attempts || compareText(a, b))
    .map(([, login]) => login);
  const further = sorted.slice(mostActivityRows).reduce((sum, { attempts }) => sum + attempts, 0);
  return { logins: sorted.slice(0, mostActivityRows), loginsFurther: further };
}

function addGroup(groups: Map<string, Group>, line: ActivityLine, { result }: ActivityClass): void {
  const targetId = targetIdOf(line);
  const dbUserName = textIn(line['dbUserName']) ?? null;
  const action = activityName(line);
  const key = JSON.stringify([targetId, dbUserName, action, result]);
  const known = groups.get(key);
  if (known !== undefined) known.records += 1;
  else {
    const targetName = textIn(line['targetName']) ?? null;
    groups.set(key, { targetId, targetName, dbUserName, action, result, records: 1 });
  }
}

function sortedGroups(groups: ReadonlyMap<string, Group>): ActivityReport['activity'] {
  const sorted = [...groups]
    .sort(([a, one], [b, other]) => other.records - one.records || compareText(a, b))
    .map(([, group]) => group);
  const rest = sorted.slice(mostActivityRows).reduce((sum, { records }) => sum + records, 0);
  const shown = sorted.slice(0, mostActivityRows);
  if (rest === 0) return shown;
  const others = { targetId: '', targetName: null, dbUserName: null, action: '', result: null };
  return [...shown, { ...others, records: rest }];
}

function hoursOf({ startMs, cutOffMs }: ReportDay) {
  const hours: { start: string; records: number; failed: number }[] = [];
  for (let ms = startMs; ms < cutOffMs; ms += hourMs) hours.push({ start: toIso(ms), records: 0, failed: 0 });
  return hours;
}
