import { describe, expect, it } from 'vitest';
import { textDirection } from '../../src/base/text-direction.js';

describe('the direction of a language', () => {
  it.each([
    ['en', 'ltr'],
    ['de', 'ltr'],
    ['pt-BR', 'ltr'],
    ['ar', 'rtl'],
    ['he', 'rtl'],
    ['fa-IR', 'rtl'],
    ['ur', 'rtl'],
    ['az-Arab', 'rtl'],
    ['ar-Latn', 'ltr'],
    ['no tag', 'ltr'],
  ])('of %s is %s', (tag, direction) => {
    expect(textDirection(tag)).toBe(direction);
  });
});
