import { describe, expect, it } from 'vitest';
import type { ResourceHistory } from '../../../../src/reports/backup-compliance/facts/resource-history.js';
import type { ControlInput } from '../../../../src/reports/backup-compliance/verdicts/control-input.js';
import { backupSucceeded } from '../../../../src/reports/backup-compliance/verdicts/controls/backup-succeeded.js';
import { at, attempt, controlInput, dueToday, open, result } from '../../../support/control-input.js';

type Case = readonly [
  says: string,
  over: Partial<ControlInput>,
  dayBackups: ResourceHistory['dayBackups'],
  expected: Readonly<Record<string, unknown>>,
];

const failed = attempt('FAILED', { endMs: at(2), end: { message: 'no space' } });
const failedLater = attempt('FAILED', { endMs: at(3), end: { message: 'no network' } });
const failedLast = attempt('FAILED', { endMs: at(4), end: { message: 'no disk' } });
const canceled = attempt('CANCELED', { endMs: at(4), end: result('CANCELED', 'CANCELED') });
const succeeded = attempt('SUCCEEDED', { endMs: at(5) });
const running = open('IN_PROGRESS', at(20));
const odd = attempt('UNKNOWN', { endMs: at(6), end: result('UNKNOWN', 'ODD') });
const group = { groupId: 'ocid1.volumegroup.oc1.iad.g', groupName: 'nightly' };
const ofGroup = { resourceId: group.groupId };

function expectEach(cases: readonly Case[]): void {
  const rows = cases.map((row) => ({ says: row[0], row }));
  it.each(rows)('$says', ({ row: [, over, dayBackups, expected] }) => {
    const { demand: _demand, ...judged } = backupSucceeded(controlInput({ dayBackups }, over));
    expect(judged).toEqual({ attempts: dayBackups.length, ...expected });
  });
}

describe('a day without the backup that was due', () => {
  const missed = { verdict: 'NON_COMPLIANT', code: 'backup.missed-today' };
  const dueBefore = { ...dueToday, date: '2026-11-18' };
  expectEach([
    ['on the day', { outcome: 'MISSED' }, [], missed],
    ['on nobody knows which day', { outcome: 'MISSED', due: null }, [], missed],
    [
      'by a schedule of OCI, the day before',
      { outcome: 'MISSED', due: dueBefore },
      [],
      { verdict: 'NON_COMPLIANT', code: 'backup.missed', dueDate: '2026-11-18' },
    ],
    [
      'on an earlier day',
      { outcome: 'LATE', isLate: true, due: dueBefore },
      [],
      { verdict: 'NON_COMPLIANT', code: 'backup.late', dueDate: '2026-11-18' },
    ],
    [
      'on an earlier day, whatever else was made',
      { outcome: 'SUCCEEDED', isLate: true, due: dueBefore },
      [succeeded],
      { verdict: 'NON_COMPLIANT', code: 'backup.late', dueDate: '2026-11-18' },
    ],
    [
      'on an earlier day, while one runs',
      { outcome: 'IN_PROGRESS', isLate: true, due: dueBefore },
      [succeeded, running],
      { verdict: 'NON_COMPLIANT', code: 'backup.late-and-running', dueDate: '2026-11-18' },
    ],
    [
      'on an earlier day, and with a failure, which is told first',
      { outcome: 'FAILED', isLate: true, due: dueBefore },
      [failed],
      {
        verdict: 'NON_COMPLIANT',
        code: 'backup.failed',
        failure: { status: 'FAILED', endMs: at(2), message: 'no space' },
      },
    ],
  ]);
});

const how = (failure: object | null) => ({ verdict: 'NON_COMPLIANT', code: 'backup.failed', failure });

describe('a day that failed says how', () => {
  const over = { outcome: 'FAILED' } as const;
  const refused = { begin: { ...result('FAILED', 'REFUSED'), message: 'quota' } };
  expectEach([
    [
      'the last failure',
      over,
      [failed, failedLater],
      how({ status: 'FAILED', endMs: at(3), message: 'no network' }),
    ],
    [
      'the failure rather than a later cancellation',
      over,
      [failed, canceled],
      how({ status: 'FAILED', endMs: at(2), message: 'no space' }),
    ],
    [
      'the last cancellation where nothing failed, in the word of the service',
      over,
      [attempt('CANCELED'), canceled],
      how({ status: 'CANCELED', endMs: at(4), message: 'CANCELED' }),
    ],
    [
      'the message of a begin that says that it failed',
      over,
      [attempt('FAILED', { ...refused, end: result('FAILED', 'FAILED') })],
      how({ status: 'FAILED', endMs: at(2), message: 'quota' }),
    ],
    [
      'the message of the end before that of the begin',
      over,
      [attempt('FAILED', { ...refused, end: { message: 'no space' } })],
      how({ status: 'FAILED', endMs: at(2), message: 'no space' }),
    ],
    [
      'not the message of a begin that does not say that it failed',
      over,
      [attempt('FAILED', { begin: { message: 'queued' }, end: result('FAILED', 'FAULTY') })],
      how({ status: 'FAILED', endMs: at(2), message: 'FAULTY' }),
    ],
    ['nothing where nobody told anything', over, [], how(null)],
    [
      'the failure of the group before its own',
      { ...over, group },
      [attempt('FAILED', { ...ofGroup, end: { message: 'of the group' } }), failedLater],
      {
        ...how({ status: 'FAILED', endMs: at(2), message: 'of the group', attemptOf: 'group' }),
        throughGroup: 'nightly',
      },
    ],
    [
      'its own failure where the group has made good its own',
      { ...over, group },
      [attempt('FAILED', ofGroup), attempt('SUCCEEDED', { ...ofGroup, endMs: at(3) }), failedLast],
      {
        ...how({ status: 'FAILED', endMs: at(4), message: 'no disk', attemptOf: 'volume' }),
        throughGroup: 'nightly',
      },
    ],
  ]);
});

const why = (code: string, more: object = {}) => ({ verdict: 'UNKNOWN', code, ...more });

describe('a day of which it is not known how it went says why', () => {
  const over = { outcome: 'UNKNOWN' } as const;
  const unrecognised = attempt('UNKNOWN', { kind: 'unrecognised' });
  const began = attempt('UNKNOWN', { kind: 'unrecognised', end: null, endMs: null });
  expectEach([
    [
      'the end names a state that nobody knows',
      over,
      [odd],
      why('backup.of-unknown-state', { state: 'ODD' }),
    ],
    ['the end names none', over, [attempt('UNKNOWN')], why('backup.without-state')],
    ['nothing was told at all', over, [], why('backup.without-state')],
    [
      'the last attempt of which it is not known',
      over,
      [attempt('UNKNOWN'), odd, succeeded],
      why('backup.of-unknown-state', { state: 'ODD' }),
    ],
    ['the end never came', over, [open('UNKNOWN', at(1))], why('backup.without-end', { beganMs: at(1) })],
    [
      'neither begin nor end has a time',
      over,
      [attempt('UNKNOWN', { begin: null, startMs: null, endMs: null, end: result(null, 'ODD') })],
      why('backup.of-unknown-state', { state: 'ODD' }),
    ],
    [
      'the type of its end is not known',
      over,
      [unrecognised],
      why('backup.of-unknown-type', { eventType: 'com.oraclecloud.blockvolumes.createvolumebackup.end' }),
    ],
    [
      'the type of its begin is not known',
      over,
      [began],
      why('backup.of-unknown-type', { eventType: 'com.oraclecloud.blockvolumes.createvolumebackup.begin' }),
    ],
  ]);

  const undecidedNames = new Set(['PRD', 'DEV']);
  it('the name may be of another resource: of several names, the first', () => {
    const input = controlInput({ undecidedNames, dayBackups: [succeeded] }, over);
    expect(backupSucceeded(input)).toMatchObject(why('backup.of-undecided-name', { name: 'DEV' }));
  });

  it('its own attempt rather than a name', () => {
    const input = controlInput({ undecidedNames, dayBackups: [odd] }, over);
    expect(backupSucceeded(input)).toMatchObject(why('backup.of-unknown-state', { state: 'ODD' }));
  });
});

const good = (code: string, canceledAttempts = 0) => ({
  verdict: 'COMPLIANT',
  code,
  canceled: canceledAttempts,
});

describe('a day with a backup', () => {
  const warned = attempt('SUCCEEDED_WITH_WARNINGS');
  expectEach([
    ['that succeeded', {}, [succeeded], good('backup.succeeded')],
    ['that succeeded beside a canceled one', {}, [succeeded, canceled], good('backup.succeeded', 1)],
    ['that made good a failure', { outcome: 'RECOVERED' }, [failed, succeeded], good('backup.recovered')],
    [
      'with warnings',
      { outcome: 'SUCCEEDED_WITH_WARNINGS' },
      [warned],
      good('backup.succeeded-with-warnings'),
    ],
    [
      'with warnings and one without',
      { outcome: 'SUCCEEDED_WITH_WARNINGS' },
      [warned, succeeded],
      good('backup.succeeded-some-with-warnings'),
    ],
    [
      'while another runs',
      { outcome: 'IN_PROGRESS' },
      [succeeded, running],
      good('backup.succeeded-and-running'),
    ],
    [
      'that still runs: since the first of them began',
      { outcome: 'IN_PROGRESS' },
      [canceled, running, open('IN_PROGRESS', at(22))],
      { verdict: 'UNKNOWN', code: 'backup.running', beganMs: at(20) },
    ],
  ]);
});

describe('a day on which nothing is due', () => {
  const nothing = { verdict: 'NOT_APPLICABLE', code: 'backup.not-due' };
  const isNew = { verdict: 'NOT_APPLICABLE', code: 'backup.resource-is-new', mayBeYounger: false };
  const over = { outcome: 'NOT_DUE', due: null, mayBeYounger: false } as const;
  expectEach([
    ['of a resource of unknown age', over, [], nothing],
    ['of one that was made before', { ...over, createdMs: at(0) - 1 }, [], nothing],
    [
      'of one that was made as the day began',
      { ...over, createdMs: at(0) },
      [],
      { ...isNew, createdMs: at(0) },
    ],
  ]);
});
