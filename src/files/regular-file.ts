import { type Stats, closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';

/** More than any file that a configuration names: keys, tokens, templates, inventories. */
const defaultMaxBytes = 64 * 1024 * 1024;
const chunkBytes = 64 * 1024;

/** A pipe that nobody writes to would keep `open` waiting for ever; a terminal must not become ours. */
const neverWaiting = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Opens a file for reading and never waits for it. Links are followed. The caller closes it.
 *
 * @throws a system error, or an Error that says what it is instead of a file: a folder, a pipe, a device, a socket
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  // Before it is opened, because opening alone moves some devices; and after, because the name may have a new meaning.
  mustBeRegular(await stat(path));
  const file = await open(path, neverWaiting);
  try {
    mustBeRegular(await file.stat());
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * The bytes of a file that fits into memory.
 *
 * @throws as openRegularFile, and an Error for a file of more than `maxBytes`, whatever size it claims to have
 */
export async function readRegularFile(path: string, maxBytes = defaultMaxBytes): Promise<Buffer> {
  const file = await openRegularFile(path);
  try {
    const parts = new BoundedParts(maxBytes);
    let isMore = true;
    while (isMore) {
      const free = parts.free();
      const { bytesRead } = await file.read(free, 0, free.length, null);
      isMore = parts.add(bytesRead);
    }
    return parts.whole();
  } finally {
    await file.close();
  }
}

/** As readRegularFile, for those who cannot wait. */
export function readRegularFileSync(path: string, maxBytes = defaultMaxBytes): Buffer {
  mustBeRegular(statSync(path));
  const file = openSync(path, neverWaiting);
  try {
    mustBeRegular(fstatSync(file));
    const parts = new BoundedParts(maxBytes);
    let isMore = true;
    while (isMore) {
      const free = parts.free();
      isMore = parts.add(readSync(file, free, 0, free.length, null));
    }
    return parts.whole();
  } finally {
    closeSync(file);
  }
}

/** What was read until now. Some file systems tell no size, or a wrong one: what counts is what comes. */
class BoundedParts {
  readonly #maxBytes: number;
  readonly #parts: Buffer[] = [];
  #free = Buffer.allocUnsafe(chunkBytes);
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Where the next bytes go; never empty. What is left of the last chunk first: most files fit into one. */
  free(): Buffer {
    if (this.#free.length === 0) this.#free = Buffer.allocUnsafe(chunkBytes);
    return this.#free;
  }

  /**
   * Takes the first bytes of what `free` gave.
   *
   * @returns whether more may follow
   */
  add(length: number): boolean {
    this.#bytes += length;
    if (this.#bytes > this.#maxBytes) throw new Error(`it has more than ${this.#maxBytes} bytes`);
    this.#parts.push(this.#free.subarray(0, length));
    this.#free = this.#free.subarray(length);
    return length > 0;
  }

  whole(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

function mustBeRegular(status: Stats): void {
  if (!status.isFile()) throw new Error(`it is ${kindInWords(status)}, not a file`);
}

function kindInWords(status: Stats): string {
  if (status.isDirectory()) return 'a folder';
  if (status.isFIFO()) return 'a pipe';
  if (status.isSocket()) return 'a socket';
  return 'a device';
}
