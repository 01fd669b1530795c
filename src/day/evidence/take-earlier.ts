import { sha256Hex } from '../../base/digest.js';
import { explainError } from '../../errors.js';
import type { Language } from '../../model/language.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { Log } from '../../ports.js';
import type { DayRecollection, RecordReading } from '../../reports/report-kind.js';
import type { EarlierEvidence } from './earlier-evidence.js';
import { EarlierReading } from './earlier-reading.js';
import {
  type EvidenceRecord,
  correctionOf,
  dispositionOf,
  readEvidenceLine,
  recordOf,
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
  const present = new PresentSources(parts.read, earlier[0]?.sources ?? []);
  const readings = new Map<number, EarlierReading>();
  const readingOf = (revision: number, key: string): EarlierReading => {
    const known = readings.get(revision) ?? new EarlierReading(revision, key, parts.evidence);
    readings.set(revision, known);
    return known;
  };
  for (const evidence of earlier) {
    const reading = readingOf(evidence.revision, evidence.key);
    const fault = await takeEvidence(evidence, reading, { ...parts, present });
    if (fault === null) continue;
    const { key, revision } = evidence;
    const words = parts.language.text('sentences.evidence.unreadable', { key, revision, why: fault });
    parts.log.warn({ key, reason: fault }, 'archive: the evidence of an earlier revision cannot be read');
    const entry = {
      name: key,
      disposition: 'unreadable',
      reason: fault,
      bytes: null,
      records: null,
    } as const;
    reading.addUnread(entry, words);
  }
  const asked = new Set(earlier.map(({ key }) => key));
  for (const { revision, key, sources, isNewest } of earlier) {
    if (!isNewest) continue;
    const context = { present, asked, language: parts.language };
    for (const unread of unreadBefore(sources, revision, context)) {
      readingOf(unread.revision, key).addUnread(unread.entry, unread.words);
    }
  }
  return [...readings.values()].flatMap((reading) => reading.source(parts.window) ?? []);
}

interface TakingParts extends EarlierParts {
  readonly present: PresentSources;
}

/** @returns why it cannot be read; null: it was read to its end */
async function takeEvidence(
  evidence: EarlierEvidence,
  reading: EarlierReading,
  parts: TakingParts,
): Promise<string | null> {
  const { lines } = evidence;
  if (lines === null) return parts.language.text('sentences.evidence.notOfManifest');
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
    return explainError(error);
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
  { evidence, records, pulses, reading }: LineParts,
): void {
  const value = valueOf(content);
  records.beginSource?.(from);
  for (const taken of records.takeMissing(value, evidence.nextNumber, was)) {
    if (taken.disposition === 'rejected' && evidence.hasRejected(sha256Hex(content))) continue;
    reading.begin(from);
    evidence.add(taken, { text: content, value, place });
    if (taken.happened !== undefined) pulses.get(from)?.add(taken.happened);
  }
}

/** It is still unread, unless its input was read again, or what it tells is known by now. */
function takeRejected(
  { content, source, from = source, ...kept }: EvidenceRecord,
  { evidence, records, reading, present }: LineParts,
): void {
  const { sha256, reason = '' } = kept;
  if (sha256 === undefined || evidence.hasRejected(sha256) || present.hasInputOf(kept.place)) return;
  if (content !== undefined && records.holds(valueOf(content))) return;
  reading.begin(from);
  evidence.addRejectedBefore({ ...kept, sha256, reason }, content);
}
