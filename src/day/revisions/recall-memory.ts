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
import type { FormerPlan } from '../../model/renaming.js';
import type { Archive } from '../../ports/archive.js';
import type { Log } from '../../ports/log.js';
import type {
  DayRecollection,
  KindMemory,
  ReadMemory,
  RecallFinding,
  Recalled,
} from '../../reports/report-kind.js';
import { damageInWords } from '../evidence/damage-in-words.js';
import { otherPlansOf } from './other-plans.js';
import { type KeptFile, readVerified } from './kept-file.js';
import { type UsableReport, newestUsable } from './newest-usable.js';
import { type PendingReport, type PreviousRevision, isPending } from './pending-report.js';
import { type CommittedRevision, dayPrefix } from './read-revisions.js';
import { mustBeOfKind } from './other-kind.js';
import { resumeReading } from './resume-reading.js';
import { unzipLines } from './unzip-lines.js';

/** What the archive knows about the days before, and what is left to read. */
export interface Recollection<M extends DayRecollection = DayRecollection> extends Recalled<M> {
  readonly previous: PreviousRevision | null;
  /** Those of the faults that say which later reports could not be used. */
  readonly unusable: readonly string[];
  /** What to read: from the end of the memory or, on a cold start, from the beginning of the look-back. */
  readonly window: TimeWindow;
}

/** The part of a plan that decides what is recalled, and in which language. */
export interface RecallPlan<M extends DayRecollection = DayRecollection> {
  readonly name: string;
  readonly language: Language;
  readonly settleDelayMs?: number;
  readonly maxBridgeDays?: number;
  /** Reports of days before it that are judged and not archived yet; absent: there are none. */
  readonly pending?: readonly PendingReport[];
  /** What it was called before; absent or null: nothing else. */
  readonly formerPlan?: FormerPlan | null;
  readonly kind: {
    readonly name: string;
    readonly lookbackDays: number;
    readonly memory: KindMemory<M> | null;
  };
}

/**
 * Recalls the newest revision of the newest report before the day, which this one continues. A gap of days is bridged by
 * reading their events; if it is longer than `maxBridgeDays`, the report is INCOMPLETE and says what was not read. What is
 * damaged is named, makes the report INCOMPLETE, and is gone around (ADR 26).
 *
 * @throws Failure('usage') where that report is of another kind (ADR 40)
 */
export async function recallMemory<M extends DayRecollection>(
  archive: Archive,
  plan: RecallPlan<M>,
  day: ReportDay,
  log: Log,
): Promise<Recollection<M>> {
  const { name, kind, pending = [] } = plan;
  const read = (previous: PreviousRevision): Promise<ReadMemory<M>> | null =>
    readHanded(archive, plan, previous);
  const search = { before: day.date, lookbackDays: kind.lookbackDays, pending, read };
  const found = await newestOfNames<M>(archive, plan, search);
  const { previous, memory, faults } = found;
  for (const reason of faults)
    log.warn({ plan: name, date: day.date, reason }, 'memory: a report cannot be used');
  if (previous !== null && kind.memory === null) await mustGoOnFrom(archive, plan, previous);
  if (previous === null && faults.length === 0 && kind.memory !== null) {
    await sayColdStart(archive, plan, day, log);
  } else if (previous !== null && memory !== null) {
    const { revision, manifest } = previous;
    const fields = { plan: name, date: manifest.date, revision };
    log.info(fields, 'memory: continues an earlier report');
  }
  return recollectionOf(found, plan, day);
}

/** Under its own name; where there is none, under the name that it had before. */
async function newestOfNames<M extends DayRecollection>(
  archive: Archive,
  plan: RecallPlan<M>,
  search: Parameters<typeof newestUsable<M>>[2],
): Promise<UsableReport<M>> {
  const own = await newestUsable<M>(archive, plan, search);
  const { formerPlan = null } = plan;
  if (own.previous !== null || formerPlan === null) return own;
  const former = await newestUsable<M>(
    archive,
    { name: formerPlan.name, language: plan.language },
    { ...search, pending: [] },
  );
  return { ...former, faults: [...own.faults, ...former.faults] };
}

/** What a report hands to the day; null: days of this kind stand alone. */
export function readHanded<M extends DayRecollection>(
  archive: Archive,
  plan: Pick<RecallPlan<M>, 'name' | 'language' | 'kind'>,
  previous: PreviousRevision,
): Promise<ReadMemory<M>> | null {
  const { memory: reader } = plan.kind;
  if (reader === null) return null;
  return isPending(previous)
    ? readPending(archive, plan, reader, previous)
    : readMemory(archive, { ...plan, name: previous.manifest.plan }, reader, previous);
}

/** What follows for a day from the report that it goes on from. */
export function recollectionOf<M extends DayRecollection>(
  { previous, memory, faults }: UsableReport<M>,
  {
    name,
    kind,
    language,
    settleDelayMs = defaultSettleDelayMs,
    maxBridgeDays = defaultMaxBridgeDays,
  }: RecallPlan<M>,
  day: ReportDay,
): Recollection<M> {
  const coldFromMs = startOfDate(addDays(day.date, -kind.lookbackDays), day.timezone);
  const coldStart: Recollection<M> = {
    memory: null,
    previous: null,
    previousReport: null,
    bridged: [],
    window: windowOfDay(day, coldFromMs, settleDelayMs),
    knownSinceMs: coldFromMs,
    faults: [],
    unusable: faults,
    findings: [],
  };
  if (kind.memory === null) return { ...coldStart, previous };
  if (previous === null || memory === null) return { ...coldStart, faults };
  const { fromMs, ...resumed } = resumeReading(memory, day, maxBridgeDays, language);
  const { date, status, contentDigest } = previous.manifest;
  const renamed = renamedFinding(previous, name, language);
  const bridgedDays = resumed.bridged.map((each) => each.date);
  return {
    ...coldStart,
    ...resumed,
    faults: [...faults, ...resumed.faults],
    findings: [...resumed.findings, ...renamed],
    previous,
    window: windowOfDay(day, fromMs, settleDelayMs),
    memory,
    previousReport: { date, status, contentDigest, bridgedDays },
  };
}

/** Where the report that it goes on from has another name: that of the plan then. */
function renamedFinding(
  previous: PreviousRevision,
  name: string,
  language: Language,
): readonly RecallFinding[] {
  if (isPending(previous) || previous.manifest.plan === name) return [];
  const { date, plan: before } = previous.manifest;
  const words = language.text('sentences.memory.renamed', { date: language.date(date), before });
  return [{ kind: 'memory', subject: language.date(date), words }];
}

/** Days that stand alone read nothing of it but its kind. */
async function mustGoOnFrom(archive: Archive, plan: RecallPlan, previous: PreviousRevision): Promise<void> {
  if (isPending(previous)) return;
  const { date, artefacts } = previous.manifest;
  const entry = artefacts.find(({ name }) => name === artefactNames.report);
  const kept = await readVerified(archive, `${previous.prefix}${artefactNames.report}`, entry?.sha256);
  if (kept.ok) mustBeOfKind(kept.bytes, plan, date);
}

/** Only for the log: a report is made all the same. */
async function sayColdStart(archive: Archive, plan: RecallPlan, day: ReportDay, log: Log): Promise<void> {
  const { name, kind } = plan;
  const others = await otherPlansOf(archive, name).catch(() => []);
  const fields = { plan: name, date: day.date, lookbackDays: kind.lookbackDays };
  if (others.length === 0) log.info(fields, 'memory: no earlier report, a cold start');
  else
    log.warn(
      { ...fields, otherPlans: others },
      'memory: a cold start in an archive with other plans: was this one renamed?',
    );
}

/** Older versions wrote none; what their report says is gone on from. */
async function readMemory<M extends DayRecollection>(
  archive: Archive,
  { name, language, kind }: Pick<RecallPlan<M>, 'name' | 'language' | 'kind'>,
  reader: KindMemory<M>,
  revision: CommittedRevision,
): Promise<ReadMemory<M>> {
  const { date, artefacts } = revision.manifest;
  const unusable = (why: string, location: string): ReadMemory<M> => ({
    ok: false,
    fault: language.text('sentences.memory.unusable', { date: language.date(date), location, why }),
  });
  const read = (file: string): Promise<KeptFile> => {
    const entry = artefacts.find((artefact) => artefact.name === file);
    return readVerified(archive, `${revision.prefix}${file}`, entry?.sha256);
  };
  const report = await read(artefactNames.report);
  if (!report.ok) return unusable(damageInWords(report.damage, language), report.damage.location);
  mustBeOfKind(report.bytes, { name, kind }, date);
  const { linesFile = '' } = reader;
  const isListed = artefacts.some((artefact) => artefact.name === linesFile);
  const lines = isListed ? await read(linesFile) : null;
  if (lines?.ok === false) return unusable(damageInWords(lines.damage, language), lines.damage.location);
  const archived = { plan: name, date, lines: lines && unzipLines(lines.bytes) };
  const memory = await reader.read(report.bytes, archived, language);
  const location = archive.locate(`${revision.prefix}${artefactNames.report}`);
  return memory.ok ? memory : unusable(memory.fault, location);
}

/** What a report that is not archived yet hands to the next day. */
async function readPending<M extends DayRecollection>(
  archive: Archive,
  { name, language }: Pick<RecallPlan, 'name' | 'language'>,
  reader: KindMemory<M>,
  { manifest, document, memoryLines }: PendingReport,
): Promise<ReadMemory<M>> {
  const { date } = manifest;
  const memory = await reader.read(document(), { plan: name, date, lines: memoryLines() }, language);
  if (memory.ok) return memory;
  const location = archive.locate(dayPrefix(name, date));
  const values = { date: language.date(date), location, why: memory.fault };
  return { ok: false, fault: language.text('sentences.memory.unusable', values) };
}
