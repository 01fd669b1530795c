import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asStorageFailure, makeWorkspace } from '../artefacts/workspace.js';

/** As many characters are held in memory. */
const defaultHeldChars = 8 * 1024 * 1024;

/** Keeps lines until all are known: a few in memory, many in a temporary file. */
export class LineSpool {
  readonly #maxHeld: number;
  #held: string[] = [];
  #heldChars = 0;
  #file: { readonly directory: string; readonly handle: FileHandle } | null = null;
  /** Lengths in bytes of what was written at once. */
  readonly #blocks: number[] = [];

  constructor(maxHeld = defaultHeldChars) {
    this.#maxHeld = maxHeld;
  }

  /**
   * @param line without a line break
   * @throws Failure('storage') where no temporary file can be written
   */
  async add(line: string): Promise<void> {
    this.#held.push(line);
    this.#heldChars += line.length;
    if (this.#heldChars > this.#maxHeld) await this.#write();
  }

  /** All lines in their order. May be called several times, when all are added. */
  async *lines(): AsyncGenerator<string> {
    let at = 0;
    for (const bytes of this.#blocks) {
      const block = Buffer.alloc(bytes);
      await this.#file?.handle.read(block, 0, bytes, at);
      at += bytes;
      yield* block.toString('utf8').split('\n');
    }
    yield* this.#held;
  }

  async remove(): Promise<void> {
    if (this.#file === null) return;
    await this.#file.handle.close();
    await rm(this.#file.directory, { recursive: true, force: true });
    this.#file = null;
  }

  async #write(): Promise<void> {
    this.#file ??= await openFile();
    const block = Buffer.from(this.#held.join('\n'));
    try {
      await this.#file.handle.appendFile(block);
    } catch (error) {
      throw asStorageFailure(error, this.#file.directory);
    }
    this.#blocks.push(block.length);
    this.#held = [];
    this.#heldChars = 0;
  }
}

async function openFile(): Promise<{ readonly directory: string; readonly handle: FileHandle }> {
  const directory = await makeWorkspace();
  try {
    return { directory, handle: await open(join(directory, 'lines'), 'ax+') };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}
