import { describe, expect, it } from 'vitest';
import { textDirection } from '../../src/base/text-direction.js';

describe('the direction of a language', () => {
  it.each([
    ['en', 'ltr'],
    ['de', 'ltr'],
    ['ar', 'rtl'],
    ['he', 'rtl'],
    ['fa-IR', 'rtl'],
    ['ur', 'rtl'],
    ['uz-Arab', 'rtl'],
    ['uz', 'ltr'],
    ['az-Latn-IR', 'ltr'],
    ['not a tag', 'ltr'],
  ])('%s is %s', (tag, direction) => {
    expect(textDirection(tag)).toBe(direction);
  });
});
