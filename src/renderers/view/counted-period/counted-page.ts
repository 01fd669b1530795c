import type { PeriodHead } from '../../../model/period-head.js';
import { monthsOfPeriod, weekdayNames } from '../period-calendar.js';
import { periodName } from '../period-name.js';
import type { PageView } from '../report-views.js';
import { shortText, timeWords, uncutText, windowWords } from '../view-parts.js';
import type { Wording } from '../wording.js';
import type { CountedPeriodKind, CountedTable } from './counted-period.js';

/** How many reasons and rows stand on the page; report.json and the workbook have all. */
const most = { reasons: 12, rows: 100 } as const;

/** What counted-period.html.hbs shows: what a person has to look at first, then the calendar and the counts. */
export function countedPage<P extends PeriodHead>(kind: CountedPeriodKind<P>): PageView<P> {
  return async ({ report, edition }, wording) => {
    const { text, language } = wording;
    const { plan, period, status, statusReasons } = report;
    const story = kind.tell(report, wording);
    const title = `${story.title}: ${shortText(plan)}`;
    const made = timeWords(report.generatedAt, period.timezone, '', wording);
    return {
      language: language.tag,
      tool: `${report.tool.name} ${report.tool.version}`,
      title,
      plan: shortText(plan),
      name: periodName(report, wording),
      timezone: shortText(period.timezone),
      window: windowWords(period.start, period.end, period.timezone, wording),
      isIncomplete: status === 'INCOMPLETE',
      reasons: statusReasons.slice(0, most.reasons).map(uncutText),
      standing: story.standing,
      headline: story.headline,
      balance: story.balance,
      facts: story.facts,
      lists: story.lists.flatMap((table) => tableView(table, wording)),
      weekdays: weekdayNames(wording),
      calendarIntro: story.calendarIntro,
      months: monthsOf(kind, report, wording),
      tables: story.tables.flatMap((table) => tableView(table, wording)),
      notes: story.notes,
      made,
      digest: edition?.contentDigest ?? null,
      paper: {
        topLeft: title,
        topRight: status === 'INCOMPLETE' ? text('period.dayState.INCOMPLETE') : '',
        bottomLeft: made,
      },
    };
  };
}

function monthsOf<P extends PeriodHead>(kind: CountedPeriodKind<P>, report: P, wording: Wording) {
  const { language, text } = wording;
  return monthsOfPeriod<P['days'][number]>(report.days, (day) => {
    const { date, state, isRevised, reason } = day;
    const { tone, words } = kind.calendarDay(day, wording);
    const notes = [
      `${language.date(date)}: ${text(`period.dayState.${state}`)}`,
      ...(state === 'MISSING' ? [] : [words]),
      ...(isRevised ? [text('period.page.revised')] : []),
      ...(reason === null ? [] : [shortText(reason)]),
    ];
    const shown = state === 'MISSING' ? text('period.page.missing') : words;
    return { tone, words: state === 'INCOMPLETE' ? `${shown} !` : shown, title: notes.join(' · ') };
  });
}

function tableView(table: CountedTable, { text }: Wording) {
  const { rows, none, total } = table;
  if (total === 0 && none === null) return [];
  const shown = rows.slice(0, most.rows);
  const rest = total - shown.length;
  return [{ ...table, rows: shown, more: rest <= 0 ? null : text('period.page.more', { number: rest }) }];
}
