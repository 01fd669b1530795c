import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BackupJob } from '../../src/model/backup-job.js';

/** For a renderer that does not read the jobs: there is no such file. */
export const unreadJobs = 'no-such-folder/jobs.ndjson.gz';

let serial = 0;

/** Writes jobs as the product does and gives the path. */
export async function writeJobsFile(directory: string, jobs: readonly BackupJob[]): Promise<string> {
  serial += 1;
  const path = join(directory, `jobs-${serial}.ndjson.gz`);
  await writeFile(path, gzipSync(jobs.map((job) => `${JSON.stringify(job)}\n`).join('')));
  return path;
}
