import { createHash } from 'node:crypto';
import { addDays, startOfDate } from '../../base/civil-dates.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Language } from '../../model/language.js';
import {
  type ReportDay,
  type TimeWindow,
  defaultMaxBridgeDays,
  defaultSettleDelayMs,
  windowOfDay,
} from '../../model/report-day.js';
import type { Archive, Log } from '../../ports.js';
import type { DayRecollection, KindMemory, ReadMemory, Recalled } from '../../reports/report-kind.js';
import { dateOfManifest } from './date-of-manifest.js';
import { otherPlansOf } from './other-plans.js';
import { type CommittedRevision, findNewestRevision } from './read-revisions.js';
import { resumeReading } from './resume-reading.js';
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
  readonly settleDelayMs?: number;
  readonly maxBridgeDays?: number;
  readonly kind: {
    readonly lookbackDays: number;
    readonly memory: KindMemory<M> | null;
  };
}

/**
 * Recalls the newest revision of the newest report before the day, which this one continues. A gap of days is bridged by
 * reading their events; if it is longer than `maxBridgeDays`, the report is INCOMPLETE and says what was not read.
 */
export async function recallMemory<M extends DayRecollection>(
  archive: Archive,
  plan: RecallPlan<M>,
  day: ReportDay,
  log: Log,
): Promise<Recollection<M>> {
  const { name, kind, language, settleDelayMs = defaultSettleDelayMs } = plan;
  const { lookbackDays } = kind;
  const coldFromMs = startOfDate(addDays(day.date, -lookbackDays), day.timezone);
  const previous = await newestBefore(archive, name, day.date, lookbackDays);
  const coldStart: Recollection<M> = {
    memory: null,
    previous,
    previousReport: null,
    bridged: [],
    window: windowOfDay(day, coldFromMs, settleDelayMs),
    knownSinceMs: coldFromMs,
    faults: [],
    findings: [],
  };
  const { memory: reader } = kind;
  if (reader === null) return coldStart;
  if (previous === null) {
    // Only for the log: a report is made all the same.
    const others = await otherPlansOf(archive, name).catch(() => []);
    const fields = { plan: name, date: day.date, lookbackDays };
    if (others.length === 0) log.info(fields, 'memory: no earlier report, a cold start');
    else
      log.warn(
        { ...fields, otherPlans: others },
        'memory: a cold start in an archive with other plans: was this one renamed?',
      );
    return coldStart;
  }
  const read = await readMemory(archive, plan, reader, previous);
  if (!read.ok) {
    const { date } = previous.manifest;
    log.warn({ plan: name, date, reason: read.fault }, 'memory: a report cannot be used');
    return { ...coldStart, faults: [read.fault] };
  }
  const { maxBridgeDays = defaultMaxBridgeDays } = plan;
  const { fromMs, ...resumed } = resumeReading(read.memory, day, maxBridgeDays, language);
  const { date, status, contentDigest } = previous.manifest;
  const { bridged } = resumed;
  log.info(
    { plan: name, date, revision: previous.revision, bridged: bridged.length },
    'memory: continues an earlier report',
  );
  const previousReport = { date, status, contentDigest, bridgedDays: bridged.map((each) => each.date) };
  const window = windowOfDay(day, fromMs, settleDelayMs);
  return { ...coldStart, ...resumed, window, memory: read.memory, previousReport };
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
