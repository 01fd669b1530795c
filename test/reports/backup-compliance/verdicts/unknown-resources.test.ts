import { describe, expect, it } from 'vitest';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { judge, judgeDays } from '../../../support/judge-day.js';
import { type RawEvent, rawEvent } from '../../../support/raw-event.js';

const date = '2026-11-19';
const at = (time: string, day = date): string => `${day}T${time}:00Z`;

/** A MySQL backup whose event names no DB system. */
function event(
  time: string,
  parts: { phase?: string; nth?: number; state?: string | null; day?: string } = {},
) {
  const { phase = 'end', nth = 1, state = 'ACTIVE', day } = parts;
  return rawEvent({
    type: `mysqlaas.createbackup.${phase}`,
    time: at(time, day),
    resourceId: `ocid1.mysqlbackup.oc1.iad.m${nth}`,
    details: { lifecycleState: state },
  });
}

function snapshot(time: string, operation: string, id = 'a1'): RawEvent {
  const resourceId = `ocid1.snapshot.oc1.eu.${id}`;
  return rawEvent({ type: `filestorage.${operation}`, time: at(time), resourceId });
}

const states = ({ resources }: DailyReport) =>
  resources
    .map(({ resourceName, outcome, compliance }) => `${resourceName}: ${outcome}, ${compliance}`)
    .sort();
const good = 'UNKNOWN, UNKNOWN';
const bad = 'FAILED, NON_COMPLIANT';

describe('a job whose events name no resource', () => {
  it.each<[string, readonly RawEvent[], readonly string[]]>([
    ['that succeeded', [event('01:00')], [`m1: ${good}`]],
    ['that failed', [event('01:00', { state: 'FAILED' })], [`m1: ${bad}`]],
    ['that was canceled', [event('01:00', { state: 'CANCELED' })], [`m1: ${bad}`]],
    ['with a word that nobody knows', [event('01:00', { state: 'ODD' })], [`m1: ${good}`]],
    ['with warnings', [event('01:00', { state: 'CompletedWithWarnings' })], [`m1: ${good}`]],
    ['that runs', [event('23:00', { phase: 'begin' })], [`m1: ${good}`]],
    ['that never ended', [event('01:00', { phase: 'begin' })], [`m1: ${good}`]],
    ['with its begin is one', [event('01:00', { phase: 'begin' }), event('02:00')], [`m1: ${good}`]],
    [
      'is not made good by another',
      [event('01:00', { state: 'FAILED' }), event('02:00', { nth: 2 })],
      [`m1: ${bad}`, `m2: ${good}`],
    ],
    [
      'is not made good by another under its id',
      [event('01:00', { state: 'FAILED' }), event('02:00')],
      [`m1: ${bad}`, `m1: ${good}`],
    ],
    [
      'and was omitted is not made good by another',
      [
        snapshot('01:00', 'skippolicybasedsnapshotcreation'),
        snapshot('02:00', 'createpolicybasedsnapshot', 'b1'),
      ],
      [`a1: ${bad}`, `b1: ${good}`],
    ],
    [
      'and was omitted is not made good under its id',
      [snapshot('01:00', 'skippolicybasedsnapshotcreation'), snapshot('02:00', 'createpolicybasedsnapshot')],
      [`a1: ${bad}`, `a1: ${good}`],
    ],
  ])('%s', async (_words, records, expected) => {
    const named = expected.map((each) => each.replace(/^(\w+):/, 'resource unknown ($1):'));
    for (const order of [records, records.toReversed()]) {
      const { report } = await judge(order, date);
      expect(states(report)).toEqual(named);
      expect(report.totals).toMatchObject({ expected: expected.length, compliant: 0 });
      const ids = new Set(report.resources.map(({ resourceId }) => resourceId));
      expect(ids.size).toBe(expected.length);
    }
  });

  it('has the end of its id, and the name that is no identity, in its name', async () => {
    const records = [
      rawEvent({
        type: 'mysqlaas.createbackup.end',
        time: at('01:00'),
        resourceId: 'ocid1.mysqlbackup.oc1.iad.abcdefghijklmnopqrstuvwxyz',
        details: { lifecycleState: 'ACTIVE', displayName: 'nightly' },
      }),
    ];
    const { report, jobs } = await judge(records, date);
    expect(report.resources.map(({ resourceName }) => resourceName)).toEqual([
      'resource unknown (nightly, …opqrstuvwxyz)',
    ]);
    expect(jobs[0]?.resourceId).toBe(report.resources[0]?.resourceId);
  });

  it('is gone with its day, and one that runs over midnight is of the day of its end', async () => {
    const nextDate = '2026-11-20';
    const days = await judgeDays([date, nextDate, '2026-11-21'], (day) => ({
      records:
        day === date
          ? [event('01:00', { nth: 2 }), event('23:30', { phase: 'begin' })]
          : day === nextDate
            ? [event('00:30', { state: 'FAILED', day })]
            : [event('00:30', { nth: 3, day })],
    }));
    expect(days.map(({ report }) => states(report))).toEqual([
      [`resource unknown (m1): ${good}`, `resource unknown (m2): ${good}`],
      [`resource unknown (m1): ${bad}`],
      [`resource unknown (m3): ${good}`],
    ]);
    expect(days[1]?.jobs[0]).toMatchObject({ durationSeconds: 3600 });
    expect(days.map(({ report }) => report.followUp.resolved)).toEqual([[], [], []]);
  });
});
