import { describe, expect, it } from 'vitest';
import { nameValues, nameValuesIn } from '../../src/base/name-values.js';

const naming = nameValues('settings', {
  token: 's3cret&more',
  places: [{ url: 'https://x.example/s3cret&more' }],
  short: 'abc',
  number: 123_456_789,
});

describe('values by their names', () => {
  it.each([
    ['a value', 'refused s3cret&more here', 'refused [settings.token] here'],
    ['a value as a URL has it', '/a?b=s3cret%26more', '/a?b=[settings.token]'],
    ['twice', 's3cret&mores3cret&more', '[settings.token][settings.token]'],
    ['the longest first', 'at https://x.example/s3cret&more', 'at [settings.places.0.url]'],
    ['not what is short', 'abc 123456789', 'abc 123456789'],
  ])('%s', (_what, text, said) => {
    expect(naming(text)).toBe(said);
  });

  it('in all that is said, and nothing else changes', () => {
    const when = new Date(0);
    expect(nameValuesIn({ a: ['s3cret&more', 1, null], b: { c: 'x s3cret&more' }, when }, naming)).toEqual({
      a: ['[settings.token]', 1, null],
      b: { c: 'x [settings.token]' },
      when,
    });
  });
});
