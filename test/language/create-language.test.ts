import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { IntlMessageFormat } from 'intl-messageformat';
import { DateTime } from 'luxon';
import { createLanguage } from '../../src/language/create-language.js';
import type { Messages } from '../../src/language/message-text.js';
import type { Language, MessageValues } from '../../src/model/language.js';
import { english, languageOf } from '../support/judge-day.js';
import { runsOf } from '../support/share-of.js';

const german = await languageOf('de');

/** A language of these messages alone. */
function speaking(messages: Messages, tag = 'en', fallback: Messages = {}): Language {
  return createLanguage({ tag, messages, fallback });
}

/** What luxon says, which is what the English language must always say. */
function asLuxonSays(ms: number, timezone: string): string {
  return DateTime.fromMillis(ms, { zone: timezone, locale: 'en-US' }).toFormat('yyyy-MM-dd HH:mm ZZZZ');
}

const timezones = [
  'UTC',
  'America/New_York',
  'America/St_Johns',
  'Europe/Berlin',
  'Europe/Dublin',
  'Africa/Casablanca',
  'Africa/Monrovia',
  'Antarctica/Troll',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Honolulu',
  'Etc/GMT+12',
];

describe('an instant in words', () => {
  it.each([
    ['2026-11-18T07:10:59.999Z', 'America/New_York', '2026-11-18 02:10 EST'],
    ['2026-07-01T00:00:00Z', 'America/New_York', '2026-06-30 20:00 EDT'],
    ['2026-11-18T07:10:00Z', 'UTC', '2026-11-18 07:10 UTC'],
    ['2026-12-31T23:59:59Z', 'Asia/Kolkata', '2027-01-01 05:29 GMT+5:30'],
    ['2026-04-04T14:59:59Z', 'Australia/Lord_Howe', '2026-04-05 01:59 GMT+11'],
    ['2026-04-04T15:00:00Z', 'Australia/Lord_Howe', '2026-04-05 01:30 GMT+10:30'],
    // The same hour of the clock, twice.
    ['2026-11-01T05:30:00Z', 'America/New_York', '2026-11-01 01:30 EDT'],
    ['2026-11-01T06:30:00Z', 'America/New_York', '2026-11-01 01:30 EST'],
  ])('%s in %s is %s', (instant, timezone, words) => {
    expect(english.instant(Date.parse(instant), timezone)).toBe(words);
  });

  // Clocks that changed within an hour: at a minute past midnight, by half an hour, at 00:44:30, over a whole day.
  it.each([
    ['America/St_Johns', '2006-04-02T03:31:00Z'],
    ['America/St_Johns', '2006-10-29T02:31:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
    ['Africa/Monrovia', '1972-01-07T00:44:30Z'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['Asia/Kathmandu', '1985-12-31T18:30:00Z'],
  ])('in %s around %s is what luxon says, at every minute', (timezone, instant) => {
    const changeMs = Date.parse(instant);
    for (let minute = -90; minute <= 90; minute += 1) {
      for (const ms of [changeMs + minute * 60_000 - 1, changeMs + minute * 60_000]) {
        expect(english.instant(ms, timezone)).toBe(asLuxonSays(ms, timezone));
      }
    }
  });

  it('is what luxon says, anywhere and at any time, asked once or again', () => {
    const instants = fc.integer({ min: Date.parse('1900-01-01'), max: Date.parse('2100-01-01') });
    fc.assert(
      fc.property(instants, fc.constantFrom(...timezones), (ms, timezone) => {
        const expected = asLuxonSays(ms, timezone);
        expect([english.instant(ms, timezone), english.instant(ms, timezone)]).toEqual([expected, expected]);
      }),
      { numRuns: runsOf(1000) },
    );
  });

  it.each([-1, -62_198_755_200_000, 253_402_300_800_000, 8.64e15, 0, Number.NaN])('%d, too', (ms) => {
    for (const timezone of [...timezones, 'Mars/Olympus']) {
      expect(english.instant(ms, timezone)).toBe(asLuxonSays(ms, timezone));
    }
  });

  it.each([
    ['2026-11-18T07:10:59.999Z', 'America/New_York', '18.11.2026 02:10 GMT-5'],
    ['2026-11-01T05:30:00Z', 'Europe/Berlin', '01.11.2026 06:30 MEZ'],
    ['2026-07-01T00:00:00Z', 'Europe/Berlin', '01.07.2026 02:00 MESZ'],
    ['2006-10-29T02:31:00Z', 'America/St_Johns', '28.10.2006 23:01 GMT-3:30'],
  ])('%s in %s is %s in German', (instant, timezone, words) => {
    expect(german.instant(Date.parse(instant), timezone)).toBe(words);
  });
});

describe('a duration in words', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [119 * 60_000, '119 min'],
    [120 * 60_000, '2 h'],
    [45 * 3_600_000 + 50 * 60_000, '45 h 50 min'],
    [48 * 3_600_000, '2 d'],
    [170 * 3_600_000, '7 d 2 h'],
  ])('%i ms: %s', (ms, words) => {
    expect(english.duration(ms)).toBe(words);
  });
});

describe('a size in words', () => {
  it.each<[bytes: number, words: string, inGerman: string]>([
    [0, '0 bytes', '0 Bytes'],
    [1023, '1,023 bytes', '1.023 Bytes'],
    [1024, '1 KB', '1 KB'],
    [640 * 1024 ** 2, '640 MB', '640 MB'],
    [12.5 * 1024 ** 3, '12.5 GB', '12,5 GB'],
    [51_200 * 1024 ** 2, '50 GB', '50 GB'],
    [2.26 * 1024 ** 4, '2.3 TB', '2,3 TB'],
    [Number.MAX_SAFE_INTEGER, '8 PB', '8 PB'],
  ])('%d is %s', (bytes, words, inGerman) => {
    expect([english.size(bytes), german.size(bytes)]).toEqual([words, inGerman]);
  });
});

describe('German', () => {
  it('writes dates, numbers and shares its own way', () => {
    expect(german.date('2026-11-18')).toBe('18.11.2026');
    expect(german.integer(1_234_567)).toBe('1.234.567');
    expect(german.percent(99.9)).toBe('99,9\u00a0%');
    expect(german.percent(99_951 / 1000)).toBe('99,95\u00a0%');
    expect(german.count('day', 1)).toBe('1 Tag');
    expect(german.count('day', 1200)).toBe('1.200 Tage');
  });
});

describe('a date', () => {
  it.each(['', 'soon', '2026-11-18T07:10:00Z', '2026-1-8'])('stays as it is where it is none: %j', (text) => {
    expect([english.date(text), german.date(text)]).toEqual([text, text]);
  });
});

describe('a message', () => {
  it('is said in English where the language lacks it, with the plurals of English', () => {
    const written = '{number, plural, one {# day} other {# days}}';
    const { text } = speaking({}, 'fr', { days: written });
    // In French none is one.
    expect(text('days', { number: 0 })).toBe('0 days');
  });

  it.each(['nowhere', 'constructor', '__proto__'])('that no language has is an error: %s', (key) => {
    expect(() => speaking({}).text(key)).toThrow(TypeError);
  });

  it.each(['{name} and {other}', '{number, plural, one {# {name}} other {# of {name}}}'])(
    'that lacks a value is an error: %s',
    (written) => {
      expect(() => speaking({ written }).text('written', { number: 2, other: 'b' })).toThrow(/name/);
    },
  );

  it('quotes values as they are, whatever they look like', () => {
    const hostile = "{name} '{' # <b>$&</b> {0, plural, other {x}}";
    const { text } = speaking({ short: '({name})', long: "{name} isn''t {number, plural, other {#}}" });
    expect(text('short', { name: hostile })).toBe(`(${hostile})`);
    expect(text('long', { name: hostile, number: 1 })).toBe(`${hostile} isn't 1`);
  });

  it('tells one count from another, under whatever name', () => {
    const { text } = speaking({ jobs: '{a, plural, one {# job} other {# jobs}}' });
    const say = (values: MessageValues): string => text('jobs', values);
    expect([1, 2, 1, 0, -1, 1.5, 1234].map((a) => say({ a }))).toEqual([
      '1 job',
      '2 jobs',
      '1 job',
      '0 jobs',
      '-1 job',
      '1.5 jobs',
      '1,234 jobs',
    ]);
    expect(() => say({ b: 1 })).toThrow(/a/);
  });

  it('says the same without the machinery of ICU as with it', () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '{x}',
      '{y1}',
      '{number}',
      ', ',
      'ü',
      '<b>',
      '"',
      '|',
      '\n',
      '$&',
    );
    const value = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.constant(null));
    fc.assert(
      fc.property(fc.array(piece), value, value, value, (pieces, x, y1, number) => {
        const written = pieces.join('');
        const values = { x, y1, number };
        const format = new IntlMessageFormat(written, 'de', undefined, { ignoreTag: true });
        expect(speaking({ written }, 'de').text('written', values)).toBe(String(format.format(values)));
      }),
    );
  });
});
