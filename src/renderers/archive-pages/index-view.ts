import { type ArchiveCoverage, coverageTotals } from '../../model/archive-coverage.js';
import type { PeriodCoverage } from '../../model/period-coverage.js';
import type { DayCounts, DayCoverage } from '../../model/day-coverage.js';
import type { FormerPlan } from '../../model/renaming.js';
import { plainLine } from '../../base/text-safety.js';
import { shortText } from '../view/view-parts.js';
import type { Label, Wording } from '../view/wording.js';
import { type DayLook, besideWords, isCounted, lookNameOf, lookNames, lookOf } from './day-look.js';
import { calendarMonths, verdictInLanguage } from './months.js';
import { appendixOf, periodRow } from './period-row.js';
import { trendHeight, dayTrend } from './trend-bars.js';

/** A file that is not what its manifest names. */
export interface NamedDamage {
  readonly key: string;
  readonly words: string;
}

/** What an index shows of a subject. */
export interface IndexRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly anchor: string;
  readonly outcomes: readonly (string | null)[];
}

/** What the page of an archive, or of a package of it, is made of. */
export interface ArchiveIndex {
  readonly coverage: ArchiveCoverage;
  /** Those that lie within the days, oldest first. */
  readonly periods: readonly PeriodCoverage[];
  /** How many there are. */
  readonly attestations: number;
  readonly rows: Iterable<IndexRow>;
  readonly outcomes: readonly (Label & { readonly outcome: string; readonly mark: string })[];
  readonly damage: readonly NamedDamage[];
  readonly leftOut: readonly string[];
  readonly tool: string;
  /** Address of a file of the archive, by its key; null: no browser finds it. */
  hrefOf(key: string): string | null;
  /** Files of a package beside the page; null: it is of no package. */
  readonly ofPackage: { readonly guide: string; readonly sample: string | null } | null;
}

/** More of them are counted. */
const shownFiles = 50;

/** What `index.html.hbs` may show. */
export function indexView(index: ArchiveIndex, wording: Wording): object {
  const { coverage, damage, leftOut, tool, ofPackage } = index;
  const { days, plan, timezone, from, to } = coverage;
  const { language, text } = wording;
  const totals = coverageTotals(days);
  const pageOf = (day: DayCoverage): string | null => fileOf(index, day, 'report.html');
  const used = new Set(days.map(lookNameOf));
  return {
    plan: plainLine(plan),
    timezone: plainLine(timezone),
    from: language.date(from),
    to: language.date(to),
    headline: headlineOf(coverage, wording),
    balance: text('archive.balance', { ...totals }),
    besides: besidesOf(coverage, wording),
    isWhole: totals.present === totals.days && totals.incomplete === 0,
    damage: damage.slice(0, shownFiles).map(({ key, words }) => ({ key: plainLine(key), words })),
    moreDamage: moreOf(damage.length, wording),
    leftOut: leftOut.slice(0, shownFiles).map((key) => shortText(key)),
    moreLeftOut: moreOf(leftOut.length, wording),
    weekdays: text('archive.weekdayNames').split(' '),
    months: calendarMonths(days, pageOf, wording),
    legend: lookNames.filter((name) => used.has(name)).map((name): DayLook => lookOf(name, wording)),
    hasSubjects: index.outcomes.length > 0,
    outcomeLegend: index.outcomes.map(({ mark, tone, words }) => ({ mark, tone, words })),
    trend: { ...dayTrend(days, wording), height: trendHeight },
    days: days.map((day) => dayRow(index, day, wording)).toReversed(),
    periods: index.periods.map((period) => periodRow(index, period, wording)).toReversed(),
    attestations: attestationsOf(index, wording),
    tool,
    ofPackage,
  };
}

/** null: the plan has none. */
function attestationsOf({ attestations, coverage }: ArchiveIndex, { text }: Wording): string | null {
  if (attestations === 0) return null;
  return text('archive.attestations', { number: attestations, plan: plainLine(coverage.plan) });
}

function headlineOf({ days }: ArchiveCoverage, { text }: Wording): string {
  const { present, days: all, incomplete, damaged } = coverageTotals(days);
  if (damaged > 0) return text('archive.headline.damaged', { number: damaged, days: all });
  if (present < all) return text('archive.headline.missing', { number: all - present, days: all });
  if (incomplete > 0) return text('archive.headline.incomplete', { number: incomplete, days: all });
  return text('archive.headline.whole', { days: all });
}

function besidesOf(coverage: ArchiveCoverage, { text }: Wording): string {
  const { days } = coverage;
  const { incomplete, nonCompliant, revised, unsigned } = coverageTotals(days);
  const isAnySigned = days.some(({ isSigned }) => isSigned !== null);
  const key = isCounted(days) ? 'archive.besides' : 'archive.besidesUncounted';
  const parts = [text(key, { incomplete, nonCompliant, revised })];
  return [
    ...parts,
    ...renamedWords(coverage, text),
    isAnySigned ? text('archive.besidesUnsigned', { unsigned }) : text('archive.noSignatures'),
  ].join(' ');
}

/** Where the days before, or after, are. */
function renamedWords({ renamedFrom, renamedTo }: ArchiveCoverage, text: Wording['text']): readonly string[] {
  return [
    ...(renamedFrom === undefined ? [] : [text('archive.renamedFrom', wordsOf(renamedFrom))]),
    ...(renamedTo === undefined ? [] : [text('archive.renamedTo', wordsOf(renamedTo))]),
  ];
}

function wordsOf({ name, lastDay }: FormerPlan): { readonly name: string; readonly date: string } {
  return { name: plainLine(name), date: lastDay };
}

function moreOf(number: number, { text }: Wording): string | null {
  return number > shownFiles ? text('archive.more', { number: number - shownFiles }) : null;
}

/** null: there is no revision, or no browser finds it. */
function fileOf(
  { coverage, hrefOf }: ArchiveIndex,
  { date, revision }: DayCoverage,
  name: string,
): string | null {
  if (revision === null) return null;
  return hrefOf(`${coverage.plan}/${date.replaceAll('-', '/')}/r${revision}/${name}`);
}

function dayRow(index: ArchiveIndex, day: DayCoverage, wording: Wording): object {
  const { language, text } = wording;
  const { date, facts, revision, generatedAt } = day;
  const damaged = new Set(day.damage.map(({ key }) => key));
  return {
    date: language.date(date),
    page: fileOf(index, day, 'report.html'),
    state: lookOf(lookNameOf(day), wording),
    verdict: saysMore(day) ? verdictInLanguage(facts?.verdict ?? '', wording) : null,
    counts: facts?.counts ? countsOf(facts.counts, wording) : null,
    revision: revision === null ? null : text('archive.revision', { number: revision }),
    generatedAt: generatedAt === null ? null : shortText(wording.time(generatedAt, index.coverage.timezone)),
    beside: [
      ...besideWords(day, wording),
      ...(day.unfinished.length > 0
        ? [text('archive.leftUnfinished', { numbers: day.unfinished.map((each) => `r${each}`).join(', ') })]
        : []),
      ...index.damage
        .filter(({ key }) => damaged.has(key))
        .map(({ key, words }) => `${plainLine(key.slice(key.lastIndexOf('/') + 1))}: ${words}`),
    ],
    files: [
      ...['report.xlsx', 'report.json', 'manifest.json'].map((name) => ({
        name,
        href: fileOf(index, day, name),
      })),
      ...(facts?.hasFrameworks === true ? [appendixOf(fileOf(index, day, 'report.html'), wording)] : []),
    ].filter(({ href }) => href !== null),
  };
}

function countsOf({ compliant, expected }: DayCounts, { text }: Wording): string {
  return text('archive.counts', { compliant, expected });
}

const saysAll: ReadonlySet<string> = new Set(['good', 'bad', 'attention', 'review', 'routine']);

/** Whether the verdict says more than the state of the day. */
function saysMore(day: DayCoverage): boolean {
  const name = lookNameOf(day);
  return day.facts !== null && !saysAll.has(name) && day.facts.verdict !== day.status;
}

/** What the search of `index.html` reads: a row a subject, a character a day. */
export function indexData(index: ArchiveIndex, { language, text }: Wording): object {
  const { days } = index.coverage;
  const codes = new Map(index.outcomes.map(({ outcome }, position) => [outcome, position.toString(36)]));
  return {
    dates: days.map(({ date }) => language.date(date)),
    pages: days.map((day) => fileOf(index, day, 'report.html')),
    outcomes: index.outcomes.map(({ mark, tone, words }) => [mark, tone, words]),
    rows: [...index.rows].map(({ name, id, type, anchor, outcomes }) => [
      plainLine(name),
      plainLine(id),
      plainLine(type),
      anchor,
      outcomes.map((outcome) => (outcome === null ? '.' : (codes.get(outcome) ?? '?'))).join(''),
    ]),
    words: {
      none: text('archive.search.none'),
      found: text('archive.search.found'),
      more: text('archive.search.more'),
      notThere: text('archive.search.notThere'),
    },
  };
}
