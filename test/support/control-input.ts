import { hourMs } from '../../src/base/time-units.js';
import type { CorrelatedJob } from '../../src/reports/backup-compliance/facts/correlate-jobs.js';
import {
  type ResourceHistory,
  historyOf,
} from '../../src/reports/backup-compliance/facts/resource-history.js';
import type { BackupEvent, EventResult } from '../../src/reports/backup-compliance/model/backup-event.js';
import type { JobStatus } from '../../src/reports/backup-compliance/model/backup-job.js';
import type { Phase } from '../../src/reports/backup-compliance/model/event-type.js';
import {
  type RecoveryPoint,
  pointWithoutId,
} from '../../src/reports/backup-compliance/model/recovery-point.js';
import { noRestoreTests } from '../../src/reports/backup-compliance/model/restore-test.js';
import { defaultPolicy } from '../../src/reports/backup-compliance/rules/default-policy.js';
import { type Due, demandOf } from '../../src/reports/backup-compliance/rules/due.js';
import type { ControlInput } from '../../src/reports/backup-compliance/verdicts/control-input.js';
import { dayOf } from './judge.js';

const day = dayOf('2026-11-19');

/** Hours after the begin of 2026-11-19, negative before it. Epoch milliseconds. */
export function at(hours: number): number {
  return day.startMs + hours * hourMs;
}

export const volume = {
  resourceId: 'ocid1.volume.oc1.iad.data01',
  resourceType: 'volume',
  resourceName: 'data01',
  compartmentId: null,
  compartmentName: null,
  tags: {},
};

/** What is known of a volume that has no history, with what a case says. */
export function historyWith(over: Partial<ResourceHistory> = {}): ResourceHistory {
  return { ...historyOf(new Map(), volume), ...over };
}

export const dueToday: Due = {
  today: true,
  date: '2026-11-19',
  dateStartMs: day.startMs,
  sinceMs: day.startMs,
};

/** What a volume is judged by on 2026-11-19 under the default policy: everything is known of it for a month, and nothing happened. */
export function controlInput(
  history: Partial<ResourceHistory> = {},
  over: Partial<ControlInput> = {},
): ControlInput {
  return {
    history: historyWith(history),
    protection: null,
    demand: demandOf(defaultPolicy, undefined),
    due: dueToday,
    outcome: 'SUCCEEDED',
    isLate: false,
    incidents: [],
    day,
    knownSinceMs: at(-30 * 24),
    hasUnownedDeletions: false,
    restoreTests: noRestoreTests,
    createdMs: null,
    mayBeYounger: true,
    group: null,
    ...over,
  };
}

interface AttemptParts {
  readonly begin?: Partial<BackupEvent> | null;
  readonly end?: Partial<BackupEvent> | null;
  readonly kind?: CorrelatedJob['kind'];
  readonly startMs?: number | null;
  readonly endMs?: number | null;
  readonly resourceId?: string;
}

/** An attempt of the volume from 01:00 to 02:00, with the words of its events. */
export function attempt(status: JobStatus, parts: AttemptParts = {}): CorrelatedJob {
  const { begin = {}, end = {}, kind = 'backup', startMs = at(1), endMs = at(2), resourceId } = parts;
  return {
    kind,
    begin: begin && event('begin', startMs ?? 0, begin),
    end: end && event('end', endMs ?? 0, end),
    status,
    resource: { ...volume, resourceId: resourceId ?? volume.resourceId },
    startMs,
    endMs,
  };
}

/** An attempt that has not ended. */
export function open(status: JobStatus, startMs: number): CorrelatedJob {
  return attempt(status, { startMs, end: null, endMs: null });
}

export function result(status: JobStatus | null, state: string | null): { readonly result: EventResult } {
  return { result: { status, state } };
}

/** A backup that succeeded and is there. */
export function pointAt(endMs: number, over: Partial<RecoveryPoint> = {}): RecoveryPoint {
  return { ...pointWithoutId(endMs), ...over };
}

function event(phase: Phase, timeMs: number, over: Partial<BackupEvent>): BackupEvent {
  return {
    eventId: `${phase}-${timeMs}`,
    type: {
      name: `com.oraclecloud.blockvolumes.createvolumebackup.${phase}`,
      family: 'block-volume',
      action: 'backup',
      phase,
      meaning: 'Create Volume Backup',
      catalogued: true,
    },
    timeMs,
    subjectId: 'ocid1.volumebackup.oc1.iad.b',
    resource: volume,
    createdMs: null,
    result: { status: null, state: null },
    traits: {
      backupType: null,
      trigger: null,
      destinationType: null,
      recoveryWindowDays: null,
      autoBackupEnabled: null,
    },
    message: null,
    condition: null,
    principal: null,
    ...over,
  };
}
