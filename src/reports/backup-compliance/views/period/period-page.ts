import { weekdayNames } from '../../../../renderers/view/period-calendar.js';
import { periodName } from '../../../../renderers/view/period-name.js';
import type { PageContent, PageInput } from '../../../../renderers/view/report-views.js';
import { shortText, timeWords, uncutText, windowWords } from '../../../../renderers/view/view-parts.js';
import type { Label, Wording } from '../../../../renderers/view/wording.js';
import type { PeriodReport } from '../../period/period-report.js';
import { createBackupWording } from '../backup-wording.js';
import { supportViews } from '../page/framework-view.js';
import { periodCalendar } from './period-calendar.js';
import { periodSupportRows } from './period-support.js';
import { committeeTables, detailTables } from './period-tables.js';
import { ageWords, ofExpected, percentWords, recoverWords, targetLabel } from './period-words.js';

/** How many reasons stand on the face; report.json has all. */
const shownReasons = 12;

/** What period.html.hbs shows: the committee's page first, then everything by policy, part, resource and day. */
export async function periodPage(
  { report, edition }: PageInput<PeriodReport>,
  wording: Wording,
): Promise<PageContent> {
  const { text, language } = wording;
  const { plan, period, status, statusReasons } = report;
  const name = periodName(report, wording);
  const backup = createBackupWording(wording);
  return {
    language: language.tag,
    tool: `${report.tool.name} ${report.tool.version}`,
    title: text('period.page.title', { period: name, plan: shortText(plan) }),
    plan: shortText(plan),
    name,
    timezone: shortText(period.timezone),
    window: windowWords(period.start, period.end, period.timezone, wording),
    isIncomplete: status === 'INCOMPLETE',
    reasons: statusReasons.slice(0, shownReasons).map(uncutText),
    standing: standingOf(report, wording),
    headline: headlineOf(report, wording),
    balance: balanceOf(report, wording),
    facts: factsOf(report, wording),
    committee: committeeTables(report, wording),
    weekdays: weekdayNames(wording),
    months: periodCalendar(report, wording),
    details: detailTables(report, wording),
    frameworks: supportViews(periodSupportRows(report, backup), backup),
    made: timeWords(report.generatedAt, period.timezone, '', wording),
    digest: edition?.contentDigest ?? null,
    paper: {
      topLeft: text('period.page.title', { period: name, plan: shortText(plan) }),
      topRight: status === 'INCOMPLETE' ? text('period.dayState.INCOMPLETE') : '',
      bottomLeft: timeWords(report.generatedAt, period.timezone, '', wording),
    },
  };
}

/** In one word: whether the target was reached. Without one nothing is good or bad. */
function standingOf({ totals }: PeriodReport, wording: Wording): Label {
  return targetLabel(totals, wording) ?? { words: wording.text('period.target.none'), tone: 'unknown' };
}

/** `98.33% attained: 118 of 120 expected resource-days were met` */
function headlineOf({ totals }: PeriodReport, wording: Wording): string {
  if (totals.attainmentPercent === null) return wording.text('period.nothingExpected');
  const { met, expected } = totals;
  return wording.text('period.headline', { percent: percentWords(totals, wording), met, expected });
}

function balanceOf({ totals }: PeriodReport, { text }: Wording): string {
  const { expected, met, failed, missed, unknown, waived } = totals;
  return text('period.balance', { expected, met, failed, missed, unknown, waived });
}

/** What stands beside the attainment. */
function factsOf(
  report: PeriodReport,
  wording: Wording,
): readonly { readonly name: string; readonly words: string }[] {
  const { totals, days, restores, resources, came, left, changesTotal, waivers, revisedDays } = report;
  const { language, text } = wording;
  const state = (wanted: string): number => days.filter((day) => day.state === wanted).length;
  const inForce = waivers.filter(({ isInForce }) => isInForce).length;
  const fact = (key: string, words: string) => ({ name: text(`period.fact.${key}`), words });
  return [
    fact('attainment', `${percentWords(totals, wording)} (${ofExpected(totals, wording)})`),
    fact('gap', language.count('day', totals.longestGapDays)),
    fact('age', ageWords(totals, wording)),
    fact('recover', recoverWords(totals, wording)),
    fact(
      'days',
      text('period.fact.daysWords', {
        complete: state('COMPLETE'),
        incomplete: state('INCOMPLETE'),
        missing: state('MISSING'),
        revised: revisedDays,
      }),
    ),
    fact('waivers', text('period.fact.waiversWords', { inForce, all: waivers.length })),
    fact('restores', text('period.fact.restoresWords', { number: restores.length, all: resources.length })),
    fact(
      'changed',
      text('period.fact.changedWords', { came: came.length, left: left.length, changes: changesTotal }),
    ),
  ];
}
