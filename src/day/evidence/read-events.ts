import { createHash } from 'node:crypto';
import { EventLedger } from '../../reports/backup-compliance/events/event-ledger.js';
import {
  type ClassifiedRecord,
  createRecordClassifier,
} from '../../reports/backup-compliance/events/classify-record.js';
import { toIso } from '../../base/instants.js';
import { secretFreeText } from '../../records/secrets.js';
import type { BackupEvent } from '../../reports/backup-compliance/model/backup-event.js';
import type { ControlTotals, Disposition, RejectedRecord } from '../../model/control-totals.js';
import type { SourceReport } from '../../reports/backup-compliance/model/daily-report.js';
import type { ManifestSource } from '../../model/manifest.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { EventSource, Log, SourceRecord } from '../../ports.js';
import { GzipLineWriter } from '../artefacts/gzip-line-writer.js';
import { compareText } from '../../base/text-order.js';

/** What reading all sources came to. */
export interface EventReading {
  readonly ledger: EventLedger;
  readonly sources: readonly SourceReport[];
  readonly manifestSources: readonly ManifestSource[];
  /** At most 100 of them, chosen by content. */
  readonly rejected: readonly RejectedRecord[];
  /** To be called when the evidence is archived. */
  readonly acknowledge: () => Promise<void>;
}

const excerptCharacters = 200;
const shownRejected = 100;

/** Longest unparsable text kept whole in the evidence; of a longer one, its beginning and digest. */
const maxRejectedText = 64 * 1024;

type MutableTotals = { -readonly [Key in keyof ControlTotals]: number };

/** The sources read to their end; the evidence is still open for what earlier reports remember. */
export interface OpenReading {
  readonly window: TimeWindow;
  /** Records used, of all sources together. */
  readonly used: number;
  /**
   * Ends the evidence. To be called once.
   *
   * @param carried begins of attempts that earlier reports saw and whose end is still to come. They are no records of this
   *   reading.
   */
  finish(carried: readonly BackupEvent[]): Promise<EventReading>;
  /** Gives up: the evidence is left as it is. */
  discard(): void;
}

/**
 * Reads every source to its end, understands each record, and writes each with its disposition to the evidence
 * (design section 3): one line a record, numbered from 1.
 *
 * @param signal gives up between two batches
 */
export async function readSources(
  sources: readonly EventSource[],
  window: TimeWindow,
  evidencePath: string,
  log: Log,
  signal?: AbortSignal,
): Promise<OpenReading> {
  const reading = new RecordReading(window, evidencePath);
  try {
    const reports: SourceReport[] = [];
    const manifestSources: ManifestSource[] = [];
    const acknowledgements: (() => Promise<void>)[] = [];
    for (const [index, source] of sources.entries()) {
      const name = `${index + 1}:${source.type}`;
      reading.beginSource(name);
      const { batches, outcome, acknowledge } = source.read(window);
      if (acknowledge !== undefined) acknowledgements.push(acknowledge);
      for await (const batch of batches) {
        signal?.throwIfAborted();
        await reading.addBatch(batch);
      }
      const { complete, reasons, requests } = outcome();
      const common = {
        name,
        type: source.type,
        request: source.request,
        windowStart: toIso(window.fromMs),
        windowEnd: toIso(window.toMs),
        // Goes on changing until all is read: a record of one source may prove to repeat one of another.
        controlTotals: reading.totals.at(-1) ?? emptyTotals(),
        complete,
      };
      reports.push({ ...common, reasons });
      manifestSources.push({ ...common, requests });
      if (!complete) log.warn({ source: name, reasons }, 'a source is not complete');
      log.info({ source: name, ...common.controlTotals }, 'source read');
    }
    return {
      window,
      used: reading.totals.reduce((sum, { used }) => sum + used, 0),
      finish: async (carried) => {
        for (const event of carried) reading.addCarried(event);
        await reading.close();
        reading.ledger.close();
        return {
          ledger: reading.ledger,
          sources: reports,
          manifestSources,
          rejected: reading.rejected(),
          acknowledge: async () => {
            for (const each of acknowledgements) await each();
          },
        };
      },
      discard: () => reading.destroy(),
    };
  } catch (error) {
    reading.destroy();
    throw error;
  }
}

function contentOf({ reason, excerpt, sha256 }: RejectedRecord): string {
  return `${reason}\u0000${excerpt}\u0000${sha256}`;
}

function emptyTotals(): MutableTotals {
  return { read: 0, used: 0, duplicate: 0, outside: 0, ignored: 0, rejected: 0 };
}

/** A record and what it holds, event by event. */
interface Understood {
  /** null where the source gave a value. */
  readonly text: string | null;
  readonly value: unknown;
  readonly events: readonly ClassifiedRecord[];
}

/** The state of one reading: numbering, totals by source, evidence. */
class RecordReading {
  readonly ledger = new EventLedger();
  readonly totals: MutableTotals[] = [];
  readonly #classify: (value: unknown) => readonly ClassifiedRecord[];
  readonly #evidence: GzipLineWriter;
  /** Number of the last record of each source. */
  readonly #lastOf: number[] = [];
  #rejected: RejectedRecord[] = [];
  #record = 0;
  #source = '';

  constructor(window: TimeWindow, evidencePath: string) {
    this.#classify = createRecordClassifier(window);
    this.#evidence = new GzipLineWriter(evidencePath);
  }

  beginSource(name: string): void {
    this.#source = JSON.stringify(name);
    this.totals.push(emptyTotals());
    this.#lastOf.push(this.#record);
  }

  async addBatch(batch: readonly SourceRecord[]): Promise<void> {
    for (const record of batch) {
      if (record.kind === 'unreadable') {
        this.#addUnreadable(record);
        continue;
      }
      const { text, value, events } = this.#understand(record);
      for (const event of events) {
        this.#addClassified(event, text, value, record.place);
        const behind = this.#evidence.behind();
        if (behind !== undefined) await behind;
      }
    }
  }

  /** Added last: where the same event was read again, the record that was read is the one used. */
  addCarried(event: BackupEvent): void {
    const { corrects } = this.ledger.add(event, 0);
    if (corrects !== null && corrects > 0) this.#correct(corrects);
  }

  close(): Promise<void> {
    return this.#evidence.close();
  }

  destroy(): void {
    this.#evidence.destroy();
  }

  /** The same few whatever the order of reading. */
  rejected(): readonly RejectedRecord[] {
    return this.#rejected.sort((a, b) => compareText(contentOf(a), contentOf(b))).slice(0, shownRejected);
  }

  #addUnreadable(record: Extract<SourceRecord, { kind: 'unreadable' }>): void {
    const { reason, sha256, bytes, place } = record;
    const excerpt = secretFreeText(record.excerpt).slice(0, excerptCharacters).toWellFormed();
    this.#reject({ reason, excerpt, sha256 });
    this.#write('rejected', place, { reason, bytes, sha256, excerpt });
  }

  /** Text that is no JSON is dealt with here: nothing is left to add. */
  #understand(record: Extract<SourceRecord, { kind: 'text' | 'value' }>): Understood {
    if (record.kind === 'value') {
      return { text: null, value: record.value, events: this.#classify(record.value) };
    }
    const { text } = record;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#addUnparsable(text, record.place);
      return { text, value: null, events: [] };
    }
    return { text, value, events: this.#classify(value) };
  }

  #addUnparsable(text: string, place: string): void {
    const reason = 'the line is not JSON';
    const sha256 = createHash('sha256').update(text).digest('hex');
    const clean = secretFreeText(text).toWellFormed();
    this.#reject({ reason, excerpt: clean.slice(0, excerptCharacters), sha256 });
    const kept =
      clean.length <= maxRejectedText ? { text: clean } : { excerpt: clean.slice(0, excerptCharacters) };
    this.#write('rejected', place, { reason, sha256, ...kept });
  }

  #addClassified(found: ClassifiedRecord, text: string | null, value: unknown, place: string): void {
    const content = found.evidence.asRead
      ? (text ?? JSON.stringify(value))
      : JSON.stringify(found.evidence.value);
    if (found.kind === 'rejected') {
      const { reason } = found;
      const sha256 = createHash('sha256').update(content).digest('hex');
      this.#reject({ reason, excerpt: content.slice(0, excerptCharacters).toWellFormed(), sha256 });
      this.#write('rejected', place, { reason, sha256 }, content);
      return;
    }
    if (found.kind !== 'event') {
      this.#write(found.kind, place, null, content);
      return;
    }
    const { disposition, corrects } = this.ledger.add(found.event, this.#record + 1);
    this.#write(disposition, place, null, content);
    if (corrects !== null) this.#correct(corrects);
  }

  #reject(record: RejectedRecord): void {
    this.#rejected.push(record);
    if (this.#rejected.length >= shownRejected * 10) this.#rejected = [...this.rejected()];
  }

  /** A record marked `used` before proved to repeat another: a later line of the same number supersedes. */
  #correct(record: number): void {
    const source = this.#lastOf.findLastIndex((last) => last < record);
    const totals = this.totals[source];
    if (totals !== undefined) {
      totals.used -= 1;
      totals.duplicate += 1;
    }
    this.#evidence.write(JSON.stringify({ record, disposition: 'duplicate', corrects: 'used' }));
  }

  #write(disposition: Disposition, place: string, facts: object | null, content?: string): void {
    this.#record += 1;
    const totals = this.totals.at(-1);
    if (totals !== undefined) {
      totals.read += 1;
      totals[disposition] += 1;
    }
    const head = `{"record":${this.#record},"source":${this.#source},"place":${JSON.stringify(place)},"disposition":"${disposition}"`;
    const middle = facts === null ? '' : `,${JSON.stringify(facts).slice(1, -1)}`;
    // The record's own text goes in as it was read: no re-serialising can change it.
    if (content === undefined) this.#evidence.write(head, middle, '}');
    else this.#evidence.write(head, middle, ',"content":', content, '}');
  }
}
