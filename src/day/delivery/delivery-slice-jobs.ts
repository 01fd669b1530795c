import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { BackupJob } from '../../reports/backup-compliance/model/backup-job.js';
import type { Slice } from '../../reports/backup-compliance/model/slice.js';

type JobFacts = Pick<BackupJob, 'resourceId' | 'status'>;

/**
 * What sliceReport has to know of an archived day's jobs, for each slice in their order.
 *
 * @param compressed jobs.ndjson.gz, checked against its digest
 * @throws for what is no gzip of JSON lines
 */
export async function jobsOfSlices(
  compressed: Uint8Array,
  slices: readonly Slice[],
): Promise<readonly (readonly Pick<BackupJob, 'status'>[])[]> {
  const indexOf = new Map<string, number>();
  for (const [index, { resourceIds }] of slices.entries()) {
    for (const resourceId of resourceIds) indexOf.set(resourceId, index);
  }
  const jobs: Pick<BackupJob, 'status'>[][] = slices.map(() => []);
  for await (const line of linesOf(compressed)) {
    const { resourceId, status }: JobFacts = JSON.parse(line);
    jobs[indexOf.get(resourceId) ?? -1]?.push({ status });
  }
  return jobs;
}

async function* linesOf(compressed: Uint8Array): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const unpacked = Readable.from([compressed]).compose<NodeJS.ReadWriteStream & AsyncIterable<Buffer>>(
    createGunzip(),
  );
  let rest = '';
  for await (const chunk of unpacked as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
