import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../files/temporary-folders.js';

/** Up to this size bytes are kept in memory. */
const memoryBytes = 32 * 1024 * 1024;

/** Keeps bytes until they are wanted. */
export interface Spool {
  add(chunk: Buffer): Promise<void>;
  /** Forgets what was added. */
  clear(): Promise<void>;
  chunks(): AsyncIterable<Buffer>;
  remove(): Promise<void>;
}

/**
 * In memory, or in a temporary file if there will be too many, or may be.
 *
 * @param size expected bytes; null if nobody knows
 */
export async function openSpool(size: number | null): Promise<Spool> {
  if (size !== null && size <= memoryBytes) return new MemorySpool();
  const directory = await makeTemporaryFolder();
  try {
    return new FileSpool(directory, await open(join(directory, 'object'), 'a+'));
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

class MemorySpool implements Spool {
  #kept: Buffer[] = [];

  async add(chunk: Buffer): Promise<void> {
    this.#kept.push(chunk);
  }

  async clear(): Promise<void> {
    this.#kept = [];
  }

  async *chunks(): AsyncGenerator<Buffer> {
    yield* this.#kept;
  }

  async remove(): Promise<void> {
    this.#kept = [];
  }
}

class FileSpool implements Spool {
  readonly #directory: string;
  readonly #file: FileHandle;

  constructor(directory: string, file: FileHandle) {
    this.#directory = directory;
    this.#file = file;
  }

  async add(chunk: Buffer): Promise<void> {
    await this.#file.appendFile(chunk);
  }

  async clear(): Promise<void> {
    await this.#file.truncate(0);
  }

  async *chunks(): AsyncGenerator<Buffer> {
    for await (const chunk of this.#file.createReadStream({ start: 0, autoClose: false })) yield chunk;
  }

  async remove(): Promise<void> {
    await this.#file.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
