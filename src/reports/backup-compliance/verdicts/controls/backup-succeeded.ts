import { type CorrelatedJob, resourceOfJob } from '../../facts/correlate-jobs.js';
import { isWholeSuccess } from '../../facts/resource-history.js';
import { cloudOf } from '../../../../model/resource-types.js';
import type { AttemptFailure, BackupReason, JudgedControl } from '../../model/control-reason.js';
import type { ControlInput } from '../control-input.js';
import { outcomeOfDay } from '../day-outcome.js';

/**
 * Did every backup that was due succeed? A recovered one passes, visibly. One that is late does not, whatever else the
 * outcome of the day says.
 */
export function backupSucceeded(input: ControlInput): JudgedControl<BackupReason> {
  const judged = ofOutcome(input);
  const told = cloudOf(input.history.resource) === 'azure' ? ({ isToldAtEnd: true } as const) : {};
  return { ...judged, ...told, ...(input.group === null ? {} : { throughGroup: input.group.groupName }) };
}

function ofOutcome(input: ControlInput): JudgedControl<BackupReason> {
  const { history, outcome, due, day, demand } = input;
  const { dayBackups } = history;
  const attempts = dayBackups.length;
  const canceled = dayBackups.filter(({ status }) => status === 'CANCELED').length;
  if (input.isLate && outcome !== 'FAILED') return late(input);
  switch (outcome) {
    case 'FAILED': {
      const failure = failureOf(input);
      return { verdict: 'NON_COMPLIANT', code: 'backup.failed', failure, attempts, demand };
    }
    case 'MISSED':
      return due === null || due.date === day.date
        ? { verdict: 'NON_COMPLIANT', code: 'backup.missed-today', attempts, demand }
        : { verdict: 'NON_COMPLIANT', code: 'backup.missed', dueDate: due.date, attempts, demand };
    case 'UNKNOWN':
      return unknown(input);
    case 'LATE':
      return late(input);
    case 'IN_PROGRESS':
      // One success makes the day good while another attempt runs; without one the day is still undecided.
      return dayBackups.some(isWholeSuccess)
        ? { verdict: 'COMPLIANT', code: 'backup.succeeded-and-running', attempts, canceled, demand }
        : { verdict: 'UNKNOWN', code: 'backup.running', beganMs: beganFirst(dayBackups), attempts, demand };
    case 'RECOVERED':
      return { verdict: 'COMPLIANT', code: 'backup.recovered', attempts, canceled, demand };
    case 'SUCCEEDED_WITH_WARNINGS':
      return { verdict: 'COMPLIANT', code: warningCode(dayBackups), attempts, canceled, demand };
    case 'SUCCEEDED':
      return { verdict: 'COMPLIANT', code: 'backup.succeeded', attempts, canceled, demand };
    case 'NOT_DUE':
      return notDue(input);
  }
}

/** The backup that was due has not been made; an attempt of the day may still make it. */
function late({ history: { dayBackups }, due, demand }: ControlInput): JudgedControl<BackupReason> {
  const running = dayBackups.filter(({ status }) => status === 'IN_PROGRESS').length;
  const common = { verdict: 'NON_COMPLIANT', attempts: dayBackups.length, demand } as const;
  const code = running > 0 ? 'backup.late-and-running' : 'backup.late';
  return { ...common, code, dueDate: due?.date ?? '' };
}

function warningCode(backups: readonly CorrelatedJob[]) {
  return backups.some(({ status }) => status === 'SUCCEEDED')
    ? 'backup.succeeded-some-with-warnings'
    : 'backup.succeeded-with-warnings';
}

/** Of the attempts that run at the cut-off, when the first one began; null: that is not known. */
function beganFirst(backups: readonly CorrelatedJob[]): number | null {
  return backups.find(({ status }) => status === 'IN_PROGRESS')?.startMs ?? null;
}

/** Of a volume that is backed up through a group: the failure of the one that failed, the group's before its own. */
function failureOf({ history: { dayBackups }, group }: ControlInput): AttemptFailure | null {
  if (group === null) return latestFailure(dayBackups);
  const isOfGroup = (job: CorrelatedJob): boolean => resourceOfJob(job).resourceId === group.groupId;
  const ofGroup = dayBackups.filter(isOfGroup);
  if (outcomeOfDay(ofGroup, 'NOT_DUE') !== 'FAILED') {
    const failure = latestFailure(dayBackups.filter((job) => !isOfGroup(job)));
    return failure && { ...failure, attemptOf: 'volume' };
  }
  const failure = latestFailure(ofGroup);
  return failure && { ...failure, attemptOf: 'group' };
}

/** How the last failed attempt failed; a canceled one counts where none failed. */
function latestFailure(backups: readonly CorrelatedJob[]): AttemptFailure | null {
  const job =
    backups.findLast(({ status }) => status === 'FAILED') ??
    backups.findLast(({ status }) => status === 'CANCELED');
  if (job === undefined) return null;
  const { begin, end, endMs } = job;
  const saidAtBegin = begin?.result.status === 'FAILED' ? begin.message : null;
  const message = end?.message ?? saidAtBegin ?? end?.result.state ?? null;
  return { status: job.status === 'FAILED' ? 'FAILED' : 'CANCELED', endMs, message };
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

function notDue({
  history,
  createdMs,
  mayBeYounger,
  day,
  demand,
}: ControlInput): JudgedControl<BackupReason> {
  const common = { verdict: 'NOT_APPLICABLE', attempts: history.dayBackups.length, demand } as const;
  return createdMs === null || createdMs < day.startMs
    ? { ...common, code: 'backup.not-due' }
    : { ...common, code: 'backup.resource-is-new', createdMs, mayBeYounger };
}
