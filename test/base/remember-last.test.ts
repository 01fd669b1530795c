import { expect, it } from 'vitest';
import { rememberLast } from '../../src/base/remember-last.js';

it('computes once for the argument that comes again, and anew for another', () => {
  const computed: number[] = [];
  const half = rememberLast((value: number) => {
    computed.push(value);
    return value / 2;
  });
  expect([half(4), half(4), half(6), half(4)]).toEqual([2, 2, 3, 2]);
  expect(computed).toEqual([4, 6, 4]);
});
