import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/base/civil-dates.js';
import type { PulseDay, SourcePulse } from '../../../../src/model/pulse.js';
import { pulsesAfter } from '../../../../src/reports/backup-compliance/verdicts/pulses.js';

const date = '2026-11-19';

const dayAt = (daysAgo: number, records: number, comparable = true): PulseDay => ({
  date: addDays(date, -daysAgo),
  records,
  comparable,
});

const dueOf = (...witnesses: (readonly [string, string | null])[]) => [
  { witnesses: witnesses.map(([name, region]) => ({ name, region })), due: 1, notDue: 0, unheard: 0 },
];

interface Read {
  readonly complete?: boolean;
  readonly now?: SourcePulse;
  readonly before?: SourcePulse;
  readonly dues?: ReturnType<typeof dueOf>;
}

function pulseOf({
  complete = true,
  now,
  before,
  dues = dueOf(['a', 'iad']),
}: Read): SourcePulse | undefined {
  return pulsesAfter({
    sources: [{ name: 'a', complete, ...(now === undefined ? {} : { pulse: now }) }],
    date,
    dues,
    before: new Map(before === undefined ? [] : [['a', before]]),
  }).get('a');
}

const told = (records: number, region: string | null = 'iad'): SourcePulse => ({
  days: [dayAt(0, records, false)],
  regions: [{ region, days: [dayAt(0, records, false)] }],
});

describe('the day in the pulse of a source', () => {
  it.each<[says: string, read: Read, day: PulseDay]>([
    ['has the records of the day, and is compared where something was due', { now: told(3) }, dayAt(0, 3)],
    [
      'is not compared where nothing of it was due',
      { now: told(3), dues: dueOf(['b', 'iad']) },
      dayAt(0, 3, false),
    ],
    [
      'is not compared where what it told of was not due',
      { now: told(3), dues: dueOf(['a', 'iad']).map((each) => ({ ...each, due: 0, notDue: 1 })) },
      dayAt(0, 3, false),
    ],
    ['is compared without records', { now: told(0) }, dayAt(0, 0)],
    [
      'is not compared without records of a source that was not read to its end',
      { now: told(0), complete: false },
      dayAt(0, 0, false),
    ],
    [
      'is compared with records of a source that was not read to its end',
      { now: told(1), complete: false },
      dayAt(0, 1),
    ],
    ['has no records where the source counts none', {}, dayAt(0, 0)],
    ['has no records of other days', { now: { days: [dayAt(1, 5)], regions: [] } }, dayAt(0, 0)],
  ])('%s', (_says, read, day) => {
    expect(pulseOf(read)?.days).toEqual([day]);
  });

  it('is compared for the region of which something was due', () => {
    const now = {
      days: [dayAt(0, 2)],
      regions: ['iad', 'fra', null].map((region) => ({ region, days: [dayAt(0, 1, false)] })),
    };
    expect(pulseOf({ now, dues: dueOf(['a', 'fra'], ['b', 'iad']) })?.regions).toEqual([
      { region: null, days: [dayAt(0, 1, false)] },
      { region: 'fra', days: [dayAt(0, 1)] },
      { region: 'iad', days: [dayAt(0, 1, false)] },
    ]);
  });

  it('takes the place of what was known of it, and of what is later', () => {
    const before = { days: [dayAt(1, 7), dayAt(0, 9), dayAt(-1, 8)], regions: [] };
    expect(pulseOf({ now: told(3), before })?.days).toEqual([dayAt(1, 7), dayAt(0, 3)]);
  });

  it('has regions for as long as one of their days has records', () => {
    const days = [dayAt(1, 1)];
    const before = {
      days,
      regions: [
        { region: 'fra', days },
        { region: 'lhr', days: [dayAt(1, 0)] },
      ],
    };
    expect(pulseOf({ now: told(0), before })?.regions).toEqual([
      { region: 'fra', days: [dayAt(1, 1), dayAt(0, 0, false)] },
    ]);
  });
});

const kept = (before: readonly PulseDay[], dues = dueOf(['a', 'iad'])) =>
  pulseOf({ now: told(1), before: { days: before, regions: [] }, dues })?.days.map((day) => day.date);

const daysFrom = (from: number, to: number, comparable: boolean) =>
  Array.from({ length: from - to + 1 }, (_, at) => dayAt(from - at, 1, comparable));

describe('what is remembered of earlier days', () => {
  it('is the last 14 days', () => {
    expect(kept(daysFrom(30, 1, false), [])).toEqual(daysFrom(13, 0, false).map((day) => day.date));
  });

  it('is the last 14 days that are compared, too, however old', () => {
    const old = daysFrom(60, 41, true);
    expect(kept([...old, ...daysFrom(20, 1, false)])).toEqual(
      [...old.slice(-13), ...daysFrom(13, 0, false)].map((day) => day.date),
    );
  });

  it('is the same up to the last day that had records, for as long as it is silent', () => {
    const lively = daysFrom(80, 61, true);
    const silent = daysFrom(60, 1, true).map((day) => ({ ...day, records: 0 }));
    const days = pulseOf({ now: told(0), before: { days: [...lively, ...silent], regions: [] } })?.days ?? [];
    expect(days.map((day) => day.date)).toEqual(
      [...lively.slice(-14), ...daysFrom(13, 0, true)].map((day) => day.date),
    );
  });
});
