import { byQuarterHour } from '../../../../base/by-quarter-hour.js';
import { dateAt } from '../../../../base/civil-dates.js';
import { parseInstant } from '../../../../base/instants.js';
import { minuteMs } from '../../../../base/time-units.js';
import { createWordTable, type WordTable } from '../../../../base/word-table.js';
import type { Cloud } from '../../../../model/resource-types.js';
import { severities } from '../../../../model/severity.js';
import { dateWords, shortText, timeWords } from '../../../../renderers/view/view-parts.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { outcomeRank, verdicts } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { cloudKey } from '../clouds.js';
import { isSuccessGone } from '../success-gone.js';
import { causeLine } from './list-row.js';
import { policyWords } from './page-words.js';
import { resourceAnchor } from './resource-anchor.js';
import { hoursOf, type StartHours } from './start-hours.js';

/** One entry for each resource, worst first; -1 where there is nothing. */
export interface Columns {
  readonly name: string[];
  /** Fragments without `r-`: 12 hexadecimal digits each. */
  readonly anchor: string[];
  /** An identifier is its head in the tables and this. */
  readonly tail: string[];
  readonly head: number[];
  readonly type: number[];
  /** Place in `clouds` of the list; empty where that is. */
  readonly cloud: number[];
  readonly compartment: number[];
  readonly owner: number[];
  readonly policy: number[];
  readonly outcome: number[];
  readonly verdict: number[];
  readonly severity: number[];
  /** 1 if a waiver holds for it. */
  readonly waived: number[];
  readonly attempts: number[];
  readonly success: number[];
  readonly restore: number[];
  readonly age: number[];
  readonly points: number[];
  readonly cause: number[];
  readonly days: number[];
  readonly hours: number[];
}

export interface Tables {
  readonly head: WordTable<string>;
  readonly type: WordTable<string>;
  /** '' if unknown. */
  readonly compartment: WordTable<string>;
  /** '' if nobody is named. */
  readonly owner: WordTable<string>;
  readonly policy: WordTable<string>;
  /** `[words, epoch minute]` of successes and restores. */
  readonly time: WordTable<readonly [string, number]>;
  /** Lines under the last success. */
  readonly age: WordTable<readonly string[]>;
  readonly points: WordTable<readonly string[]>;
  readonly cause: WordTable<string>;
  /** A digit for each day, oldest first: the place of its outcome; `-` without report. */
  readonly days: WordTable<string>;
  readonly hours: WordTable<readonly number[]>;
}

export function emptyTables(): Tables {
  return {
    head: createWordTable(),
    type: createWordTable(),
    compartment: createWordTable(),
    owner: createWordTable(),
    policy: createWordTable(),
    time: createWordTable(),
    age: createWordTable(),
    points: createWordTable(),
    cause: createWordTable(),
    days: createWordTable(),
    hours: createWordTable(),
  };
}

export function emptyColumns(): Columns {
  return {
    name: [],
    anchor: [],
    tail: [],
    head: [],
    type: [],
    cloud: [],
    compartment: [],
    owner: [],
    policy: [],
    outcome: [],
    verdict: [],
    severity: [],
    waived: [],
    attempts: [],
    success: [],
    restore: [],
    age: [],
    points: [],
    cause: [],
    days: [],
    hours: [],
  };
}

interface RowContext {
  /** Of the report; none: all resources are in one. */
  readonly clouds: readonly Cloud[];
  readonly timezone: string;
  readonly hours: StartHours;
  readonly wording: BackupWording;
}

/** Returns what adds one resource. What many have in common is put into words once. */
export function rowAdder(
  tables: Tables,
  columns: Columns,
  { clouds, timezone, hours, wording }: RowContext,
): (resource: ResourceCompliance) => void {
  const dateOf = byQuarterHour((ms) => dateWords(dateAt(ms, timezone), wording));
  const context = { tables, timezone, wording, dateOf };
  return (resource) => {
    const { resourceId, owner, policy, compartmentName, compartmentId } = resource;
    const id = shortText(resourceId);
    const cut = id.lastIndexOf('.') + 1;
    columns.name.push(shortText(resource.resourceName));
    columns.anchor.push(resourceAnchor(resourceId).slice(2));
    columns.head.push(placeOf(tables.head, id.slice(0, cut)));
    columns.tail.push(id.slice(cut));
    columns.type.push(placeOf(tables.type, resource.resourceType));
    if (clouds.length > 0) columns.cloud.push(clouds.indexOf(cloudKey(resource)));
    columns.compartment.push(placeOf(tables.compartment, compartmentName ?? compartmentId ?? ''));
    columns.owner.push(placeOf(tables.owner, owner ?? ''));
    columns.policy.push(placeOf(tables.policy, policyWords(policy, wording)));
    columns.outcome.push(outcomeRank(resource.outcome));
    columns.verdict.push(verdicts.indexOf(resource.compliance));
    columns.severity.push(severities.indexOf(resource.severity));
    columns.waived.push(resource.waiver === null ? 0 : 1);
    columns.attempts.push(resource.attempts);
    columns.success.push(timePlace(resource.lastSuccessTime, context));
    columns.restore.push(timePlace(resource.lastRestoreTime, context));
    columns.age.push(agePlace(resource, context));
    columns.points.push(pointsPlace(resource, context));
    const cause = causeLine(resource, wording);
    columns.cause.push(cause === null ? -1 : placeOf(tables.cause, cause));
    columns.days.push(placeOf(tables.days, dayDigits(resource)));
    const bits = hours.get(resourceId) ?? 0;
    columns.hours.push(tables.hours.place(bits, () => hoursOf(bits)));
  };
}

function placeOf(table: WordTable<string>, word: string): number {
  return table.place(word, () => shortText(word));
}

interface WordContext {
  readonly tables: Tables;
  readonly timezone: string;
  readonly wording: BackupWording;
  readonly dateOf: (ms: number) => string;
}

/** To the minute, as it is shown. */
function timePlace(iso: string | null, { tables, timezone, wording }: WordContext): number {
  if (iso === null) return -1;
  const ms = parseInstant(iso);
  const minute = ms === undefined ? -1 : Math.floor(ms / minuteMs);
  return tables.time.place(ms === undefined ? iso : minute, () => [
    timeWords(iso, timezone, '', wording),
    minute,
  ]);
}

function agePlace(resource: ResourceCompliance, { tables, wording }: WordContext): number {
  const { recoveryPointAgeSeconds: seconds } = resource;
  const { text, duration } = wording;
  const isGone = isSuccessGone(resource);
  if (seconds === null && !isGone) return -1;
  // Durations are shown to the minute, those below one to the second.
  const shown = seconds === null ? null : seconds < 60 ? Math.floor(seconds) : Math.floor(seconds / 60) * 60;
  return tables.age.place(`${isGone} ${shown}`, () => {
    const age = seconds === null ? null : duration(seconds);
    if (!isGone) return [text('page.resources.old', { age })];
    const gone = text('page.successGone');
    return age === null ? [gone] : [gone, text('page.exceptions.newestLeft', { age })];
  });
}

function pointsPlace({ recoveryPoints }: ResourceCompliance, context: WordContext): number {
  if (recoveryPoints === undefined) return -1;
  const { tables, wording, dateOf } = context;
  const { count, newest, oldest } = recoveryPoints;
  if (count === 0) return tables.points.place(0, () => [wording.text('page.points.none')]);
  const days = [newest, oldest].map((time) => dateOf(parseInstant(time) ?? 0));
  return tables.points.place(`${count} ${days.join(' ')}`, () => {
    const [newestDay = '', oldestDay = ''] = days;
    return [
      wording.text('page.points.count', { number: count }),
      wording.text('page.points.days', { newest: newestDay, oldest: oldestDay }),
    ];
  });
}

function dayDigits({ recentOutcomes }: ResourceCompliance): string {
  return recentOutcomes.map((outcome) => (outcome === null ? '-' : outcomeRank(outcome))).join('');
}
