import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SourceRecord } from '../../src/ports.js';
import { LineSplitter } from '../../src/records/formats/split-lines.js';

/** The records of bytes that come in chunks: `place text`, or `place reason`. */
function split(chunks: readonly Buffer[], isCutOff = false): string[] {
  const splitter = new LineSplitter('f');
  const records: SourceRecord[] = chunks.flatMap((chunk) => splitter.push(chunk));
  records.push(...(isCutOff ? splitter.cutOff() : splitter.end()));
  return records.map((record) => {
    if (record.kind === 'text') return `${record.place} ${record.text}`;
    return record.kind === 'unreadable' ? `${record.place} ! ${record.reason}` : 'value';
  });
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('bytes are split into lines', () => {
  it.each([
    ['', []],
    ['a', ['f:1 a']],
    ['a\n', ['f:1 a']],
    ['a\nb', ['f:1 a', 'f:2 b']],
    ['\n\n a \n\nb\n', ['f:3  a ', 'f:5 b']],
    ['a\r\nb\r\n', ['f:1 a', 'f:2 b']],
    [' \t\r\na', ['f:2 a']],
    ['\u00ef\u00bb\u00bfa\nb', ['f:1 a', 'f:2 b']],
    // Only the bad line is unreadable, and a byte order mark counts at the very beginning alone.
    ['a\n\u00ff\nb\n', ['f:1 a', 'f:2 ! the line is not UTF-8 text', 'f:3 b']],
    ['a\n\u00ef\u00bb\u00bfb', ['f:1 a', 'f:2 \uFEFFb']],
  ])('%j', (text, expected) => {
    expect(split([bytes(text)])).toEqual(expected);
  });

  it('the same wherever the chunks end', () => {
    const anyText = fc
      .array(fc.constantFrom('a', 'é', '😀', '\n', '\n', '\r\n', ' ', '\u00ff'), { maxLength: 30 })
      .map((parts) =>
        Buffer.concat(parts.map((part) => (part === '\u00ff' ? Buffer.from([0xff]) : Buffer.from(part)))),
      );
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(40), { maxLength: 6 }), (whole, cuts) => {
        const ends = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const chunks = ends.slice(1).map((end, at) => whole.subarray(ends[at], end));
        expect(split(chunks)).toEqual(split([whole]));
      }),
      { numRuns: 2000 },
    );
  });

  it('and a line that was cut off with its file is unreadable', () => {
    const cutOff = 'f:2 ! the line was cut off with its file';
    expect(split([bytes('a\nb')], true)).toEqual(['f:1 a', cutOff]);
    expect(split([bytes('a\n')], true)).toEqual(['f:1 a']);
    expect(split([], true)).toEqual([]);
  });
});
