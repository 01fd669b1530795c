import { describe, expect, it } from 'vitest';
import { isSafeKey } from '../../src/verify/listing/safe-name.js';

describe('a name that is the same on any system', () => {
  it.each(['report.json', 'daily/2026/11/19/r1/slice-a.html', 'keys/0f.pem', 'made-by/00ff', 'console.txt'])(
    '%s',
    (key) => {
      expect(isSafeKey(key)).toBe(true);
    },
  );

  it.each([
    ['..'],
    ['a/../b'],
    ['./a'],
    ['/etc/passwd'],
    ['a//b'],
    ['a/'],
    [''],
    ['C:\\x'],
    ['a\\b'],
    ['a:b'],
    ['.hidden'],
    ['-rf'],
    ['a b'],
    ['a.'],
    ['NUL'],
    ['con.txt'],
    ['a/Lpt1.json'],
    ['COM\u00b9.gz'],
    ['r\u00e9port'],
    ['\uff0e\uff0e/a'],
    ['a\u202eb'],
    ['a\u0000b'],
    ['a\nb'],
    ['x'.repeat(201)],
  ])('%j is none', (key) => {
    expect(isSafeKey(key)).toBe(false);
  });
});
