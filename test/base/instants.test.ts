import { describe, expect, it } from 'vitest';
import { isoTexts, parseInstant, toIso } from '../../src/base/instants.js';

const noon = Date.UTC(2026, 10, 20, 12);

describe('an instant', () => {
  it.each([
    ['2026-11-20T12:00:00Z', noon],
    ['2026-11-20T12:00:00.1Z', noon + 100],
    ['2026-11-20T12:00:00.123Z', noon + 123],
    ['2026-11-20T12:00:00.123999999Z', noon + 123],
    ['2026-11-20T12:00Z', noon],
    ['2026-11-20t12:00:00z', noon],
    ['2026-11-20 12:00:00 UTC', noon],
    ['2026-11-20 12:00:00', noon],
    [' 2026-11-20T12:00:00.000Z ', noon],
    ['2026-11-20T14:00:00+02:00', noon],
    ['2026-11-20T14:00:00.0+0200', noon],
    ['2026-11-20T06:30:00-05:30', noon],
    ['2026-11-21T02:00:00+14:00', noon],
    ['2026-11-20T12:00:00-00:00', noon],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2000-02-29T00:00:00Z', Date.UTC(2000, 1, 29)],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
    [noon, noon],
    [noon / 1000, noon],
    [String(noon), noon],
    [String(noon / 1000), noon],
    [noon / 1000 + 0.102, noon + 102],
    [`${noon / 1000}.102`, noon + 102],
    [noon + 0.9, noon],
    // The last second, and the last millisecond that Date can tell.
    [9_999_999_999, 9_999_999_999_000],
    [10_000_000_000, 10_000_000_000],
    [8.64e15, 8.64e15],
    // It stays in the day that it ends.
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1) - 1],
    ['2016-12-31T23:59:60.5Z', Date.UTC(2017, 0, 1) - 1],
    ['2017-01-01T00:59:60+01:00', Date.UTC(2017, 0, 1) - 1],
  ])('%j', (written, ms) => {
    expect(parseInstant(written)).toBe(ms);
  });

  it.each([
    // No such date.
    '2026-02-30T02:00:00Z',
    '2026-02-29T02:00:00Z',
    '2024-02-30T02:00:00Z',
    '2026-01-32T02:00:00Z',
    '1900-02-29T02:00:00Z',
    '2026-04-31T02:00:00+02:00',
    '2026-11-31T02:00:00.123Z',
    '2026-13-01T02:00:00Z',
    '2026-00-10T02:00:00Z',
    '2026-11-00T02:00:00Z',
    // No such time of day.
    '2026-11-20T24:00:00Z',
    '2026-11-20T25:00:00Z',
    '2026-11-20T02:60:00Z',
    '2026-11-20T02:00:61Z',
    '2026-11-20T02:00:60Z',
    '2026-11-20T23:59:60Z',
    '2016-12-31T23:59:60+01:00',
    // No such zone.
    '2026-11-20T02:00:00+14:01',
    '2026-11-20T02:00:00+99:00',
    '2026-11-20T02:00:00-05:60',
    '2026-11-20T02:00:00 EST',
    // Not ISO 8601, though JavaScript reads it.
    '11/20/2026',
    '11/20/2026 02:10:00 Z',
    '11/20/2026, 02:10:00 AM Z',
    'Nov 20 2026 02:10:00 Z',
    'Fri, 20 Nov 2026 02:10:00 GMT',
    '2026-11-20T2:10:00Z',
    '2026-11-20T02:10:00,123Z',
    '2026-11-20T02:10:00.Z',
    '2026-11-20T02:10:00.1234567890Z',
    '+002026-11-20T02:10:00Z',
    '2026-11-20',
    '2026-11-20Z',
    '20261120T021000Z',
    '1795143857102000',
    '',
    'noon',
    0,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    8.64e15 + 1,
    null,
    true,
    [noon],
    { seconds: noon },
  ])('is not in %j', (written) => {
    expect(parseInstant(written)).toBeUndefined();
  });

  it('is the same as the calendar has it, on every day of 400 years', () => {
    const wrong: string[] = [];
    for (let ms = Date.UTC(1900, 0, 1); ms < Date.UTC(2300, 0, 1); ms += 86_400_000) {
      const iso = new Date(ms + (ms % 86_399_000)).toISOString();
      if (parseInstant(iso) !== Date.parse(iso)) wrong.push(iso);
    }
    expect(wrong).toEqual([]);
  });
});

describe('the texts of many instants', () => {
  it('are those of each, however they repeat', () => {
    const textOf = isoTexts();
    const asked = [0, 1, 0, 2, 3, 4, 0, 4, 3, 3, 5, 1].map((each) => noon + each);
    expect(asked.map(textOf)).toEqual(asked.map(toIso));
  });
});
