import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { badInputHere } from '../support/bad-input.js';
import { expectedOutcome, outcomeOf } from '../support/bad-input-outcome.js';
import { badInputs } from '../support/bad-inputs.js';
import { tableCells, withoutCodeMarks } from '../support/table-cells.js';

describe('a bad input is told in words, and nothing is written', () => {
  it.each(badInputs.filter(({ isSlow }) => isSlow !== true))('$fault', async (input) => {
    expect(await outcomeOf(input, badInputHere, { isJson: true })).toEqual(expectedOutcome(input));
  });
});

describe('docs/operations.md', () => {
  it('has a row for each of them, and no other', async () => {
    const text = await readFile(new URL('docs/operations.md', packageRoot), 'utf8');
    const [, section = ''] = text.split('\n## Faults and what to do\n');
    const [table = ''] = section.split('\n## ');
    const rows = table.split('\n').filter((line) => line.startsWith('|'));
    const cells = rows
      .slice(2)
      .map((row) => tableCells(row).map((cell, column) => (column === 2 ? withoutCodeMarks(cell) : cell)));
    expect(cells).toEqual(badInputs.map(({ fault, exit, says, todo }) => [fault, String(exit), says, todo]));
  });

  it('tells more than sixty, each once', () => {
    expect(badInputs.length).toBeGreaterThanOrEqual(60);
    expect(new Set(badInputs.map(({ fault }) => fault)).size).toBe(badInputs.length);
  });
});
