import { describe, expect, it } from 'vitest';
import { isGoodPair, rowsOfPair } from '../../src/sources/log-analytics/pairs.js';

const types = ['databaseservice.backup.begin', 'databaseservice.backup.end'];
const times = ['2026-11-19T01:00:00Z', '2026-11-19T01:40:00Z'];
const good = {
  databaseId: 'db1',
  timeCreated: times[0],
  Records: 2,
  Types: types,
  States: ['ACTIVE', 'CREATING'],
  Times: times,
  'Compartment ID': 'c1',
};

const rows = [
  { 'Event Type': types[0], 'Event Start Time': times[0], LifecycleState: 'CREATING' },
  { 'Event Type': types[1], 'Event Start Time': times[1], LifecycleState: 'ACTIVE' },
].map((row) => ({ databaseId: 'db1', timeCreated: times[0], 'Compartment ID': 'c1', ...row }));

describe('a pair gives the rows of its records, however the service writes several values', () => {
  it.each([
    ['lists', {}],
    ['lists of one', { databaseId: ['db1'], timeCreated: [times[0]], 'Compartment ID': ['c1'] }],
    [
      'lists as text',
      { Types: JSON.stringify(types), Times: JSON.stringify(times), 'Compartment ID': '["c1"]' },
    ],
    ['the later time first', { Times: [times[1], times[0]] }],
    ['a number as text', { Records: '2' }],
  ])('%s', (_what, change) => {
    const row = { ...good, ...change };
    expect(isGoodPair(row)).toBe(true);
    expect(rowsOfPair(row)).toEqual(rows);
  });

  it('one record gives one row', () => {
    const row = { ...good, Records: 1, Types: types[0], States: 'CREATING', Times: times[0] };
    expect([isGoodPair(row), rowsOfPair(row)]).toEqual([true, rows.slice(0, 1)]);
  });

  it('times as numbers stay numbers', () => {
    const numbers = times.map((time) => Date.parse(String(time)));
    const pair = rowsOfPair({ ...good, Times: numbers });
    expect(pair.map((row) => Number(row['Event Start Time']))).toEqual(numbers);
  });
});

describe('a pair is not clear, and is read record by record, with', () => {
  it.each([
    ['a failure', { States: ['CREATING', 'FAILED'] }],
    ['two results', { States: ['ACTIVE', 'AVAILABLE'] }],
    ['a third record', { Records: 3 }],
    ['no number of records', { Records: '' }],
    ['text that may be several values', { 'Compartment ID': 'c1, c2' }],
    ['text that only looks like a list', { 'Compartment ID': '[c1' }],
    ['an attribute that differs', { 'Compartment ID': ['c1', 'c2'] }],
    ['one time for two records', { Times: [times[0]] }],
    ['a time that cannot be read', { Times: [times[0], 'noon'] }],
    ['no time', { Times: undefined }],
    ['events of two operations', { Types: [types[0], 'databaseservice.restore.end'] }],
    ['an event that is neither begin nor end', { Types: [types[0], 'databaseservice.backup'] }],
  ])('%s', (_what, change) => {
    expect(isGoodPair({ ...good, ...change })).toBe(false);
  });
});
