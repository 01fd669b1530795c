import { createHash } from 'node:crypto';
import { memoryOf, parseReport } from '../core/memory.js';
import { addDays, reportDayOf, startOfDate } from '../core/report-day.js';
import type { PreviousReport, ReportFinding } from '../model/daily-report.js';
import type { DayMemory } from '../model/day-memory.js';
import type { ReportDay, TimeWindow } from '../model/report-day.js';
import type { Archive, Log } from '../ports.js';
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

/**
 * Takes the newest revision of the newest report before the day as what this one goes on from (design section 4). A
 * gap of days is bridged by reading their events; of a gap longer than the look-back the report says what was not read.
 */
export async function recallMemory(
  archive: Archive,
  plan: string,
  day: ReportDay,
  lookbackDays: number,
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
  const read = await readMemory(archive, plan, previous);
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
  const { date, status } = previous.manifest;
  const { revision, manifestSha256 } = previous;
  log.info({ plan, date, revision, bridged: bridged.length }, 'memory: goes on from an earlier report');
  return {
    memory,
    previous,
    previousReport: { date, revision, status, manifestSha256, bridgedDays: bridged.map((each) => each.date) },
    bridged,
    window: { fromMs, toMs: day.cutOffMs },
    knownSinceMs: isWhole ? memory.knownSinceMs : fromMs,
    faults: [],
    findings: findingsOf(memory.date, missing, bridged, isWhole),
  };
}

function findingsOf(
  date: string,
  missing: readonly string[],
  bridged: readonly ReportDay[],
  isWhole: boolean,
): readonly ReportFinding[] {
  const [first] = missing;
  const last = missing.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = first === last ? first : `${first} to ${last}`;
  const words = isWhole
    ? `the archive has no report of ${span}; the events since ${date} were read and judged with this day's. Make the missing ones with run --date`
    : `the archive has no report of ${span}; only the events since ${bridged[0]?.date ?? 'this day'} were read with this day's, what happened before is not known. Make the missing ones with run --date, or raise lookbackDays`;
  return [{ kind: 'memory', subject: span, words }];
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
async function readMemory(archive: Archive, plan: string, revision: CommittedRevision): Promise<ReadMemory> {
  const key = `${revision.prefix}report.json`;
  const { date, artefacts } = revision.manifest;
  const unusable = (why: string): ReadMemory => ({
    ok: false,
    reason: `the report of ${date} (${archive.locate(key)}) cannot be gone on from: ${why}; what it remembered is not in this one`,
  });
  const bytes = await archive.read(key);
  if (bytes === null) return unusable('it is not there');
  const expected = artefacts.find(({ name }) => name === 'report.json')?.sha256;
  if (createHash('sha256').update(bytes).digest('hex') !== expected) {
    return unusable('it is not the one that its manifest names');
  }
  const parsed = parseReport(bytes, { plan, date });
  return parsed.ok ? { ok: true, memory: memoryOf(parsed.report) } : unusable(parsed.reason);
}
