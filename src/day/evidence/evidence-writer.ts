import { createHash } from 'node:crypto';
import { compareText } from '../../base/text-order.js';
import type { ControlTotals, Disposition, RejectedRecord } from '../../model/control-totals.js';
import type { SourceRecord } from '../../ports.js';
import { secretFreeText } from '../../records/secrets.js';
import type { TakenRecord } from '../../reports/report-kind.js';
import { GzipLineWriter } from '../artefacts/gzip-line-writer.js';

const excerptCharacters = 200;
const shownRejected = 100;

/** Longest unparsable text kept whole in the evidence. Of a longer one, only its beginning and digest are kept. */
const maxRejectedText = 64 * 1024;

type MutableTotals = { -readonly [Key in keyof ControlTotals]: number };

/** A parsed record as a source gave it. */
export interface ParsedRecord {
  /** null where the source delivered a value. */
  readonly text: string | null;
  readonly value: unknown;
  readonly place: string;
}

/** Writes each record to the evidence, one line with its number and disposition, and counts the records by source. */
export class EvidenceWriter {
  readonly #lines: GzipLineWriter;
  readonly #totals: MutableTotals[] = [];
  /** Number of the last record before each source. */
  readonly #lastBefore: number[] = [];
  #rejected: RejectedRecord[] = [];
  #record = 0;
  #source = '';

  constructor(path: string) {
    this.#lines = new GzipLineWriter(path);
  }

  /** Number of the next record. */
  get nextNumber(): number {
    return this.#record + 1;
  }

  /**
   * Everything that follows belongs to this source.
   *
   * @returns its control totals. They keep changing until all sources are read: a record of one source may turn out to
   *   be a duplicate of another source's.
   */
  beginSource(name: string): ControlTotals {
    this.#source = JSON.stringify(name);
    this.#lastBefore.push(this.#record);
    const totals = { read: 0, used: 0, duplicate: 0, outside: 0, ignored: 0, rejected: 0 };
    this.#totals.push(totals);
    return totals;
  }

  addUnreadable(record: Extract<SourceRecord, { kind: 'unreadable' }>): void {
    const { reason, sha256, bytes, place } = record;
    const excerpt = secretFreeText(record.excerpt).slice(0, excerptCharacters).toWellFormed();
    this.#reject({ reason, excerpt, sha256 });
    this.#write('rejected', place, { reason, bytes, sha256, excerpt });
  }

  addUnparsable(text: string, place: string): void {
    const reason = 'the line is not JSON';
    const sha256 = sha256Of(text);
    const clean = secretFreeText(text).toWellFormed();
    this.#reject({ reason, excerpt: clean.slice(0, excerptCharacters), sha256 });
    const kept =
      clean.length <= maxRejectedText ? { text: clean } : { excerpt: clean.slice(0, excerptCharacters) };
    this.#write('rejected', place, { reason, sha256, ...kept });
  }

  /** @param record in which it was found */
  add({ disposition, reason, evidence, corrects }: TakenRecord, record: ParsedRecord): void {
    const { text, value, place } = record;
    const content = evidence.asRead ? (text ?? JSON.stringify(value)) : JSON.stringify(evidence.value);
    if (reason === null) {
      this.#write(disposition, place, null, content);
    } else {
      const sha256 = sha256Of(content);
      this.#reject({ reason, excerpt: content.slice(0, excerptCharacters).toWellFormed(), sha256 });
      this.#write(disposition, place, { reason, sha256 }, content);
    }
    if (corrects !== null) this.markDuplicate(corrects);
  }

  /** A record written as `used` turned out to be a duplicate: a later line with the same number corrects it. */
  markDuplicate(record: number): void {
    const source = this.#lastBefore.findLastIndex((last) => last < record);
    const totals = this.#totals[source];
    if (totals !== undefined) {
      totals.used -= 1;
      totals.duplicate += 1;
    }
    this.#lines.write(JSON.stringify({ record, disposition: 'duplicate', corrects: 'used' }));
  }

  /** At most 100 of the rejected records, always the same ones, whatever the order of reading. */
  rejected(): readonly RejectedRecord[] {
    return this.#rejected.sort((a, b) => compareText(contentOf(a), contentOf(b))).slice(0, shownRejected);
  }

  /** Await the result, where there is one, before adding more. */
  behind(): Promise<void> | undefined {
    return this.#lines.behind();
  }

  close(): Promise<void> {
    return this.#lines.close();
  }

  /** Aborts: the file is left incomplete. */
  destroy(): void {
    this.#lines.destroy();
  }

  #reject(record: RejectedRecord): void {
    this.#rejected.push(record);
    if (this.#rejected.length >= shownRejected * 10) this.#rejected = [...this.rejected()];
  }

  #write(disposition: Disposition, place: string, facts: object | null, content?: string): void {
    this.#record += 1;
    const totals = this.#totals.at(-1);
    if (totals !== undefined) {
      totals.read += 1;
      totals[disposition] += 1;
    }
    const head = `{"record":${this.#record},"source":${this.#source},"place":${JSON.stringify(place)},"disposition":"${disposition}"`;
    const middle = facts === null ? '' : `,${JSON.stringify(facts).slice(1, -1)}`;
    // The record's own text is written as it was read, so that serialising it again cannot change it.
    if (content === undefined) this.#lines.write(head, middle, '}');
    else this.#lines.write(head, middle, ',"content":', content, '}');
  }
}

function contentOf({ reason, excerpt, sha256 }: RejectedRecord): string {
  return `${reason}\u0000${excerpt}\u0000${sha256}`;
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
