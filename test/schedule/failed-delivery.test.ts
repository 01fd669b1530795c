import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/errors.js';
import { visitDay } from '../../src/schedule/visit-day.js';
import { systemScheduleClock } from '../../src/schedule/system-clock.js';
import { createFakePlan } from '../support/fake-plan.js';
import { dayOf } from '../support/judge.js';
import { quiet } from '../support/judge-day.js';

const date = '2026-11-19';
const day = { day: dayOf(date, 'UTC'), settledMs: 0, isCaughtUp: true, isReconciled: true };
const ports = {
  clock: systemScheduleClock,
  log: quiet,
  observer: null,
  signal: new AbortController().signal,
  onArchive: () => undefined,
  onReport: () => undefined,
  onWork: async () => undefined,
};

describe('a day whose delivery is a result', () => {
  it.each([
    ['refused, and still undelivered', 4, 'undelivered', 'delivery'],
    ['a fault of the program, and still undelivered', 1, 'undelivered', 'delivery'],
    ['refused by one of several', 4, 'done', 'a recipient was refused'],
    ['delivered and INCOMPLETE', 3, 'done', 'the report is INCOMPLETE'],
    ['delivered', 0, 'done', null],
  ] as const)('%s', async (_what, exitCode, after, trouble) => {
    for (const before of ['missing', 'undelivered'] as const) {
      let isDone = false;
      const plan = createFakePlan({
        stateOf: async () => (isDone ? after : before),
        makeDay: async () => {
          isDone = true;
          return { kind: 'committed', isComplete: true, revision: 1, exitCode, deliveries: [] };
        },
        deliver: async () => {
          isDone = true;
          return { exitCode, deliveries: [] };
        },
      });
      const heard = await visitDay(plan, day, false, ports).then(
        (visit) => visit.trouble,
        (error: unknown) => (error instanceof Failure && error.retryable ? error.kind : String(error)),
      );
      expect(heard).toBe(trouble);
    }
  });
});
