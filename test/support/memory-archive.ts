import { readFile } from 'node:fs/promises';
import { Failure } from '../../src/errors.js';
import type { Archive, ArchiveBody, ArchiveEntry } from '../../src/ports/archive.js';

export interface MemoryArchive extends Archive {
  /** The keys in order of their creation. */
  keys(): readonly string[];
  /** Every key that was asked to be created, taken or not. */
  readonly attempts: readonly string[];
}

/**
 * An archive for tests of stages. `nowMs` dates what is created; `beforeCreate` may fail, wait or let somebody
 * else go first.
 */
export function createMemoryArchive({
  nowMs = () => 0,
  beforeCreate = async () => undefined,
}: {
  readonly nowMs?: () => number;
  readonly beforeCreate?: (key: string, archive: Archive) => Promise<void>;
} = {}): MemoryArchive {
  const objects = new Map<string, { readonly bytes: Uint8Array; readonly modifiedMs: number }>();
  const attempts: string[] = [];

  const archive: MemoryArchive = {
    type: 'memory',
    attempts,
    diagnose: () => Promise.resolve([]),
    keys: () => [...objects.keys()],

    async create(key: string, body: ArchiveBody): Promise<'created' | 'exists'> {
      checkKey(key);
      attempts.push(key);
      await beforeCreate(key, archive);
      const bytes = 'bytes' in body ? body.bytes : await readBody(body.path);
      if (objects.has(key)) return 'exists';
      objects.set(key, { bytes: Uint8Array.from(bytes), modifiedMs: nowMs() });
      return 'created';
    },

    async read(key: string): Promise<Uint8Array | null> {
      checkKey(key);
      return objects.get(key)?.bytes ?? null;
    },

    async list(prefix: string): Promise<readonly ArchiveEntry[]> {
      if (!prefix.endsWith('/')) throw new Failure('storage', `${prefix} is not a prefix`);
      checkKey(prefix.slice(0, -1));
      return [...objects]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, { modifiedMs }]) => ({ key, modifiedMs }))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    },

    async folders(): Promise<readonly string[]> {
      const folders = [...objects.keys()].flatMap((key) =>
        key.includes('/') ? (key.split('/')[0] ?? '') : [],
      );
      return [...new Set(folders)].sort();
    },

    locate: (key) => `memory:${key}`,
  };
  return archive;
}

async function readBody(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Failure('storage', `cannot read ${path}`, { cause });
  }
}

function checkKey(key: string): void {
  if (key.split('/').some((part) => ['', '.', '..'].includes(part)) || /[\\\n\0]/.test(key)) {
    throw new Failure('storage', `${JSON.stringify(key)} is not a key`);
  }
}
