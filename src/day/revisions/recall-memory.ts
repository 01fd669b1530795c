import { createHash } from 'node:crypto';
import { type ReportFault, memoryOf, parseReport } from '../../reports/backup-compliance/memory/memory.js';
import { addDays, reportDayOf, startOfDate } from '../../base/civil-dates.js';
import type { PreviousReport, ReportFinding } from '../../reports/backup-compliance/model/daily-report.js';
import type { DayMemory } from '../../reports/backup-compliance/model/day-memory.js';
import type { Language } from '../../model/language.js';
import type { ReportDay, TimeWindow } from '../../model/report-day.js';
import type { Archive, Log } from '../../ports.js';
import { type CommittedRevision, findNewestRevision } from './read-revisions.js';

/** What the archive remembers of the days before, and what is left to read. */
export interface Recollection {
  /** null: a cold start. */
  readonly memory: DayMemory | null;
  readonly previous: CommittedRevision | null;
  readonly previousReport: PreviousReport | null;
  /** Days between the two that have no report, oldest first: their events are read and judged now. */
  readonly bridged: readonly ReportDay[];
  /** The instants to read: from where the memory ends, on a cold start from the look-back on. */
  readonly window: TimeWindow;
  readonly knownSinceMs: number;
  /** Why the newest report could not be gone on from; each makes this one INCOMPLETE. */
  readonly faults: readonly string[];
  readonly findings: readonly ReportFinding[];
}

/** What of the plan decides what is recalled, and how it is told. */
export interface RecallPlan {
  readonly name: string;
  readonly lookbackDays: number;
  readonly language: Language;
}

/**
 * Takes the newest revision of the newest report before the day as what this one goes on from (design section 4). A
 * gap of days is bridged by reading their events; of a gap longer than the look-back the report says what was not read.
 */
export async function recallMemory(
  archive: Archive,
  { name: plan, lookbackDays, language }: RecallPlan,
  day: ReportDay,
  log: Log,
): Promise<Recollection> {
  const lookbackStartMs = startOfDate(addDays(day.date, -lookbackDays), day.timezone);
  const cold = { fromMs: lookbackStartMs, toMs: day.cutOffMs };
  const nothing = {
    memory: null,
    previousReport: null,
    bridged: [],
    window: cold,
    knownSinceMs: cold.fromMs,
  };
  const previous = await newestBefore(archive, plan, day.date, lookbackDays);
  if (previous === null) {
    log.info({ plan, date: day.date, lookbackDays }, 'memory: no earlier report, a cold start');
    return { ...nothing, previous, faults: [], findings: [] };
  }
  const read = await readMemory(archive, plan, previous, language);
  if (!read.ok) {
    log.warn({ plan, date: previous.manifest.date, reason: read.reason }, 'memory: a report cannot be used');
    return { ...nothing, previous, faults: [read.reason], findings: [] };
  }
  const { memory } = read;
  const fromMs = Math.min(day.startMs, Math.max(memory.resumeMs, cold.fromMs));
  const missing = datesBetween(memory.date, day.date);
  const bridged = missing
    .flatMap((date) => reportDayOf(date, day.timezone) ?? [])
    .filter(({ startMs }) => startMs >= fromMs);
  const isWhole = fromMs <= memory.resumeMs;
  const { date, status, contentDigest } = previous.manifest;
  const { revision } = previous;
  log.info({ plan, date, revision, bridged: bridged.length }, 'memory: goes on from an earlier report');
  return {
    memory,
    previous,
    previousReport: { date, status, contentDigest, bridgedDays: bridged.map((each) => each.date) },
    bridged,
    window: { fromMs, toMs: day.cutOffMs },
    knownSinceMs: isWhole ? memory.knownSinceMs : fromMs,
    faults: [],
    findings: findingsOf(missing, isWhole ? memory.date : null, bridged, language),
  };
}

/**
 * @param missing dates that have no report, oldest first
 * @param wholeSince the date since which every event was read; null: not all of them were
 */
function findingsOf(
  missing: readonly string[],
  wholeSince: string | null,
  bridged: readonly ReportDay[],
  language: Language,
): readonly ReportFinding[] {
  const [first] = missing;
  const last = missing.at(-1);
  if (first === undefined || last === undefined) return [];
  const span =
    first === last
      ? language.date(first)
      : language.text('sentences.memory.span', { from: language.date(first), to: language.date(last) });
  return [{ kind: 'memory', subject: span, words: gapInWords(span, wholeSince, bridged[0]?.date, language) }];
}

function gapInWords(
  span: string,
  wholeSince: string | null,
  readSince: string | undefined,
  language: Language,
): string {
  if (wholeSince !== null) {
    return language.text('sentences.memory.bridged', { span, since: language.date(wholeSince) });
  }
  return readSince === undefined
    ? language.text('sentences.memory.notBridged', { span })
    : language.text('sentences.memory.bridgedInPart', { span, since: language.date(readSince) });
}

/** Dates after `from` and before `to`. */
function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let date = addDays(from, 1); date < to; date = addDays(date, 1)) dates.push(date);
  return dates;
}

/** The days of the look-back are asked for one by one; only when none is there the whole archive is listed. */
async function newestBefore(
  archive: Archive,
  plan: string,
  date: string,
  lookbackDays: number,
): Promise<CommittedRevision | null> {
  for (let days = 1; days <= Math.max(lookbackDays, 1); days += 1) {
    const found = await findNewestRevision(archive, plan, addDays(date, -days));
    if (found !== null) return found;
  }
  const manifest = new RegExp(`^${plan}/(\\d{4})/(\\d{2})/(\\d{2})/r\\d+/manifest\\.json$`);
  let newest = '';
  for (const { key } of await archive.list(`${plan}/`)) {
    const [, year, month, dayOfMonth] = manifest.exec(key) ?? [];
    const found = year === undefined ? '' : `${year}-${month}-${dayOfMonth}`;
    if (found < date && found > newest) newest = found;
  }
  return newest === '' ? null : findNewestRevision(archive, plan, newest);
}

type ReadMemory =
  { readonly ok: true; readonly memory: DayMemory } | { readonly ok: false; readonly reason: string };

/** Bytes that are not those of the manifest are not gone on from: nobody knows who wrote them. */
async function readMemory(
  archive: Archive,
  plan: string,
  revision: CommittedRevision,
  language: Language,
): Promise<ReadMemory> {
  const key = `${revision.prefix}report.json`;
  const { date, artefacts } = revision.manifest;
  const unusable = (why: string): ReadMemory => {
    const values = { date: language.date(date), location: archive.locate(key), why };
    return { ok: false, reason: language.text('sentences.memory.unusable', values) };
  };
  const bytes = await archive.read(key);
  if (bytes === null) return unusable(language.text('sentences.memory.notThere'));
  const expected = artefacts.find(({ name }) => name === 'report.json')?.sha256;
  if (createHash('sha256').update(bytes).digest('hex') !== expected) {
    return unusable(language.text('sentences.memory.notOfManifest'));
  }
  const parsed = parseReport(bytes, { plan, date });
  return parsed.ok
    ? { ok: true, memory: memoryOf(parsed.report) }
    : unusable(faultInWords(parsed.fault, language));
}

function faultInWords(fault: ReportFault, language: Language): string {
  switch (fault.kind) {
    case 'not-json':
      return language.text('sentences.memory.notJson');
    case 'malformed':
      return fault.issue;
    case 'of-another': {
      const { plan, date } = fault;
      return language.text('sentences.memory.ofAnother', { plan, date: language.date(date) });
    }
  }
}
