import { dayMs, hourMs } from '../../src/base/time-units.js';
import type { JudgedControls } from '../../src/reports/backup-compliance/model/control-reason.js';
import type { ControlName } from '../../src/reports/backup-compliance/model/verdict.js';
import { at } from './control-input.js';

/** A control with a reason: `[name, reason]`. */
export type ReasonOf = {
  readonly [Control in ControlName]: readonly [Control, WithoutVerdict<JudgedControls[Control]>];
}[ControlName];

/** Of each of several. */
type WithoutVerdict<Judged> = Judged extends unknown ? Omit<Judged, 'verdict'> : never;

const policy = { name: 'production', isDefault: false };
const limitMs = 26 * hourMs;
const knownSinceMs = at(-72);
const demand = { policy, cadence: { words: 'weekly:SUN' }, isAssigned: false };
const backup = { attempts: 2, demand };
const failure = { status: 'FAILED', endMs: at(2), message: null } as const;
const created = { createdMs: at(1), mayBeYounger: false };
const point = { lastSuccessMs: at(2), ageMs: 22 * hourMs, limitMs, policy, newerGone: 0 };
const deletion = { deletions: 2, retentionMs: 30 * dayMs, policy };
const lastRestore = { endMs: at(-24), ageMs: 48 * hourMs, attested: null };
const attested = { by: 'Jane Doe', ticket: 'CHG-1', isSigned: true };
const proven = { ...lastRestore, attested };
const failedTest = { by: 'Jane Doe', ticket: 'CHG-2', isSigned: false, testedMs: at(-1), ageMs: 25 * hourMs };

/** Every reason of every control, and what it depends on. */
export const controlReasons: readonly ReasonOf[] = [
  ['recovery-point-age', { code: 'recovery-point.young-enough', ...point }],
  ['recovery-point-age', { code: 'recovery-point.too-old', ...point, newerGone: 3 }],
  ['recovery-point-age', { code: 'recovery-point.too-old', ...point, ageMs: limitMs + 1000, limitMs }],
  ['recovery-point-age', { code: 'recovery-point.resource-is-new', ...created, limitMs, policy }],
  ['recovery-point-age', { code: 'recovery-point.may-be-earlier', knownSinceMs, limitMs, policy }],
  ['recovery-point-age', { code: 'recovery-point.none-seen', knownSinceMs, limitMs, policy }],
  ['recovery-point-age', { code: 'recovery-point.all-gone', gone: 1, knownSinceMs, limitMs, policy }],
  [
    'recovery-point-age',
    { code: 'recovery-point.gone-may-be-earlier', gone: 2, knownSinceMs, limitMs, policy },
  ],
  [
    'recovery-point-age',
    { code: 'recovery-point.none-since-creation', ...created, mayBeYounger: true, limitMs, policy },
  ],
  ['recovery-point-age', { code: 'not-judged.terminated', terminatedMs: at(3) }],
  ['backup-succeeded', { code: 'backup.failed', ...backup, failure: null }],
  ['backup-succeeded', { code: 'backup.failed', ...backup, failure }],
  [
    'backup-succeeded',
    { code: 'backup.failed', ...backup, failure: { ...failure, endMs: null, message: 'no space' } },
  ],
  [
    'backup-succeeded',
    { code: 'backup.failed', ...backup, failure: { ...failure, status: 'CANCELED', attemptOf: 'group' } },
  ],
  [
    'backup-succeeded',
    {
      code: 'backup.failed',
      ...backup,
      failure: { ...failure, status: 'CANCELED', endMs: null, attemptOf: 'volume' },
    },
  ],
  ['backup-succeeded', { code: 'backup.missed-today', ...backup, throughGroup: 'nightly' }],
  ['backup-succeeded', { code: 'backup.missed', ...backup, dueDate: '2026-11-18' }],
  ['backup-succeeded', { code: 'backup.missed-today', ...backup, isToldAtEnd: true }],
  [
    'backup-succeeded',
    { code: 'backup.late', ...backup, dueDate: '2026-11-15', demand: { ...demand, isAssigned: true } },
  ],
  [
    'backup-succeeded',
    {
      code: 'backup.late-and-running',
      ...backup,
      dueDate: '2026-11-15',
      demand: { ...demand, policy: { name: 'default', isDefault: true } },
    },
  ],
  ['backup-succeeded', { code: 'backup.of-unknown-type', ...backup, eventType: 'com.oraclecloud.x' }],
  ['backup-succeeded', { code: 'backup.without-end', ...backup, beganMs: at(1) }],
  ['backup-succeeded', { code: 'backup.without-state', ...backup }],
  ['backup-succeeded', { code: 'backup.of-undecided-name', ...backup, name: 'PRD' }],
  ['backup-succeeded', { code: 'backup.of-unknown-state', ...backup, state: 'ODD' }],
  ['backup-succeeded', { code: 'backup.running', ...backup, beganMs: null }],
  ['backup-succeeded', { code: 'backup.running', ...backup, beganMs: at(1) }],
  ['backup-succeeded', { code: 'backup.succeeded-and-running', ...backup, canceled: 0 }],
  ['backup-succeeded', { code: 'backup.recovered', ...backup, canceled: 1 }],
  ['backup-succeeded', { code: 'backup.succeeded-with-warnings', ...backup, canceled: 0 }],
  ['backup-succeeded', { code: 'backup.succeeded-some-with-warnings', ...backup, canceled: 0 }],
  ['backup-succeeded', { code: 'backup.succeeded', ...backup, canceled: 0 }],
  ['backup-succeeded', { code: 'backup.not-due', ...backup, attempts: 0 }],
  ['backup-succeeded', { code: 'backup.resource-is-new', ...backup, attempts: 0, ...created }],
  ['backup-succeeded', { code: 'unattributed.failed' }],
  ['backup-succeeded', { code: 'unattributed.made' }],
  ['backup-succeeded', { code: 'not-judged.unattributed' }],
  ['no-open-incident', { code: 'incident.open', condition: 'BACKUP_FAILURE', sinceMs: at(5) }],
  ['no-open-incident', { code: 'incident.none-open' }],
  ['no-open-incident', { code: 'incident.not-reported' }],
  ['no-open-incident', { code: 'incident.no-alert-read' }],
  ['retention', { code: 'retention.not-demanded', days: null, policy }],
  ['retention', { code: 'retention.not-demanded', days: 7, policy }],
  ['retention', { code: 'retention.unknown', limitMs: 30 * dayMs, policy }],
  ['retention', { code: 'retention.long-enough', days: 30, limitMs: 30 * dayMs, policy }],
  ['retention', { code: 'retention.too-short', days: 7, limitMs: 30 * dayMs, policy }],
  ['protection-enabled', { code: 'protection.unknown', means: 'gold' }],
  ['protection-enabled', { code: 'protection.on', means: 'gold' }],
  ['protection-enabled', { code: 'protection.off', means: 'none' }],
  ['protection-enabled', { code: 'protection.untold' }],
  ['protection-enabled', { code: 'protection.switched-on', kind: 'assigned', sinceMs: at(3) }],
  ['protection-enabled', { code: 'protection.switched-off', kind: 'automatic-backup', sinceMs: at(3) }],
  ['protection-enabled', { code: 'protection.switched-off', kind: 'unassigned', sinceMs: at(3) }],
  ['protection-enabled', { code: 'protection.switched-on', kind: 'protected', sinceMs: at(3) }],
  ['protection-enabled', { code: 'protection.switched-on', kind: 'protection-changed', sinceMs: at(3) }],
  ['protection-enabled', { code: 'protection.switched-off', kind: 'unprotected', sinceMs: at(3) }],
  ['protection-enabled', { code: 'protection.switched-off', kind: 'deletion-scheduled', sinceMs: at(3) }],
  ['protection-enabled', { code: 'protection.switched-on', kind: 'deletion-canceled', sinceMs: at(3) }],
  ['protection-enabled', { code: 'protection.switched-on', kind: 'policy', sinceMs: at(3) }],
  ['protection-enabled', { code: 'protection.automatic' }],
  ['protection-enabled', { code: 'protection.not-automatic' }],
  ['duration', { code: 'duration.unknown', limitMs, policy }],
  ['duration', { code: 'duration.short-enough', longestMs: hourMs, limitMs, policy }],
  ['duration', { code: 'duration.too-long', longestMs: 27 * hourMs, limitMs, policy }],
  ['no-early-deletion', { code: 'deletion.none' }],
  ['no-early-deletion', { code: 'deletion.none-known' }],
  ['no-early-deletion', { code: 'deletion.of-unsuccessful', deletions: 2 }],
  ['no-early-deletion', { code: 'deletion.no-retention-known', deletions: 2 }],
  ['no-early-deletion', { code: 'deletion.too-early', ...deletion, deletedMs: at(9), ageMs: 9 * dayMs }],
  [
    'no-early-deletion',
    { code: 'deletion.too-early', ...deletion, policy: null, deletedMs: at(9), ageMs: 9 * dayMs },
  ],
  ['no-early-deletion', { code: 'deletion.age-unknown', ...deletion }],
  ['no-early-deletion', { code: 'deletion.which-unknown', ...deletion }],
  ['no-early-deletion', { code: 'deletion.perhaps-own', ...deletion, deletions: 0 }],
  ['no-early-deletion', { code: 'deletion.perhaps-made', ...deletion }],
  ['no-early-deletion', { code: 'deletion.in-time', ...deletion }],
  ['restore-tested', { code: 'restore.not-demanded', lastRestore: null, failedTest: null, policy }],
  ['restore-tested', { code: 'restore.not-demanded', lastRestore, failedTest: null, policy }],
  ['restore-tested', { code: 'restore.not-demanded', lastRestore, failedTest, policy }],
  [
    'restore-tested',
    { code: 'restore.test-failed', lastRestore: null, failedTest, limitMs: 90 * dayMs, policy },
  ],
  [
    'restore-tested',
    { code: 'restore.test-failed', lastRestore: proven, failedTest, limitMs: 90 * dayMs, policy },
  ],
  ['restore-tested', { code: 'restore.recent-enough', lastRestore: proven, limitMs: 90 * dayMs, policy }],
  ['restore-tested', { code: 'restore.recent-enough', lastRestore, limitMs: 90 * dayMs, policy }],
  ['restore-tested', { code: 'restore.too-old', lastRestore, limitMs: 24 * hourMs, policy }],
  ['restore-tested', { code: 'restore.may-be-earlier', knownSinceMs, limitMs: 90 * dayMs, policy }],
  ['restore-tested', { code: 'restore.none-seen', limitMs: 90 * dayMs, policy }],
];
