import { describe, expect, it } from 'vitest';
import { backupTypeWithin } from '../../../../src/reports/backup-compliance/events/backup-type-within.js';
import { createEventCatalogue } from '../../../../src/reports/backup-compliance/events/event-catalogue.js';
import { IgnoredTypes } from '../../../../src/reports/backup-compliance/events/ignored-types.js';

function counted(names: readonly string[]) {
  const types = new IgnoredTypes();
  for (const name of names) types.add(name, null);
  return types.result();
}

describe('ignored types', () => {
  it('are counted by name, those with the most events first', () => {
    expect(counted(['b', 'c', 'a', 'c']).types).toEqual([
      { eventType: 'c', events: 2, names: null },
      { eventType: 'a', events: 1, names: null },
      { eventType: 'b', events: 1, names: null },
    ]);
  });

  it('have the first name of all that were found, in any order', () => {
    for (const found of [
      ['x', null, 'b', 'a'],
      ['a', 'b', null, 'x'],
    ]) {
      const types = new IgnoredTypes();
      for (const names of found) types.add('t', names);
      expect(types.result()).toMatchObject({ naming: [{ eventType: 't', events: 4, names: 'a' }] });
    }
  });

  it('are bounded, and balance: the rest is counted', () => {
    const many = Array.from({ length: 45_000 }, (_, index) => `t${String(index).padStart(6, '0')}`);
    // The last by code units is beyond the names that are counted one by one, however often it comes.
    const often = ['t000007', 't000007', 'z', 'z', 'z', 'z'];
    const { types, further } = counted([...many, ...often]);
    expect(types).toHaveLength(1000);
    expect(types[0]).toEqual({ eventType: 't000007', events: 3, names: null });
    expect(types.reduce((sum, { events }) => sum + events, further)).toBe(45_006);
    // Whatever the order of reading.
    expect(counted([...often, ...many.reverse()])).toEqual(counted([...many, ...often]));
  });

  it('are cut where they are long', () => {
    const [type] = counted(['x'.repeat(100_000)]).types;
    expect(type?.eventType).toMatch(/^x{200}… \(100,000 characters\)$/);
  });
});

describe('a type of backup event within another event', () => {
  const named = 'com.oraclecloud.databaseservice.backupdatabase.end';
  const text = JSON.stringify({ eventType: named });
  const own = 'com.oraclecloud.cloudevents.getrule';
  it.each([
    ['as a value', { data: { inner: { eventType: named } } }],
    ['in a list', { data: [[{ a: [named] }]] }],
    ['as JSON text', { message: text }],
    ['as JSON text within JSON text', { message: JSON.stringify({ a: JSON.stringify({ text }) }) }],
    ['in base64', { payload: Buffer.from(text).toString('base64') }],
    ['in base64 for addresses', { payload: Buffer.from(text).toString('base64url') }],
    ['in a sentence', { note: `see ${named}.` }],
    ['in another case', { note: 'com.oraclecloud.DatabaseService.BackupDatabase.End' }],
    ['as type beside eventType', { type: named }],
  ])('is found %s', (_words, parts) => {
    expect(backupTypeWithin({ eventType: own, ...parts }, createEventCatalogue())).toBe(named);
  });

  it.each([
    ['its own type', { eventType: named }],
    ['its own type of another envelope', { type: named, data: {} }],
    [
      'a type that is not about backups',
      { eventType: own, data: { a: 'com.oraclecloud.computeapi.launchinstance.end' } },
    ],
    ['a service', { eventType: own, data: { a: 'com.oraclecloud.databaseservice' } }],
    ['nothing', { eventType: own, data: null, list: [], id: 'a'.repeat(64) }],
  ])('is none: %s', (_words, event) => {
    expect(backupTypeWithin(event, createEventCatalogue())).toBeNull();
  });
});
