import { isUtf8 } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import type { SourceRecord } from '../../ports.js';
import { excerptBytes, unreadableRecord } from './unreadable-record.js';

const newline = 0x0a;
const byteOrderMark = '\uFEFF';

/** Far more than any event needs (Streaming allows 1 MB a message), far less than a string can hold. */
const maxLineBytes = 16 * 1024 * 1024;

/** A line too long to keep in memory: its beginning, its length, and the digest of the whole line. */
interface OverlongLine {
  readonly beginning: Buffer;
  readonly hash: Hash;
  bytes: number;
}

/**
 * Splits bytes into lines, one record each; blank lines are skipped. Whole blocks are decoded at once, for speed. A
 * block that is not UTF-8 is decoded line by line, so that only its bad lines are unreadable.
 */
export class LineSplitter {
  readonly #file: string;
  #line = 0;
  #carry: Buffer[] = [];
  #carryBytes = 0;
  #overlong: OverlongLine | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** The records that this chunk completes. */
  push(chunk: Buffer): SourceRecord[] {
    const first = chunk.indexOf(newline);
    if (first < 0) {
      this.#hold(chunk);
      return [];
    }
    const records: SourceRecord[] = [];
    let from = 0;
    if (this.#overlong !== null || this.#carryBytes > 0) {
      this.#hold(chunk.subarray(0, first));
      this.#flush(records);
      from = first + 1;
    }
    const last = chunk.lastIndexOf(newline);
    if (from <= last) this.#block(chunk.subarray(from, last), records);
    if (last + 1 < chunk.length) this.#hold(chunk.subarray(last + 1));
    return records;
  }

  /** The last line, where it has no newline. */
  end(): SourceRecord[] {
    const records: SourceRecord[] = [];
    if (this.#overlong !== null || this.#carryBytes > 0) this.#flush(records);
    return records;
  }

  /** The incomplete last line of a stream that was cut off. */
  cutOff(): SourceRecord[] {
    if (this.#overlong === null && this.#carryBytes === 0) return [];
    const rest = this.#overlong === null ? Buffer.concat(this.#carry) : this.#overlong.beginning;
    this.#line += 1;
    return [unreadableRecord(rest, 'the line was cut off with its file', `${this.#file}:${this.#line}`)];
  }

  #hold(bytes: Buffer): void {
    if (this.#overlong !== null) {
      this.#overlong.hash.update(bytes);
      this.#overlong.bytes += bytes.length;
      return;
    }
    // A copy, because the stream may reuse the chunk's memory.
    this.#carry.push(Buffer.from(bytes));
    this.#carryBytes += bytes.length;
    if (this.#carryBytes <= maxLineBytes) return;
    const hash = createHash('sha256');
    for (const part of this.#carry) hash.update(part);
    const beginning = Buffer.concat(this.#carry).subarray(0, excerptBytes);
    this.#overlong = { beginning: Buffer.from(beginning), hash, bytes: this.#carryBytes };
    this.#carry = [];
    this.#carryBytes = 0;
  }

  #flush(records: SourceRecord[]): void {
    if (this.#overlong === null) {
      const line = this.#carry.length === 1 ? this.#carry[0] : Buffer.concat(this.#carry);
      if (line !== undefined) this.#block(line, records);
    } else {
      this.#line += 1;
      const { beginning, bytes, hash } = this.#overlong;
      const limit = `the limit of ${maxLineBytes} bytes`;
      records.push({
        kind: 'unreadable',
        reason: `the line of ${bytes} bytes is longer than ${limit}`,
        excerpt: beginning.toString('utf8'),
        sha256: hash.digest('hex'),
        bytes,
        place: `${this.#file}:${this.#line}`,
      });
    }
    this.#carry = [];
    this.#carryBytes = 0;
    this.#overlong = null;
  }

  /** One or more whole lines, without the last newline. */
  #block(bytes: Buffer, records: SourceRecord[]): void {
    if (isUtf8(bytes)) {
      for (const line of bytes.toString('utf8').split('\n')) this.#text(line, records);
      return;
    }
    let from = 0;
    while (from <= bytes.length) {
      const at = bytes.indexOf(newline, from);
      const to = at < 0 ? bytes.length : at;
      const line = bytes.subarray(from, to);
      if (isUtf8(line)) {
        this.#text(line.toString('utf8'), records);
      } else {
        this.#line += 1;
        records.push(unreadableRecord(line, 'the line is not UTF-8 text', `${this.#file}:${this.#line}`));
      }
      from = to + 1;
    }
  }

  #text(line: string, records: SourceRecord[]): void {
    this.#line += 1;
    let text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (this.#line === 1 && text.startsWith(byteOrderMark)) text = text.slice(1);
    if (text === '' || text.trim() === '') return;
    records.push({ kind: 'text', text, place: `${this.#file}:${this.#line}` });
  }
}
