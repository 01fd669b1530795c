import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import { Failure } from '../../../errors.js';
import { type ZipEntry, centralHeader, descriptor, endOfZip, localHeader } from './zip-headers.js';
import { ZipPart } from './zip-part.js';

/** Largest part, and largest file, that the headers can tell without the extension for larger ones (zip64). */
const mostBytes = 0xffff_ffff;

/**
 * A zip that is written while its parts are made (APPNOTE.TXT 6.3.10). Parts stand in the order in which they were opened.
 * All have one date, so that the bytes depend on the content only.
 */
export class ZipFile {
  readonly #file: WriteStream;
  readonly #entries: ZipEntry[] = [];
  readonly #open = new Set<ZipPart>();
  #offset = 0;
  #written: Promise<void> = Promise.resolve();

  constructor(file: WriteStream) {
    this.#file = file;
    file.on('error', () => this.#giveUp());
  }

  /** The caller ends it. */
  open(name: string): ZipPart {
    const part = new ZipPart();
    this.#open.add(part);
    this.#written = this.#written.then(() => this.#copy(name, part));
    // It shows in `close`, and as an error of the file.
    this.#written.catch(() => this.#giveUp());
    return part;
  }

  add(name: string, content: string | Buffer): void {
    const part = this.open(name);
    part.write(typeof content === 'string' ? Buffer.from(content) : content);
    part.end();
  }

  /** Once all parts are ended: waits until everything is in the file. */
  async close(): Promise<void> {
    await this.#written;
    const begin = this.#offset;
    await this.#write(Buffer.concat(this.#entries.map(centralHeader)));
    const end = endOfZip(this.#entries.length, begin, this.#offset - begin);
    await new Promise<void>((resolve, reject) => {
      this.#file.once('error', reject);
      this.#file.end(end, resolve);
    });
  }

  async #copy(name: string, part: ZipPart): Promise<void> {
    const offset = this.#offset;
    let header: Buffer | null = localHeader(name);
    for await (const chunk of part.compressed()) {
      await this.#write(header === null ? chunk : Buffer.concat([header, chunk]));
      header = null;
    }
    const { crc, bytes, compressedBytes } = part;
    if (bytes > mostBytes || this.#offset > mostBytes) throw tooLarge(name);
    const entry = { name, offset, crc, bytes, compressedBytes };
    await this.#write(descriptor(entry));
    this.#entries.push(entry);
    this.#open.delete(part);
  }

  async #write(bytes: Buffer): Promise<void> {
    const { errored } = this.#file;
    if (errored) throw errored;
    this.#offset += bytes.length;
    if (!this.#file.write(bytes)) await once(this.#file, 'drain');
  }

  /** Nobody may wait for a compressor whose output nobody takes. */
  #giveUp(): void {
    for (const part of this.#open) part.destroy();
  }
}

function tooLarge(name: string): Failure {
  return new Failure('storage', `${name}: it would be larger than 4 GB, which no spreadsheet program opens`, {
    hints: ['Put fewer columns into the template of the workbook.'],
  });
}
