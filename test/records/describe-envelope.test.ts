import { describe, expect, it } from 'vitest';
import { describeItems } from '../../src/records/envelopes/describe-envelope.js';
import { unwrapRecord } from '../../src/records/envelopes/unwrap-record.js';
import { auditEvent, databaseEvent } from '../support/raw-event.js';

const event = databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'e1' });
const other = databaseEvent('end', '2026-11-19T03:00:00Z', { id: 'e2' });
const audit = auditEvent({ type: 'DatabaseService.DeleteBackup', time: '2026-11-19T02:00:00Z' });
const logged = {
  specversion: '1.0',
  id: 'l1',
  type: 'com.oraclecloud.a.b',
  time: '2026-11-19T02:00:00Z',
  oracle: {},
  data: {},
};
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
const message = (value: unknown) => ({ stream: 's', partition: '0', offset: 7, value: base64(value) });
const columns = {
  'Event Type': 'com.oraclecloud.databaseservice.automaticbackupdatabase.end',
  'Event Start Time': 1763517600000,
};

describe('the envelope of a record', () => {
  it.each<[string, unknown, (string | null)[]]>([
    ['an event', event, ['OCI Events']],
    ['an event as the command line writes it', { 'event-type': 'com.oraclecloud.a.b' }, ['OCI Events']],
    ['an Audit record', audit, ['OCI Audit']],
    ['an entry of OCI Logging', logged, ['OCI Logging']],
    ['an Audit record in OCI Logging', { ...logged, data: audit.data }, ['OCI Logging, OCI Audit']],
    ['a result of a search', { datetime: 1, logContent: logged }, ['OCI Logging']],
    ['a result of a search below data', { data: { datetime: 1, logContent: logged } }, ['OCI Logging']],
    [
      'a custom log',
      { ...logged, type: 'com.oraclecloud.logging.custom.x', data: event },
      ['OCI Logging, OCI Events'],
    ],
    [
      "somebody's CloudEvents",
      { specversion: '1.0', type: 'a.b', time: 't', data: event },
      ['CloudEvents, OCI Events'],
    ],
    ['a stream message', message(event), ['stream message, OCI Events']],
    [
      'a message of several',
      message([event, audit]),
      ['stream message, list of 2, OCI Events', 'stream message, list of 2, OCI Audit'],
    ],
    ['a message that cannot be read', { stream: 's', value: '%%%' }, ['stream message']],
    [
      'a row with its content',
      { ...columns, 'Original Log Content': JSON.stringify(event) },
      ['Log Analytics row, OCI Events'],
    ],
    ['a row without', columns, ['Log Analytics row']],
    ['a row whose content is cut off', { mbody: '{' }, ['Log Analytics row']],
    ['an answer', { items: [event, columns] }, ['list of 2, OCI Events', 'list of 2, Log Analytics row']],
    ['a list with something else', [event, { a: 1 }], ['list of 2, OCI Events', 'list of 2']],
    ['an object with one', { exampleEvent: event }, ['object under "exampleEvent", OCI Events']],
    ['two under keys', { x: event, y: other }, ['OCI Events', 'OCI Events']],
    ['text of it', JSON.stringify(event), ['OCI Events']],
    ['an empty list', [], []],
    ['something else', { a: 1 }, [null]],
    ['a scalar', 42, [null]],
  ])('%s', (_words, value, envelopes) => {
    expect(describeItems(value).map(({ envelope }) => envelope)).toEqual(envelopes);
    expect(unwrapRecord(value).found).toHaveLength(envelopes.length);
  });

  it('of many wrappers names the first and the last', () => {
    let value: unknown = event;
    for (let level = 0; level < 20; level += 1) value = { [`k${level}`]: value };
    const [item] = describeItems(value);
    expect(item?.envelope).toMatch(/^object under "k19", .*"k13", …, OCI Events$/);
  });

  it.each([
    [
      'an event',
      event,
      'com.oraclecloud.databaseservice.automaticbackupdatabase.end',
      '2026-11-19T02:00:00Z',
    ],
    ['an entry of OCI Logging', logged, 'com.oraclecloud.a.b', '2026-11-19T02:00:00Z'],
    ['a row', columns, columns['Event Type'], '1763517600000'],
    ['something else', { a: 1 }, null, null],
  ])('%s has its type and time as written', (_words, value, eventType, time) => {
    expect(describeItems(value)).toMatchObject([{ eventType, time }]);
  });
});
