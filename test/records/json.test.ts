import { describe, expect, it } from 'vitest';
import { scalarChecker } from '../../src/records/check-fields.js';
import { isJsonObject, objectIn, scalarText, textIn, valueIn } from '../../src/records/json.js';

describe('a scalar as text', () => {
  it.each([
    ['x', 'x'],
    [' x ', 'x'],
    [0, '0'],
    [false, 'false'],
    ['', undefined],
    ['  ', undefined],
    ['null', undefined],
    [' None ', undefined],
    ['none', 'none'],
    [null, undefined],
    [undefined, undefined],
  ])('%j: %j', (value, text) => {
    expect(scalarText(value)).toBe(text);
  });

  it.each([
    ['x', 'x'],
    [7, '7'],
    [true, undefined],
    [{}, undefined],
    [null, undefined],
    ['null', undefined],
  ])('in a field that may hold anything, %j: %j', (value, text) => {
    expect(textIn(value)).toBe(text);
  });
});

describe('an object', () => {
  it.each([
    [{ a: 1 }, { a: 1 }],
    ['{"a":1}', { a: 1 }],
    ['[1]', undefined],
    [[1], undefined],
    ['{', undefined],
    ['"text"', undefined],
    [null, undefined],
    ['null', undefined],
    [7, undefined],
  ])('in %j is %j', (value, found) => {
    expect(objectIn(value)).toEqual(found);
    expect(isJsonObject(valueIn(value))).toBe(found !== undefined);
  });
});

describe('the check of fields', () => {
  const check = scalarChecker<{ readonly a?: string; readonly b?: string }>(['a', 'b']);
  it.each([
    [{}, null],
    [{ a: 'x', b: 7, c: true }, null],
    [{ a: null }, null],
    [{ c: {}, d: [] }, null],
    [{ a: 'x', b: [] }, 'b'],
    [{ a: {}, b: [] }, 'a'],
  ])('%j: the first that is no scalar is %j', (value, field) => {
    expect(check(value)).toEqual(field === null ? { ok: true, value } : { ok: false, field });
  });
});
