import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ExpressionFault, parseText } from '../../src/renderers/xlsx/binding/expression.js';
import {
  columnLetters,
  columnNumber,
  parseRange,
  rangeText,
} from '../../src/renderers/xlsx/template/cell-range.js';
import { moveReferences } from '../../src/renderers/xlsx/writing/move-references.js';
import { createRowMap, mapFormula, mapRange } from '../../src/renderers/xlsx/writing/row-map.js';

function isUnderstoodOrRefused(text: string): boolean {
  try {
    return parseText(text).length >= 0;
  } catch (error) {
    return error instanceof ExpressionFault;
  }
}

describe('where rows of a template go', () => {
  // Row 3 becomes three rows, row 5 none.
  const map = createRowMap(
    new Map([
      [5, 0],
      [3, 3],
    ]),
  );

  it.each([
    [1, { first: 1, last: 1 }],
    [3, { first: 3, last: 5 }],
    [4, { first: 6, last: 6 }],
    [5, null],
    [6, { first: 7, last: 7 }],
  ])('row %i', (row, expected) => {
    expect(map.of(row)).toEqual(expected);
  });

  it.each([
    ['A1:B3', 'A1:B5'],
    ['C3', 'C3:C5'],
    ['A3:A6', 'A3:A7'],
    ['A4:A5', 'A6'],
  ])('range %s', (written, expected) => {
    const range = mapRange(parseRange(written) ?? { top: 0, left: 0, bottom: 0, right: 0 }, map);
    expect(range === null ? null : rangeText(range)).toBe(expected);
  });

  it('nothing is left of a range whose list is empty', () => {
    expect(mapRange({ top: 5, left: 1, bottom: 5, right: 2 }, map)).toBeNull();
  });

  it.each([
    ['SUM(B3:B3)', 'SUM(B3:B5)'],
    ['$B$4+B6', '$B$6+B7'],
    ['"B4 is not a cell"&B4', '"B4 is not a cell"&B6'],
    ["'My B4'!B4:B6+Jobs!B4+B4", "'My B4'!B4:B6+Jobs!B4+B6"],
    ['LOG10(B4)', 'LOG10(B6)'],
    ['MY_B4+RATE_4+B:B', 'MY_B4+RATE_4+B:B'],
  ])('formula %s', (formula, expected) => {
    expect(mapFormula(formula, map)).toBe(expected);
  });

  it('a formula of a repeated row refers to its own row, and with $ to the first', () => {
    expect(mapFormula('B3*$B3+B$3+B1', map, { template: 3, now: 4 })).toBe('B4*$B4+B$3+B1');
  });
});

describe('references of charts, names and validations', () => {
  const map = createRowMap(
    new Map([
      [3, 3],
      [6, 0],
    ]),
  );
  const sheets = (name: string) =>
    name === 'My sheet' || name === 'Übersicht' ? { name: 'Neu', map } : null;

  it.each([
    ["'My sheet'!$B$3", "'Neu'!$B$3:$B$5"],
    ["'My sheet'!$B$3:$C$3", "'Neu'!$B$3:$C$5"],
    ['Übersicht!B4', "'Neu'!B6"],
    ['Other!B4+[1]Übersicht!B4', 'Other!B4+[1]Übersicht!B4'],
    ["'My sheet'!$A:$B,'My sheet'!$1:$3", "'Neu'!$A:$B,'Neu'!$1:$5"],
    ["'My sheet'!$B$2:$B$1048576", "'Neu'!$B$2:$B$1048576"],
    ["'My sheet'!rate&\"'My sheet'!B4\"", "'Neu'!rate&\"'My sheet'!B4\""],
    ["'My sheet'!$B$6", "'Neu'!$B$1048576"],
  ])('%s', (formula, expected) => {
    const moves = { own: null, sheets };
    expect(moveReferences(formula, moves, { oneCell: 'all rows', noRows: 'blank' })).toBe(expected);
  });

  it.each([
    ['B3', 'first row', 'stays', 'B3'],
    ['B3', 'all rows', 'stays', 'B3:B5'],
    ['B6+B7', 'all rows', 'stays', 'B6+B8'],
    ['B6+B7', 'all rows', 'drop', null],
  ] as const)('of the sheet itself: %s, %s, %s', (formula, oneCell, noRows, expected) => {
    expect(moveReferences(formula, { own: map, sheets }, { oneCell, noRows })).toBe(expected);
  });
});

describe('letters of columns', () => {
  it('are numbers and back', () => {
    expect(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA', 'XFD'].map(columnNumber)).toEqual([
      1, 26, 27, 52, 53, 702, 703, 16_384,
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16_384 }),
        (column) => columnNumber(columnLetters(column)) === column,
      ),
    );
  });
});

describe('expressions', () => {
  it('are taken with typographic quotes and odd spaces', () => {
    expect(parseText('a {{ t \u201cx.y\u201d n=job.name m=\u2018z\u2019 }} b')).toEqual([
      { kind: 'text', text: 'a ' },
      {
        kind: 'message',
        key: 'x.y',
        values: [
          { name: 'n', argument: { kind: 'path', path: 'job.name' } },
          { name: 'm', argument: { kind: 'text', text: 'z' } },
        ],
      },
      { kind: 'text', text: ' b' },
    ]);
  });

  it('are understood or refused, whatever is written', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{',
      't ',
      '"',
      "'",
      '#each ',
      '/each',
      'a.b',
      '=',
      ' ',
      'x',
      'link ',
    );
    const written = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(written, (text) => {
        expect(isUnderstoodOrRefused(text)).toBe(true);
      }),
    );
  });
});
