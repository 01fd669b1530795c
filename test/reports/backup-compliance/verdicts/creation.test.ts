import { describe, expect, it } from 'vitest';
import { toIso } from '../../../../src/base/instants.js';
import type { LifeState } from '../../../../src/reports/backup-compliance/facts/recall-lives.js';
import type { ResourceHistory } from '../../../../src/reports/backup-compliance/facts/resource-history.js';
import { noParents } from '../../../../src/reports/backup-compliance/model/parent-ids.js';
import type { ControlInput } from '../../../../src/reports/backup-compliance/verdicts/control-input.js';
import { creationOf } from '../../../../src/reports/backup-compliance/verdicts/creation.js';
import { evaluateControls } from '../../../../src/reports/backup-compliance/verdicts/evaluate-controls.js';
import { at, attempt, controlInput, historyWith, open, pointAt } from '../../../support/control-input.js';
import { protectionOf } from '../../../support/rules.js';

type History = Partial<ResourceHistory>;

function life(over: Partial<LifeState>): History {
  return {
    life: { createdMs: null, notBeforeMs: null, aliveMs: null, parents: noParents, ended: null, ...over },
  };
}

describe('when a resource was created', () => {
  const own = { mayBeYounger: false, contradicted: null };
  it.each<[says: string, listedMs: number | null, history: History, expected: object]>([
    [
      'is not known where nobody tells',
      null,
      {},
      { createdMs: null, mayBeYounger: true, contradicted: null },
    ],
    ['is told by the inventory', at(1), {}, { createdMs: at(1), ...own }],
    ['is told by its own event', null, life({ createdMs: at(1) }), { createdMs: at(1), ...own }],
    ['is the earlier of both', at(2), life({ createdMs: at(1) }), { createdMs: at(1), ...own }],
    [
      'is the earlier of both, whoever tells it',
      at(1),
      life({ createdMs: at(2) }),
      { createdMs: at(1), ...own },
    ],
    [
      'is at the earliest when what it is in was',
      null,
      life({ notBeforeMs: at(1) }),
      { createdMs: at(1), mayBeYounger: true, contradicted: null },
    ],
    [
      'is its own rather than that of what it is in',
      at(2),
      life({ notBeforeMs: at(1) }),
      { createdMs: at(2), ...own },
    ],
  ])('%s', (_says, listedMs, history, expected) => {
    const createdTime = listedMs === null ? null : toIso(listedMs);
    expect(creationOf({ createdTime }, historyWith(history))).toEqual(expected);
  });

  it.each<[says: string, history: History]>([
    ['a notice', { seenMs: at(1) - 1 }],
    ['a success', { lastSuccessMs: at(1) - 1 }],
    ['a failure', { lastFailure: { endMs: at(1) - 1, message: null } }],
    ['a restore', { lastRestoreMs: at(1) - 1 }],
    ['a backup of what is in it', life({ aliveMs: at(1) - 1 })],
    ['an attempt that runs', { dayBackups: [open('IN_PROGRESS', at(1) - 1)] }],
    ['the first of several', { seenMs: at(9), lastSuccessMs: at(1) - 1, lastRestoreMs: at(8) }],
  ])('is contradicted by what was seen before it: %s', (_says, history) => {
    expect(creationOf({ createdTime: toIso(at(1)) }, historyWith(history))).toEqual({
      createdMs: null,
      mayBeYounger: false,
      contradicted: { createdMs: at(1), seenMs: at(1) - 1 },
    });
  });

  it('is not contradicted by what was seen at that instant, nor where the inventory tells nothing', () => {
    expect(creationOf({ createdTime: toIso(at(1)) }, historyWith({ seenMs: at(1) }))).toEqual({
      createdMs: at(1),
      ...own,
    });
    expect(creationOf({}, historyWith({ ...life({ createdMs: at(2) }), seenMs: at(1) }))).toEqual({
      createdMs: null,
      ...own,
    });
  });
});

describe('a resource that is too new for a backup', () => {
  const age = (history: History, over: Partial<ControlInput>) => {
    const { verdict, code } = evaluateControls(
      controlInput(history, { due: null, outcome: 'NOT_DUE', createdMs: at(20), ...over }),
    )['recovery-point-age'];
    return `${verdict} ${code}`;
  };
  const isNew = 'NOT_APPLICABLE recovery-point.resource-is-new';
  const nothingSince = 'NON_COMPLIANT recovery-point.none-since-creation';
  it.each<[says: string, history: History, over: Partial<ControlInput>, expected: string]>([
    ['is demanded nothing of', {}, {}, isNew],
    ['as old as a backup may be', {}, { createdMs: at(-2) }, isNew],
    ['older', {}, { createdMs: at(-2) - 1 }, 'NON_COMPLIANT recovery-point.none-seen'],
    ['of unknown age', {}, { createdMs: null }, 'NON_COMPLIANT recovery-point.none-seen'],
    ['with an attempt', { dayBackups: [attempt('FAILED')] }, { outcome: 'FAILED' }, nothingSince],
    ['with a failure of before', { lastFailure: { endMs: at(21), message: null } }, {}, nothingSince],
    ['with a success that is gone', { lastSuccessMs: at(21) }, {}, nothingSince],
    ['with a backup of what is in it', life({ aliveMs: at(21) }), {}, nothingSince],
    [
      'with a backup that is gone',
      { points: [pointAt(at(21), { deletedMs: at(22) })] },
      {},
      'NON_COMPLIANT recovery-point.all-gone',
    ],
    [
      'whose backups are switched off',
      {},
      { protection: protectionOf({ enabled: false }) },
      'NON_COMPLIANT recovery-point.none-seen',
    ],
    [
      'with a backup',
      { points: [pointAt(at(21))], lastSuccessMs: at(21) },
      {},
      'COMPLIANT recovery-point.young-enough',
    ],
  ])('%s', (_says, history, over, expected) => {
    expect(age(history, over)).toBe(expected);
  });
});
