import { describe, expect, it } from 'vitest';
import { inShort, readBytes } from '../support/read-bytes.js';

describe('what is too long for one string', () => {
  const megabyte = 1024 * 1024;

  it('a list of 300 MB on one line is read element by element', async () => {
    const element = Buffer.from(`{"n":"${'x'.repeat(megabyte)}"},`);
    const all = Buffer.concat([
      Buffer.from('['),
      ...Array.from({ length: 300 }, () => element),
      Buffer.from('{}]'),
    ]);
    const { records, result } = await readBytes('e', all, 4 * megabyte);
    expect(records).toHaveLength(301);
    expect(result.fault).toBeNull();
  });

  it('an object of more than 256 MB is one unreadable record, and what follows is read', async () => {
    const parts = Array.from({ length: 257 }, () => Buffer.alloc(megabyte, '"sixteen bytes",'));
    const all = Buffer.concat([Buffer.from('{"n":['), ...parts, Buffer.from(']}\n{"n":2}\n')]);
    const { records } = await readBytes('e', all, 4 * megabyte);
    expect(inShort(records)).toEqual([
      `e:1 ! the line of ${all.length - 8} bytes is longer than the limit of ${256 * megabyte} bytes: write one event a line`,
      'e:2 {"n":2}',
    ]);
  });
});
