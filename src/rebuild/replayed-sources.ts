import { evidenceType } from '../day/evidence/earlier-evidence.js';
import { type EvidenceRecord, readEvidenceLine, rejectedLineOf } from '../day/evidence/evidence-lines.js';
import { unzipLines } from '../day/revisions/unzip-lines.js';
import { explainError } from '../errors.js';
import type { Manifest, ManifestSource } from '../model/manifest.js';
import { recogniseReason } from '../model/reasons/recognise-reason.js';
import type { EventSource, SourceReading, SourceRecord } from '../ports/event-source.js';
import { readJsonText } from '../records/json.js';
import type { RecordExplanation } from '../reports/report-kind.js';
import { CannotRebuild } from './rebuilt-revision.js';

/** How many records are handed on at once. */
const batchRecords = 500;

/** Only what surrounds a record tells that it is one of these: by itself it may well be an event. */
const bySurroundings: ReadonlySet<string> = new Set(['eventInEvent', 'wrappedTooDeep', 'notProcessed']);

/** The sources of a revision, whose records come from its evidence and whose outcomes come from its manifest. */
export interface ReplayedSources {
  readonly sources: readonly EventSource[];
  /** Once all are read: lines that none of them gave, and records that were rejected and can be read. In words. */
  findings(): readonly string[];
}

/**
 * Sources that deliver again what they delivered then, in the same order. What a revision took from the evidence of an earlier
 * one is no source: it is taken again.
 *
 * @param explain says what a rejected record would be by itself
 */
export function replayedSources(
  { sources }: Pick<Manifest, 'sources'>,
  evidence: Uint8Array,
  explain: RecordExplanation,
): ReplayedSources {
  const lines = new EvidenceCursor(unzipLines(evidence));
  const misjudged: string[] = [];
  const judge = (record: EvidenceRecord): void => {
    const words = misjudgedWords(record, explain);
    if (words !== null) misjudged.push(words);
  };
  return {
    sources: sources
      .filter(({ type }) => type !== evidenceType)
      .map((source) => replayedSource(source, () => recordsOf(lines, source.name, judge))),
    findings: () => {
      const left = lines.current;
      if (left === null || isOfEvidence(left)) return misjudged;
      return [
        ...misjudged,
        `record ${left.record} is of the source ${left.source}, which the manifest does not name there`,
      ];
    },
  };
}

/** What a revision took from an earlier one's evidence comes last. */
function isOfEvidence({ from }: EvidenceRecord): boolean {
  return from !== undefined;
}

function replayedSource(
  { name, type, request, complete, reasons, notes = [], requests, inputs, ...rest }: ManifestSource,
  records: () => AsyncIterable<readonly SourceRecord[]>,
): EventSource {
  const passedOver = rest.passedOver ?? null;
  const told = {
    complete,
    reasons,
    notes,
    requests,
    passedOver,
    ...(inputs === undefined ? {} : { inputs }),
  };
  return {
    name,
    type,
    request,
    read: (): SourceReading => ({ batches: records(), outcome: () => told }),
    diagnose: () => Promise.resolve({ findings: [], eventTypes: null }),
  };
}

async function* recordsOf(
  lines: EvidenceCursor,
  source: string,
  judge: (record: EvidenceRecord) => void,
): AsyncGenerator<readonly SourceRecord[]> {
  let batch: SourceRecord[] = [];
  for (let record = await lines.start(); record !== null; record = await lines.next()) {
    if (record.source !== source || isOfEvidence(record)) break;
    if (record.disposition === 'rejected') judge(record);
    batch.push(recordOf(record));
    if (batch.length < batchRecords) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function recordOf(record: EvidenceRecord): SourceRecord {
  if (record.disposition === 'rejected') return rejectedLineOf(record);
  const { content, place } = record;
  if (content === undefined)
    throw new CannotRebuild(`record ${record.record} of its evidence has no content`);
  return { kind: 'item', text: content, place };
}

/** null: by itself, it is rejected as well, or nobody can tell. */
function misjudgedWords(
  { record, content, reason = '', place }: EvidenceRecord,
  explain: RecordExplanation,
): string | null {
  if (content === undefined || bySurroundings.has(recogniseReason(reason)?.code ?? '')) return null;
  const read = readJsonText(content);
  const [item] = read.ok ? explain.take(read.value, record) : [];
  if (item === undefined || item.disposition === 'rejected') return null;
  const subject = item.eventType === null ? '' : ` (${item.eventType})`;
  return `record ${record} (${place}) was rejected, and can be read${subject}`;
}

/** The lines of evidence one by one, corrections left out: those are made again. */
class EvidenceCursor {
  readonly #lines: AsyncIterator<string>;
  #current: EvidenceRecord | null = null;
  #isStarted = false;

  constructor(lines: AsyncIterable<string>) {
    this.#lines = lines[Symbol.asyncIterator]();
  }

  /** null: there are no more. */
  get current(): EvidenceRecord | null {
    return this.#current;
  }

  /** The current one; of a cursor that nobody moved, the first. */
  async start(): Promise<EvidenceRecord | null> {
    return this.#isStarted ? this.#current : this.next();
  }

  async next(): Promise<EvidenceRecord | null> {
    this.#isStarted = true;
    for (;;) {
      const line = await this.#nextLine();
      if (line === null) return (this.#current = null);
      const record = parsed(line);
      if (record !== null) return (this.#current = record);
    }
  }

  async #nextLine(): Promise<string | null> {
    try {
      const { done, value } = await this.#lines.next();
      return done === true || value === '' ? null : value;
    } catch (error) {
      throw new CannotRebuild(`its evidence cannot be unpacked: ${explainError(error)}`);
    }
  }
}

function parsed(line: string): EvidenceRecord | null {
  try {
    return readEvidenceLine(line);
  } catch (error) {
    throw new CannotRebuild(`its evidence has a line that cannot be read: ${explainError(error)}`);
  }
}
