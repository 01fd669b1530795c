import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import type { SourceRecord } from '../../ports.js';
import type { FileResult } from './file-result.js';
import { readLines } from './read-lines.js';
import { unreadableRecord } from './unreadable-record.js';

/** A larger JSON file would not fit into one JavaScript string; NDJSON has no such limit. */
const maxJsonBytes = 256 * 1024 * 1024;

/** Yields the one value of a JSON file. A file named `.json` that holds lines of JSON is read line by line. */
export async function* readJson(
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
  if (!isUtf8(whole)) {
    yield [unreadableRecord(whole, 'the file is not UTF-8 text', name)];
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
    yield [unreadableRecord(whole, 'the file is not JSON', name)];
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
