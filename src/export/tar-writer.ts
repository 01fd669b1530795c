import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type PackageOptions, type PackageWriter, entryMode } from './package-writer.js';

/** A gzipped tar file; gzip's own header has no time. */
export async function createTarWriter(
  target: Writable,
  { modifiedMs }: PackageOptions,
): Promise<PackageWriter> {
  const { default: tar } = await import('tar-stream');
  const pack = tar.pack();
  const written = pipeline(pack, createGzip({ level: 6 }), target);
  const failed = new Promise<never>((_resolve, reject) => void written.catch(reject));
  failed.catch(() => undefined);
  const mtime = new Date(Math.floor(modifiedMs / 1000) * 1000);
  return {
    async add(name, bytes) {
      const header = { name, size: bytes.length, mode: entryMode & 0o777, mtime, uid: 0, gid: 0 };
      const taken = new Promise<void>((resolve, reject) => {
        // It is called back when the bytes went on.
        pack.entry(header, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), (error) =>
          error ? reject(error) : resolve(),
        );
      });
      await Promise.race([taken, failed]);
    },
    async finish() {
      pack.finalize();
      await Promise.race([written, failed]);
    },
  };
}
