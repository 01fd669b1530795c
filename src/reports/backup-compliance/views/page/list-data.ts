import { severities } from '../../../../model/severity.js';
import type { Label, Tone } from '../../../../renderers/view/wording.js';
import type { PageLimits } from '../../../../model/page-limits.js';
import type { DailyReport } from '../../model/daily-report.js';
import { outcomes, verdicts } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { cloudWords, cloudsOf } from '../clouds.js';
import { emptyColumns, emptyTables, rowAdder, type Columns, type Tables } from './list-columns.js';
import type { StartHours } from './start-hours.js';

/** `[key, words, tone, letter]`: what a filter compares, and what a person sees. */
type Choice = readonly [key: string, words: string, tone: Tone, mark: string];

/**
 * The list of all resources as the page's script reads it. Words that many rows share stand once, in `tables`; a row has
 * its place there, or -1 where there is nothing. Columns instead of rows, so that no key is repeated.
 */
export interface ListData {
  /** Resources of the report: more than are listed, where the page has a limit. */
  readonly total: number;
  /** Most rows on paper. */
  readonly rows: number;
  readonly outcomes: readonly Choice[];
  readonly verdicts: readonly Choice[];
  readonly severities: readonly Choice[];
  /** Clouds of the resources; none: all are in one. */
  readonly clouds: readonly Choice[];
  /** Words and letter of a day without report. */
  readonly noReport: Choice;
  readonly tables: { readonly [Name in keyof Tables]: Tables[Name]['words'] };
  /** Of each type of the tables, which are what links and filters name. */
  readonly typeWords: readonly string[];
  readonly columns: Omit<Columns, 'anchor'> & { readonly anchor: string };
}

/** @param hours in which the attempts on the resources began */
export function listData(
  { resources, reportDay }: Pick<DailyReport, 'resources' | 'reportDay'>,
  { rows, listed }: Pick<PageLimits, 'rows' | 'listed'>,
  hours: StartHours,
  wording: BackupWording,
): ListData {
  const tables = emptyTables();
  const columns = emptyColumns();
  const clouds = cloudsOf(resources);
  const add = rowAdder(tables, columns, { clouds, timezone: reportDay.timezone, hours, wording });
  for (const resource of resources.slice(0, listed)) add(resource);
  return {
    total: resources.length,
    rows,
    outcomes: outcomes.map((key) => choice(key, wording.outcome(key), wording.outcomeMark(key))),
    verdicts: verdicts.map((key) => choice(key, wording.verdict(key))),
    severities: severities.map((key) => choice(key, wording.severity(key))),
    clouds: clouds.map((key) => choice(key, { words: cloudWords({ cloud: key }, wording), tone: 'quiet' })),
    noReport: choice('', { words: wording.text('page.noReport'), tone: 'quiet' }, '·'),
    tables: {
      head: tables.head.words,
      type: tables.type.words,
      compartment: tables.compartment.words,
      owner: tables.owner.words,
      policy: tables.policy.words,
      time: tables.time.words,
      age: tables.age.words,
      points: tables.points.words,
      cause: tables.cause.words,
      days: tables.days.words,
      hours: tables.hours.words,
    },
    typeWords: tables.type.words.map((type) => wording.resourceType(type)),
    columns: { ...columns, anchor: columns.anchor.join('') },
  };
}

function choice(key: string, { words, tone }: Label, mark = ''): Choice {
  return [key, words, tone, mark];
}
