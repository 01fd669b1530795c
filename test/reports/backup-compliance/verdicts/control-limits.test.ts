import { describe } from 'vitest';
import { dayMs, hourMs } from '../../../../src/base/time-units.js';
import type { ResourceHistory } from '../../../../src/reports/backup-compliance/facts/resource-history.js';
import type { HeldSettings } from '../../../../src/reports/backup-compliance/model/backup-settings.js';
import type { RestoreTest } from '../../../../src/reports/backup-compliance/model/restore-test.js';
import { duration } from '../../../../src/reports/backup-compliance/verdicts/controls/duration.js';
import { protectionEnabled } from '../../../../src/reports/backup-compliance/verdicts/controls/protection-enabled.js';
import { restoreTested } from '../../../../src/reports/backup-compliance/verdicts/controls/restore-tested.js';
import { retention } from '../../../../src/reports/backup-compliance/verdicts/controls/retention.js';
import { bad, demands, expectEach, good, none, unknown } from '../../../support/control-cases.js';
import { at, attempt, open } from '../../../support/control-input.js';
import { protectionOf } from '../../../support/rules.js';

const ran = (ms: number) => attempt('SUCCEEDED', { startMs: at(1), endMs: at(1) + ms });

describe('how long attempts took', () => {
  const limit = 12 * hourMs;
  expectEach(duration, [
    ['no attempt', {}, {}, none, 'duration.unknown', { limitMs: limit }],
    [
      'its begin is not known',
      { dayBackups: [attempt('SUCCEEDED', { startMs: null })] },
      {},
      none,
      'duration.unknown',
    ],
    ['no time at all', { dayBackups: [ran(0)] }, {}, good, 'duration.short-enough', { longestMs: 0 }],
    [
      'as long as is allowed',
      { dayBackups: [ran(limit), ran(1)] },
      {},
      good,
      'duration.short-enough',
      { longestMs: limit },
    ],
    [
      'longer',
      { dayBackups: [ran(1), ran(limit + 1)] },
      {},
      bad,
      'duration.too-long',
      { longestMs: limit + 1 },
    ],
    [
      'one that runs counts up to the cut-off',
      { dayBackups: [open('IN_PROGRESS', at(11))] },
      {},
      bad,
      'duration.too-long',
      { longestMs: 13 * hourMs },
    ],
  ]);
});

const held = (days: number | null, enabled = true): Partial<ResourceHistory> => ({
  recoveryWindowDays: 7,
  held: {
    protection: { enabled, kind: 'policy', sinceMs: at(1) },
    retention: { days, sinceMs: at(1) },
    policyId: null,
  },
});

describe('how long backups are kept', () => {
  const over = demands({ minRetentionMs: 30 * dayMs });
  const listed = (retentionDays: number | null) => ({ ...over, protection: protectionOf({ retentionDays }) });
  expectEach(retention, [
    ['nothing is demanded', { recoveryWindowDays: 7 }, {}, none, 'retention.not-demanded', { days: 7 }],
    ['it is not known', {}, over, unknown, 'retention.unknown', { limitMs: 30 * dayMs }],
    ['as long as is demanded', { recoveryWindowDays: 30 }, over, good, 'retention.long-enough', { days: 30 }],
    ['a day less', { recoveryWindowDays: 29 }, over, bad, 'retention.too-short', { days: 29 }],
    [
      'the inventory before the last event',
      { recoveryWindowDays: 29 },
      listed(31),
      good,
      'retention.long-enough',
      { days: 31 },
    ],
    [
      'the last event where the inventory does not say',
      { recoveryWindowDays: 31 },
      listed(null),
      good,
      'retention.long-enough',
      { days: 31 },
    ],
    ['an update before the inventory', held(29), listed(31), bad, 'retention.too-short', { days: 29 }],
    [
      'an update that says nothing does not hide what others say',
      held(null),
      listed(31),
      good,
      'retention.long-enough',
      { days: 31 },
    ],
    [
      'nothing is known any more where an update took the protection away',
      held(null, false),
      listed(31),
      unknown,
      'retention.unknown',
    ],
  ]);
});

const listedAs = (enabled: boolean | null) => ({ protection: protectionOf({ enabled }) });

const switched = (enabled: boolean): { readonly held: HeldSettings } => ({
  held: { protection: { enabled, kind: 'assigned', sinceMs: at(3) }, retention: null, policyId: null },
});

describe('whether backups are switched on', () => {
  const since = { kind: 'assigned', sinceMs: at(3) };
  expectEach(protectionEnabled, [
    ['nobody says', {}, {}, none, 'protection.untold'],
    ['the last backup says so', { autoBackupEnabled: true }, {}, good, 'protection.automatic'],
    ['the last backup denies it', { autoBackupEnabled: false }, {}, bad, 'protection.not-automatic'],
    [
      'the inventory says so, whatever the last backup says',
      { autoBackupEnabled: false },
      listedAs(true),
      good,
      'protection.on',
    ],
    ['the inventory denies it', { autoBackupEnabled: true }, listedAs(false), bad, 'protection.off'],
    [
      'the inventory does not know',
      { autoBackupEnabled: true },
      listedAs(null),
      unknown,
      'protection.unknown',
    ],
    ['an update switched it on', switched(true), {}, good, 'protection.switched-on', since],
    ['an update switched it off', switched(false), {}, bad, 'protection.switched-off', since],
    ['an update that the inventory confirms', switched(true), listedAs(true), good, 'protection.on'],
    [
      'an update that the inventory denies',
      switched(false),
      listedAs(true),
      bad,
      'protection.switched-off',
      since,
    ],
    [
      'an update of which the inventory knows nothing',
      switched(true),
      listedAs(null),
      good,
      'protection.switched-on',
      since,
    ],
  ]);
});

const lastRestore = (ageMs: number) => ({ lastRestore: { endMs: at(24) - ageMs, ageMs, attested: null } });

const restored = (ageMs: number) => ({ lastRestoreMs: at(24) - ageMs });

const who = { by: 'Jane Doe', ticket: 'CHG-1', isSigned: true };
const test = (days: number): RestoreTest => ({ ...who, testedMs: at(24) - days * dayMs });
const proven = (days: number) => ({
  lastRestore: { endMs: at(24) - days * dayMs, ageMs: days * dayMs, attested: who },
});
const failed = (days: number) => ({ failedTest: { ...test(days), ageMs: days * dayMs } });
/** Tests so many days before the cut-off; null: none. */
const tests = (passedDays: number | null, failedDays: number | null = null) => ({
  restoreTests: {
    passed: passedDays === null ? null : test(passedDays),
    failed: failedDays === null ? null : test(failedDays),
  },
});

describe('when a restore was tested', () => {
  const over = demands({ maxRestoreAgeMs: 90 * dayMs });
  const known = (days: number) => ({ ...over, knownSinceMs: at(24) - days * dayMs });
  const attested = (passedDays: number | null, failedDays: number | null = null) => ({
    ...over,
    ...tests(passedDays, failedDays),
  });
  const is = {
    free: 'restore.not-demanded',
    recent: 'restore.recent-enough',
    old: 'restore.too-old',
    failed: 'restore.test-failed',
  } as const;
  expectEach(restoreTested, [
    ['is told where nothing is demanded', restored(hourMs), {}, none, is.free, lastRestore(hourMs)],
    ['never, where nothing is demanded', {}, {}, none, is.free, { lastRestore: null, failedTest: null }],
    ['within the limit', restored(90 * dayMs), over, good, is.recent, lastRestore(90 * dayMs)],
    ['before it', restored(90 * dayMs + 1), over, bad, is.old, lastRestore(90 * dayMs + 1)],
    [
      'before anything is known, perhaps',
      {},
      known(89),
      unknown,
      'restore.may-be-earlier',
      { knownSinceMs: at(24) - 89 * dayMs },
    ],
    ['never, in all the time that counts', {}, known(90), bad, 'restore.none-seen'],
    ['attested without any event', {}, attested(90), good, is.recent, proven(90)],
    ['attested too long ago', {}, attested(91), bad, is.old, proven(91)],
    [
      'attested, though a later restore proves nothing',
      restored(dayMs),
      attested(80),
      good,
      is.recent,
      proven(80),
    ],
    [
      'an event after a test that is too old',
      restored(dayMs),
      attested(91),
      good,
      is.recent,
      lastRestore(dayMs),
    ],
    ['attested where nothing is demanded', {}, tests(5), none, is.free, { ...proven(5), failedTest: null }],
    ['failed', {}, attested(null, 3), bad, is.failed, { lastRestore: null, ...failed(3) }],
    ['failed after one that passed', {}, attested(9, 3), bad, is.failed, { ...proven(9), ...failed(3) }],
    [
      'failed, and an event of a later restore is no answer',
      restored(hourMs),
      attested(null, 3),
      bad,
      is.failed,
    ],
    ['failed and passed at one instant', {}, attested(3, 3), bad, is.failed],
    ['failed, then passed', {}, attested(2, 3), good, is.recent, proven(2)],
    [
      'failed where nothing is demanded',
      {},
      tests(null, 3),
      none,
      is.free,
      { lastRestore: null, ...failed(3) },
    ],
  ]);
});
