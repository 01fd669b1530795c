import { afterEach, describe, expect, it } from 'vitest';
import { DateTime } from 'luxon';
import { hourMs } from '../../src/base/time-units.js';
import { dayState } from '../../src/day/delivery/day-state.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import type { DayPorts, ReportPlan } from '../../src/day/report-plan.js';
import { Failure } from '../../src/errors.js';
import { createObservedInventory } from '../../src/inventory/observed-inventory.js';
import type { Manifest } from '../../src/model/manifest.js';
import type { EventSource } from '../../src/ports/event-source.js';
import { createBackupCompliance } from '../../src/reports/backup-compliance/backup-compliance.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { noRules } from '../../src/reports/backup-compliance/rules/rule-book.js';
import type { ScheduledPlan } from '../../src/schedule/scheduled-plan.js';
import { createFakePlan } from '../support/fake-plan.js';
import { FakeSchedule } from '../support/fake-schedule.js';
import { english } from '../support/judge-day.js';
import { type MemoryArchive, createMemoryArchive } from '../support/memory-archive.js';
import { memorySource } from '../support/memory-source.js';
import { databaseEvent } from '../support/raw-event.js';
import { shareOf } from '../support/share-of.js';

const start = '2026-01-15';
const days = 731;

const zones = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kolkata',
  'Pacific/Apia',
];

let schedule: FakeSchedule;

afterEach(async () => {
  await schedule.end();
});

/** Noon of the first day, so that no report is due for hours. */
function beginIn(zone: string): FakeSchedule {
  const noon = DateTime.fromISO(`${start}T12:00`, { zone });
  schedule = new FakeSchedule(noon.toUTC().toISO() ?? '', 30);
  return schedule;
}

function allDates(number: number, from = 0): string[] {
  const first = DateTime.fromISO(start, { zone: 'utc' });
  return Array.from({ length: number }, (_, index) => first.plus({ days: from + index }).toISODate() ?? '');
}

/** When the report of a date is to be made: at 06:00, or six hours after the day's end where that is later. */
function dueMs(date: string, zone: string): number {
  const next = DateTime.fromISO(date, { zone }).plus({ days: 1 });
  const settled = next.startOf('day').toMillis() + 6 * hourMs;
  return Math.max(settled, next.set({ hour: 6, minute: 0 }).toMillis());
}

function wall(ms: number, zone: string): string {
  return DateTime.fromMillis(ms, { zone }).toFormat('yyyy-MM-dd HH:mm');
}

describe('two years of a machine that is well', () => {
  it.each(shareOf('zones of a machine that is well', zones))(
    'make every report of %s once, at its time',
    async (zone) => {
      const plan = createFakePlan({ timezone: zone, catchUpDays: 1 });
      await beginIn(zone).start([plan]);
      plan.did.length = 0;
      await schedule.days(days);
      const expected = allDates(days).map((date) => `${wall(dueMs(date, zone), zone)} made ${date}`);
      expect(plan.did).toEqual(expected);
      expect(new Set(plan.commits.values())).toEqual(new Set([1]));
    },
  );
});

/** What a machine goes through. */
type Trouble = (made: FakeSchedule, plans: readonly ScheduledPlan[]) => Promise<void>;

const sleepOver =
  (hours: number): Trouble =>
  async (made) =>
    made.time.sleep(hours * hourMs);

const downFor =
  (hours: number): Trouble =>
  async (made, plans) => {
    await made.off(hours);
    await made.start(plans);
  };

/** Set forward, and put right some time later. */
const wrongFor =
  (hours: number, minutes: number): Trouble =>
  async (made) => {
    made.time.setForward(hours * hourMs);
    await made.minutes(minutes);
    made.time.setForward(-hours * hourMs);
  };

const setBack =
  (hours: number): Trouble =>
  async (made) =>
    made.time.setForward(-hours * hourMs);

describe('two years of a machine that has its troubles', () => {
  it.each(shareOf('zones of a machine that has its troubles', zones))(
    'make every report of %s once, and none too early',
    async (zone) => {
      const plan = createFakePlan({ timezone: zone, reconcileDays: 2 });
      let isAway = false;
      plan.before = () => {
        if (isAway) throw new Failure('storage', 'the archive does not answer');
      };
      await beginIn(zone).start([plan]);
      const awayFor =
        (hours: number): Trouble =>
        async (made) => {
          isAway = true;
          await made.hours(hours);
          isAway = false;
        };
      const troubles: readonly Trouble[] = [
        sleepOver(20),
        downFor(5 * 24),
        wrongFor(72, 5),
        awayFor(21),
        setBack(5),
        wrongFor(-30, 30),
        downFor(19),
        sleepOver(60),
        awayFor(50),
        // A clock that was five hours behind.
        async (made) => made.time.setForward(5 * hourMs),
      ];
      for (let turn = 0; Date.now() < Date.parse(`${start}T12:00:00Z`) + days * 24 * hourMs; turn += 1) {
        await troubles[turn % troubles.length]?.(schedule, [plan]);
        // Of all lengths, so that all hours of the day and all times of the year have their turn.
        await schedule.hours(70 + (turn % 13) * 7);
      }
      await schedule.days(1);
      const dates = [...plan.commits.keys()].sort();
      expect(dates.length).toBeGreaterThan(days);
      // The first pass made those of a week.
      expect(dates).toEqual(allDates(dates.length, -7));
      expect(new Set(plan.commits.values())).toEqual(new Set([1]));
      const tooEarly = plan.did.filter((line) => {
        const [, at = '', date = ''] = /^(.{16}) made (.*)$/.exec(line) ?? [];
        return date !== '' && at < wall(dueMs(date, zone) - hourMs, zone);
      });
      expect(tooEarly).toEqual([]);
    },
  );
});

const newYork = 'America/New_York';

/** Events of every day at 03:00 UTC; some days' come late, and for some hours none can be read to the end. */
function eventsOf(lateBy: ReadonlyMap<string, number>, isBroken: () => boolean): EventSource {
  const events = allDates(days + 2).map((date) => ({
    atMs: Date.parse(`${date}T17:00:00Z`),
    knownMs: Date.parse(`${date}T17:00:00Z`) + (lateBy.get(date) ?? 0),
    event: databaseEvent('end', `${date}T17:00:00Z`, {
      id: `end-${date}`,
      resourceId: `ocid1.dbbackup.oc1.iad.${date}`,
    }),
  }));
  return {
    ...memorySource([]),
    read: (window) => {
      const known = events.filter(
        ({ atMs, knownMs }) => atMs >= window.fromMs && atMs < window.toMs && knownMs <= Date.now(),
      );
      const reasons = isBroken() ? ['the source does not answer'] : [];
      return memorySource(
        known.map(({ event }) => event),
        reasons,
      ).read(window);
    },
  };
}

function realPlan(archive: MemoryArchive, source: EventSource, log: DayPorts['log']): ScheduledPlan {
  const ports: DayPorts<DailyReport> = {
    sources: [source],
    renderers: [],
    archive,
    mailer: null,
    channels: [],
    mailRenderer: { renderMail: async () => ({ subject: '', html: '', text: '', inline: [] }) },
    clock: { nowMs: () => Date.now(), sleep: async () => undefined },
    log: { info: () => undefined, warn: log.warn },
  };
  const plan: ReportPlan<DailyReport> = {
    name: 'daily',
    kind: createBackupCompliance({
      rules: noRules,
      inventory: createObservedInventory(7),
      lookbackDays: 7,
    }),
    tolerateRejected: 0,
    language: english,
    configurationDigest: 'none',
    madeBy: [],
    tool: { name: 'oci-backup-reporter', version: '0.0.0' },
    principal: 'nobody',
    leaseMs: 0,
    mail: null,
  };
  return {
    name: 'daily',
    timezone: newYork,
    cron: '0 6 * * *',
    settleDelayMs: 6 * hourMs,
    catchUpDays: 7,
    reconcileDays: 2,
    retryAfterMs: 5 * 60_000,
    heartbeat: null,
    stateOf: (date) => dayState(archive, { ...plan, channels: [] }, date),
    makeDay: async (day, signal) => {
      const { report, revision, kind } = await makeDailyReport(
        plan,
        { day, generatedAtMs: Date.now(), signal },
        ports,
      );
      return {
        kind: kind === 'committed' ? 'committed' : 'unchanged',
        isComplete: report.status === 'COMPLETE',
        revision,
        exitCode: report.status === 'COMPLETE' ? 0 : 3,
        deliveries: [],
      };
    },
    deliver: async () => ({ exitCode: 0, deliveries: [] }),
  };
}

async function manifestOf(archive: MemoryArchive, date: string, revision: number): Promise<Manifest | null> {
  const bytes = await archive.read(`daily/${date.replaceAll('-', '/')}/r${revision}/manifest.json`);
  return bytes === null ? null : (JSON.parse(Buffer.from(bytes).toString('utf8')) as Manifest);
}

describe('two years of the whole pipeline', () => {
  it('commit every day of New York once, and a day again only where its events came late', async () => {
    let isArchiveAway = false;
    let isSourceBroken = false;
    const archive = createMemoryArchive({
      nowMs: () => Date.now(),
      beforeCreate: async () => {
        if (isArchiveAway) throw new Failure('storage', 'the archive does not answer');
      },
    });
    const late = new Map([
      ['2026-03-07', 20 * hourMs],
      ['2026-08-20', 20 * hourMs],
      ['2027-11-06', 22 * hourMs],
    ]);
    beginIn(newYork);
    const plan = realPlan(
      archive,
      eventsOf(late, () => isSourceBroken),
      schedule.log,
    );
    await schedule.start([plan]);
    const held = new Set<string>();
    const hold = (...dates: readonly string[]): void => dates.forEach((date) => held.add(date));
    for (let day = 0; day < days; day += 1) {
      const date = DateTime.fromMillis(Date.now(), { zone: newYork }).toISODate() ?? '';
      if (day === 40) {
        await downFor(5 * 24)(schedule, [plan]);
        hold(...allDates(45).slice(39));
        day += 5;
      }
      if (day % 100 === 60) {
        // Asleep from 18:00 to 09:00.
        await schedule.hours(6);
        schedule.time.sleep(15 * hourMs);
        hold(date);
        await schedule.hours(3);
        continue;
      }
      isArchiveAway = day % 150 === 75;
      isSourceBroken = day % 150 === 110;
      await schedule.days(1);
      if (isArchiveAway || isSourceBroken) hold(date);
      if (isArchiveAway) {
        isArchiveAway = false;
        await schedule.hours(1);
        await schedule.hours(23);
        day += 1;
      }
    }
    isSourceBroken = false;
    await schedule.days(2);

    const wrong: string[] = [];
    for (const date of allDates(days - 2)) {
      const first = await manifestOf(archive, date, 1);
      if (first === null) wrong.push(`${date} is missing`);
      else if (!held.has(date) && first.generatedAt !== new Date(dueMs(date, newYork)).toISOString()) {
        wrong.push(`${date} was made at ${first.generatedAt}`);
      }
      const isAgain = (await manifestOf(archive, date, 2)) !== null;
      const isExpected = late.has(date) || first?.status === 'INCOMPLETE';
      if (isAgain !== isExpected) wrong.push(`${date} has ${isAgain ? 'a' : 'no'} second revision`);
      if ((await manifestOf(archive, date, 3)) !== null) wrong.push(`${date} has a third revision`);
    }
    expect(wrong).toEqual([]);
  });
});
