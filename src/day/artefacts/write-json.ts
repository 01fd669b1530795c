import { writeFile } from 'node:fs/promises';

/** Characters that go to the file at once: few large writes instead of one for each element. */
const batchCharacters = 64 * 1024;

/**
 * Writes a document as `JSON.stringify(document, null, 1)` would, with a final newline, but one list element at a time:
 * as a single string, the report of a large estate would be in memory three times.
 */
export async function writeJson(document: object, path: string): Promise<void> {
  await writeFile(path, batchesOf(textOf(document)));
}

/** The bytes of the same file. */
export function jsonBytes(document: object): Uint8Array {
  return Buffer.concat(Array.from(batchesOf(textOf(document)), (text) => Buffer.from(text)));
}

function* batchesOf(texts: Iterable<string>): Generator<string> {
  let batch = '';
  for (const text of texts) {
    batch += text;
    if (batch.length < batchCharacters) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}

function* textOf(document: object): Generator<string> {
  const entries = Object.entries(document).filter(([, value]) => value !== undefined);
  let separator = '{\n ';
  for (const [key, value] of entries) {
    yield `${separator}${JSON.stringify(key)}: `;
    separator = ',\n ';
    if (Array.isArray(value) && value.length > 0) yield* listOf(value);
    else yield indented(value, 1);
  }
  yield entries.length === 0 ? '{}\n' : '\n}\n';
}

function* listOf(values: readonly unknown[]): Generator<string> {
  let separator = '[\n  ';
  for (const value of values) {
    yield separator + indented(value, 2);
    separator = ',\n  ';
  }
  yield '\n ]';
}

/** JSON strings contain no raw newline, so each newline here starts a line. */
function indented(value: unknown, depth: number): string {
  return (JSON.stringify(value, null, 1) ?? 'null').replaceAll('\n', `\n${' '.repeat(depth)}`);
}
