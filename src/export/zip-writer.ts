import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type PackageOptions, type PackageWriter, entryMode } from './package-writer.js';

/** How hard DEFLATE tries; the same bytes with every zlib that Node has. */
const compressionLevel = 6;
/** What is gzipped or a workbook already gets no smaller. */
const packed = /\.(?:gz|xlsx|png)$/;
/** What DEFLATE is given at a time. */
const pieceBytes = 1024 * 1024;

/** A zip file. The same entries give the same bytes in every time zone. */
export async function createZipWriter(
  target: Writable,
  { modifiedMs }: PackageOptions,
): Promise<PackageWriter> {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream as Readable, target);
  // Awaited by whoever adds the next entry.
  const failed = new Promise<never>((_resolve, reject) => {
    written.catch(reject);
    zip.once('error', reject);
  });
  failed.catch(() => undefined);
  const mtime = localTimeLikeUtc(modifiedMs);
  return {
    async add(name, bytes) {
      const options = {
        mtime,
        mode: entryMode,
        forceDosTimestamp: true,
        compressionLevel: packed.test(name) ? 0 : compressionLevel,
        size: bytes.length,
      };
      const source = Readable.from(piecesOf(bytes), { objectMode: false });
      const taken = new Promise<void>((resolve) => source.once('end', resolve));
      zip.addReadStream(source, name, options);
      await Promise.race([taken, failed]);
    },
    async finish() {
      zip.end();
      await Promise.race([written, failed]);
    },
  };
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    yield bytes.subarray(start, start + pieceBytes);
  }
}

/** A zip file has the fields of the local time: so that they are those of UTC everywhere. */
function localTimeLikeUtc(ms: number): Date {
  const utc = new Date(ms);
  return new Date(
    utc.getUTCFullYear(),
    utc.getUTCMonth(),
    utc.getUTCDate(),
    utc.getUTCHours(),
    utc.getUTCMinutes(),
    utc.getUTCSeconds(),
  );
}
