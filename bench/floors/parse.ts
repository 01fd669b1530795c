/* Floor: gunzip and JSON.parse of every line, and nothing else. Argument: the NDJSON.gz file. */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

const path = process.argv[2] ?? '';
let events = 0;
let rest = '';
const plain = createReadStream(path, { highWaterMark: 1024 * 1024 }).pipe(
  createGunzip({ chunkSize: 1024 * 1024 }),
);
plain.setEncoding('utf8');
for await (const chunk of plain as AsyncIterable<string>) {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    JSON.parse(line);
    events += 1;
  }
}
process.stdout.write(`${events} events parsed\n`);
