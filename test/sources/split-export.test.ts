import { describe, expect, it } from 'vitest';
import { ExportSplitter } from '../../src/sources/log-analytics/split-export.js';

const rows = [
  { Time: 1, 'Original Log Content': '{"eventID":"a","text":"brackets ]}[{ and \\"quotes\\" and \\\\"}' },
  { mbody: 'ends in a backslash \\', time: '2026-11-19T00:00:00Z', nested: { Time: 2, list: [{ Time: 3 }] } },
  { 'Original Log Content': 'ünïcödé 😀 \u2028', Time: null, databaseId: '' },
];

const forms: readonly (readonly [string, string])[] = [
  ['a list', JSON.stringify(rows)],
  ['a pretty list', JSON.stringify(rows, null, 2)],
  ['an object with a list', JSON.stringify({ items: rows })],
  [
    'an object with other lists, too',
    JSON.stringify({ columns: [{ displayName: 'Time' }], data: { items: rows }, total: 3 }),
  ],
  ['a row per line', rows.map((row) => `${JSON.stringify(row)}\n`).join('')],
  ['lines with CR and no end', rows.map((row) => JSON.stringify(row)).join('\r\n')],
  ['pretty rows one after another', rows.map((row) => JSON.stringify(row, null, 2)).join('\n')],
  ['records of RFC 7464', rows.map((row) => `\u001e${JSON.stringify(row)}\n`).join('')],
  ['a list of lists', rows.map((row) => JSON.stringify([row])).join(',')],
];

/** The rows of a text that comes in pieces of so many characters. */
function split(text: string, size: number): unknown[] {
  const splitter = new ExportSplitter();
  const found: unknown[] = [];
  for (let from = 0; from < text.length; from += size)
    found.push(...splitter.add(text.slice(from, from + size)));
  splitter.end();
  return found;
}

describe('the rows of an export', () => {
  it.each(forms)('are found in pieces of any size: %s', (_name, text) => {
    for (const size of [1, 2, 3, 7, 64, text.length]) expect(split(text, size)).toEqual(rows);
  });

  it.each([
    ['nothing', ''],
    ['an empty list', '[]'],
    ['an object with an empty list', '{"items":[]}'],
    ['a list of something else', '[{"displayName":"Time"}]'],
  ])('are none: %s', (_name, text) => {
    expect(split(text, 2)).toEqual([]);
  });

  it('leave no more text behind than the row that is being read', () => {
    const splitter = new ExportSplitter();
    splitter.add('{"items":[');
    let found = 0;
    for (let index = 0; index < 2000; index += 1) {
      const row = { Time: index, 'Original Log Content': 'x'.repeat(1000) };
      found += splitter.add(`${index === 0 ? '' : ','}${JSON.stringify(row)}`).length;
      expect(splitter.pendingChars).toBeLessThan(1100);
    }
    splitter.add(']}');
    splitter.end();
    expect(found).toBe(2000);
  });

  it.each([
    ['a table', 'Time,Original Log Content\n1,x\n', 'it is no JSON: "Time,'],
    ['a page', '<html></html>', 'it is no JSON: "<html'],
    ['a list that breaks off', '[{"Time":1}', 'it ended early'],
    ['a text that breaks off', '[{"Time":"a', 'it ended early'],
    ['a bracket too many', '[{"Time":1}]]', 'there is a ] too many'],
    ['brackets that do not match', '[{"Time":1]', 'there is a ] too many'],
    ['a row that is no JSON', '[{"Time":}]', 'Unexpected token'],
  ])('are not taken from %s', (_name, text, words) => {
    expect(() => split(text, 5)).toThrow(words);
    expect(() => split(text, text.length)).toThrow(SyntaxError);
  });
});
