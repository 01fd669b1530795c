import { timeOfDay } from '../../../../base/civil-dates.js';
import { parseInstant } from '../../../../base/instants.js';
import { artefactNames } from '../../../../model/artefact-names.js';
import type { PageLimits } from '../../../../model/page-limits.js';
import type { PageContent, PageInput, PageView } from '../../../../renderers/view/report-views.js';
import {
  dateWords,
  recordBalance,
  shortText,
  timeWords,
  uncutText,
  unusualHours,
  windowWords,
} from '../../../../renderers/view/view-parts.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import { type ActivityList, activityLists } from '../../model/activity.js';
import type { ActivityReport, ActivityRow, ListedEvent } from '../../model/activity-report.js';
import {
  activityBalance,
  activityHeadline,
  activityResultLabel,
  activityVerdictLabel,
  collectionLabel,
  targetWords,
  userWords,
  whoWords,
} from '../activity-words.js';
import { activityData } from './activity-data.js';

/** Most rows on the page; report.json has up to 200 or 500, the workbook and the lines all. */
const most = { listed: 50, logins: 50, rows: 25, targets: 200, reasons: 12, late: 40, others: 20 } as const;

/** Failed logins have a table of their own, where attempts of one kind are one row. */
const otherLists = activityLists.filter((name) => name !== 'failedLogins' && name !== 'auditingOff');

/** Steps of height that the style has a class for. */
const steps = 20;

/** The numbers of a row, in their order. */
export const activityCountNames = [
  'records',
  'failed',
  'failedLogins',
  'privileged',
  'grants',
  'drops',
] as const;

/** What database-activity.html.hbs shows: auditing taken away, failed logins and privileged changes before all else. */
export function activityPageView({ listed }: Pick<PageLimits, 'listed'>): PageView<ActivityReport> {
  return (input, wording) => activityPage(input, listed, wording);
}

async function activityPage(
  { report, lines, edition }: PageInput<ActivityReport>,
  listed: number,
  wording: Wording,
): Promise<PageContent> {
  const { text, language } = wording;
  const { plan, reportDay, status, totals, generatedAt } = report;
  const { timezone } = reportDay;
  const data = await activityData(lines, { timezone, listed }, wording);
  const date = dateWords(reportDay.date, wording);
  const standing = activityVerdictLabel(report, wording);
  const isIncomplete = status === 'INCOMPLETE';
  const title = text('activity.page.title', { date, plan: shortText(plan) });
  const digest = edition?.contentDigest ?? null;
  return {
    language: language.tag,
    tool: `${report.tool.name} ${report.tool.version}`,
    title,
    plan: shortText(plan),
    day: date,
    timezone: shortText(timezone),
    unusualHours: unusualHours(reportDay.hours, wording),
    window: windowWords(reportDay.start, reportDay.cutOff, timezone, wording),
    isIncomplete,
    alsoIncomplete: isIncomplete && totals.auditingOff > 0,
    reasons: report.statusReasons.slice(0, most.reasons).map(uncutText),
    standing,
    headline: activityHeadline(report, wording),
    balance: activityBalance(report, wording),
    facts: factsOf(report, wording),
    hours: hourBarsOf(report, wording),
    targets: targetsView(report, wording),
    targetCounts: activityCountNames.map((name) => text(`activity.head.${name}`)),
    loginsTitle: text('activity.list.failedLogins.title', { number: language.integer(totals.failedLogins) }),
    logins: loginsView(report, wording),
    isQuiet: activityLists.every((name) => report.lists[name].total === 0),
    worst: listView('auditingOff', report, wording),
    lists: otherLists.flatMap((name) => listView(name, report, wording)),
    tables: (['users', 'operations'] as const).map((name) => tableView(name, report, wording)),
    late: lateView(report, wording),
    ...whatWasRead(report, wording),
    findings: report.findings.map(({ words }) => uncutText(words)),
    listed:
      data.rows.length === data.total
        ? null
        : text('activity.page.listed', { listed: data.rows.length, total: data.total }),
    data: data.rows.length === 0 ? null : data,
    made: timeWords(generatedAt, timezone, '', wording),
    revision: typeof edition?.revision === 'number' ? edition.revision : null,
    digest,
    workbook: edition === undefined ? artefactNames.workbook : edition.file.replace(/\.html$/, '.xlsx'),
    paper: { topLeft: title, topRight: standing.words, bottomLeft: digest ?? '' },
  };
}

function whatWasRead({ otherTypes, controlTotals: all, sources }: ActivityReport, wording: Wording) {
  const { text, language } = wording;
  return {
    others: otherTypes.slice(0, most.others).map(({ eventType, records }) => ({
      name: eventType === '' ? text('activity.page.otherTypes') : shortText(eventType),
      records: language.integer(records),
    })),
    records: recordBalance(all, wording).equation,
    sources: sources.map(({ name, type, request, complete, controlTotals }) => ({
      name: shortText(name),
      type: shortText(type),
      request: shortText(request),
      state: text(complete ? 'activity.page.wholeSource' : 'activity.page.partSource'),
      records: language.integer(controlTotals.read),
    })),
  };
}

function factsOf({ totals }: ActivityReport, { text, language }: Wording) {
  const fact = (name: keyof typeof totals, tone: string) => ({
    name: text(`activity.fact.${name}`),
    words: language.integer(totals[name]),
    tone: totals[name] === 0 ? 'quiet' : tone,
  });
  return [
    fact('auditingOff', 'bad'),
    fact('withoutData', 'bad'),
    fact('failedLogins', 'warn'),
    fact('privileged', 'warn'),
    fact('drops', 'warn'),
    fact('failed', 'warn'),
    fact('unknown', 'unknown'),
    fact('late', 'info'),
    fact('targets', 'info'),
    fact('records', 'info'),
  ];
}

function hourBarsOf({ hours, reportDay }: ActivityReport, wording: Wording) {
  const busiest = Math.max(...hours.map(({ records }) => records), 1);
  return hours.map(({ start, records, failed }) => {
    const time = timeOfDay(parseInstant(start) ?? 0, reportDay.timezone);
    return {
      hour: time.slice(0, 2),
      height: records === 0 ? 0 : Math.max(1, Math.round((records / busiest) * steps)),
      hasFailed: failed > 0,
      title: wording.text('activity.page.hour', { time: time.slice(0, 5), records, failed }),
    };
  });
}

function targetsView(report: ActivityReport, wording: Wording) {
  const { targets, reportDay } = report;
  const { text } = wording;
  return {
    rows: targets.slice(0, most.targets).map((target) => ({
      name: targetWords(target, wording),
      id: target.targetName === null ? '' : shortText(target.targetId, 200),
      link: wording.consoleLink(target.targetId),
      type: shortText(target.databaseType ?? ''),
      collection: collectionLabel(target, wording),
      until:
        target.collectedTo === null
          ? null
          : text('activity.page.until', {
              time: timeWords(target.collectedTo, reportDay.timezone, '', wording),
            }),
      excluded: target.excluded === null ? null : shortText(target.excluded, 200),
      trails: target.trails
        .slice(0, 5)
        .map(({ location, status }) => shortText(`${location} ${status}`, 100))
        .join(', '),
      cells: cellsOf(target, wording),
    })),
    more: moreWords(targets.length - most.targets, wording),
  };
}

/** @param row its counts, in the order of `activityCountNames` */
function cellsOf(row: Readonly<Record<(typeof activityCountNames)[number], number>>, { language }: Wording) {
  return activityCountNames.map((name) => ({ words: language.integer(row[name]), isZero: row[name] === 0 }));
}

function loginsView({ logins, loginsFurther, reportDay }: ActivityReport, wording: Wording) {
  const { text, language } = wording;
  const shown = logins.slice(0, most.logins);
  const further = loginsFurther + logins.slice(most.logins).reduce((sum, { attempts }) => sum + attempts, 0);
  return {
    rows: shown.map((login) => ({
      target: targetWords(login, wording),
      user: userWords(login.dbUserName, wording),
      from: shortText(login.from ?? '', 100) || text('activity.notTold'),
      error: login.error === null ? text('activity.notTold') : shortText(`ORA-${login.error}`, 40),
      attempts: language.integer(login.attempts),
      first: timeWords(login.first, reportDay.timezone, '', wording),
      last: login.last === login.first ? null : timeWords(login.last, reportDay.timezone, '', wording),
    })),
    more: further === 0 ? null : text('activity.page.moreAttempts', { number: further }),
  };
}

function listView(name: ActivityList, report: ActivityReport, wording: Wording) {
  const { total, events } = report.lists[name];
  if (total === 0) return [];
  const { text, language } = wording;
  const shown = events.slice(0, most.listed);
  return [
    {
      id: name,
      title: text(`activity.list.${name}.title`, { number: language.integer(total) }),
      intro: text(`activity.list.${name}.intro`),
      rows: shown.map((event) => eventView(event, report.reportDay.timezone, wording)),
      more: moreWords(total - shown.length, wording),
    },
  ];
}

function eventView(event: ListedEvent, timezone: string, wording: Wording) {
  const { action, object, error, from, program, command, time, result } = event;
  return {
    action: shortText(action, 80),
    target: targetWords(event, wording),
    object: shortText(object ?? '', 160) || wording.text('activity.notTold'),
    command: command === null ? null : shortText(command, 300),
    who: whoWords(event, wording),
    from: shortText([from, program].filter((each) => each !== null).join(' · '), 160),
    time: timeWords(time, timezone, '', wording),
    result: activityResultLabel(result, wording),
    error: error === null ? null : shortText(error, 160),
  };
}

function tableView(name: 'users' | 'operations', report: ActivityReport, wording: Wording) {
  const rows: readonly ActivityRow[] = report[name];
  return {
    id: name,
    title: wording.text(`activity.page.${name}`),
    head: wording.text(`activity.head.${name}`),
    rows: rows.slice(0, most.rows).map((row) => ({
      name: activityRowName(row, wording),
      cells: cellsOf(row, wording),
    })),
    more: moreWords(rows.length - most.rows, wording),
  };
}

/** The last row is of all others. */
export function activityRowName({ name, others }: ActivityRow, { text }: Wording): string {
  if (others > 0) return text('activity.page.otherRows', { number: others });
  return shortText(name, 160) || text('activity.notTold');
}

function lateView({ lateDays }: ActivityReport, wording: Wording) {
  const { text, language } = wording;
  return {
    rows: lateDays.slice(0, most.late).map(({ date, records, revised }) => ({
      day: dateWords(date, wording),
      records: language.integer(records),
      what: text(revised ? 'activity.page.revised' : 'activity.page.notRevised'),
    })),
    more: moreWords(lateDays.length - most.late, wording),
  };
}

function moreWords(rest: number, { text }: Wording): string | null {
  return rest <= 0 ? null : text('activity.page.more', { number: rest });
}
