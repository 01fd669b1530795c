/* Floor: gunzip of the file, and nothing else. Argument: the NDJSON.gz file. */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

let bytes = 0;
const plain = createReadStream(process.argv[2] ?? '', { highWaterMark: 1024 * 1024 }).pipe(
  createGunzip({ chunkSize: 1024 * 1024 }),
);
for await (const chunk of plain as AsyncIterable<Buffer>) bytes += chunk.length;
process.stdout.write(`${bytes} bytes\n`);
