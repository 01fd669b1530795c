import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { newFileResult } from '../../records/formats/file-result.js';
import type { NamedContent } from '../../records/formats/named-content.js';
import { readRecords } from '../../records/formats/read-records.js';
import { createIgnoreRules } from '../ignore-rules.js';
import { findPath } from './find-files.js';
import type { NamedInput } from './found-inputs.js';
import { notOpened, openFound } from './local-files-source.js';
import { readFileRecords } from './read-file.js';
import { readOnce } from './read-once.js';

export interface NamedFilesRequest {
  /** Files, folders or globs; `-` and `/dev/stdin` stand for standard input. */
  readonly paths: readonly string[];
  /** Patterns of what is below a folder but not read. */
  readonly ignore: readonly string[];
  /** Base of relative paths. */
  readonly directory: string;
  readonly standardInput: AsyncIterable<Buffer>;
}

const standardInputPaths = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);
const standardInputName = 'standard input';

/**
 * Reads files as a source of local files does, in the order in which they are named; those of a folder sorted by name.
 * Whatever cannot be read is named with its reason, and nothing is waited for but standard input.
 */
export async function* readNamedFiles(request: NamedFilesRequest): AsyncGenerator<NamedContent> {
  for (const input of await findAll(request)) {
    if (input.kind === 'standard input') yield readStandardInput(request.standardInput);
    else yield await openNamed(input);
  }
}

type Found =
  | NamedInput
  | { readonly kind: 'missing'; readonly name: string; readonly reason: string }
  | { readonly kind: 'standard input'; readonly name: string };

async function findAll({ paths, ignore, directory }: NamedFilesRequest): Promise<readonly Found[]> {
  const rules = createIgnoreRules(ignore);
  const found = new Map<string, Found>();
  for (const path of paths) {
    if (standardInputPaths.has(path)) {
      found.set(standardInputName, { kind: 'standard input', name: standardInputName });
      continue;
    }
    const base = isAbsolute(path) ? '/' : directory;
    const { inputs, faults } = await findPath(path, { directory: base, ignore: rules });
    for (const input of inputs) {
      // Named from the root, as the person named it.
      const name = isAbsolute(path) ? `/${input.name}` : input.name;
      const known = found.get(name);
      if (known === undefined || known.kind === 'left out') found.set(name, { ...input, name });
    }
    for (const reason of faults) {
      if (!found.has(path)) found.set(path, { kind: 'missing', name: path, reason });
    }
  }
  return onceEach([...found.values()]);
}

/** Leaves out what is the same file as another one. */
async function onceEach(found: readonly Found[]): Promise<readonly Found[]> {
  const inputs = found.filter(isInput);
  const once = new Map((await readOnce(inputs)).map((input) => [input.name, input]));
  return found.map((each) => (isInput(each) ? (once.get(each.name) ?? each) : each));
}

function isInput(each: Found): each is NamedInput {
  return each.kind !== 'missing' && each.kind !== 'standard input';
}

async function openNamed(input: Exclude<Found, { kind: 'standard input' }>): Promise<NamedContent> {
  const { name } = input;
  if (input.kind === 'missing') return { kind: 'unreadable', name, reason: input.reason };
  if (input.kind === 'left out') return { kind: 'left out', name, reason: input.detail };
  const file = await openFound(input);
  if ('why' in file) {
    const isNamedPipe = input.kind === 'file' && (await isPipe(input.path));
    const advice = isNamedPipe ? ': send what it gives to `backup-report explain -`' : '';
    return { kind: 'unreadable', name, reason: `${notOpened(file)}${advice}` };
  }
  const result = newFileResult();
  return { kind: 'file', name, batches: readFileRecords(file, name, result), result };
}

/** Whoever writes `<(zcat …)` on the command line names a pipe. */
async function isPipe(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isFIFO(),
    () => false,
  );
}

function readStandardInput(input: AsyncIterable<Buffer>): NamedContent {
  const name = standardInputName;
  const result = newFileResult();
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of input) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  async function* batches() {
    yield* readRecords({ name, size: 0, chunks: counted() }, result);
    result.bytes = bytes;
  }
  return { kind: 'file', name, batches: batches(), result };
}
