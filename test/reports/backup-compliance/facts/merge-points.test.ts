import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PointList, isSameSecond } from '../../../../src/reports/backup-compliance/facts/merge-points.js';
import type { RecoveryPoint } from '../../../../src/reports/backup-compliance/model/recovery-point.js';

/* Which tellings are of one backup, and what both know together: one row for each rule. */

const point = (over: Partial<RecoveryPoint>): RecoveryPoint => ({
  id: null,
  kind: null,
  isLog: false,
  result: 'succeeded',
  createdMs: null,
  endMs: null,
  expiresMs: null,
  deletedMs: null,
  sources: [],
  ...over,
});

/** More than a list without an index has; none of them is any of the rows. */
const many = Array.from({ length: 200 }, (_, index) =>
  point({ id: `other${index}`, createdMs: 1e9 + index * 60_000, endMs: 1e9 + index * 60_000 + 30_000 }),
);

function listOf(...points: readonly RecoveryPoint[]): readonly RecoveryPoint[] {
  const list = new PointList([]);
  for (const each of points) list.add(each);
  return list.sorted();
}

describe('two tellings', () => {
  it.each<[says: string, a: Partial<RecoveryPoint>, b: Partial<RecoveryPoint>, areOne: boolean]>([
    ['of one id', { id: 'a', endMs: 1000 }, { id: 'a', endMs: 900_000 }, true],
    ['of two ids that ended together', { id: 'a', endMs: 1000 }, { id: 'b', endMs: 1000 }, false],
    ['of one end, one without an id', { id: 'a', endMs: 1000 }, { endMs: 1999 }, true],
    ['of one end, both without an id', { endMs: 1000 }, { endMs: 1999 }, true],
    ['of the next second', { endMs: 1999 }, { endMs: 2000 }, false],
    ['of one creation, where one has no end', { createdMs: 1000, endMs: 5000 }, { createdMs: 1500 }, true],
    [
      'of another creation, where one has no end',
      { createdMs: 1000, endMs: 5000 },
      { createdMs: 2000 },
      false,
    ],
    [
      'of one creation, with two ends',
      { createdMs: 1000, endMs: 5000 },
      { createdMs: 1000, endMs: 9000 },
      false,
    ],
    ['without any time', {}, {}, false],
    ['one with a creation, the other without a time', { createdMs: 1000 }, {}, false],
    ['one that succeeded, one that failed', { endMs: 1000 }, { endMs: 1000, result: 'unsuccessful' }, false],
    ['one that failed, one that succeeded', { endMs: 1000, result: 'unsuccessful' }, { endMs: 1000 }, false],
    ['one of which only the deletion is known', { endMs: 1000, result: 'untold' }, { endMs: 1000 }, true],
    [
      'the other of which only the deletion is known',
      { endMs: 1000 },
      { endMs: 1000, result: 'untold' },
      true,
    ],
  ])('%s', (_says, a, b, areOne) => {
    const ofList = (points: readonly RecoveryPoint[]): number =>
      listOf(...points, point(a), point(b)).length - points.length;
    expect([ofList([]), ofList(many)]).toEqual(areOne ? [1, 1] : [2, 2]);
  });

  it.each<[says: string, a: Partial<RecoveryPoint>, b: Partial<RecoveryPoint>, both: Partial<RecoveryPoint>]>(
    [
      [
        'the later end decides',
        { endMs: 2000, kind: 'FULL' },
        { endMs: 1000, kind: 'LOG', isLog: true },
        { endMs: 2000, kind: 'FULL' },
      ],
      [
        'the later end decides, told second',
        { endMs: 1000, kind: 'LOG', isLog: true },
        { endMs: 2000, kind: 'FULL' },
        { endMs: 2000, kind: 'FULL' },
      ],
      [
        'of one end, what is told later',
        { endMs: 0, kind: 'A' },
        { endMs: 0, kind: 'B' },
        { endMs: 0, kind: 'B' },
      ],
      [
        'what one does not know, the other does',
        { endMs: 1000, kind: 'LOG', isLog: true, createdMs: 5, expiresMs: 7 },
        { endMs: 2000 },
        { endMs: 2000, kind: 'LOG', isLog: true, createdMs: 5, expiresMs: 7 },
      ],
      [
        'no end is earlier than any',
        { endMs: 1000, kind: 'FULL' },
        { kind: 'LOG', isLog: true },
        { endMs: 1000, kind: 'FULL' },
      ],
      [
        'a result is kept from a telling without one',
        { endMs: 1, result: 'unknown' },
        { endMs: 2, result: 'untold' },
        { endMs: 2, result: 'unknown' },
      ],
      [
        'a later result holds',
        { endMs: 1, result: 'untold' },
        { endMs: 2, result: 'unsuccessful' },
        { endMs: 2, result: 'unsuccessful' },
      ],
      ['a deletion holds', { deletedMs: 9 }, { endMs: 5 }, { endMs: 5, deletedMs: 9 }],
      ['a deletion holds, told second', { endMs: 5 }, { deletedMs: 9 }, { endMs: 5, deletedMs: 9 }],
      ['the first of two deletions', { deletedMs: 9 }, { deletedMs: 8 }, { deletedMs: 8 }],
      [
        'the sources of both, each once',
        { sources: ['b', 'a'] },
        { sources: ['c', 'a'] },
        { sources: ['a', 'b', 'c'] },
      ],
    ],
  )('together: %s', (_says, a, b, both) => {
    expect(listOf(point({ id: 'x', ...a }), point({ id: 'x', ...b }))).toEqual([point({ id: 'x', ...both })]);
  });
});

describe('a list', () => {
  it('has the oldest first; of one time by id, creation and kind', () => {
    const sorted = [
      point({ id: 'z', createdMs: 1000 }),
      point({ endMs: 2000, kind: 'A' }),
      point({ id: 'a', createdMs: 10, endMs: 2000 }),
      point({ id: 'b', endMs: 2000 }),
      point({ id: 'c', endMs: 3000 }),
    ];
    for (const order of [sorted, sorted.toReversed()]) expect(new PointList(order).sorted()).toEqual(sorted);
    const [early, late] = [point({ createdMs: 1, endMs: 9 }), point({ createdMs: 2, endMs: 9 })];
    expect(new PointList([late, early]).sorted()).toEqual([early, late]);
    const [first, second] = [point({ endMs: 9, kind: 'A' }), point({ endMs: 9, kind: 'B' })];
    expect(new PointList([second, first]).sorted()).toEqual([first, second]);
  });

  it('gives away the one with an id, and no other', () => {
    const list = new PointList([...many, point({ id: 'a', endMs: 5 })]);
    list.add(point({ id: 'b', endMs: 6 }));
    expect(list.take('none')).toBeUndefined();
    expect(list.take('a')).toEqual(point({ id: 'a', endMs: 5 }));
    expect(list.take('a')).toBeUndefined();
    expect(list.points).toEqual([...many, point({ id: 'b', endMs: 6 })]);
    expect(new PointList([point({ id: 'first' })]).take('first')).toEqual(point({ id: 'first' }));
    // Places have moved: what is added must still find its own.
    list.add(point({ id: 'b', endMs: 7 }));
    list.add(point({ id: 'a', endMs: 5 }));
    expect(list.points.slice(-2)).toEqual([point({ id: 'b', endMs: 7 }), point({ id: 'a', endMs: 5 })]);
  });

  it('puts another in the place of one', () => {
    const known = point({ id: 'a', endMs: 5 });
    const list = new PointList([...many, known, point({ id: 'b' })]);
    list.add(point({ id: 'c' }));
    list.replace(known, point({ id: 'a', endMs: 5, deletedMs: 6 }));
    list.add(point({ id: 'a', endMs: 5, kind: 'FULL' }));
    expect(list.points[many.length]).toEqual(point({ id: 'a', endMs: 5, deletedMs: 6, kind: 'FULL' }));
    expect(list.points).toHaveLength(many.length + 3);
  });

  it('leaves the list that it was made of', () => {
    const given = [point({ id: 'a' })];
    new PointList(given).add(point({ id: 'b' }));
    expect(given).toHaveLength(1);
  });

  it('keeps as many backups with an index as without one', () => {
    const idOf = fc.option(fc.constantFrom('p', 'q', 'r'), { nil: null });
    const msOf = fc.option(fc.integer({ min: 0, max: 4000 }), { nil: null });
    const result = fc.constantFrom<RecoveryPoint['result'][]>('succeeded', 'unsuccessful', 'untold');
    const told = fc.record({ id: idOf, createdMs: msOf, endMs: msOf, result });
    fc.assert(
      fc.property(fc.array(told, { maxLength: 12 }), (tellings) => {
        const points = tellings.map(point);
        const alone = listOf(...points);
        const among = listOf(...many, ...points).filter(({ id }) => !id?.startsWith('other'));
        expect(among).toEqual(alone);
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

it.each([
  [0, 999, true],
  [999, 1000, false],
  [-1, 0, false],
])('%s and %s are of one second: %s', (a, b, same) => {
  expect(isSameSecond(a, b)).toBe(same);
});
