import { describe, expect, it } from 'vitest';
import { readTableAnswer } from '../../src/azure/table-answer.js';

const table = { name: 'PrimaryResult', columns: [{ name: 'A', type: 'long' }], rows: [[1]] };
const read = (more: object, tables: readonly unknown[] = [table]) =>
  readTableAnswer(JSON.stringify({ tables, ...more }));

describe('an answer of the query API', () => {
  it.each([
    ['alone', {}],
    ['with an error that is null', { error: null }],
    ['with the status of success', { status: 'Success' }],
  ])('%s is whole', (_what, more) => {
    expect(read(more)).toMatchObject({ columns: ['A'], rows: [[1]], partial: null });
  });

  it.each([
    ['an error', { error: { code: 'PartialError', message: 'limit' } }, 'PartialError: limit'],
    ['an error in words', { error: 'PartialError' }, 'no reason'],
    ['another error', { partialError: { code: 'PartialError', message: 'limit' } }, 'PartialError: limit'],
    ['a status that is none of success', { status: 'PartialFailure' }, 'PartialFailure'],
    ['a status that is no word', { status: 5 }, '5'],
  ])('with %s is partial: it is not known to be whole', (_what, more, words) => {
    expect(read(more)?.partial?.reason).toContain(words);
  });

  it.each([
    ['no table', []],
    ['two tables, of which none is known to be ours', [table, table]],
    ['a row of another length', [{ ...table, rows: [[1, 2]] }]],
    ['a column without a name', [{ ...table, columns: [{ type: 'long' }] }]],
    ['no rows', [{ name: 'x', columns: [{ name: 'A' }] }]],
  ])('with %s is none', (_what, tables) => {
    expect(read({}, tables)).toBeNull();
  });
});
