import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/base/one-line.js';
import { shorten } from '../../src/base/shorten.js';

describe('text of a stranger on one line', () => {
  it.each([
    ['line breaks and tabs', 'a\r\n\tb', 'a b'],
    ['a line separator', 'a\u2028b', 'a b'],
    ['a terminal escape', 'a\u001b[31mb', 'a [31mb'],
    ['a turned direction', 'a\u202eb', 'a b'],
    ['an invisible character', 'a\u200bb', 'a b'],
    ['half a surrogate pair', 'a\ud83db', 'a b'],
    ['spaces of any kind', ' a \u00a0\u3000 b ', 'a b'],
  ])('has one space for %s', (_what, text, line) => {
    expect(oneLine(text)).toBe(line);
  });

  it('is at most 300 characters long, or as long as is asked for', () => {
    expect(oneLine('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`);
    expect(oneLine('abcdef', 4)).toBe('abc…');
    expect(oneLine('abcd', 4)).toBe('abcd');
  });
});

describe('shortened text', () => {
  it('counts characters, not UTF-16 units, and cuts none in two', () => {
    expect(shorten('🙂🙂🙂', 3)).toBe('🙂🙂🙂');
    expect(shorten('🙂🙂🙂🙂', 3)).toBe('🙂🙂…');
    expect(shorten('aaa🙂', 4)).toBe('aaa🙂');
    expect(shorten('aaa🙂🙂', 4)).toBe('aaa…');
  });
});
