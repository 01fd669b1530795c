import { describe, expect, it } from 'vitest';
import { at, attempt, dueToday, historyWith, open, volume } from '../../../support/control-input.js';
import type { ResourceHistory } from '../../../../src/reports/backup-compliance/facts/resource-history.js';
import { demandOf, DueDates } from '../../../../src/reports/backup-compliance/rules/due.js';
import { DueByWitnesses } from '../../../../src/reports/backup-compliance/verdicts/due-by-witnesses.js';
import { dayOf } from '../../../support/judge.js';
import { policyRule } from '../../../support/rules.js';

const day = dayOf(dueToday.date);
const weeklyOn = (name: string) => demandOf(policyRule({ cadence: `weekly:${name}` }), undefined);
const daily = demandOf(policyRule(), undefined);

function added(
  histories: readonly Partial<ResourceHistory>[],
  { demand = daily, createdTime = null as string | null, resource = volume } = {},
) {
  const dues = new DueByWitnesses(day, new DueDates(day));
  for (const history of histories) {
    dues.add({ resource: { ...resource, owner: null, createdTime }, history: historyWith(history), demand });
  }
  return dues.groups();
}

const nobody = { witnesses: [], due: 1, notDue: 0 };

describe('what was due on the day', () => {
  it.each([
    ['is unheard of where nothing was told', {}, 1],
    ['is heard of by a success since the day began', { lastSuccessMs: at(0) }, 0],
    ['is unheard of by a success of before', { lastSuccessMs: at(0) - 1 }, 1],
    [
      'is heard of by an attempt that ended in the day',
      { dayBackups: [attempt('FAILED', { begin: null, endMs: at(2) })] },
      0,
    ],
    ['is heard of by an attempt that began in the day', { dayBackups: [open('IN_PROGRESS', at(0))] }, 0],
    [
      'is unheard of by an attempt that began before and has no end',
      { dayBackups: [open('UNKNOWN', at(0) - 1)] },
      1,
    ],
    [
      'is unheard of by an end after the cut-off',
      { dayBackups: [attempt('SUCCEEDED', { begin: null, endMs: at(24) })] },
      1,
    ],
    [
      'is heard of by one of two attempts',
      { dayBackups: [open('UNKNOWN', at(-1)), open('UNKNOWN', at(1))] },
      0,
    ],
  ])('%s', (_says, history, unheard) => {
    expect(added([history])).toEqual([{ ...nobody, unheard }]);
  });

  it.each([
    ['of a resource that was terminated', [{ terminatedMs: at(1) }], {}],
    [
      'of a job that names no resource',
      [{}],
      { resource: { ...volume, resourceId: 'unknown:block-volume' } },
    ],
  ])('is nothing %s', (_says, histories, over) => {
    expect(added(histories, over)).toEqual([]);
  });

  it.each([
    ['one whose backup is due on another day', { demand: weeklyOn('WED') }],
    ['one that was created after the day began', { createdTime: '2026-11-19T00:00:00Z' }],
  ])('is not %s, which is counted apart', (_says, over) => {
    expect(added([{}], over)).toEqual([{ witnesses: [], due: 0, notDue: 1, unheard: 0 }]);
  });

  it('is counted by who told of it last, whatever list says so', () => {
    const [a, b] = ['a', 'b'].map((name) => ({ name, region: 'iad' }));
    if (a === undefined || b === undefined) throw new Error('two witnesses are expected');
    const shared = [a];
    expect(
      added([
        { witnesses: shared, lastSuccessMs: at(1) },
        { witnesses: shared },
        { witnesses: [a, b] },
        { witnesses: [{ ...a }] },
        {},
      ]),
    ).toEqual([
      { witnesses: [a], due: 3, notDue: 0, unheard: 2 },
      { witnesses: [a, b], due: 1, notDue: 0, unheard: 1 },
      { witnesses: [], due: 1, notDue: 0, unheard: 1 },
    ]);
  });
});
