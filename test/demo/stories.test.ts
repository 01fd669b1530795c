import { describe, expect, it } from 'vitest';
import { demoDays } from '../../src/demo/story.js';
import { correlate, dayOf } from '../support/judge.js';

/** What the demo's events all have. */
interface OciEvent {
  readonly eventType: string;
  readonly eventTime: string;
  readonly eventID: string;
  readonly data: {
    readonly resourceId: string;
    readonly resourceName: string;
    readonly additionalDetails: Readonly<Record<string, unknown>>;
  };
}

const yesterday = '2026-11-19';
const timezone = 'America/New_York';
const days = demoDays(yesterday, timezone);

function parsed(line: string): OciEvent | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Events of the day so many days before the last one. */
function eventsOf(ago: number, of = days): OciEvent[] {
  const found = (of.at(-1 - ago)?.lines ?? []).flatMap((line) => parsed(line) ?? []);
  // Rows of Azure Backup, which every day has at its end, have no type.
  return found.filter(({ eventType }) => eventType !== undefined);
}

function about(events: readonly OciEvent[], name: string): OciEvent[] {
  return events.filter((event) => JSON.stringify(event).includes(name));
}

/** The local time of day, to the minute. */
function clock(event: OciEvent | undefined): string {
  const options = { timeZone: timezone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Date(event?.eventTime ?? 0).toLocaleTimeString('en-GB', options);
}

/** Phase and local time of the events of the backup that runs over midnight. */
function night(ago: number): unknown[][] {
  return about(eventsOf(ago), '"ARCHIVE23"').map((event) => [
    event.eventType.split('.').at(-1),
    clock(event),
  ]);
}

function conditions(ago: number): unknown[] {
  return eventsOf(ago).flatMap(({ data }) => data.additionalDetails['eventName'] ?? []);
}

describe('the lines of the demo', () => {
  it('are 14 days, each in a file of its own date, and the same every time', () => {
    expect(days.map(({ date }) => date)).toHaveLength(14);
    expect(days.at(0)?.date).toBe('2026-11-06');
    expect(days.at(-1)?.date).toBe(yesterday);
    expect(demoDays(yesterday, timezone)).toEqual(days);
  });

  it('are all events with their fields, but for one on the third day', () => {
    const unreadable = days.map(({ lines }) => lines.filter((line) => parsed(line) === undefined).length);
    expect(unreadable).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (const event of days.flatMap((_, ago) => eventsOf(ago))) {
      expect(event).toMatchObject({
        eventType: expect.stringMatching(/^com\.oraclecloud\.[a-z.]+\.(begin|end|critical|information)$/),
        cloudEventsVersion: '0.1',
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/),
        eventID: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        data: {
          compartmentName: expect.any(String),
          resourceId: expect.stringMatching(/^ocid1\.[a-z]+\.oc1\.[a-z]+\.[a-z0-9]{60}$/i),
          additionalDetails: expect.any(Object),
        },
      });
    }
  });

  it('lie on the date of their file', () => {
    for (const { date, lines } of days) {
      const day = dayOf(date, timezone);
      const times = lines.flatMap((line) => Date.parse(parsed(line)?.eventTime ?? '') || []);
      expect(times.every((time) => time >= day.startMs && time < day.cutOffMs)).toBe(true);
    }
  });

  it('have some events twice', () => {
    const ids = days.flatMap((_, ago) => eventsOf(ago)).map(({ eventID }) => eventID);
    expect(ids.length - new Set(ids).size).toBe(5);
  });
});

describe('the stories of the demo', () => {
  it('one backup failed on the last day and was made good', () => {
    const day = dayOf(yesterday, timezone);
    const { jobs } = correlate(about(eventsOf(0), 'HRPRD'), day);
    expect(jobs.map(({ status }) => status).sort()).toEqual(['FAILED', 'SUCCEEDED']);
  });

  it('one volume was backed up on all days but the last', () => {
    const counts = days.map((_, ago) => about(eventsOf(ago), '"wiki01-data"').length);
    expect(counts[0]).toBe(0);
    expect(counts.slice(1).every((count) => count >= 2)).toBe(true);
  });

  it('one backup runs over midnight; the last has no end yet', () => {
    expect(night(0)).toEqual(expect.arrayContaining([['begin', '23:50']]));
    expect(night(0).filter(([, time]) => time === '00:40')).toEqual([['end', '00:40']]);
    expect(night(1)).toEqual(expect.arrayContaining([['begin', '23:50']]));
  });

  it.each([
    ['forward', '2027-03-14'],
    ['back', '2026-11-01'],
  ])('a backup runs into the next day when clocks go %s on the last day', (_, date) => {
    const late = about(eventsOf(0, demoDays(date, timezone)), '"ARCHIVE23"').at(-1);
    expect(late?.eventType).toMatch(/begin$/);
    expect(clock(late)).toBe('23:50');
  });

  it('an incident is open on the last day; others were cleared before', () => {
    const failure = 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE';
    const down = 'AVAILABILITY.DB_GUEST.CDB_INSTANCE.DOWN';
    expect(new Set(conditions(0))).toEqual(new Set([failure]));
    expect(conditions(1)).toEqual([down, `${down}_CLEARED`]);
    expect(conditions(2)).toEqual([failure, `${failure}_CLEARED`]);
  });

  it('has a restore, copies of which one failed, and events that are not about backups', () => {
    const all = days.flatMap((_, ago) => eventsOf(ago));
    const ofType = (name: string) => all.filter(({ eventType }) => eventType.includes(name));
    expect(ofType('restoredatabase.end')).toHaveLength(1);
    const copies = ofType('copyvolumebackup.end').map(({ data }) => data.additionalDetails['status']);
    expect(copies.filter((status) => status === 'operationFailed')).toHaveLength(1);
    expect(copies.filter((status) => status === 'operationSucceed').length).toBeGreaterThan(1);
    const { dispositions } = correlate(ofType('launchdbsystem'), dayOf(yesterday, timezone));
    // That a system was launched is no backup; its end tells since when its databases can be there.
    expect(dispositions).toEqual(['ignored', 'used', 'ignored', 'outside']);
  });

  it('names autonomous databases by the backup, and some by the database itself', () => {
    const kinds = about(eventsOf(3), 'AUTONOMOUSD').map(({ data }) => data.resourceId.split('.')[1]);
    expect(new Set(kinds)).toEqual(new Set(['AUTONOMOUSDBBACKUP', 'AUTONOMOUSDATABASE']));
  });
});
