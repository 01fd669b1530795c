import { describe, expect, it } from 'vitest';
import { createNameGuard, isPlainName } from '../../src/export/entry-name.js';

describe('names of a package', () => {
  it.each([
    'archive/daily/2026/11/19/r1/report.json',
    'archive/daily/keys/0a1b.revoked.json',
    'archive/daily/made-by/aa',
    'sample/jobs.csv',
  ])('takes %s', (name) => {
    expect(isPlainName(name)).toBe(true);
  });

  it.each([
    ['the folder above', 'archive/daily/keys/../../../etc/passwd'],
    ['this folder', 'archive/./daily'],
    ['an absolute name', '/etc/passwd'],
    ['an empty part', 'archive//keys'],
    ['a folder at the end', 'archive/daily/'],
    ['nothing', ''],
    ['a backslash', String.raw`archive\..\evil`],
    ['a drive', 'C:/evil'],
    ['a stream of a file', 'archive/a:b'],
    ['a device', 'archive/daily/keys/CON'],
    ['a device with an ending', 'archive/daily/keys/nul.json'],
    ['a device with a number', 'archive/daily/keys/com1.pem'],
    ['a dot at the end, which is dropped', 'archive/daily/keys/a.'],
    ['a space at the end, which is dropped', 'archive/daily/keys/a '],
    ['a hidden file', 'archive/daily/keys/.profile'],
    ['an option', 'archive/daily/keys/-rf'],
    ['a turn of direction', 'archive/daily/keys/a\u202egnp.exe'],
    ['letters that fold', 'archive/daily/keys/\u212aey'],
    ['full-width dots', 'archive/\uff0e\uff0e/keys'],
    ['a slash that looks like one', 'archive/daily\u2215..\u2215keys'],
    ['a control character', 'archive/daily/keys/a\nb'],
    ['no character', 'archive/daily/keys/a\u0000b'],
    ['half a character', 'archive/daily/keys/\ud800'],
    ['a very long part', `archive/${'a'.repeat(121)}`],
    ['a very long name', 'a/'.repeat(100) + 'abc'],
  ])('takes none that is %s', (_case, name) => {
    expect(isPlainName(name)).toBe(false);
    expect(createNameGuard()(name)).toBe(false);
  });

  it.each([
    ['the same name', 'a/b', 'a/b'],
    ['the same but for capital letters', 'a/key.json', 'a/KEY.json'],
    ['a folder that is a file', 'a/b', 'a/b/c'],
    ['a file that is a folder', 'a/b/c', 'a/b'],
    ['a folder with capital letters that is a file', 'a/b', 'a/B/c'],
    ['a folder that differs by capital letters', 'a/b/c', 'a/B/d'],
  ])('takes no second one: %s', (_case, first, second) => {
    const takes = createNameGuard();
    expect([takes(first), takes(second), takes('other/name')]).toEqual([true, false, true]);
  });
});
