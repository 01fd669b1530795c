import { PassThrough, Readable } from 'node:stream';
import type { BackupJob } from '../model/backup-job.js';

const jobsPerBatch = 64;

/** Batches that one reader may be ahead of another. */
const batchesAhead = 4;

/**
 * Makes jobs into lines of JSON once, for all who read them: they go through the jobs together, the slowest sets
 * the pace, and no list of all lines is ever in memory. One that stops early or fails does not stop the others.
 *
 * @returns gives each reader its lines, some hundred at a time, each with its newline. All readers must ask in the turn in
 *   which the first does: later the beginning is gone.
 */
export function shareJobs(jobs: Iterable<BackupJob>): () => AsyncIterable<string> {
  const source = Readable.from(batchesOf(jobs), { objectMode: true, highWaterMark: batchesAhead });
  const readers: PassThrough[] = [];
  let hasBegun = false;
  source.once('data', () => (hasBegun = true)).pause();
  source.on('error', (error) => {
    for (const reader of readers) reader.destroy(error);
  });
  return () => {
    if (hasBegun) throw new TypeError('the jobs are being read already: ask for them with the others');
    const reader = new PassThrough({ objectMode: true, highWaterMark: batchesAhead });
    // A reader that has not begun to read finds the error when it does.
    reader.on('error', () => undefined);
    readers.push(reader);
    return source.pipe(reader);
  };
}

function* batchesOf(jobs: Iterable<BackupJob>): Generator<string> {
  let lines: string[] = [];
  for (const job of jobs) {
    lines.push(JSON.stringify(job));
    if (lines.length < jobsPerBatch) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}
