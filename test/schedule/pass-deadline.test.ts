import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../../src/base/time-units.js';
import { createScheduleMetrics } from '../../src/schedule/metrics.js';
import type { PlanStatus } from '../../src/schedule/schedule-status.js';
import { type FakePlan, createFakePlan } from '../support/fake-plan.js';
import { FakeSchedule } from '../support/fake-schedule.js';

let schedule: FakeSchedule;
let hanging: FakePlan;
let other: FakePlan;
let metrics: ReturnType<typeof createScheduleMetrics>;
/** Lets everything that hangs go on. */
let release: (() => void)[];
let obeys: boolean;

beforeEach(() => {
  release = [];
  obeys = false;
  schedule = new FakeSchedule('2026-11-20T09:00:00Z');
  metrics = createScheduleMetrics(['hanging', 'other'], { nowMs: () => Date.now() });
  const settings = { catchUpDays: 1, passDeadlineMs: 2 * hourMs, retryAfterMs: hourMs, reconcileDays: 1 };
  hanging = createFakePlan({ name: 'hanging', ...settings });
  other = createFakePlan({ name: 'other', ...settings });
  hanging.before = (what, _date, signal) => {
    if (what !== 'make') return;
    return new Promise((resolve, reject) => {
      release.push(resolve);
      if (obeys) signal?.addEventListener('abort', () => reject(signal.reason));
    });
  };
});

afterEach(async () => {
  for (const go of release) go();
  await schedule.end();
});

/** A pass that hangs is not waited for. */
const pass = (ms: number): Promise<void> => schedule.time.advance(ms, () => true);
const begin = async (): Promise<void> => {
  void schedule.start([hanging, other], metrics);
  await pass(5 * minuteMs);
};
const statusOf = (name: string): PlanStatus | undefined =>
  schedule.scheduler?.status().plans.find((plan) => plan.name === name);
const metricsNow = async (): Promise<string> => metrics.text(schedule.scheduler?.status().plans ?? []);

describe('a pass that hangs', () => {
  it('holds nobody else for longer than ten minutes, whatever hangs, and whether it obeys or not', async () => {
    await begin();
    expect(other.did).toEqual([]);
    await pass(10 * minuteMs);
    expect([other.did, statusOf('hanging')?.givenUp]).toEqual([['2026-11-20 09:10 made 2026-11-19'], null]);
    expect(schedule.scheduler?.status()).toMatchObject({ isIdle: false, pass: { plan: 'hanging' } });
    await pass(2 * hourMs);
    expect(schedule.logged).toContain('warn schedule: pass given up');
    expect(statusOf('other')).toMatchObject({ givenUp: null, failures: 0, leftBehind: 0 });
  });

  it('is told with its day and why, and makes the next pass come after a while', async () => {
    await begin();
    await pass(2 * hourMs);
    expect(statusOf('hanging')).toMatchObject({
      givenUp: 'a pass did not end within 2 h, at work on 2026-11-19, and hangs still',
      failures: 1,
      leftBehind: 1,
    });
    expect(hanging.pings.at(-1)).toBe(
      'failure hanging: a pass did not end within 2 h, at work on 2026-11-19, and hangs still',
    );
    const lines = (await metricsNow()).split('\n');
    expect(lines).toContain('backup_report_passes_given_up_total{plan="hanging"} 1');
    expect(lines).toContain('backup_report_passes_given_up_total{plan="other"} 0');
    expect(lines).toContain('backup_report_passes_left_behind{plan="hanging"} 1');
    expect(release).toHaveLength(1);
    await pass(hourMs);
    expect(release).toHaveLength(2);
  });

  it('that obeys is not left behind', async () => {
    obeys = true;
    await begin();
    await pass(2 * hourMs);
    expect(statusOf('hanging')).toMatchObject({
      givenUp: 'a pass did not end within 2 h, at work on 2026-11-19',
      leftBehind: 0,
    });
  });

  it('is red until a pass ends well', async () => {
    await begin();
    await pass(2 * hourMs);
    hanging.before = () => {
      throw new Error('still away');
    };
    await pass(hourMs);
    expect(statusOf('hanging')?.givenUp).toMatch(/did not end/);
    hanging.before = () => undefined;
    await pass(3 * hourMs);
    expect(statusOf('hanging')).toMatchObject({ givenUp: null, failures: 0, leftBehind: 1 });
    expect(hanging.did).toHaveLength(1);
    release[0]?.();
    await pass(5 * minuteMs);
    expect(statusOf('hanging')?.leftBehind).toBe(0);
    expect(schedule.logged).toContain('schedule: a pass that was left behind has ended');
  });

  it('that cron asked for is followed by one that reads the last days again', async () => {
    hanging.states.set('2026-11-19', 'done').set('2026-11-20', 'done');
    await begin();
    expect(release).toHaveLength(0);
    await pass(23 * hourMs);
    expect(statusOf('hanging')).toMatchObject({ failures: 1, leftBehind: 1 });
    hanging.before = () => undefined;
    await pass(hourMs);
    expect(hanging.did).toEqual(['2026-11-21 09:05 made 2026-11-20']);
  });

  it('does not keep the schedule from stopping once it was given up', async () => {
    await begin();
    await pass(2 * hourMs);
    await schedule.scheduler?.stop();
    expect(schedule.scheduler?.status().isIdle).toBe(true);
  });
});

describe('a pass that ends', () => {
  it('leaves no timer behind', async () => {
    hanging.before = () => undefined;
    await begin();
    await schedule.scheduler?.stop();
    expect(schedule.time.timers()).toBe(0);
  });

  it('is not given up later', async () => {
    hanging.before = () => undefined;
    await begin();
    await pass(3 * hourMs);
    expect(statusOf('hanging')).toMatchObject({ givenUp: null, failures: 0 });
    expect((await metricsNow()).split('\n')).toContain(
      'backup_report_passes_given_up_total{plan="hanging"} 0',
    );
  });
});
