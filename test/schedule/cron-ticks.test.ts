import { afterEach, describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/time-units.js';
import { createCronTicks } from '../../src/schedule/cron-ticks.js';
import { FakeTime } from '../support/fake-time.js';

const atOnce = (): boolean => true;
const quiet = { info: () => undefined, warn: () => undefined };
let time: FakeTime;

afterEach(() => time.end());

function start(from: string, cron: string, zone = 'UTC'): { times: string[]; next(): string; stop(): void } {
  time = new FakeTime(from, 5);
  const times: string[] = [];
  const ticks = createCronTicks(quiet)(
    cron,
    zone,
    () => void times.push(new Date().toISOString().slice(0, 16)),
  );
  return { times, next: () => new Date(ticks.nextMs()).toISOString().slice(0, 16), stop: ticks.stop };
}

describe('ticks of node-cron', () => {
  it('come in the zone of the plan, and tell when the next is', async () => {
    const { times, next } = start('2026-10-31T00:00:00Z', '0 6 * * *', 'America/New_York');
    expect(next()).toBe('2026-10-31T10:00');
    await time.advance(48 * hourMs, atOnce);
    expect(times).toEqual(['2026-10-31T10:00', '2026-11-01T11:00']);
    expect(next()).toBe('2026-11-02T11:00');
  });

  it('come late where the timer was late, and are not left out', async () => {
    const { times } = start('2026-11-20T05:00:00Z', '0 6 * * *');
    time.sleep(5 * hourMs);
    await time.advance(1.5 * hourMs, atOnce);
    expect(times).toEqual(['2026-11-20T11:00']);
  });

  it('come for each run that a late timer went over', async () => {
    const { times } = start('2026-11-20T05:00:00Z', '0 6,8,10 * * *');
    time.sleep(4 * hourMs);
    await time.advance(1.5 * hourMs, atOnce);
    expect(times).toEqual(['2026-11-20T10:00', '2026-11-20T10:00', '2026-11-20T10:00']);
  });

  it('end when they are stopped', async () => {
    const { times, stop } = start('2026-11-20T05:00:00Z', '0 * * * *');
    stop();
    await time.advance(5 * hourMs, atOnce);
    expect([times, time.timers()]).toEqual([[], 0]);
  });
});
