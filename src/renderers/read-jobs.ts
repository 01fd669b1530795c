import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { BackupJob } from '../model/backup-job.js';

/** The jobs of a jobs.ndjson.gz in its order, in batches of a few hundred: never all of them in memory. */
export async function* readJobs(path: string): AsyncGenerator<readonly BackupJob[]> {
  const text = pipeline(
    createReadStream(path, { highWaterMark: 256 * 1024 }),
    createGunzip({ chunkSize: 256 * 1024 }),
    // A fault of either stream is thrown where the text is read.
    () => undefined,
  );
  text.setEncoding('utf8');
  let rest = '';
  for await (const chunk of text as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield lines.map((line) => JSON.parse(line) as BackupJob);
  }
}
