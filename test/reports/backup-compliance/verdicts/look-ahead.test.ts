import { describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../../../../src/base/time-units.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import {
  type JudgedReport,
  type Settings,
  fixedInventory,
  judge,
  judgeDays,
  languageOf,
} from '../../../support/judge-day.js';
import { dayOf } from '../../../support/judge.js';
import { databaseNamed } from '../../../support/named-databases.js';
import { type RawEvent, databaseEvent, rawEvent } from '../../../support/raw-event.js';

const date = '2026-11-19';
const erp = 'ocid1.database.oc1.iad.erp';

interface Told {
  readonly backup?: string;
  /** Instant, ISO 8601. */
  readonly created: string;
  readonly state?: string;
  readonly name?: string;
}

function ended(time: string, { backup = 'b1', created, state = 'ACTIVE', name = 'ERP' }: Told): RawEvent {
  return databaseEvent('end', time, {
    id: `${backup}-${time}`,
    resourceId: `ocid1.dbbackup.oc1.iad.${backup}`,
    details: {
      databaseId: `ocid1.database.oc1.iad.${name.toLowerCase()}`,
      dbUniqueName: name,
      lifecycleState: state,
      timeCreated: created,
    },
  });
}

function begun(time: string, backup = 'b1'): RawEvent {
  return databaseEvent('begin', time, {
    id: `begin-${backup}`,
    resourceId: `ocid1.dbbackup.oc1.iad.${backup}`,
    details: { databaseId: erp, dbUniqueName: 'ERP', lifecycleState: 'CREATING', timeCreated: time },
  });
}

/** A success on the day before, so that the resource is known. */
const known = ended('2026-11-18T02:00:00Z', { backup: 'b0', created: '2026-11-18T01:00:00Z' });

function onlyResource({ report }: JudgedReport): DailyReport['resources'][number] {
  const [resource, ...others] = report.resources;
  if (resource === undefined || others.length > 0) throw new Error(`${report.resources.length} resources`);
  return resource;
}

/** All but the records themselves: what nobody may see of the time after the cut-off. */
function withoutRecords({ report, jobs }: JudgedReport): unknown {
  const { sources, controlTotals: _, ...rest } = report;
  return { rest, jobs, complete: sources.map(({ complete }) => complete) };
}

function outcomesOf(reports: readonly JudgedReport[]) {
  return reports.map((each) => onlyResource(each)).at(-1)?.recentOutcomes;
}

function at(ms: number): string {
  return new Date(ms).toISOString();
}

describe('an end after the cut-off', () => {
  const late = '2026-11-20T00:20:00Z';

  it.each<readonly [string, readonly unknown[], string, number]>([
    [
      'proves that the attempt was running',
      [ended(late, { created: '2026-11-19T23:00:00Z' })],
      'IN_PROGRESS',
      1,
    ],
    [
      'proves it at the very cut-off',
      [ended('2026-11-20T00:00:00Z', { created: '2026-11-19T23:00:00Z' })],
      'IN_PROGRESS',
      1,
    ],
    [
      'proves it to the end of the settle delay',
      [ended('2026-11-20T05:59:59.999Z', { created: '2026-11-19T23:00:00Z' })],
      'IN_PROGRESS',
      1,
    ],
    [
      'proves nothing at the end of it',
      [ended('2026-11-20T06:00:00Z', { created: '2026-11-19T23:00:00Z' })],
      'MISSED',
      0,
    ],
    [
      'proves nothing of what began at the cut-off',
      [ended(late, { created: '2026-11-20T00:00:00Z' })],
      'MISSED',
      0,
    ],
    [
      'proves it of what began a millisecond earlier',
      [ended(late, { created: '2026-11-19T23:59:59.999Z' })],
      'IN_PROGRESS',
      1,
    ],
    ['proves nothing without a creation time', [ended(late, { created: '' })], 'MISSED', 0],
    [
      'is UNKNOWN where it ran for the maximum duration',
      [ended(late, { created: '2026-11-19T12:00:00Z' })],
      'UNKNOWN',
      1,
    ],
    ['is running just below it', [ended(late, { created: '2026-11-19T12:00:01Z' })], 'IN_PROGRESS', 1],
    ['is UNKNOWN 7 days after it began', [ended(late, { created: '2026-11-13T00:00:00Z' })], 'UNKNOWN', 1],
    [
      'proves nothing of an older one: that is the age of the resource',
      [ended(late, { created: '2026-11-12T23:59:59Z' })],
      'MISSED',
      0,
    ],
    [
      'never gives its result: a failure',
      [ended(late, { created: '2026-11-19T23:00:00Z', state: 'FAILED' })],
      'IN_PROGRESS',
      1,
    ],
    [
      'counts once, however often it is told',
      [
        ended(late, { created: '2026-11-19T23:00:00Z' }),
        ended('2026-11-20T00:21:00Z', { created: '2026-11-19T23:00:00Z', state: 'FAILED' }),
        { ...ended(late, { created: '2026-11-19T23:00:00Z' }), eventID: 'another-route' },
      ],
      'IN_PROGRESS',
      1,
    ],
    [
      'counts for each backup',
      [
        ended(late, { created: '2026-11-19T23:00:00Z' }),
        ended(late, { backup: 'b2', created: '2026-11-19T23:00:00Z' }),
      ],
      'IN_PROGRESS',
      2,
    ],
    [
      'proves nothing more of an open begin',
      [begun('2026-11-19T23:00:00Z'), ended(late, { created: '2026-11-19T23:00:00Z' })],
      'IN_PROGRESS',
      1,
    ],
    [
      'proves nothing of a backup that has ended before',
      [
        ended('2026-11-19T23:30:00Z', { created: '2026-11-19T23:00:00Z' }),
        ended(late, { created: '2026-11-19T23:00:00Z', state: 'FAILED' }),
      ],
      'SUCCEEDED',
      1,
    ],
    [
      'makes no failure good',
      [
        ended('2026-11-19T03:00:00Z', { backup: 'b2', created: '2026-11-19T02:00:00Z', state: 'FAILED' }),
        ended(late, { created: '2026-11-19T23:00:00Z' }),
      ],
      'FAILED',
      2,
    ],
    [
      'is no copy, restore or deletion',
      [
        {
          ...ended(late, { created: '2026-11-19T23:00:00Z' }),
          eventType: 'com.oraclecloud.databaseservice.restoredatabase.end',
        },
        {
          ...ended(late, { created: '2026-11-19T23:00:00Z' }),
          eventType: 'com.oraclecloud.databaseservice.deletebackup.end',
        },
      ],
      'MISSED',
      0,
    ],
  ])('%s', async (_words, records, outcome, attempts) => {
    const judged = await judge([known, ...records], date);
    const resource = onlyResource(judged);
    expect(resource).toMatchObject({
      outcome,
      attempts,
      lastFailure: attempts > 1 && outcome === 'FAILED' ? {} : null,
    });
    expect(judged.jobs.filter(({ kind }) => kind === 'backup')).toHaveLength(attempts);
    expect(judged.report.runningAttempts.map(({ eventId }) => eventId)).not.toContain('');
  });

  it('is in the population by nothing but what came before', async () => {
    const proof = ended(late, { created: '2026-11-19T23:00:00Z', name: 'NEU' });
    const { report, jobs } = await judge([known, proof], date);
    expect(report.resources.map(({ resourceName }) => resourceName)).toEqual(['ERP']);
    expect([report.notInInventory, jobs]).toEqual([[], []]);

    const listed = await judge([proof], date, { inventory: fixedInventory([databaseNamed('NEU')]) });
    expect(onlyResource(listed)).toMatchObject({ outcome: 'IN_PROGRESS', lastSuccessTime: null });
  });

  it('is told on the page with its result, and the job has none of it', async () => {
    const proof = ended(late, { created: '2026-11-19T23:00:00Z', state: 'FAILED' });
    const judged = await judge([known, proof], date);
    expect(onlyResource(judged).findings).toEqual([
      'ended after the cut-off: FAILED 00:20, in the report of 2026-11-20',
    ]);
    expect(judged.jobs).toMatchObject([
      {
        status: 'IN_PROGRESS',
        startTime: '2026-11-19T23:00:00.000Z',
        endTime: null,
        state: null,
        statusMessage: null,
        beginEventId: null,
        endEventId: null,
      },
    ]);
    expect(judged.evidence.filter(({ disposition }) => disposition === 'outside')).toHaveLength(1);
    const german = await judge([known, proof], date, { language: await languageOf('de') });
    expect(onlyResource(german).findings[0]).toContain('FAILED 00:20, im Bericht vom 20.11.2026');
  });

  it('has its result in no digest', async () => {
    const digests = await Promise.all(
      ['ACTIVE', 'FAILED'].map(async (state) => {
        const { files } = await judge([known, ended(late, { created: '2026-11-19T23:00:00Z', state })], date);
        return JSON.parse(String(files.get('manifest.json'))).contentDigest;
      }),
    );
    expect(digests[0]).toBe(digests[1]);
  });

  it('is one attempt of the next day, and only that', async () => {
    const records = [known, ended(late, { created: '2026-11-19T23:00:00Z' })];
    const reports = await judgeDays([date, '2026-11-20'], () => ({ records }));
    expect(reports.map((each) => onlyResource(each))).toMatchObject([
      { outcome: 'IN_PROGRESS', attempts: 1, lastSuccessTime: '2026-11-18T02:00:00.000Z' },
      { outcome: 'SUCCEEDED', attempts: 1, lastSuccessTime: '2026-11-20T00:20:00.000Z', findings: [] },
    ]);
    expect(reports[1]?.jobs).toMatchObject([{ status: 'SUCCEEDED', endTime: '2026-11-20T00:20:00.000Z' }]);
  });

  it('is judged alike where the day is bridged', async () => {
    const records = [known, ended(late, { created: '2026-11-19T23:00:00Z' })];
    const daily = await judgeDays(['2026-11-18', date, '2026-11-20'], () => ({ records }));
    const bridged = await judgeDays(['2026-11-18', '2026-11-20'], () => ({ records }));
    expect(outcomesOf(bridged)).toEqual(outcomesOf(daily));
  });

  it.each<readonly [string, string, string]>([
    ['America/New_York', '2026-03-08', 'a day of 23 hours'],
    ['America/New_York', '2026-11-01', 'a day of 25 hours'],
    ['Europe/Berlin', '2026-10-25', 'a day of 25 hours'],
    ['Australia/Lord_Howe', '2026-04-05', 'a day of 24.5 hours'],
    ['Asia/Kolkata', '2026-11-19', 'a day of 24 hours'],
  ])('%s, %s: %s', async (timezone, reportDate) => {
    const { startMs, cutOffMs } = dayOf(reportDate, timezone);
    const before = ended(at(startMs - 2 * hourMs), { backup: 'b0', created: at(startMs - 3 * hourMs) });
    const proof = (lateMs: number) => ended(at(cutOffMs + lateMs), { created: at(cutOffMs - hourMs) });
    for (const [lateMs, outcome] of [
      [0, 'IN_PROGRESS'],
      [20 * minuteMs, 'IN_PROGRESS'],
      [6 * hourMs - 1, 'IN_PROGRESS'],
      [6 * hourMs, 'MISSED'],
    ] as const) {
      const judged = await judge([before, proof(lateMs)], reportDate, { timezone });
      expect(onlyResource(judged).outcome).toBe(outcome);
    }
  });
});

describe('where the id is the resource itself', () => {
  const own = 'ocid1.autonomousdatabase.oc1.iad.adw';
  const event = (phase: 'begin' | 'end', time: string, created: string, state = 'ACTIVE') =>
    rawEvent({
      type: `databaseservice.automaticbackupautonomousdatabase.${phase}`,
      time,
      resourceId: own,
      details: { autonomousDatabaseId: own, dbName: 'ADW', lifecycleState: state, timeCreated: created },
    });
  const before = event('end', '2026-11-18T02:00:00Z', '2026-11-18T01:00:00Z');

  it.each<readonly [string, readonly unknown[], number]>([
    [
      'an end belongs to the open begin',
      [
        event('begin', '2026-11-19T23:00:00Z', ''),
        event('end', '2026-11-20T00:20:00Z', '2026-11-19T23:00:00Z'),
      ],
      1,
    ],
    [
      'two ends are two attempts, one of them known by its begin',
      [
        event('begin', '2026-11-19T23:00:00Z', ''),
        event('end', '2026-11-20T00:20:00Z', '2026-11-19T23:00:00Z'),
        event('end', '2026-11-20T00:40:00Z', '2026-11-19T22:00:00Z'),
      ],
      2,
    ],
    [
      'an attempt of tomorrow takes no begin from today',
      [
        event('begin', '2026-11-19T23:00:00Z', ''),
        event('begin', '2026-11-20T00:05:00Z', ''),
        event('end', '2026-11-20T00:20:00Z', '2026-11-20T00:05:00Z'),
        event('end', '2026-11-20T00:40:00Z', '2026-11-19T23:00:00Z'),
      ],
      1,
    ],
    [
      'the creation of the resource proves nothing',
      [event('end', '2026-11-20T00:20:00Z', '2020-01-01T00:00:00Z')],
      0,
    ],
  ])('%s', async (_words, records, attempts) => {
    expect(onlyResource(await judge([before, ...records], date))).toMatchObject({ attempts });
  });
});

describe('what else happens after the cut-off', () => {
  const rest: readonly unknown[] = [
    ended('2026-11-20T02:00:00Z', { backup: 'b9', created: '2026-11-20T01:00:00Z' }),
    begun('2026-11-20T01:00:00Z', 'b8'),
    rawEvent({
      type: 'databaseservice.database.terminate.end',
      time: '2026-11-20T01:30:00Z',
      resourceId: erp,
      details: { lifecycleState: 'TERMINATED' },
    }),
    rawEvent({ type: 'objectstorage.createobject', time: '2026-11-20T01:30:00Z', resourceId: 'x' }),
  ];

  it.each<readonly [string, Settings]>([
    ['what was observed', {}],
    ['a list', { inventory: fixedInventory([databaseNamed('ERP')]) }],
  ])('changes nothing: %s', async (_words, settings) => {
    const today = [known, ended('2026-11-19T02:00:00Z', { created: '2026-11-19T01:00:00Z' })];
    const without = await judge(today, date, settings);
    const withRest = await judge([...today, ...rest], date, settings);
    expect(withoutRecords(withRest)).toEqual(withoutRecords(without));
    expect(withRest.report.controlTotals.outside).toBe(without.report.controlTotals.outside + rest.length);
  });
});
