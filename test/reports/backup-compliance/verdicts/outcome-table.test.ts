import { describe, expect, it } from 'vitest';
import type { Outcome, Verdict } from '../../../../src/reports/backup-compliance/model/verdict.js';
import { hourMs } from '../../../../src/base/time-units.js';
import { judge } from '../../../support/judge-day.js';
import { type RawEvent, auditEvent, databaseEvent, rawEvent } from '../../../support/raw-event.js';
import { policyRule } from '../../../support/rules.js';

/** A Tuesday; the backup of the weekly policy was due on Sunday, the 15th. */
const date = '2026-11-17';
const sunday = '2026-11-15T02:00:00Z';

let serial = 0;

function backup(phase: 'begin' | 'end', time: string, state: string, more: object = {}): RawEvent {
  serial += 1;
  const resourceId = `ocid1.dbbackup.oc1.iad.o${serial}`;
  const at = time.length === 5 ? `${date}T${time}:00Z` : time;
  return databaseEvent(phase, at, { resourceId, details: { lifecycleState: state, ...more } });
}

const succeeded = (time: string) => backup('end', time, 'ACTIVE');
const warned = (time: string) => backup('end', time, 'CompletedWithWarnings');
const failed = (time: string) => backup('end', time, 'FAILED', { lifecycleDetails: 'no space left' });
const canceled = (time: string) => backup('end', time, 'CANCELED');
const unknown = (time: string) => backup('end', time, 'ODD');
const running = (time: string) => backup('begin', time, 'CREATING');

const resource = { databaseId: 'ocid1.database.oc1.iad.erpprd', dbUniqueName: 'ERPPRD_iad1kq' };

function restored(time: string): RawEvent {
  const details = { ...resource, lifecycleState: 'AVAILABLE' };
  const type = 'databaseservice.restoredatabase.end';
  return rawEvent({ type, time: `${date}T${time}:00Z`, resourceId: resource.databaseId, details });
}

/** What is owed that day apart from the attempts. */
const days = {
  'due today': { cadence: 'daily', before: [succeeded('2026-11-16T02:00:00Z')] },
  'an off day': { cadence: 'weekly:SUN', before: [succeeded(sunday)] },
  'late since Sunday': { cadence: 'weekly:SUN', before: [succeeded('2026-11-14T02:00:00Z')] },
} as const;

type Day = keyof typeof days;

async function standing(day: Day, events: readonly RawEvent[], maxDurationMs = 12 * hourMs) {
  const { cadence, before } = days[day];
  const rules = { policies: [policyRule({ cadence, maxDurationMs })] };
  const { report } = await judge([...before, ...events], date, { rules });
  const [only, ...others] = report.resources;
  expect(others).toEqual([]);
  const { verdict, reason } = only?.controls['backup-succeeded'] ?? {};
  return { outcome: only?.outcome, verdict, reason };
}

type Standing = readonly [Outcome, Verdict];

/** Outcome and verdict of backup-succeeded by day, in the order of `days`. */
type Row = readonly [string, readonly RawEvent[], Standing, Standing, Standing];

const bad = 'NON_COMPLIANT';
const good = 'COMPLIANT';
const table: readonly Row[] = [
  ['nothing', [], ['MISSED', bad], ['NOT_DUE', 'NOT_APPLICABLE'], ['LATE', bad]],
  ['a success', [succeeded('02:00')], ['SUCCEEDED', good], ['SUCCEEDED', good], ['SUCCEEDED', good]],
  ['a failure', [failed('02:00')], ['FAILED', bad], ['FAILED', bad], ['FAILED', bad]],
  ['a cancellation', [canceled('02:00')], ['FAILED', bad], ['FAILED', bad], ['FAILED', bad]],
  ['an unknown end', [unknown('02:00')], ['UNKNOWN', 'UNKNOWN'], ['UNKNOWN', 'UNKNOWN'], ['UNKNOWN', bad]],
  ['one running', [running('22:00')], ['IN_PROGRESS', 'UNKNOWN'], ['IN_PROGRESS', 'UNKNOWN'], ['LATE', bad]],
  [
    'one running too long',
    [running('02:00')],
    ['UNKNOWN', 'UNKNOWN'],
    ['UNKNOWN', 'UNKNOWN'],
    ['UNKNOWN', bad],
  ],
  [
    'a cancellation while another runs',
    [canceled('02:00'), running('22:00')],
    ['FAILED', bad],
    ['FAILED', bad],
    ['FAILED', bad],
  ],
  [
    'a cancellation and an unknown end',
    [canceled('02:00'), unknown('03:00')],
    ['FAILED', bad],
    ['FAILED', bad],
    ['FAILED', bad],
  ],
  [
    'a cancellation, then a success',
    [canceled('02:00'), succeeded('03:00')],
    ['SUCCEEDED', good],
    ['SUCCEEDED', good],
    ['SUCCEEDED', good],
  ],
  [
    'a success, a cancellation, one running',
    [succeeded('01:00'), canceled('02:00'), running('22:00')],
    ['IN_PROGRESS', good],
    ['IN_PROGRESS', good],
    ['IN_PROGRESS', good],
  ],
  [
    'a failure while another runs',
    [failed('02:00'), running('22:00')],
    ['FAILED', bad],
    ['FAILED', bad],
    ['FAILED', bad],
  ],
  [
    'a failure, then a success',
    [failed('02:00'), succeeded('03:00')],
    ['RECOVERED', good],
    ['RECOVERED', good],
    ['RECOVERED', good],
  ],
  [
    'a failure and a success at once',
    [succeeded('02:00'), failed('02:00')],
    ['FAILED', bad],
    ['FAILED', bad],
    ['FAILED', bad],
  ],
  [
    'a success, then a failure',
    [succeeded('02:00'), failed('03:00')],
    ['FAILED', bad],
    ['FAILED', bad],
    ['FAILED', bad],
  ],
  [
    'a failure, a success and an unknown end',
    [failed('02:00'), succeeded('03:00'), unknown('04:00')],
    ['UNKNOWN', 'UNKNOWN'],
    ['UNKNOWN', 'UNKNOWN'],
    ['UNKNOWN', 'UNKNOWN'],
  ],
  [
    'a failure, a success and one running',
    [failed('02:00'), succeeded('03:00'), running('22:00')],
    ['IN_PROGRESS', good],
    ['IN_PROGRESS', good],
    ['IN_PROGRESS', good],
  ],
  [
    'one with warnings and one without',
    [warned('02:00'), succeeded('03:00')],
    ['SUCCEEDED_WITH_WARNINGS', good],
    ['SUCCEEDED_WITH_WARNINGS', good],
    ['SUCCEEDED_WITH_WARNINGS', good],
  ],
  [
    'a failure, then one with warnings',
    [failed('02:00'), warned('03:00')],
    ['RECOVERED', good],
    ['RECOVERED', good],
    ['RECOVERED', good],
  ],
  [
    'a restore alone, which is no backup',
    [restored('02:00')],
    ['MISSED', bad],
    ['NOT_DUE', 'NOT_APPLICABLE'],
    ['LATE', bad],
  ],
  [
    'a failure, then a restore that succeeded',
    [failed('02:00'), restored('03:00')],
    ['FAILED', bad],
    ['FAILED', bad],
    ['FAILED', bad],
  ],
];

describe('outcome and backup-succeeded of a day with', () => {
  it.each(table)('%s', async (_words, events, ...expected) => {
    const seen = [];
    for (const day of ['due today', 'an off day', 'late since Sunday'] as const) {
      const { outcome, verdict } = await standing(day, events);
      seen.push([outcome, verdict]);
    }
    expect(seen).toEqual(expected);
  });
});

describe('an attempt without an end', () => {
  const begun = backup('begin', '2026-11-14T02:00:00Z', 'CREATING');

  it('is UNKNOWN once it is older than maxDuration', async () => {
    const { outcome, reason } = await standing('an off day', [begun]);
    expect(outcome).toBe('UNKNOWN');
    expect(reason).toBe('begun at 2026-11-14 02:00 UTC and no end seen; its result is not known');
  });

  it('is not promised an end while it is younger', async () => {
    const { outcome, reason } = await standing('an off day', [begun], 120 * hourMs);
    expect(outcome).toBe('IN_PROGRESS');
    expect(reason).toBe(
      'begun at 2026-11-14 02:00 UTC and not ended by the cut-off; its result is not known yet',
    );
  });
});

describe('the sentence of backup-succeeded', () => {
  it.each<[string, Day, readonly RawEvent[], string]>([
    [
      'names the failure, not a later cancellation that counts for nothing',
      'due today',
      [succeeded('01:00'), failed('02:00'), canceled('03:00')],
      '3 attempts on 2026-11-17, none succeeded since; failed at 2026-11-17 02:00 UTC: no space left',
    ],
    [
      'names the cancellation beside one that runs',
      'due today',
      [canceled('02:00'), running('22:00')],
      '2 attempts on 2026-11-17, none succeeded since; canceled at 2026-11-17 02:00 UTC: CANCELED',
    ],
    [
      'tells what was canceled beside a success',
      'due today',
      [canceled('02:00'), succeeded('03:00')],
      '2 attempts on 2026-11-17, succeeded; one of them was canceled',
    ],
    [
      'tells of warnings that not all had',
      'due today',
      [warned('02:00'), succeeded('03:00')],
      '2 attempts on 2026-11-17, succeeded; not all without warnings',
    ],
    [
      'tells that a late backup may be under way',
      'late since Sunday',
      [running('22:00')],
      'the backup due on 2026-11-15 has not been made yet (weekly:SUN, policy production-databases); an attempt had not ended by the cut-off',
    ],
  ])('%s', async (_words, day, events, sentence) => {
    expect((await standing(day, events)).reason).toBe(sentence);
  });
});

describe('a begin that says FAILED', () => {
  const reason = 'Backup failed: insufficient privileges';
  const id = 'ocid1.dbbackup.oc1.iad.refused';
  const told = (phase: 'begin' | 'end', time: string, lifecycleState: string, details: object = {}) =>
    databaseEvent(phase, `${date}T${time}Z`, { resourceId: id, details: { lifecycleState, ...details } });
  const refused = told('begin', '02:00:00', 'FAILED', { lifecycleDetails: reason });

  it.each<[string, readonly RawEvent[], Outcome, number, string]>([
    ['alone', [refused], 'FAILED', 1, reason],
    ['told twice', [refused, told('begin', '02:00:09', 'FAILED')], 'FAILED', 1, reason],
    ['before its own end', [refused, told('end', '02:05:00', 'FAILED')], 'FAILED', 1, reason],
    [
      'before its own end with a reason of its own',
      [refused, told('end', '02:05:00', 'FAILED', { lifecycleDetails: 'gave up' })],
      'FAILED',
      1,
      'gave up',
    ],
    [
      'after a begin of the same backup',
      [told('begin', '01:59:00', 'CREATING'), refused],
      'FAILED',
      1,
      reason,
    ],
    ['beside one that runs', [refused, running('22:00')], 'FAILED', 2, reason],
  ])('is a failure with its reason: %s', async (_words, events, outcome, attempts, message) => {
    const { report, jobs } = await judge(events, date);
    const [database] = report.resources;
    expect(database).toMatchObject({ outcome, attempts });
    expect(database?.controls['backup-succeeded'].reason).toContain(`: ${message}`);
    expect(jobs.filter(({ status }) => status === 'FAILED')).toHaveLength(1);
    expect(report.runningAttempts).toHaveLength(attempts - 1);
  });

  it('is a failure of its own where the id is that of the resource', async () => {
    const own = { autonomousDatabaseId: 'ocid1.autonomousdatabase.oc1.iad.a', dbName: 'A' };
    const event = (phase: string, time: string, lifecycleState: string) =>
      rawEvent({
        type: `databaseservice.autonomous.database.backup.${phase}`,
        time: `${date}T${time}:00Z`,
        resourceId: own.autonomousDatabaseId,
        details: { ...own, lifecycleState },
      });
    const events = [event('begin', '01:00', 'FAILED'), event('begin', '02:00', 'CREATING')];
    const { report } = await judge([...events, event('end', '03:00', 'ACTIVE')], date);
    expect(report.resources[0]).toMatchObject({ outcome: 'RECOVERED', attempts: 2 });
  });

  it('is a failure where the call was refused', async () => {
    const response = { status: '409', message: 'IncorrectState' };
    const type = 'DatabaseService.CreateBackup';
    const call = auditEvent({ type, time: `${date}T02:00:00Z`, response, details: resource });
    const { report } = await judge([call], date);
    expect(report.resources[0]).toMatchObject({ outcome: 'FAILED', attempts: 1 });
    expect(report.resources[0]?.controls['backup-succeeded'].reason).toContain('IncorrectState');
    expect(report.runningAttempts).toEqual([]);
  });

  it('is no result where the begin is that of a restore or of a deletion', async () => {
    const details = { ...resource, lifecycleState: 'FAILED' };
    const type = 'databaseservice.restoredatabase.begin';
    const begin = rawEvent({ type, time: `${date}T02:00:00Z`, resourceId: resource.databaseId, details });
    const { jobs } = await judge([begin], date);
    expect(jobs).toMatchObject([{ kind: 'restore', status: 'UNKNOWN' }]);
  });
});
