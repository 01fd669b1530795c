import { createHash } from 'node:crypto';
import { addDays, reportDayOf, startOfDate } from '../../base/civil-dates.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Language } from '../../model/language.js';
import type { ReportDay, TimeWindow } from '../../model/report-day.js';
import type { Archive, Log } from '../../ports.js';
import type {
  DayRecollection,
  KindMemory,
  ReadMemory,
  RecallFinding,
  Recalled,
} from '../../reports/report-kind.js';
import { dateOfManifest } from './date-of-manifest.js';
import { type CommittedRevision, findNewestRevision } from './read-revisions.js';
import { unzipLines } from './unzip-lines.js';

/** What the archive knows about the days before, and what is left to read. */
export interface Recollection<M extends DayRecollection = DayRecollection> extends Recalled<M> {
  readonly previous: CommittedRevision | null;
  /** What to read: from the end of the memory or, on a cold start, from the beginning of the look-back. */
  readonly window: TimeWindow;
}

/** The part of a plan that decides what is recalled, and in which language. */
export interface RecallPlan<M extends DayRecollection = DayRecollection> {
  readonly name: string;
  readonly language: Language;
  readonly kind: {
    readonly lookbackDays: number;
    readonly memory: KindMemory<M> | null;
  };
}

/**
 * Recalls the newest revision of the newest report before the day, which this one continues. A gap of days is bridged by
 * reading their events; if the gap is longer than the look-back, the report says what was not read.
 */
export async function recallMemory<M extends DayRecollection>(
  archive: Archive,
  plan: RecallPlan<M>,
  day: ReportDay,
  log: Log,
): Promise<Recollection<M>> {
  const { name, kind, language } = plan;
  const { lookbackDays } = kind;
  const coldFromMs = startOfDate(addDays(day.date, -lookbackDays), day.timezone);
  const previous = await newestBefore(archive, name, day.date, lookbackDays);
  const coldStart: Recollection<M> = {
    memory: null,
    previous,
    previousReport: null,
    bridged: [],
    window: { fromMs: coldFromMs, toMs: day.cutOffMs },
    knownSinceMs: coldFromMs,
    faults: [],
    findings: [],
  };
  const { memory: reader } = kind;
  if (reader === null) return coldStart;
  if (previous === null) {
    log.info({ plan: name, date: day.date, lookbackDays }, 'memory: no earlier report, a cold start');
    return coldStart;
  }
  const read = await readMemory(archive, plan, reader, previous);
  if (!read.ok) {
    const { date } = previous.manifest;
    log.warn({ plan: name, date, reason: read.fault }, 'memory: a report cannot be used');
    return { ...coldStart, faults: [read.fault] };
  }
  const resumed = resume(read.memory, day, coldFromMs, language);
  const { date, status, contentDigest } = previous.manifest;
  const { bridged } = resumed;
  log.info(
    { plan: name, date, revision: previous.revision, bridged: bridged.length },
    'memory: continues an earlier report',
  );
  const previousReport = { date, status, contentDigest, bridgedDays: bridged.map((each) => each.date) };
  return { ...coldStart, ...resumed, memory: read.memory, previousReport };
}

/** Where reading resumes, and what lies between the memory and the day. */
function resume(
  memory: DayRecollection,
  day: ReportDay,
  coldFromMs: number,
  language: Language,
): Pick<Recollection, 'bridged' | 'window' | 'knownSinceMs' | 'findings'> {
  const fromMs = Math.min(day.startMs, Math.max(memory.resumeMs, coldFromMs));
  const missing = datesBetween(memory.date, day.date);
  const bridged = missing
    .flatMap((date) => reportDayOf(date, day.timezone) ?? [])
    .filter(({ startMs }) => startMs >= fromMs);
  const isWhole = fromMs <= memory.resumeMs;
  return {
    bridged,
    window: { fromMs, toMs: day.cutOffMs },
    knownSinceMs: isWhole ? memory.knownSinceMs : fromMs,
    findings: findingsOf(missing, isWhole ? memory.date : null, bridged, language),
  };
}

/**
 * @param missing dates that have no report, oldest first
 * @param wholeSince the date since which every event was read; null: some were not
 */
function findingsOf(
  missing: readonly string[],
  wholeSince: string | null,
  bridged: readonly ReportDay[],
  language: Language,
): readonly RecallFinding[] {
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

/** Tries the days of the look-back one by one, and lists the whole archive only if none of them has a report. */
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
  let newest = '';
  for (const { key } of await archive.list(`${plan}/`)) {
    const found = dateOfManifest(key) ?? '';
    if (found < date && found > newest) newest = found;
  }
  return newest === '' ? null : findNewestRevision(archive, plan, newest);
}

/** A report that does not match its manifest is not used: nobody knows who wrote it. */
async function readMemory<M extends DayRecollection>(
  archive: Archive,
  { name, language }: Pick<RecallPlan, 'name' | 'language'>,
  reader: KindMemory<M>,
  revision: CommittedRevision,
): Promise<ReadMemory<M>> {
  const { date } = revision.manifest;
  const unusable = (why: string, file: string): ReadMemory<M> => {
    const values = { date: language.date(date), location: archive.locate(`${revision.prefix}${file}`), why };
    return { ok: false, fault: language.text('sentences.memory.unusable', values) };
  };
  const report = await readVerified(archive, revision, artefactNames.report);
  if (!report.ok) return unusable(language.text(report.why), artefactNames.report);
  const { linesFile = '' } = reader;
  // Older versions wrote none: what their report says is gone on from.
  const isListed = revision.manifest.artefacts.some((artefact) => artefact.name === linesFile);
  const lines = isListed ? await readVerified(archive, revision, linesFile) : null;
  if (lines?.ok === false) return unusable(language.text(lines.why), linesFile);
  const archived = { plan: name, date, lines: lines && unzipLines(lines.bytes) };
  const read = await reader.read(report.bytes, archived, language);
  return read.ok ? read : unusable(read.fault, artefactNames.report);
}

type Verified =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly why: 'sentences.memory.notThere' | 'sentences.memory.notOfManifest' };

/** A file of the revision that is the one that its manifest names. */
async function readVerified(
  archive: Archive,
  { prefix, manifest }: CommittedRevision,
  name: string,
): Promise<Verified> {
  const bytes = await archive.read(`${prefix}${name}`);
  if (bytes === null) return { ok: false, why: 'sentences.memory.notThere' };
  const expected = manifest.artefacts.find((artefact) => artefact.name === name)?.sha256;
  const isIt = createHash('sha256').update(bytes).digest('hex') === expected;
  return isIt ? { ok: true, bytes } : { ok: false, why: 'sentences.memory.notOfManifest' };
}
