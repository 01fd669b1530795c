import { explainError, isUsageFailure } from '../../errors.js';
import type { SourceRecord } from '../../ports/event-source.js';
import { ByteReader } from './byte-reader.js';
import { decodeUtf16 } from './decode-utf16.js';
import type { FileResult } from './file-result.js';
import { type Content, sniffContent, sniffedBytes } from './sniff-content.js';
import { ValueSplitter } from './split-values.js';
import { unpackGzip } from './unpack-gzip.js';
import { unpackZip } from './unpack-zip.js';
import { unpackZstd } from './unpack-zstd.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** Proxies pack what is packed already, and people pack it again. */
const maxContainers = 4;

/** What a content is called in `FileResult.format`. Plain text is called by the layout of its records. */
const formatNames: Partial<Record<Content['kind'], string>> = {
  gzip: 'gzip',
  zstd: 'zstd',
  zip: 'zip of one file',
  'utf-16le': 'UTF-16 text (little-endian)',
  'utf-16be': 'UTF-16 text (big-endian)',
};

/** Bytes of a file or an object, as stored. */
export interface StoredBytes {
  /** Its name in reports. It says nothing about its format. */
  readonly name: string;
  /** Bytes; null if nobody knows until they have been read. */
  readonly size: number | null;
  readonly chunks: AsyncIterable<Buffer>;
}

/**
 * Yields the records of a file or an object in batches: JSON of any layout, as UTF-8 or UTF-16, in gzip, zstd or a zip
 * of one file, known by content and not by name. Never throws because of what it reads: `result` says what went wrong,
 * and everything read until then has been yielded.
 */
export async function* readRecords(
  { name, size, chunks }: StoredBytes,
  result: FileResult,
): AsyncGenerator<readonly SourceRecord[]> {
  result.bytes = size ?? 0;
  const counted = size === null ? countBytes(chunks, result) : chunks;
  let readable = 0;
  try {
    for await (const batch of markWhole(readContent(guarded(counted, result), name, result), result)) {
      result.records += batch.length;
      for (const { kind } of batch) if (kind !== 'unreadable') readable += 1;
      if (batch.length > 0) yield batch;
    }
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    result.fault ??= reasonWords('readingFailed', { why: explainError(error) });
  }
  const packed = /\.(gz|zst|zip)(\.part)?$/i.exec(name)?.[1]?.toLowerCase();
  if (result.bytes === 0 && packed !== undefined)
    result.fault ??= reasonWords('emptyPacked', { format: packed === 'gz' ? 'gzip' : packed });
  if (result.fault !== null) result.readable = readable === 0 ? 'none' : 'part';
}

/** Marks a record that is all that its file holds. For that, the first one waits for the next. */
async function* markWhole(
  batches: AsyncIterable<SourceRecord[]>,
  result: FileResult,
): AsyncGenerator<SourceRecord[]> {
  let only: SourceRecord | undefined;
  let isFirst = true;
  for await (const batch of batches) {
    if (isFirst && batch.length > 0) {
      isFirst = false;
      if (batch.length === 1) {
        [only] = batch;
        continue;
      }
    }
    if (only !== undefined && batch.length > 0) {
      yield [only];
      only = undefined;
    }
    yield batch;
  }
  if (only === undefined) return;
  yield [only.kind === 'text' && result.fault === null ? { ...only, isWhole: true } : only];
}

/** A stream that fails ends early instead, so that what came before is unpacked and yielded to its last byte. */
async function* guarded(chunks: AsyncIterable<Buffer>, result: FileResult): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    result.fault ??= reasonWords('readingFailed', { why: explainError(error) });
  }
}

async function* countBytes(chunks: AsyncIterable<Buffer>, result: FileResult): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    result.bytes += chunk.length;
    yield chunk;
  }
}

/** Unpacks until the content is no container any more. */
async function* readContent(
  stored: AsyncIterable<Buffer>,
  name: string,
  result: FileResult,
): AsyncGenerator<SourceRecord[]> {
  const readers = [new ByteReader(stored)];
  try {
    for (let reader = readers[0]; reader !== undefined; reader = readers.at(-1)) {
      const content = sniffContent(await reader.peek(sniffedBytes));
      const format = content.kind === 'foreign' ? content.what : formatNames[content.kind];
      if (format !== undefined) result.format.push(format);
      const unpacked = unpack(content.kind, reader, result);
      if (unpacked !== null && readers.length <= maxContainers) {
        readers.push(new ByteReader(unpacked));
        continue;
      }
      if (unpacked !== null) result.fault ??= reasonWords('packedTooOften', { times: maxContainers });
      else if (content.kind === 'foreign') result.fault ??= content.words;
      else yield* readText(decode(content.kind, reader, result), name, result);
      return;
    }
  } finally {
    for (const reader of readers.reverse()) await reader.close();
  }
}

function unpack(
  kind: Content['kind'],
  reader: ByteReader,
  result: FileResult,
): AsyncGenerator<Buffer> | null {
  if (kind === 'gzip') return unpackGzip(reader, result);
  if (kind === 'zstd') return unpackZstd(reader, result);
  return kind === 'zip' ? unpackZip(reader, result) : null;
}

function decode(kind: Content['kind'], reader: ByteReader, result: FileResult): AsyncGenerator<Buffer> {
  const chunks = reader.rest();
  return kind === 'text' ? chunks : decodeUtf16(chunks, kind === 'utf-16be', result);
}

async function* readText(
  chunks: AsyncIterable<Buffer>,
  name: string,
  result: FileResult,
): AsyncGenerator<SourceRecord[]> {
  const splitter = new ValueSplitter(name, result);
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield splitter.end();
}
