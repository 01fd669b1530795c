import { sha256Hex } from '../../base/digest.js';
import { explainError } from '../../errors.js';
import type { ArchiveDamage } from '../../model/archive-damage.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Language } from '../../model/language.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { RejectedLine } from '../../ports/event-source.js';
import type { Log } from '../../ports/log.js';
import { type Redaction, UnredactableRecord, noRedaction } from '../../records/redaction.js';
import type { RecordReading } from '../../reports/record-reading.js';
import type { DayRecollection } from '../../reports/report-kind.js';
import { damageInWords } from './damage-in-words.js';
import type { EarlierEvidence } from './earlier-evidence.js';
import { EarlierReading } from './earlier-reading.js';
import {
  type EvidenceRecord,
  correctionOf,
  dispositionOf,
  readEvidenceLine,
  recordOf,
  rejectedLineOf,
  valueOf,
} from './evidence-lines.js';
import type { EvidenceWriter } from './evidence-writer.js';
import type { PulseCounter } from './pulse-counter.js';
import { type PresentSource, PresentSources } from './present-sources.js';
import { unreadBefore } from './unread-before.js';

export interface EarlierParts {
  readonly evidence: EvidenceWriter;
  readonly records: RecordReading<DayRecollection, unknown>;
  /** By source, where its records are counted: what it told once, it told. */
  readonly pulses: ReadonlyMap<string, PulseCounter | null>;
  readonly window: TimeWindow;
  /** The sources that were read this time. */
  readonly read: readonly PresentSource[];
  readonly language: Language;
  /** Of the plan as it is now: what is archived again must not have what its rules keep out. */
  readonly redaction: Redaction;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A later revision never knows less: takes from the evidence of earlier revisions what the sources do not give any more,
 * and names what they could not read and nobody can read by now.
 *
 * @param earlier the newest first
 * @returns a source for each revision that something of is in this report
 */
export async function takeEarlier(
  earlier: readonly EarlierEvidence[],
  parts: EarlierParts,
): Promise<readonly PresentSource[]> {
  const newest = earlier.find(({ isNewest }) => isNewest);
  const present = new PresentSources(parts.read, newest?.sources ?? []);
  const readings = new Map<number, EarlierReading>();
  const readingOf = (revision: number, key: string): EarlierReading => {
    const known = readings.get(revision) ?? new EarlierReading(revision, key, parts);
    readings.set(revision, known);
    return known;
  };
  for (const evidence of earlier) {
    const reading = readingOf(evidence.revision, evidence.key);
    const { damage } = evidence;
    const torn = await takeEvidence(evidence, reading, { ...parts, present });
    for (const each of [...damage, ...(torn === null ? [] : [torn])]) addDamage(each, reading, parts);
  }
  if (newest !== undefined) {
    const { revision, sources, key } = newest;
    const context = { present, isAsked: askedAgain(earlier), language: parts.language };
    for (const unread of unreadBefore(sources, revision, context)) {
      readingOf(unread.revision, key).addUnread(unread.entry, unread.words);
    }
  }
  return [...readings.values()].flatMap((reading) => reading.source(parts.window) ?? []);
}

/** A file of an earlier revision that cannot be used, and why, in words. */
type DamagedFile = Pick<ArchiveDamage, 'key' | 'location' | 'reason' | 'values'> & {
  readonly words?: string;
};

function addDamage(
  damage: DamagedFile,
  reading: EarlierReading,
  { language, log }: Pick<EarlierParts, 'language' | 'log'>,
): void {
  const { key, location } = damage;
  const { revision } = reading;
  const why = damage.words ?? damageInWords(damage, language);
  log.warn({ place: location, reason: why }, 'archive: a file of an earlier revision cannot be used');
  const words = language.text(sentenceOf(key), { key, location, revision, why });
  const entry = { name: key, disposition: 'unreadable', reason: why, bytes: null, records: null } as const;
  reading.addUnread(entry, words);
}

/** From evidence, report and manifest, and from what it was made with, a later report learns what was known. */
function sentenceOf(key: string): string {
  if (key.endsWith(`/${artefactNames.evidence}`)) return 'sentences.evidence.unreadable';
  const isOfKnowledge = [artefactNames.manifest, artefactNames.report].some((name) =>
    key.endsWith(`/${name}`),
  );
  return isOfKnowledge || key.includes('/made-by/')
    ? 'sentences.evidence.lost'
    : 'sentences.evidence.damaged';
}

/** Whether a file is one of a revision whose files were all looked at again. */
function askedAgain(earlier: readonly EarlierEvidence[]): (name: string) => boolean {
  const prefixes = earlier.map(({ key }) => key.slice(0, key.lastIndexOf('/') + 1));
  return (name) =>
    prefixes.some((prefix) => name.startsWith(prefix)) ||
    earlier.some(({ key }) => name.startsWith(`${key.split('/')[0]}/made-by/`));
}

interface TakingParts extends EarlierParts {
  readonly present: PresentSources;
}

/** @returns why it cannot be read although it is what its manifest names; null: it was read to its end, or is damaged */
async function takeEvidence(
  { lines, key }: EarlierEvidence,
  reading: EarlierReading,
  parts: TakingParts,
): Promise<DamagedFile | null> {
  if (lines === null) return null;
  try {
    const corrected = await correctedRecords(lines());
    let duplicates = corrected.size;
    for await (const line of lines()) {
      parts.signal?.throwIfAborted();
      const was = wasOf(line, corrected);
      if (was === 'duplicate') duplicates += 1;
      else if (was !== null) await takeLine(line, was, { ...parts, reading });
    }
    if (duplicates === 0) return null;
    // Last: what they repeat is taken by now. They may have told what it did not.
    for await (const line of lines()) {
      if (wasOf(line, corrected) === 'duplicate') await takeLine(line, 'duplicate', { ...parts, reading });
    }
    return null;
  } catch (error) {
    parts.signal?.throwIfAborted();
    return { key, location: key, reason: 'other-bytes', words: explainError(error) };
  }
}

async function correctedRecords(lines: AsyncIterable<string>): Promise<ReadonlySet<number>> {
  const corrected = new Set<number>();
  for await (const line of lines) {
    const record = correctionOf(line);
    if (record !== null) corrected.add(record);
  }
  return corrected;
}

type KeptDisposition = 'used' | 'duplicate' | 'outside' | 'rejected';

/** The last disposition of the record; null for one that says nothing of the day, and for a correction. */
function wasOf(line: string, corrected: ReadonlySet<number>): KeptDisposition | null {
  if (correctionOf(line) !== null) return null;
  const was = dispositionOf(line);
  if (was === 'used') return corrected.size > 0 && corrected.has(recordOf(line)) ? 'duplicate' : 'used';
  return was === 'duplicate' || was === 'outside' || was === 'rejected' ? was : null;
}

interface LineParts extends TakingParts {
  readonly reading: EarlierReading;
}

async function takeLine(line: string, was: KeptDisposition, parts: LineParts): Promise<void> {
  const record = readEvidenceLine(line);
  if (record === null) return;
  if (was === 'rejected') takeRejected(record, parts);
  else takeKept(record, was, parts);
  const behind = parts.evidence.behind();
  if (behind !== undefined) await behind;
}

function takeKept(
  { content = 'null', source, from = source, place }: EvidenceRecord,
  was: Exclude<KeptDisposition, 'rejected'>,
  { evidence, records, pulses, reading, redaction }: LineParts,
): void {
  const redacted = redactedContent(content, redaction);
  if ('reason' in redacted) {
    reading.begin(from);
    evidence.addRejectedBefore({ kind: 'rejected', place, ...redacted });
    return;
  }
  const { text, value } = redacted;
  records.beginSource?.(from);
  for (const taken of records.takeMissing(value, evidence.nextNumber, was)) {
    if (taken.disposition === 'rejected' && evidence.hasRejected(sha256Hex(content))) continue;
    reading.begin(from);
    evidence.add(taken, { text, value, place });
    if (taken.happened !== undefined) pulses.get(from)?.add(taken.happened);
  }
}

/** It is still unread, unless its input was read again, or what it tells is known by now. */
function takeRejected(
  record: EvidenceRecord,
  { evidence, records, reading, present, redaction }: LineParts,
): void {
  const { content, source, from = source, place, sha256 } = record;
  if (sha256 === undefined || evidence.hasRejected(sha256) || present.hasInputOf(place)) return;
  if (content !== undefined && records.holds(valueOf(content))) return;
  reading.begin(from);
  const line = rejectedLineOf(record);
  evidence.addRejectedBefore(redaction === noRedaction ? line : withoutText(line));
}

type RedactedContent =
  | { readonly text: string; readonly value: unknown }
  /** Nobody can look into all of it. */
  | { readonly reason: string; readonly sha256: string; readonly bytes: number };

function redactedContent(content: string, redaction: Redaction): RedactedContent {
  const read = valueOf(content);
  try {
    const value = redaction.record(read);
    return { text: value === read ? content : JSON.stringify(value), value };
  } catch (error) {
    if (!(error instanceof UnredactableRecord)) throw error;
    return { reason: error.message, sha256: sha256Hex(content), bytes: Buffer.byteLength(content) };
  }
}

/** Of a rejected record only length and digest are kept where a plan redacts. */
function withoutText({ text, content, bytes, ...line }: RejectedLine): RejectedLine {
  return { ...line, excerpt: '', bytes: bytes ?? Buffer.byteLength(text ?? content ?? '') };
}
