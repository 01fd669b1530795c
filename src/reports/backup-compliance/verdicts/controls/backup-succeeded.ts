import type { CorrelatedJob } from '../../facts/correlate-jobs.js';
import { isSuccess } from '../../facts/resource-history.js';
import type { AttemptFailure, BackupReason, JudgedControl } from '../../model/control-reason.js';
import type { ControlInput } from '../control-input.js';

/** Did every backup that was due that day succeed? A recovered one passes, visibly. */
export function backupSucceeded(input: ControlInput): JudgedControl<BackupReason> {
  const { history, outcome, due, day, demand } = input;
  const { dayBackups } = history;
  const attempts = dayBackups.length;
  switch (outcome) {
    case 'FAILED': {
      const failure = latestFailure(dayBackups);
      return { verdict: 'NON_COMPLIANT', code: 'backup.failed', failure, attempts, demand };
    }
    case 'MISSED':
      return due === null || due.date === day.date
        ? { verdict: 'NON_COMPLIANT', code: 'backup.missed-today', attempts, demand }
        : { verdict: 'NON_COMPLIANT', code: 'backup.missed', dueDate: due.date, attempts, demand };
    case 'UNKNOWN':
      return unknown(input);
    case 'LATE':
      return { verdict: 'NON_COMPLIANT', code: 'backup.late', dueDate: due?.date ?? '', attempts, demand };
    case 'IN_PROGRESS':
      // One success makes the day good while another attempt runs; without one the day is still undecided.
      return dayBackups.some(isSuccess)
        ? { verdict: 'COMPLIANT', code: 'backup.succeeded-and-running', attempts, demand }
        : { verdict: 'UNKNOWN', code: 'backup.running', attempts, demand };
    case 'RECOVERED':
      return { verdict: 'COMPLIANT', code: 'backup.recovered', attempts, demand };
    case 'SUCCEEDED_WITH_WARNINGS':
      return { verdict: 'COMPLIANT', code: 'backup.succeeded-with-warnings', attempts, demand };
    case 'SUCCEEDED':
      return { verdict: 'COMPLIANT', code: 'backup.succeeded', attempts, demand };
    case 'NOT_DUE':
      return notDue(input);
  }
}

/** How the last failed attempt failed. */
function latestFailure(backups: readonly CorrelatedJob[]): AttemptFailure | null {
  for (const { status, endMs, end } of backups.toReversed()) {
    if (status !== 'FAILED' && status !== 'CANCELED') continue;
    return { status, endMs, message: end?.message ?? end?.result.state ?? null };
  }
  return null;
}

function unknown({ history, demand }: ControlInput): JudgedControl<BackupReason> {
  const { dayBackups, undecidedNames } = history;
  const common = { verdict: 'UNKNOWN', attempts: dayBackups.length, demand } as const;
  const job = dayBackups.findLast(({ status }) => status === 'UNKNOWN');
  const [name] = [...undecidedNames].sort();
  if (job === undefined && name !== undefined) return { ...common, code: 'backup.of-undecided-name', name };
  if (job?.kind === 'unrecognised') {
    const eventType = job.end?.type.name ?? job.begin?.type.name ?? '';
    return { ...common, code: 'backup.of-unknown-type', eventType };
  }
  if (job !== undefined && job.endMs === null && job.startMs !== null) {
    return { ...common, code: 'backup.without-end', beganMs: job.startMs };
  }
  const state = job?.end?.result.state ?? null;
  return state === null
    ? { ...common, code: 'backup.without-state' }
    : { ...common, code: 'backup.of-unknown-state', state };
}

function notDue({ history, createdMs, day, demand }: ControlInput): JudgedControl<BackupReason> {
  const common = { verdict: 'NOT_APPLICABLE', attempts: history.dayBackups.length, demand } as const;
  return createdMs === null || createdMs < day.startMs
    ? { ...common, code: 'backup.not-due' }
    : { ...common, code: 'backup.resource-is-new', createdMs };
}
