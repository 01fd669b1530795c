import { describe, expect, it } from 'vitest';
import type { ResourceHistory } from '../../../../src/reports/backup-compliance/facts/resource-history.js';
import type { ResourceNote } from '../../../../src/reports/backup-compliance/model/judged-resource.js';
import type { Outcome } from '../../../../src/reports/backup-compliance/model/verdict.js';
import { notesOf } from '../../../../src/reports/backup-compliance/verdicts/resource-notes.js';
import { at, attempt, dueToday, historyWith, result } from '../../../support/control-input.js';
import { incidentOf, memoryWith, rememberedWith } from '../../../support/judging-parts.js';

function notes(
  history: Partial<ResourceHistory>,
  over: Partial<Parameters<typeof notesOf>[0]> = {},
): readonly ResourceNote[] {
  const day = { incidents: [], due: dueToday, outcome: 'SUCCEEDED', memory: null } as const;
  return notesOf({ history: historyWith(history), ...day, ...over });
}

describe('a note on a copy', () => {
  it.each([
    [
      'that failed, in the words of the service',
      attempt('FAILED', { end: { message: 'no space' } }),
      'copy.failed',
      'no space',
    ],
    [
      'that failed, by its state',
      attempt('FAILED', { end: result('FAILED', 'FAULTY') }),
      'copy.failed',
      'FAULTY',
    ],
    ['that has no end', attempt('UNKNOWN', { end: null }), 'copy.without-end', null],
  ] as const)('%s', (_says, copy, code, reason) => {
    expect(notes({ dayCopies: [copy] })).toEqual([{ code, endMs: at(2), reason }]);
  });

  it.each(['SUCCEEDED', 'IN_PROGRESS', 'CANCELED'] as const)('is not made where it is %s', (status) => {
    expect(notes({ dayCopies: [attempt(status)] })).toEqual([]);
  });
});

describe('a note on a day', () => {
  it('counts the backups that were deleted', () => {
    const deletion = { deletedMs: at(1), backupId: 'x', createdMs: null, point: null };
    expect(notes({ dayDeletions: [deletion, deletion] })).toEqual([
      { code: 'backups.deleted', deletions: 2 },
    ]);
  });

  it('tells of incidents that were cleared, and of open ones that are no backup failures', () => {
    const incidents = [
      incidentOf({ condition: 'A', state: 'cleared' }),
      incidentOf({ condition: 'B', state: 'cleared', bearsOnBackups: false }),
      incidentOf({ condition: 'C' }),
      incidentOf({ condition: 'D', bearsOnBackups: false }),
    ];
    expect(notes({}, { incidents })).toEqual([
      { code: 'incident.cleared', condition: 'A' },
      { code: 'incident.cleared', condition: 'B' },
      { code: 'incident.open', condition: 'D' },
    ]);
  });
});

describe('a backup of an earlier day that is made today', () => {
  const due = { ...dueToday, today: false, date: '2026-11-15', sinceMs: at(-4 * 24) };
  const before = { due, memory: memoryWith({ knownSinceMs: at(-10 * 24) }) };
  const late = { remembered: rememberedWith({ lastSuccessMs: at(-4 * 24) - 1 }) };
  const madeUpFor = [{ code: 'backup.made-up-for', dueDate: '2026-11-15' }];

  it.each([
    ['where the last one was too old', late, before, true],
    ['where there never was one', { remembered: rememberedWith({ lastSuccessMs: null }) }, before, true],
    [
      'not where it had been made in time',
      { remembered: rememberedWith({ lastSuccessMs: at(-4 * 24) }) },
      before,
      false,
    ],
    ['not where nothing was due', late, { ...before, due: null }, false],
    ['not where it is due today', late, { ...before, due: { ...due, today: true } }, false],
    ['not without a memory', late, { ...before, memory: null }, false],
    ['not where the memory has no such resource', {}, before, false],
    [
      'as far back as anything is known',
      late,
      { ...before, memory: memoryWith({ knownSinceMs: due.sinceMs }) },
      true,
    ],
    [
      'not where it may have been made before anything is known',
      late,
      { ...before, memory: memoryWith({ knownSinceMs: due.sinceMs + 1 }) },
      false,
    ],
  ])('is noted %s', (_says, history, over, isNoted) => {
    expect(notes(history, over)).toEqual(isNoted ? madeUpFor : []);
  });

  it.each<[Outcome, boolean]>([
    ['SUCCEEDED', true],
    ['SUCCEEDED_WITH_WARNINGS', true],
    ['RECOVERED', true],
    ['IN_PROGRESS', false],
    ['UNKNOWN', false],
    ['FAILED', false],
  ])('and %s is noted or not', (outcome, isNoted) => {
    expect(notes(late, { ...before, outcome })).toEqual(isNoted ? madeUpFor : []);
  });
});
