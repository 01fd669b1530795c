import { count, durationInWords } from '../../base/english.js';
import { parseInstant } from '../../base/instants.js';
import type { Finding } from '../../ports/finding.js';
import type { BackupJob } from './model/backup-job.js';

/** What the archived jobs of the last days say of how events are collected. */
interface Seen {
  ended: number;
  begun: number;
  failedDatabases: number;
  noticed: number;
  /** Attempts known by their ends alone that took longer than is waited for. */
  tooLong: number;
  longestMs: number;
}

type Warning = Omit<Finding, 'check'>;

/**
 * What archived jobs show of the collection of events, for `doctor`: begins or critical events that never arrive, and
 * attempts by ends alone that a reading cannot see at the cut-off, because it does not look ahead as far.
 *
 * @param lines of jobs.ndjson.gz of several days
 */
export async function diagnoseAttempts(
  lines: AsyncIterable<string>,
  settleDelayMs: number,
): Promise<readonly Warning[]> {
  const seen = { ended: 0, begun: 0, failedDatabases: 0, noticed: 0, tooLong: 0, longestMs: 0 };
  // The machine hands back what this kind wrote.
  for await (const line of lines) note(JSON.parse(line) as BackupJob, seen, settleDelayMs);
  return [...beginWarnings(seen), ...criticalWarnings(seen), ...lengthWarnings(seen, settleDelayMs)];
}

function note(job: BackupJob, seen: Seen, settleDelayMs: number): void {
  if (job.kind !== 'backup') return;
  if (job.beginEventId !== null) seen.begun += 1;
  if (job.criticalEventIds.length > 0) seen.noticed += 1;
  if (job.status === 'FAILED' && job.family === 'database') seen.failedDatabases += 1;
  const [start, end] = [parseInstant(job.startTime), parseInstant(job.endTime)];
  if (end === undefined || job.endEventId === null) return;
  seen.ended += 1;
  if (job.beginEventId !== null || start === undefined || end - start <= settleDelayMs) return;
  seen.tooLong += 1;
  seen.longestMs = Math.max(seen.longestMs, end - start);
}

function beginWarnings({ ended, begun }: Seen): readonly Warning[] {
  if (ended === 0 || begun > 0) return [];
  const words = `none of ${count(ended, 'attempt')} has a begin event`;
  const advice =
    'Add the .begin types to the rule of the Events service: by ends alone a backup that hangs is not seen.';
  return [{ state: 'warning', words, advice }];
}

function criticalWarnings({ failedDatabases, noticed }: Seen): readonly Warning[] {
  if (failedDatabases === 0 || noticed > 0) return [];
  const words = `${count(failedDatabases, 'backup of a database', 'backups of databases')} failed, and no critical event tells of it`;
  const advice = 'Add the .critical types to the rule of the Events service, or incidents will not be seen.';
  return [{ state: 'warning', words, advice }];
}

function lengthWarnings({ tooLong, longestMs }: Seen, settleDelayMs: number): readonly Warning[] {
  if (tooLong === 0) return [];
  const limit = durationInWords(settleDelayMs);
  const words = `${count(tooLong, 'attempt')} known by the end alone took longer than settleDelay (${limit}), the longest ${durationInWords(longestMs)}`;
  const advice =
    'Add the .begin types, or set settleDelay above that: a backup that runs over midnight for longer counts as MISSED until it ends.';
  return [{ state: 'warning', words, advice }];
}
