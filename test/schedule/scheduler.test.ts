import { afterEach, describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/time-units.js';
import { Failure } from '../../src/errors.js';
import { createFakePlan } from '../support/fake-plan.js';
import { FakeSchedule } from '../support/fake-schedule.js';

let schedule: FakeSchedule;

afterEach(async () => {
  await schedule.end();
});

const begin = (start: string): FakeSchedule => {
  schedule = new FakeSchedule(start);
  return schedule;
};

const nothing = (): void => undefined;
const unreachable = new Failure('storage', 'the archive does not answer', { hints: ['Look at it.'] });

describe('at start', () => {
  it('makes what is missing of the last days, oldest first, and nothing else', async () => {
    const plan = createFakePlan({ catchUpDays: 4 });
    plan.states.set('2026-11-18', 'done').set('2026-11-17', 'undelivered');
    await begin('2026-11-20T09:00:00Z').start([plan]);
    expect(plan.did).toEqual([
      '2026-11-20 09:00 made 2026-11-16',
      '2026-11-20 09:00 delivered 2026-11-17',
      '2026-11-20 09:00 made 2026-11-19',
    ]);
  });

  it('does not read again what is there: only cron asks for that', async () => {
    const plan = createFakePlan({ catchUpDays: 2, reconcileDays: 2 });
    await begin('2026-11-20T09:00:00Z').start([plan]);
    await schedule.hours(21);
    expect(plan.did.slice(2)).toEqual([
      '2026-11-21 06:00 looked at 2026-11-19',
      '2026-11-21 06:00 made 2026-11-20',
    ]);
  });

  it('waits for the settle delay, to the minute', async () => {
    const plan = createFakePlan({ cron: '0 20 * * *', catchUpDays: 1 });
    await begin('2026-11-20T01:00:00Z').start([plan]);
    await schedule.hours(8);
    expect(plan.did).toEqual(['2026-11-20 06:00 made 2026-11-19']);
  });
});

describe('at the time of cron', () => {
  it('reads the last days again and makes revisions, in one order with what is missing', async () => {
    const plan = createFakePlan({ catchUpDays: 4, reconcileDays: 3 });
    for (const date of ['2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18']) {
      plan.states.set(date, 'done');
      plan.commits.set(date, 1);
    }
    await begin('2026-11-20T05:00:00Z').start([plan]);
    plan.late.add('2026-11-17');
    plan.states.set('2026-11-18', 'undelivered');
    await schedule.hours(2);
    expect(plan.did).toEqual([
      '2026-11-20 06:00 made 2026-11-17',
      '2026-11-20 06:00 delivered 2026-11-18',
      '2026-11-20 06:00 looked at 2026-11-18',
      '2026-11-20 06:00 made 2026-11-19',
    ]);
    expect(plan.commits.get('2026-11-17')).toBe(2);
  });

  it('comes back when the day has settled, where clocks went forward in the night', async () => {
    const plan = createFakePlan({ timezone: 'America/New_York', catchUpDays: 2, reconcileDays: 1 });
    await begin('2027-03-13T12:00:00Z').start([plan]);
    await schedule.days(2);
    expect(plan.did).toEqual([
      '2027-03-13 07:00 made 2027-03-11',
      '2027-03-13 07:00 made 2027-03-12',
      '2027-03-14 07:00 made 2027-03-13',
      '2027-03-15 06:00 made 2027-03-14',
    ]);
  });

  it('comes back at each day where cron is always before the settle delay is over', async () => {
    const plan = createFakePlan({ cron: '0 2 * * *', timezone: 'Asia/Kolkata', catchUpDays: 1 });
    await begin('2026-11-20T00:00:00Z').start([plan]);
    await schedule.days(2);
    expect(plan.did).toEqual(['2026-11-20 06:00 made 2026-11-19', '2026-11-21 06:00 made 2026-11-20']);
  });

  it('makes nothing twice in an hour that comes twice', async () => {
    const plan = createFakePlan({
      timezone: 'America/New_York',
      cron: '30 1 * * *',
      settleDelayMs: 0,
      catchUpDays: 1,
    });
    await begin('2026-11-01T00:00:00-04:00').start([plan]);
    await schedule.hours(4);
    expect(plan.did).toEqual(['2026-11-01 00:00 made 2026-10-31']);
    expect([...plan.commits.values()]).toEqual([1]);
  });

  it('has its turn for each of several plans, in their own zones, one at a time', async () => {
    let atWork = 0;
    let most = 0;
    const plans = ['Asia/Kolkata', 'Europe/Berlin'].map((timezone) => {
      const plan = createFakePlan({ name: timezone, timezone, catchUpDays: 1 });
      plan.before = async (what) => {
        if (what !== 'make') return;
        atWork += 1;
        most = Math.max(most, atWork);
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        atWork -= 1;
      };
      return plan;
    });
    await begin('2026-11-20T12:00:00Z').start(plans);
    await schedule.days(1);
    expect(plans.map(({ did }) => did)).toEqual([
      ['2026-11-20 17:30 made 2026-11-19', '2026-11-21 06:00 made 2026-11-20'],
      ['2026-11-20 13:00 made 2026-11-19', '2026-11-21 06:00 made 2026-11-20'],
    ]);
    expect(most).toBe(1);
  });

  it('does once what was asked for again and again during a long pass', async () => {
    const plan = createFakePlan({ cron: '*/5 * * * *', catchUpDays: 1, reconcileDays: 1, settleDelayMs: 0 });
    let release = nothing;
    plan.before = async (what) => {
      if (what !== 'make' || plan.did.length > 0) return;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    begin('2026-11-20T09:01:00Z');
    const starting = schedule.start([plan]);
    await schedule.time.advance(44 * 60_000, () => true);
    release();
    await starting;
    expect(plan.did).toEqual(['2026-11-20 09:45 made 2026-11-19', '2026-11-20 09:45 looked at 2026-11-19']);
  });
});

describe('a day that fails', () => {
  it('keeps neither the others nor the schedule, and is tried again', async () => {
    const plan = createFakePlan({ catchUpDays: 3 });
    let times = 0;
    plan.before = (what, date) => {
      if (what === 'make' && date === '2026-11-18' && (times += 1) < 4)
        throw new TypeError('a bug\nof two lines');
    };
    await begin('2026-11-20T09:00:00Z').start([plan]);
    await schedule.hours(2);
    expect(plan.did).toEqual([
      '2026-11-20 09:00 made 2026-11-17',
      '2026-11-20 09:00 made 2026-11-19',
      // After 5, 10 and 20 minutes.
      '2026-11-20 09:35 made 2026-11-18',
    ]);
    expect(plan.pings.filter((ping) => !ping.startsWith('start'))).toEqual([
      'failure daily: 2026-11-18: a bug of two lines',
      'failure daily: 2026-11-18: a bug of two lines',
      'failure daily: 2026-11-18: a bug of two lines',
      'success daily',
    ]);
    expect(schedule.logged.filter((message) => message === 'warn schedule: day failed')).toHaveLength(3);
  });

  it('is tried less and less often, and once an hour in the end', async () => {
    const plan = createFakePlan({ catchUpDays: 1, cron: '0 0 1 1 *' });
    const tries: number[] = [];
    plan.before = (what) => {
      if (what !== 'make') return;
      tries.push((Date.now() - Date.parse('2026-11-20T09:00:00Z')) / 60_000);
      throw unreachable;
    };
    await begin('2026-11-20T09:00:00Z').start([plan]);
    await schedule.hours(5);
    expect(tries).toEqual([0, 5, 15, 35, 75, 135, 195, 255]);
  });

  it('is read again later where cron had asked for that and the archive was away', async () => {
    const plan = createFakePlan({ catchUpDays: 2, reconcileDays: 2 });
    await begin('2026-11-20T09:00:00Z').start([plan]);
    plan.late.add('2026-11-19');
    plan.before = () => {
      if (Date.now() < Date.parse('2026-11-21T09:10:00Z')) throw unreachable;
    };
    await schedule.hours(22);
    expect(schedule.scheduler?.status().plans[0]).toMatchObject({ isArchiveReached: false });
    await schedule.hours(4);
    expect(plan.did.slice(2)).toEqual([
      '2026-11-21 09:15 made 2026-11-19',
      '2026-11-21 09:15 made 2026-11-20',
    ]);
    expect(schedule.scheduler?.status().plans[0]).toMatchObject({ isArchiveReached: true, failures: 0 });
  });

  it('is one whose report nobody took', async () => {
    const plan = createFakePlan({ catchUpDays: 1 });
    plan.exitCodeOf = () => (plan.did.length < 2 ? 4 : 0);
    const { makeDay } = plan;
    const refused = {
      ...plan,
      makeDay: async (...args: Parameters<typeof makeDay>) => {
        const done = await makeDay(...args);
        plan.states.set(args[0].date, 'undelivered');
        return done;
      },
    };
    await begin('2026-11-20T09:00:00Z').start([refused]);
    await schedule.hours(1);
    expect(plan.did).toEqual(['2026-11-20 09:00 made 2026-11-19', '2026-11-20 09:05 delivered 2026-11-19']);
    expect(plan.pings.at(-1)).toBe('success daily');
  });
});

describe('the heartbeat', () => {
  it('is one start and one end for each pass that has something to do', async () => {
    const plan = createFakePlan({ catchUpDays: 3 });
    plan.exitCodeOf = (date) => (date === '2026-11-18' || date === '2026-11-19' ? 3 : 0);
    await begin('2026-11-20T09:00:00Z').start([plan]);
    expect(plan.pings).toEqual([
      'start daily',
      'failure daily: 2026-11-18: the report is INCOMPLETE (and 1 more day)',
    ]);
    await schedule.off(0.1);
    await schedule.start([plan]);
    expect(plan.pings).toHaveLength(2);
    await schedule.days(1);
    expect(plan.pings.slice(2)).toEqual(['start daily', 'success daily']);
  });
});

describe('a machine that slept', () => {
  it('catches up at once, and a time of cron that it slept over counts', async () => {
    const plan = createFakePlan({ catchUpDays: 3, reconcileDays: 1 });
    await begin('2026-11-20T09:00:00Z').start([plan]);
    plan.did.length = 0;
    schedule.time.sleep(49 * hourMs);
    await schedule.minutes(5);
    expect(plan.did).toEqual(['2026-11-22 10:05 made 2026-11-20', '2026-11-22 10:05 made 2026-11-21']);
    await schedule.hours(20);
    expect(plan.did.slice(2)).toEqual(['2026-11-23 06:00 made 2026-11-22']);
    expect(schedule.logged).toContain('schedule: the machine slept');
  });

  it('reads again what it would have read again', async () => {
    const plan = createFakePlan({ catchUpDays: 2, reconcileDays: 2 });
    await begin('2026-11-20T05:50:00Z').start([plan]);
    plan.did.length = 0;
    schedule.time.sleep(hourMs);
    await schedule.minutes(5);
    expect(plan.did).toEqual(['2026-11-20 06:55 looked at 2026-11-18', '2026-11-20 06:55 made 2026-11-19']);
  });
});

describe('a clock that is set', () => {
  it('forward makes no report before it has stood there for ten minutes', async () => {
    const plan = createFakePlan({ catchUpDays: 2 });
    await begin('2026-11-20T09:00:00Z').start([plan]);
    plan.did.length = 0;
    schedule.time.setForward(72 * hourMs);
    await schedule.minutes(10);
    expect(plan.did).toEqual([]);
    await schedule.minutes(5);
    expect(plan.did).toEqual(['2026-11-23 09:15 made 2026-11-21', '2026-11-23 09:15 made 2026-11-22']);
    await schedule.hours(21);
    expect(plan.did.slice(2)).toEqual(['2026-11-24 06:00 made 2026-11-23']);
  });

  it('forward and put right makes no report of a day that is not over', async () => {
    const plan = createFakePlan({ catchUpDays: 7 });
    await begin('2026-11-20T09:00:00Z').start([plan]);
    plan.did.length = 0;
    schedule.time.setForward(48 * hourMs);
    await schedule.minutes(5);
    schedule.time.setForward(-48 * hourMs);
    await schedule.hours(20);
    expect(plan.did).toEqual([]);
    await schedule.hours(1);
    expect(plan.did).toEqual(['2026-11-21 06:00 made 2026-11-20']);
  });

  it('forward at the very minute of cron waits, too', async () => {
    const plan = createFakePlan({ catchUpDays: 1 });
    await begin('2026-11-20T05:59:50Z').start([plan]);
    schedule.time.setForward(24 * hourMs);
    await schedule.minutes(5);
    expect(plan.did).toEqual([]);
  });

  it('back keeps its days: none is made twice, none is left out', async () => {
    const plan = createFakePlan({ catchUpDays: 2 });
    plan.states.set('2026-11-17', 'done');
    await begin('2026-11-20T09:00:00Z').start([plan]);
    await schedule.days(1);
    schedule.time.setForward(-36 * hourMs);
    await schedule.days(3);
    expect([...plan.commits]).toEqual(
      ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'].map((date) => [date, 1]),
    );
    expect(plan.did.slice(3)).toEqual(['2026-11-22 06:00 made 2026-11-21']);
  });

  it('by a few seconds is nothing', async () => {
    const plan = createFakePlan();
    await begin('2026-11-20T09:00:00Z').start([plan]);
    schedule.time.setForward(20_000);
    await schedule.minutes(5);
    expect(schedule.logged.filter((message) => message.startsWith('warn'))).toEqual([]);
  });
});

describe('when it is stopped', () => {
  it('ends after the stage at hand, begins nothing more and leaves no timer', async () => {
    const plan = createFakePlan({ catchUpDays: 3 });
    let stages = 0;
    plan.before = async (what, _date, signal) => {
      if (what !== 'make') return;
      for (let stage = 0; stage < 5; stage += 1) {
        signal?.throwIfAborted();
        stages += 1;
        if (stages === 2) void schedule.scheduler?.stop();
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    };
    await begin('2026-11-20T09:00:00Z').start([plan]);
    await schedule.scheduler?.stop();
    expect([stages, plan.did]).toEqual([2, []]);
    expect(schedule.logged.filter((message) => message.startsWith('warn'))).toEqual([]);
    expect(plan.pings).toEqual(['start daily']);
    expect(schedule.time.timers()).toBe(0);
    await schedule.days(2);
    expect(plan.did).toEqual([]);
  });
});
