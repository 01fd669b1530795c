import { describe, expect, it } from 'vitest';
import { runPass } from '../../src/schedule/run-pass.js';
import { systemScheduleClock } from '../../src/schedule/system-clock.js';
import { visitDay } from '../../src/schedule/visit-day.js';
import { createFakePlan } from '../support/fake-plan.js';
import { dayOf } from '../support/judge.js';
import { quiet } from '../support/judge-day.js';

const date = '2026-11-19';
const ports = {
  clock: systemScheduleClock,
  log: quiet,
  observer: null,
  signal: new AbortController().signal,
  onArchive: () => undefined,
  onReport: () => undefined,
};

describe('a schedule of a plan that signs', () => {
  it('tells that a report is not signed, and that it is no refused mail', async () => {
    const plan = createFakePlan({
      stateOf: async () => 'missing',
      makeDay: async () => ({
        kind: 'committed',
        isComplete: true,
        revision: 1,
        exitCode: 4,
        unsigned: 'the vault is gone',
        deliveries: [],
      }),
    });
    const day = { day: dayOf(date, 'UTC'), settledMs: 0, isCaughtUp: true, isReconciled: true };
    const visit = await visitDay(plan, day, false, { ...ports, onWork: async () => undefined });
    expect(visit).toMatchObject({ made: 1, trouble: 'the report is not signed: the vault is gone' });
  });

  it.each([
    [{ signed: 2, unsigned: null }, true],
    [{ signed: 0, unsigned: 'not signed: 2026-11-19: the vault is gone' }, false],
  ])('signs in each pass what is left, and is not fine while it cannot: %o', async (late, isFine) => {
    let asked = 0;
    const plan = createFakePlan({
      stateOf: async () => 'done',
      signLate: async () => {
        asked += 1;
        return late;
      },
    });
    const result = await runPass(plan, { reconciles: true, leftOver: new Set() }, ports);
    expect(result.isFine).toBe(isFine);
    expect(asked).toBe(1);
    expect(plan.pings.at(-1)).toMatch(isFine ? /^success/ : /^failure[^]*the vault is gone/);
  });
});
