import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { explainError } from '../errors.js';
import type { SourceRecord } from '../ports.js';
import { LineSplitter, unreadable } from './split-lines.js';

/** Above this a JSON file cannot be one string of the engine; NDJSON has no such limit. */
const maxJsonBytes = 256 * 1024 * 1024;

/** What reading one file or object came to. */
export interface FileResult {
  /** Bytes as stored. */
  bytes: number;
  records: number;
  /** Why not all of it could be read; null when it could. */
  fault: string | null;
}

/** Bytes of a file or an object, as stored. */
export interface StoredBytes {
  /** How it is called in reports. `.json` is one value; everything else is one record a line. */
  readonly name: string;
  readonly size: number;
  /** By its first bytes, whatever its name. */
  readonly isGzip: boolean;
  readonly chunks: AsyncIterable<Buffer>;
}

/**
 * Yields the records of a file or an object in batches. Never throws for what it reads: `result.fault` says what went
 * wrong, and what was read until then has been yielded.
 */
export async function* readRecords(
  { name, size, isGzip, chunks }: StoredBytes,
  result: FileResult,
): AsyncGenerator<readonly SourceRecord[]> {
  result.bytes = size;
  try {
    if (size === 0 && /\.gz$/i.test(name)) result.fault = 'it is empty, so its gzip data was cut off';
    const isJson = /\.json(\.gz)?$/i.test(name);
    const plain = isGzip ? unpack(chunks, size, result) : chunks;
    const batches = isJson ? readJson(plain, name, result) : readLines(plain, name, result);
    for await (const batch of batches) {
      result.records += batch.length;
      if (batch.length > 0) yield batch;
    }
  } catch (error) {
    result.fault ??= `reading it failed: ${explainError(error)}`;
  }
}

export function startsLikeGzip(first: Uint8Array): boolean {
  return first[0] === 0x1f && first[1] === 0x8b;
}

/**
 * Unpacks gzip chunk by chunk. Not by a pipe: a stream that fails drops what it had unpacked but not yet handed
 * out, and those may be whole events. The next chunk is unpacked while the last one's output is being read.
 */
async function* unpack(raw: AsyncIterable<Buffer>, size: number, result: FileResult): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  let output: Buffer[] = [];
  let fault: unknown = null;
  gunzip.on('data', (bytes: Buffer) => output.push(bytes));
  gunzip.on('error', (error) => (fault ??= error));
  // A damaged stream closes without calling back.
  const closed = new Promise<void>((resolve) => void gunzip.once('close', resolve));
  let unpacking = Promise.resolve();
  try {
    for await (const chunk of raw) {
      await unpacking;
      if (fault !== null) break;
      const ready = output;
      output = [];
      const written = new Promise<void>((resolve) => void gunzip.write(chunk, () => resolve()));
      unpacking = Promise.race([written, closed]);
      yield* ready;
    }
    await unpacking;
    if (fault === null) {
      const ended = new Promise<void>((resolve) => void gunzip.end().once('end', resolve));
      await Promise.race([ended, closed]);
    }
    if (fault !== null) result.fault = gzipFault(fault);
    const unread = size - gunzip.bytesWritten;
    if (fault === null && unread > 0)
      result.fault = `${unread} bytes after its gzip data were not read: they are not gzip`;
    yield* output;
  } finally {
    gunzip.destroy();
  }
}

function gzipFault(error: unknown): string {
  const words = explainError(error);
  return words.includes('unexpected end of file')
    ? 'its gzip data is cut off; what came before is in the report'
    : `its gzip data is damaged (${words}); what could be unpacked before the damage is in the report`;
}

async function* readLines(
  chunks: AsyncIterable<Buffer>,
  name: string,
  result: FileResult,
): AsyncGenerator<SourceRecord[]> {
  const splitter = new LineSplitter(name);
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield result.fault === null ? splitter.end() : splitter.cutOff();
}

async function* readJson(
  chunks: AsyncIterable<Buffer>,
  name: string,
  result: FileResult,
): AsyncGenerator<SourceRecord[]> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxJsonBytes) {
      result.fault = `as one JSON text it is longer than ${maxJsonBytes} bytes; write it as NDJSON, one event a line`;
      return;
    }
    parts.push(Buffer.from(chunk));
  }
  const whole = Buffer.concat(parts);
  if (whole.length === 0) return;
  if (!isUtf8(whole)) {
    yield [unreadable(whole, 'the file is not UTF-8 text', name)];
    return;
  }
  const text = whole.toString('utf8').replace(/^\uFEFF/, '');
  if (text.trim() === '') return;
  const parsed = tryParse(text);
  if (parsed !== undefined) {
    yield [{ kind: 'value', value: parsed.value, place: name }];
  } else if (isLineByLine(text)) {
    // NDJSON under the name .json, as some exporters write it.
    yield* readLines(Readable.from([whole]), name, result);
  } else {
    yield [unreadable(whole, 'the file is not JSON', name)];
  }
}

function isLineByLine(text: string): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '');
  return first !== undefined && /^\s*\{/.test(first) && tryParse(first) !== undefined;
}

function tryParse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
