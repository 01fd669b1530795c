import { describe, expect, it } from 'vitest';
import {
  cutIntoSlices,
  halve,
  instantMs,
  isOfSlice,
  onWholeSeconds,
} from '../../src/sources/log-analytics/time-slice.js';

const whole = { fromMs: 0, toMs: 9000 };

describe('a record belongs to a slice', () => {
  it.each([
    ['a middle one, before it', 2999, { fromMs: 3000, toMs: 6000 }, false],
    ['a middle one, at its begin', 3000, { fromMs: 3000, toMs: 6000 }, true],
    ['a middle one, at its end', 6000, { fromMs: 3000, toMs: 6000 }, false],
    ['the first one, before the whole', -1, { fromMs: 0, toMs: 3000 }, true],
    ['the first one, at its end', 3000, { fromMs: 0, toMs: 3000 }, false],
    ['the last one, before it', 5999, { fromMs: 6000, toMs: 9000 }, false],
    ['the last one, in the second after the whole', 9999, { fromMs: 6000, toMs: 9000 }, true],
    ['any, without a time', Number.NaN, { fromMs: 3000, toMs: 6000 }, true],
  ])('%s', (_what, timeMs, slice, expected) => {
    expect(isOfSlice(timeMs, slice, whole)).toBe(expected);
  });
});

describe('slices', () => {
  it.each([
    [
      { fromMs: 1001, toMs: 2001 },
      { fromMs: 1000, toMs: 3000 },
    ],
    [
      { fromMs: 1000, toMs: 2000 },
      { fromMs: 1000, toMs: 2000 },
    ],
    [
      { fromMs: 1999, toMs: 1999 },
      { fromMs: 1000, toMs: 2000 },
    ],
    [
      { fromMs: 1000, toMs: 1000 },
      { fromMs: 1000, toMs: 2000 },
    ],
  ])('of %j have edges on whole seconds', (slice, expected) => {
    expect(onWholeSeconds(slice)).toEqual(expected);
  });

  it.each([1, 2, 7, 8, 9, 1000])('lie without a gap, on whole seconds: %d of them', (wanted) => {
    const slices = cutIntoSlices(whole, wanted);
    expect(slices).toHaveLength(Math.min(wanted, 9));
    expect([slices[0]?.fromMs, slices.at(-1)?.toMs]).toEqual([whole.fromMs, whole.toMs]);
    for (const [index, { fromMs, toMs }] of slices.entries()) {
      expect([toMs > fromMs, fromMs % 1000, toMs]).toEqual([
        true,
        0,
        slices[index + 1]?.fromMs ?? whole.toMs,
      ]);
    }
  });

  it('are halved on a whole second', () => {
    expect(halve({ fromMs: 0, toMs: 3000 })).toEqual([
      { fromMs: 2000, toMs: 3000 },
      { fromMs: 0, toMs: 2000 },
    ]);
  });
});

it.each([
  [1_795_046_400_000, 1_795_046_400_000],
  ['1795046400000', 1_795_046_400_000],
  ['2026-11-19T00:00:00Z', 1_795_046_400_000],
  [[1_795_046_400_000], 1_795_046_400_000],
  [[1, 2], Number.NaN],
  [undefined, Number.NaN],
  ['', Number.NaN],
])('the time of a record may be %j', (value, expected) => {
  expect(instantMs(value)).toBe(expected);
});
