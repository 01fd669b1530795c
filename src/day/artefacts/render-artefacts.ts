import { join } from 'node:path';
import { Failure, explainError, systemErrorCode } from '../../errors.js';
import type { BackupJob } from '../../reports/backup-compliance/model/backup-job.js';
import type { DailyReport } from '../../reports/backup-compliance/model/daily-report.js';
import type { Log, Renderer } from '../../ports.js';
import { type StagedArtefact, describeArtefact } from './describe-artefact.js';
import { releaseMemory } from './release-memory.js';
import { shareJobs } from './share-jobs.js';
import { writeJobs } from './write-jobs.js';
import { writeJson } from './write-json.js';

/** report.json first: creating it in the archive claims the revision. */
export async function renderArtefacts(
  workspace: string,
  evidencePath: string,
  { report, jobs }: { readonly report: DailyReport; readonly jobs: Iterable<BackupJob> },
  { renderers, log }: { readonly renderers: readonly Renderer[]; readonly log: Log },
): Promise<readonly StagedArtefact[]> {
  const gzip = 'application/gzip';
  releaseMemory();
  try {
    const reportPath = join(workspace, 'report.json');
    const jobsPath = join(workspace, 'jobs.ndjson.gz');
    const jobLines = shareJobs(jobs);
    const input = { report, jobs: jobLines };
    // Together: the workbook is made in a thread of its own, compression and digests on others.
    const rendering = renderers.map(async (renderer) => {
      const path = join(workspace, renderer.name);
      await renderer.render(input, path);
      return describeArtefact(path, renderer.name, renderer.mediaType);
    });
    const artefacts = await allOrFirstError([
      writeJson(report, reportPath).then(() =>
        describeArtefact(reportPath, 'report.json', 'application/json'),
      ),
      ...rendering,
      writeJobs(jobLines(), jobsPath).then(() => describeArtefact(jobsPath, 'jobs.ndjson.gz', gzip)),
      describeArtefact(evidencePath, 'events.ndjson.gz', gzip),
    ]);
    log.info({ bytes: artefacts.reduce((sum, { bytes }) => sum + bytes, 0) }, 'artefacts rendered');
    return artefacts;
  } catch (error) {
    throw asStorageFailure(error, workspace);
  }
}

/** jobs.ndjson.gz alone: with it one knows whether the report says anything new. */
export async function renderJobs(workspace: string, jobs: Iterable<BackupJob>): Promise<StagedArtefact> {
  const path = join(workspace, 'first-jobs.ndjson.gz');
  try {
    await writeJobs(shareJobs(jobs)(), path);
    return await describeArtefact(path, 'jobs.ndjson.gz', 'application/gzip');
  } catch (error) {
    throw asStorageFailure(error, workspace);
  }
}

/** The workbook of one recipient's part of the report. */
export async function renderSlice(
  workspace: string,
  slug: string,
  report: DailyReport,
  jobs: Iterable<BackupJob>,
  renderer: Renderer,
): Promise<StagedArtefact> {
  const name = `slice-${slug}.xlsx`;
  const path = join(workspace, name);
  try {
    await renderer.render({ report, jobs: shareJobs(jobs) }, path);
    return await describeArtefact(path, name, renderer.mediaType);
  } catch (error) {
    throw asStorageFailure(error, workspace);
  }
}

/** Waits for all, so that nothing still writes into a folder that is being removed; then throws the first error. */
async function allOrFirstError<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work);
  return settled.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}

/** The file system's own errors become words; anything else stays what it is. */
export function asStorageFailure(error: unknown, where: string): unknown {
  if (error instanceof Failure || systemErrorCode(error) === undefined) return error;
  return new Failure('storage', `cannot write in ${where}: ${explainError(error)}`, {
    cause: error,
    hints: ['Free space on that disk, or point TMPDIR to a folder with more.'],
  });
}
