import { hasLineBreak } from '../../base/line-break.js';
import { toIso } from '../../base/instants.js';
import { hasUtcText } from '../../base/utc-text.js';
import { isDeeperThan } from '../../base/nesting.js';
import { compareText } from '../../base/text-order.js';
import { type ControlTotals, type CountingTotals, newControlTotals } from '../../model/control-totals.js';
import type { Disposition, RejectedRecord } from '../../model/control-totals.js';
import type { Happening } from '../../model/pulse.js';
import type { RejectedLine, SourceRecord } from '../../ports/event-source.js';
import { secretFreeText } from '../../records/secret-text.js';
import { withoutSecrets } from '../../records/secrets.js';
import type { TakenRecord } from '../../reports/record-reading.js';
import type { FileDigests } from '../artefacts/describe-artefact.js';
import { GzipLineWriter } from '../artefacts/gzip-line-writer.js';
import { type JsonText, jsonTextOf, wholeText } from './json-text.js';
import { reasonUnparsable } from './take-items.js';

const excerptCharacters = 200;
const shownRejected = 100;
/** Beyond so many rejected records, an earlier revision's are not added to them. */
const comparedRejected = 10_000;

/** A rejected record is kept whole up to this many bytes. Of a longer one, only its beginning and digest are kept. */
const maxRejectedBytes = 64 * 1024;
/** As much is cleaned of secrets to make an excerpt. */
const beginningCharacters = 4096;
/** Many readers of JSON take no more levels: of a deeper rejected record, too, only beginning and digest are kept. */
const maxRejectedLevels = 200;

/** A parsed record as a source gave it. */
export interface ParsedRecord {
  /** null where the source delivered a value. */
  readonly text: string | null;
  readonly value: unknown;
  readonly place: string;
  /** All that its file holds. */
  readonly isWhole?: boolean;
}

interface RejectedContent {
  readonly written: JsonText;
  readonly value: unknown;
  readonly place: string;
  readonly happened: Happening | undefined;
}

/** Writes each record to the evidence, one line with its number and disposition, and counts the records by source. */
export class EvidenceWriter {
  readonly #lines: GzipLineWriter;
  readonly #totals: CountingTotals[] = [];
  /** Number of the last record before each source. */
  readonly #lastBefore: number[] = [];
  #rejected: RejectedRecord[] = [];
  readonly #digests = new Set<string>();
  #record = 0;
  #source = '';
  /** Its records were redacted. */
  #isRedacted = false;
  /** Who told it first, of a record that an earlier revision had. */
  #from = '';

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
  beginSource(name: string, isRedacted = false): ControlTotals {
    this.#source = JSON.stringify(name);
    this.#isRedacted = isRedacted;
    this.#lastBefore.push(this.#record);
    const totals = newControlTotals();
    this.#totals.push(totals);
    return totals;
  }

  addUnreadable(record: Extract<SourceRecord, { kind: 'unreadable' }>): void {
    const { reason, sha256, bytes, place } = record;
    const excerpt = excerptOf(record.excerpt);
    this.#reject({ reason, excerpt, sha256 });
    this.#write('rejected', place, { reason, sha256, bytes, excerpt });
  }

  /** @param repeated why it is not taken as JSON; null: it is none */
  addUnparsable(text: string, place: string, repeated: string | null): void {
    const reason = reasonUnparsable(repeated);
    const { sha256, bytes } = wholeText(text);
    const excerpt = excerptOf(text);
    this.#reject({ reason, excerpt, sha256 });
    if (bytes > maxRejectedBytes) return this.#write('rejected', place, { reason, sha256, bytes, excerpt });
    const kept = secretFreeText(text).toWellFormed();
    const shown = excerpt === beginningOf(kept) ? {} : { excerpt };
    this.#write('rejected', place, { reason, sha256, ...shown, text: kept });
  }

  /** @param record in which it was found */
  add({ disposition, reason, evidence, corrects, happened }: TakenRecord, record: ParsedRecord): void {
    const { text, value, place } = record;
    const kept = evidence.asRead ? value : evidence.value;
    // A line break in it would end the line of the evidence.
    const asRead = evidence.asRead && text !== null && !hasLineBreak(text) ? text : null;
    if (reason !== null) {
      const written = asRead === null ? jsonTextOf(kept, beginningCharacters) : wholeText(asRead);
      this.#addRejected(reason, { written, value: kept, place, happened });
    } else {
      this.#write(disposition, place, null, asRead ?? JSON.stringify(kept));
    }
    if (corrects !== null) this.markDuplicate(corrects);
  }

  /** Whether a record of this digest is among the rejected ones; true where they are too many to tell. */
  hasRejected(sha256: string): boolean {
    return this.#digests.size >= comparedRejected || this.#digests.has(sha256);
  }

  /** What follows was told to an earlier revision by this source. */
  beginTeller(name: string): void {
    this.#from = `,"from":${JSON.stringify(name)}`;
  }

  /** A record that was rejected before, as evidence has it. */
  addRejectedBefore({
    place,
    reason,
    sha256,
    excerpt = '',
    text,
    bytes,
    content,
    happened,
  }: RejectedLine): void {
    const kept = text ?? content;
    const beginning = beginningOf(kept ?? '');
    const shown = excerpt === '' ? beginning : excerpt;
    this.#reject({ reason, excerpt: shown, sha256 });
    const asKept = {
      ...(kept === undefined ? { bytes } : {}),
      ...(kept !== undefined && shown === beginning ? {} : { excerpt: shown }),
      ...(text === undefined ? {} : { text }),
    };
    this.#write('rejected', place, { reason, sha256, ...happenedFields(happened), ...asKept }, content);
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

  close(): Promise<FileDigests> {
    return this.#lines.close();
  }

  /** Aborts: the file is left incomplete. */
  destroy(): void {
    this.#lines.destroy();
  }

  /** Kept as read, without secrets; the digest is of what was read. */
  #addRejected(reason: string, { written, value, place, happened }: RejectedContent): void {
    const { isWhole, text, sha256, bytes } = written;
    const facts = { reason, sha256, ...happenedFields(happened) };
    if (this.#isRedacted) {
      this.#reject({ reason, excerpt: '', sha256 });
      this.#write('rejected', place, { ...facts, bytes, excerpt: '' });
      return;
    }
    if (!isWhole || bytes > maxRejectedBytes || isDeeperThan(value, maxRejectedLevels)) {
      const excerpt = excerptOf(text);
      this.#reject({ reason, excerpt, sha256 });
      this.#write('rejected', place, { ...facts, bytes, excerpt });
      return;
    }
    const content = secretFreeJson(text, value);
    this.#reject({ reason, excerpt: beginningOf(content), sha256 });
    this.#write('rejected', place, facts, content);
  }

  #reject(record: RejectedRecord): void {
    this.#rejected.push(record);
    if (this.#digests.size < comparedRejected) this.#digests.add(record.sha256);
    if (this.#rejected.length >= shownRejected * 10) this.#rejected = [...this.rejected()];
  }

  #write(disposition: Disposition, place: string, facts: object | null, content?: string): void {
    this.#record += 1;
    const totals = this.#totals.at(-1);
    if (totals !== undefined) {
      totals.read += 1;
      totals[disposition] += 1;
    }
    const head = `{"record":${this.#record},"source":${this.#source}${this.#from},"place":${JSON.stringify(place)},"disposition":"${disposition}"`;
    const middle = facts === null ? '' : `,${JSON.stringify(facts).slice(1, -1)}`;
    // The record's own text is written as it was read, so that serialising it again cannot change it.
    if (content === undefined) this.#lines.write(head, middle, '}');
    else this.#lines.write(head, middle, ',"content":', content, '}');
  }
}

function contentOf({ reason, excerpt, sha256 }: RejectedRecord): string {
  return `${reason}\u0000${excerpt}\u0000${sha256}`;
}

/** When a rejected record happened, which its content may not tell by itself: the pulse of its source counts it. */
function happenedFields(happened: Happening | undefined): {
  readonly time?: string;
  readonly region?: string;
} {
  if (happened === undefined) return {};
  const { timeMs, region } = happened;
  // What a hostile record tells may be no date at all, and belongs to no day then.
  if (!hasUtcText(timeMs)) return {};
  return { time: toIso(timeMs), ...(region === null ? {} : { region }) };
}

/** The excerpt of what is kept without secrets. */
function beginningOf(kept: string): string {
  return kept.slice(0, excerptCharacters).toWellFormed();
}

function excerptOf(text: string): string {
  return secretFreeText(text.slice(0, beginningCharacters)).slice(0, excerptCharacters).toWellFormed();
}

/** The text itself, where nothing had to be removed: neither from its value nor from a key that stands twice in it. */
function secretFreeJson(text: string, value: unknown): string {
  const clean = withoutSecrets(value, true);
  return clean === value && secretFreeText(text) === text ? text : JSON.stringify(clean);
}
