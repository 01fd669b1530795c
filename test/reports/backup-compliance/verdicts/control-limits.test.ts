import { describe } from 'vitest';
import { dayMs, hourMs } from '../../../../src/base/time-units.js';
import type { ResourceHistory } from '../../../../src/reports/backup-compliance/facts/resource-history.js';
import type { HeldSettings } from '../../../../src/reports/backup-compliance/model/backup-settings.js';
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

const lastRestore = (ageMs: number) => ({ lastRestore: { endMs: at(24) - ageMs, ageMs } });

const restored = (ageMs: number) => ({ lastRestoreMs: at(24) - ageMs });

describe('when a restore was tested', () => {
  const over = demands({ maxRestoreAgeMs: 90 * dayMs });
  const known = (days: number) => ({ ...over, knownSinceMs: at(24) - days * dayMs });
  expectEach(restoreTested, [
    [
      'is told where nothing is demanded',
      restored(hourMs),
      {},
      none,
      'restore.not-demanded',
      lastRestore(hourMs),
    ],
    ['never, where nothing is demanded', {}, {}, none, 'restore.not-demanded', { lastRestore: null }],
    ['within the limit', restored(90 * dayMs), over, good, 'restore.recent-enough', lastRestore(90 * dayMs)],
    ['before it', restored(90 * dayMs + 1), over, bad, 'restore.too-old', lastRestore(90 * dayMs + 1)],
    [
      'before anything is known, perhaps',
      {},
      known(89),
      unknown,
      'restore.may-be-earlier',
      { knownSinceMs: at(24) - 89 * dayMs },
    ],
    ['never, in all the time that counts', {}, known(90), bad, 'restore.none-seen'],
  ]);
});
