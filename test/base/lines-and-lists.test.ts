import { describe, expect, it } from 'vitest';
import { byQuarterHour } from '../../src/base/by-quarter-hour.js';
import { dateRanges } from '../../src/base/date-ranges.js';
import { batchSize, eachInBatches } from '../../src/base/in-batches.js';
import { hasLineBreak } from '../../src/base/line-break.js';
import { shellWord } from '../../src/base/shell-word.js';
import { shorten } from '../../src/base/shorten.js';
import { terminalText } from '../../src/base/terminal-text.js';

describe('a line break', () => {
  it.each([
    ['', false],
    ['one line', false],
    ['two\nlines', true],
    ['two\rlines', true],
    ['two\r\nlines', true],
  ])('%j: %s', (text, expected) => {
    expect(hasLineBreak(text)).toBe(expected);
  });
});

describe('dates in words', () => {
  it.each([
    [[], ''],
    [['2026-09-03'], '2026-09-03'],
    [['2026-08-01', '2026-08-02'], '2026-08-01 to 2026-08-02'],
    [['2026-08-31', '2026-09-01', '2026-08-30'], '2026-08-30 to 2026-09-01'],
    [['2026-08-01', '2026-08-03'], '2026-08-01, 2026-08-03'],
    [['2026-09-03', '2026-08-02', '2026-08-01', '2026-08-02'], '2026-08-01 to 2026-08-02, 2026-09-03'],
    [['2026-01-01', '2026-01-03', '2026-01-05'], '2026-01-01, 2026-01-03 and 1 more'],
    [['2026-01-01', '2026-01-03', '2026-01-05', '2026-01-07'], '2026-01-01, 2026-01-03 and 2 more'],
  ])('%j are %j', (dates, words) => {
    expect(dateRanges(dates, 2)).toBe(words);
  });

  it('are ten ranges at most, if nothing else is asked for', () => {
    const dates = Array.from({ length: 11 }, (_, at) => `2026-01-${10 + 2 * at}`);
    expect(dateRanges(dates.slice(1))).toMatch(/, 2026-01-30$/);
    expect(dateRanges(dates)).toMatch(/, 2026-01-28 and 1 more$/);
  });
});

describe('work in batches', () => {
  it('gives all results in order, and works on eight at most at once', async () => {
    let running = 0;
    let most = 0;
    const items = Array.from({ length: 2 * batchSize + 3 }, (_, at) => at);
    const results = await eachInBatches(items, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return item * 2;
    });
    expect(results).toEqual(items.map((item) => item * 2));
    expect(most).toBe(8);
    expect(await eachInBatches([], async () => 1)).toEqual([]);
  });
});

describe('what is asked once for each quarter hour', () => {
  it('is the same within one, and asked at its begin', () => {
    const asked: number[] = [];
    const read = byQuarterHour((ms) => {
      asked.push(ms);
      return `at ${ms}`;
    });
    expect([900_000, 900_001, 1_799_999, 1_800_000, 899_999, 900_000].map(read)).toEqual([
      'at 900000',
      'at 900000',
      'at 900000',
      'at 1800000',
      'at 0',
      'at 900000',
    ]);
    expect(asked).toEqual([900_000, 1_800_000, 0]);
  });
});

describe('a text that is shortened', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['\u{1F600}\u{1F601}', 2, '\u{1F600}\u{1F601}'],
    ['\u{1F600}\u{1F601}\u{1F602}', 2, '\u{1F600}…'],
    ['', 3, ''],
  ])('%j to %d characters is %j', (text, maxChars, expected) => {
    expect(shorten(text, maxChars)).toBe(expected);
  });
});

describe('a text for the terminal', () => {
  it.each([
    ['plain ünïcode \u{1F600}', 'plain ünïcode \u{1F600}'],
    ['\u001b[31mred\u0007', '\ufffd[31mred\ufffd'],
    ['two\nlines\r', 'two\ufffdlines\ufffd'],
    ['invoice\u202efdp.exe', 'invoice\ufffdfdp.exe'],
    [
      'a\u2028b\u2066c\u2069d\u061ce\u200ef\u200fg\ufeffh',
      'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffdh',
    ],
    ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
  ])('%j is %j', (text, expected) => {
    expect(terminalText(text)).toBe(expected);
  });

  it.each([
    ['a'.repeat(160), 'a'.repeat(160)],
    ['a'.repeat(161), `${'a'.repeat(160)}…`],
    ['\u{1F600}'.repeat(160), '\u{1F600}'.repeat(160)],
    ['\u{1F600}'.repeat(161), `${'\u{1F600}'.repeat(160)}…`],
  ])('fills no more than two lines of a screen', (text, expected) => {
    expect(terminalText(text)).toBe(expected);
  });

  it('is whole where it does not go to a screen', () => {
    expect(terminalText('a'.repeat(5000), Infinity)).toHaveLength(5000);
  });
});

describe('a word for a shell', () => {
  it.each([
    ['backup-report_1.0@x', 'backup-report_1.0@x'],
    ['/srv/a,b=c:d+e%f', '/srv/a,b=c:d+e%f'],
    ['two words', "'two words'"],
    ["it's", `'it'\\''s'`],
    ['$HOME', "'$HOME'"],
    ['a\nb', "'a\nb'"],
    ['', "''"],
  ])('%j is %j', (text, expected) => {
    expect(shellWord(text)).toBe(expected);
  });
});
