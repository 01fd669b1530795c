import { addDays } from '../../../base/civil-dates.js';
import { compareText } from '../../../base/text-order.js';
import { type PulseDay, type SourcePulse, pulseDays } from '../../../model/pulse.js';
import type { SourceReport } from '../../../model/report-head.js';
import type { DailyReport } from '../model/daily-report.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import type { Silence } from '../model/silence.js';
import type { Witness } from '../model/witness.js';
import { type PulseInput, comparableDays, daysIn, recordsOn, untilLastRecords } from './pulses.js';

/** On so many of its 14 comparable days up to its last records a source had some, else a day without any is no news. */
const livelyDays = 3;

export interface SilenceInput extends PulseInput {
  readonly sources: readonly Pick<SourceReport, 'name' | 'complete' | 'pulse' | 'controlTotals'>[];
  /** Whether the cut-off had passed when the events were read. */
  readonly isDayOver: boolean;
  /** Number of resources that are judged. */
  readonly expected: number;
  /** The newest archived report of this very day; null: there is none. */
  readonly earlier: Pick<DailyReport, 'sources' | 'controlTotals'> | null;
}

/**
 * Silences that make the report INCOMPLETE (ADR 67): sources, or regions of them, without a record of the day although
 * they were lively, where no other source told of a resource. A silence lasts until the source tells something. A source
 * that could not be read to its end is INCOMPLETE for that, and not counted here.
 */
export function findSilence(input: SilenceInput): readonly Silence[] {
  if (!input.isDayOver) return [];
  const found = new Map<string, Silence>();
  for (const { witnesses, unheard, notDue } of input.dues) {
    const silences = unheard + notDue === 0 ? [] : silencesOf(witnesses, unheard > 0, input);
    for (const [key, silence] of new Map(silences.map((each) => [keyOf(each), each]))) {
      found.set(key, { ...silence, resources: (found.get(key)?.resources ?? 0) + unheard });
    }
  }
  if (found.size === 0) return nothingRead(input);
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, silence]) => silence);
}

/** Sources of earlier reports that are no more: renamed or removed, their history is gone. */
export function goneSources({ sources, dues, before }: PulseInput): readonly JudgedFinding[] {
  const names = new Set(sources.map(({ name }) => name));
  const gone = new Map([...before.keys()].filter((name) => !names.has(name)).map((name) => [name, 0]));
  for (const { witnesses, unheard } of dues) {
    if (unheard === 0 || witnesses.some(({ name }) => names.has(name))) continue;
    for (const name of new Set(witnesses.map((each) => each.name))) {
      gone.set(name, (gone.get(name) ?? 0) + unheard);
    }
  }
  return [...gone]
    .sort(([a], [b]) => compareText(a, b))
    .map(([source, resources]) => ({ kind: 'source-gone', source, resources }));
}

/** Of each of the witnesses that are still read; none where one of them is not silent. */
function silencesOf(witnesses: readonly Witness[], isDue: boolean, input: SilenceInput): readonly Silence[] {
  const silences: Silence[] = [];
  for (const witness of witnesses) {
    const source = input.sources.find(({ name }) => name === witness.name);
    if (source === undefined) continue;
    const silence = silenceOf(source, { region: witness.region, isDue }, input);
    if (silence === null) return [];
    silences.push(silence);
  }
  return silences;
}

/** The whole source, else the region of it; null: neither is silent. */
function silenceOf(
  { name, complete, pulse }: SilenceInput['sources'][number],
  { region, isDue }: { readonly region: string | null; readonly isDue: boolean },
  { date, before }: SilenceInput,
): Silence | null {
  if (!complete || pulse === undefined) return null;
  const known = before.get(name);
  if (recordsOn(pulse.days, date) === 0 && wasLively(known?.days ?? [], date, isDue)) {
    return { cause: 'silent', source: name, lastRecords: lastOf(known?.days ?? []), resources: 0 };
  }
  const ofRegion = daysIn(known, region);
  if (recordsOn(daysIn(pulse, region), date) > 0 || !wasLively(ofRegion, date, isDue)) return null;
  if (mayBeUnder(pulse, known, { region, date, lastDate: lastOf(ofRegion) })) return null;
  return { cause: 'silent', source: name, region, lastRecords: lastOf(ofRegion), resources: 0 };
}

interface SilentRegion {
  readonly region: string | null;
  readonly date: string;
  readonly lastDate: string | null;
}

/**
 * Whether records of a region may stand under another one today: those whose region is not known may be of any region,
 * unless there were some beside those of the region, too.
 */
function mayBeUnder(
  now: SourcePulse,
  known: SourcePulse | undefined,
  { region, date, lastDate }: SilentRegion,
): boolean {
  return now.regions.some(
    (other) =>
      (other.region === null || region === null) &&
      recordsOn(other.days, date) > 0 &&
      (lastDate === null || recordsOn(daysIn(known, other.region), lastDate) === 0),
  );
}

/**
 * Whether a day without records is news. Where nothing is due, it is none of a source that tells of what is due alone,
 * unless it was silent already when something was; of one that told something every day for two weeks it is.
 *
 * @param isDue whether something was due today that nobody told of
 */
function wasLively(days: readonly PulseDay[], date: string, isDue: boolean): boolean {
  const before = days.filter((each) => each.date < date);
  const told = untilLastRecords(before);
  if (toldEveryDay(told)) return true;
  const lively = comparableDays(told).filter(({ records }) => records > 0).length >= livelyDays;
  return lively && (isDue || before.slice(told.length).some(({ comparable }) => comparable));
}

function toldEveryDay(days: readonly PulseDay[]): boolean {
  const last = days.at(-1);
  if (last === undefined) return false;
  const since = addDays(last.date, 1 - pulseDays);
  return days.filter(({ date, records }) => date >= since && records > 0).length === pulseDays;
}

function lastOf(days: readonly PulseDay[]): string | null {
  return days.findLast(({ records }) => records > 0)?.date ?? null;
}

/**
 * Where no history tells a silence: nobody is known to have told anything for two weeks, and something is due, or nothing is
 * known at all, or nobody ever told of any resource; or an earlier revision of the day had records of it that are there no more.
 */
function nothingRead({ sources, date, dues, before, expected, earlier }: SilenceInput): Silence[] {
  if (sources.some(({ complete, pulse }) => !complete || recordsOn(pulse?.days, date) > 0)) return [];
  const unheard = dues.reduce((sum, group) => sum + group.unheard, 0);
  const all = { source: null, lastRecords: null, resources: unheard };
  const isEmpty = sources.every(({ controlTotals }) => controlTotals.read === 0);
  if (earlier !== null && hadRecords(earlier, date, isEmpty)) {
    return [{ cause: 'nothing-read-again', ...all }];
  }
  const since = addDays(date, -pulseDays);
  const isKnown = sources.some(({ name }) => (lastOf(before.get(name)?.days ?? []) ?? '') >= since);
  const isUntold = dues.every(({ witnesses }) => witnesses.length === 0);
  const isExpected = unheard > 0 || expected === 0 || isUntold;
  return isEmpty && !isKnown && isExpected ? [{ cause: 'nothing-read', ...all }] : [];
}

/** @param isEmpty whether nothing at all was read now: archives before there were pulses have totals alone */
function hadRecords(
  { sources, controlTotals }: NonNullable<SilenceInput['earlier']>,
  date: string,
  isEmpty: boolean,
): boolean {
  if (sources.some(({ pulse }) => pulse !== undefined)) {
    return sources.some(({ pulse }) => recordsOn(pulse?.days, date) > 0);
  }
  return isEmpty && controlTotals.used > 0;
}

function keyOf({ source, region }: Silence): string {
  return JSON.stringify([source, region === undefined ? [] : [region]]);
}
