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
import { readLikeWords } from '../../../../records/audit/read-operations.js';
import { type ListName, listNames } from '../../facts/count-changes.js';
import { enoughDays } from '../../memory/principals.js';
import type { TenancyReport } from '../../model/tenancy-report.js';
import { balanceOf, headlineOf, verdictLabel } from '../tenancy-words.js';
import { changeData } from './change-data.js';
import { type ChangeRowView, changeRowView } from './change-row.js';
import { countNames, countTables } from './count-tables.js';
import { hourBars } from './hour-bars.js';

/** Most rows of one list on the page; report.json has up to 200, the workbook all. */
const mostRows = 100;
const mostReads = 20;
const shownReasons = 12;

/** What tenancy-changes.html.hbs shows: what takes protection away first, then what touches backups, then all else. */
export function tenancyPageView({ listed }: Pick<PageLimits, 'listed'>): PageView<TenancyReport> {
  return (input, wording) => tenancyPage(input, listed, wording);
}

async function tenancyPage(
  { report, lines, edition }: PageInput<TenancyReport>,
  listed: number,
  wording: Wording,
): Promise<PageContent> {
  const { text, language } = wording;
  const { plan, reportDay, status, statusReasons, totals, generatedAt } = report;
  const data = await changeData(lines, { timezone: reportDay.timezone, listed }, wording);
  const date = dateWords(reportDay.date, wording);
  const standing = verdictLabel(report, wording);
  const isIncomplete = status === 'INCOMPLETE';
  const title = text('tenancy.page.title', { date, plan: shortText(plan) });
  const digest = edition?.contentDigest ?? null;
  return {
    language: language.tag,
    tool: `${report.tool.name} ${report.tool.version}`,
    title,
    plan: shortText(plan),
    day: date,
    timezone: shortText(reportDay.timezone),
    unusualHours: unusualHours(reportDay.hours, wording),
    window: windowWords(reportDay.start, reportDay.cutOff, reportDay.timezone, wording),
    isIncomplete,
    alsoIncomplete: isIncomplete && totals.removedProtection > 0,
    reasons: statusReasons.slice(0, shownReasons).map(uncutText),
    standing,
    headline: headlineOf(report, wording),
    balance: balanceOf(totals, wording),
    facts: factsOf(report, wording),
    hours: hourBars(report, wording),
    lists: listNames.flatMap((name) => listView(name, report, wording)),
    firstSeen: firstSeenView(report, wording),
    tables: countTables(report, wording),
    countNames: countNames.map((name) => text(`tenancy.head.${name}`)),
    reads: readsView(report, wording),
    readWords: readLikeWords.map(({ word }) => word).join(', '),
    records: recordBalance(report.controlTotals, wording).equation,
    sources: report.sources.map(({ name, type, request, complete, controlTotals }) => ({
      name: shortText(name),
      type: shortText(type),
      request: shortText(request),
      state: text(complete ? 'tenancy.page.wholeSource' : 'tenancy.page.partSource'),
      records: language.integer(controlTotals.read),
    })),
    findings: report.findings.map(({ words }) => uncutText(words)),
    listed: listedWords(data.rows.length, data.total, wording),
    data: data.rows.length === 0 ? null : data,
    made: timeWords(generatedAt, reportDay.timezone, '', wording),
    revision: typeof edition?.revision === 'number' ? edition.revision : null,
    digest,
    workbook: edition === undefined ? artefactNames.workbook : edition.file.replace(/\.html$/, '.xlsx'),
    paper: { topLeft: title, topRight: standing.words, bottomLeft: digest ?? '' },
  };
}

interface ListView {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  readonly rows: readonly ChangeRowView[];
  readonly more: string | null;
}

function listView(name: ListName, report: TenancyReport, wording: Wording): readonly ListView[] {
  const { total, changes } = report[name];
  if (total === 0) return [];
  const { text, language } = wording;
  const rows = changes.slice(0, mostRows);
  const rest = total - rows.length;
  return [
    {
      id: name,
      title: text(`tenancy.list.${name}.title`, { number: language.integer(total) }),
      intro: text(`tenancy.list.${name}.intro`),
      rows: rows.map((change) => changeRowView(change, report.reportDay.timezone, wording)),
      more: rest <= 0 ? null : text('tenancy.page.more', { number: rest }),
    },
  ];
}

function factsOf({ totals }: TenancyReport, { text, language }: Wording) {
  const { done, removedProtection, backupRelevant, running, unknownVerb, reads, byResult } = totals;
  const fact = (name: string, number: number, tone: string) => ({
    name: text(`tenancy.fact.${name}`),
    words: language.integer(number),
    tone: number === 0 ? 'quiet' : tone,
  });
  return [
    fact('removedProtection', removedProtection, 'bad'),
    fact('backupRelevant', backupRelevant, 'warn'),
    fact('deleted', done.deleted, 'info'),
    fact('created', done.created, 'info'),
    fact('updated', done.updated, 'info'),
    fact('refused', byResult.refused, 'warn'),
    fact('failed', byResult.failed, 'warn'),
    fact('unknown', byResult.unknown, 'unknown'),
    fact('unknownVerb', unknownVerb, 'unknown'),
    fact('running', running, 'info'),
    fact('reads', reads, 'quiet'),
  ];
}

function firstSeenView({ firstSeen, totals }: TenancyReport, { text, language }: Wording) {
  const { knownDays, principals } = firstSeen;
  if (principals === null) {
    return { words: text('tenancy.firstSeen.notYet', { known: knownDays, enough: enoughDays }), rows: [] };
  }
  const number = totals.firstSeen ?? 0;
  return {
    words: text('tenancy.firstSeen.known', { number, days: knownDays }),
    rows: principals.map(({ id, name, changes }) => ({
      name: shortText(name ?? id),
      id: name === null ? '' : shortText(id),
      changes: language.integer(changes),
    })),
  };
}

function readsView({ readOperations }: TenancyReport, { text, language }: Wording) {
  const rest = readOperations.length - mostReads;
  return {
    rows: readOperations.slice(0, mostReads).map(({ service, eventName, verb, reads }) => ({
      name: eventName === '' ? text('tenancy.page.otherReads') : shortText(`${verb} ${eventName}`),
      service: shortText(service),
      reads: language.integer(reads),
    })),
    more: rest <= 0 ? null : text('tenancy.page.more', { number: rest }),
  };
}

function listedWords(listed: number, total: number, { text }: Wording): string | null {
  return listed === total ? null : text('tenancy.page.listed', { listed, total });
}
