import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { toIso } from '../../src/base/instants.js';
import { dayMs } from '../../src/base/time-units.js';
import { hasUtcText, utcText } from '../../src/base/utc-text.js';

const firstMs = Date.parse('0000-01-01T00:00:00.000Z');
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

describe('the text of an instant', () => {
  it('is that of Date for every day of 400 years, after which the calendar repeats', () => {
    const differing: string[] = [];
    const from = Date.parse('1800-01-01T00:00:00.000Z');
    for (let ms = from; ms < from + 146_097 * dayMs; ms += dayMs) {
      const text = new Date(ms).toISOString();
      if (utcText(ms) !== text) differing.push(text);
    }
    expect(differing).toEqual([]);
  });

  it('is that of Date for every time of day', () => {
    fc.assert(
      fc.property(fc.integer({ min: firstMs, max: lastMs }), (ms) => {
        expect(utcText(ms)).toBe(new Date(ms).toISOString());
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    [firstMs, true],
    [firstMs - 1, false],
    [lastMs, true],
    [lastMs + 1, false],
    [0.5, false],
    [Number.NaN, false],
    [Number.POSITIVE_INFINITY, false],
  ])('is there for whole milliseconds of years with four digits: %d', (ms, expected) => {
    expect(hasUtcText(ms)).toBe(expected);
  });

  it.each([firstMs, firstMs - 1, lastMs, lastMs + 1, -0.5, 1234.9, 8.64e15])(
    'is that of Date for all that Date can tell: %d',
    (ms) => expect(toIso(ms)).toBe(new Date(ms).toISOString()),
  );

  it('is none of what is no instant', () => {
    expect(() => toIso(Number.NaN)).toThrow(RangeError);
    expect(() => toIso(8.64e15 + 1)).toThrow(RangeError);
  });
});
