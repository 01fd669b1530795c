import { describe, expect, it } from 'vitest';
import { dayMs } from '../../src/base/time-units.js';
import {
  eventFromColumns,
  hasEventColumns,
  isLogAnalyticsRow,
} from '../../src/records/envelopes/log-analytics-row.js';
import {
  couldBeEvent,
  isOracleEvent,
  isSameEvent,
  isTypeKey,
  looksLikeEvent,
} from '../../src/records/envelopes/event-shape.js';
import { eventWithin } from '../../src/records/envelopes/event-within.js';
import { normalEvent } from '../../src/records/envelopes/normal-event.js';
import { isStreamMessage, streamText } from '../../src/records/envelopes/stream-message.js';
import { contentOfText } from '../../src/records/envelopes/text-content.js';
import { canHaveHappened } from '../../src/records/event-times.js';
import type { JsonObject } from '../../src/records/json.js';

const eventType = 'com.oraclecloud.databaseservice.backupdatabase.end';
const event: JsonObject = { eventType, data: { resourceId: 'x' } };
const packed = (text: string) => Buffer.from(text).toString('base64');

describe('what looks like an event', () => {
  it.each<[JsonObject, boolean]>([
    [{ eventType: 'a' }, true],
    [{ 'event-type': 'a' }, true],
    [{ event_type: 'a' }, true],
    [{ type: 'a' }, false],
    [{ type: 'a', specversion: '1.0' }, true],
    [{ type: 'a', cloudEventsVersion: '0.1' }, true],
    [{ type: 'a', time: 't', data: {} }, true],
    [{ type: 'a', time: 't' }, false],
    [{ type: 'a', data: {} }, false],
    [{ type: 1, specversion: '1.0' }, false],
    [{ eventType: 7 }, false],
    [{}, false],
  ])('%j: %s', (value, expected) => {
    expect(looksLikeEvent(value)).toBe(expected);
    expect(Object.keys(value).some(isTypeKey)).toBe('type' in value || expected || 'eventType' in value);
  });
});

describe('an event of Oracle that stands for itself', () => {
  it.each<[says: string, value: JsonObject, expected: boolean]>([
    ['with data', event, true],
    ['in capital letters', { ...event, eventType: eventType.toUpperCase() }, true],
    ['of something else', { ...event, eventType: 'com.example.oraclecloud.x' }, false],
    ['of a custom log', { ...event, eventType: 'com.oraclecloud.logging.custom.app' }, false],
    ['without data', { eventType }, false],
    ['with null as its data', { eventType, data: null }, false],
    ['with its data in base64', { eventType, data_base64: 'e30=' }, true],
    ['with null as its data beside base64', { eventType, data: null, data_base64: 'e30=' }, true],
    ['around another one', { eventType, data: event }, false],
    ['around another one as text', { eventType, data: JSON.stringify(event) }, false],
    ['with data that is no object', { eventType, data: 7 }, true],
    ['without a type', { data: {} }, false],
  ])('%s', (_says, value, expected) => {
    expect(isOracleEvent(value)).toBe(expected);
  });
});

describe('two events are the same', () => {
  it.each<[says: string, a: JsonObject, b: JsonObject, expected: boolean]>([
    ['by id and type', { eventID: 'i', eventType: 'A' }, { eventID: 'i', eventType: 'a' }, true],
    ['whatever the id is called', { eventId: 'i', eventType: 'a' }, { id: 'i', eventType: 'a' }, true],
    ['not by their type alone', { eventType: 'a' }, { eventType: 'a' }, false],
    ['not by their id alone', { id: 'i', eventType: 'a' }, { id: 'i', eventType: 'b' }, false],
    ['not with another id', { id: 'i', eventType: 'a' }, { id: 'j', eventType: 'a' }, false],
  ])('%s', (_says, a, b, expected) => {
    expect(isSameEvent(a, b)).toBe(expected);
  });
});

describe('what could be an event in a form that is not known', () => {
  it.each<[JsonObject, boolean]>([
    [{ kindOfType: 'a', when: '2026-11-19' }, false],
    [{ myType: 'a', time: '2026-11-19T00:00:00Z' }, true],
    [{ myType: 'a', created_date: '11/19/2026' }, true],
    [{ myType: 'a', timestamp: 1e9 }, true],
    [{ myType: 'a', timestamp: 1e9 - 1 }, false],
    [{ myType: 'a', ts: '1795143857' }, true],
    [{ myType: 'a', ts: '179514385' }, false],
    [{ myType: 'a', timestamp: 'yesterday' }, false],
    [{ myType: '', time: '2026-11-19' }, false],
    [{ myType: 7, time: '2026-11-19' }, false],
    [{ myType: { a: 1 }, time: '2026-11-19' }, false],
    [{ typeOf: 'a', time: '2026-11-19' }, false],
    [{ myType: 'a' }, false],
    [{ time: '2026-11-19' }, false],
  ])('%j: %s', (value, expected) => {
    expect(couldBeEvent(value)).toBe(expected);
  });
});

describe('an event within another one', () => {
  it.each<[says: string, outer: JsonObject, expected: JsonObject | undefined]>([
    ['in its data', { data: event }, event],
    ['in its extensions', { extensions: { a: { b: event } } }, event],
    ['in a list, behind null and texts', { data: { list: [null, 'x', 7, [event]], other: null } }, event],
    ['beside null', { data: { a: null, b: event } }, event],
    ['none beside these', { event }, undefined],
    ['none as text', { data: { a: JSON.stringify(event) } }, undefined],
    ['none of others', { data: { a: { eventType: 'com.example.x', data: {} } } }, undefined],
    ['none in nothing', {}, undefined],
  ])('%s', (_says, outer, expected) => {
    expect(eventWithin(outer)).toBe(expected);
  });
});

describe('the names of an event', () => {
  const plain = { eventType: 'a', data: { resourceId: 'x', additionalDetails: { volumeId: 'v' } } };
  it.each<[says: string, written: JsonObject, expected: JsonObject]>([
    [
      'of the command line',
      { 'event-type': 'a', data: { 'resource-id': 'x', 'additional-details': { 'volume-id': 'v' } } },
      plain,
    ],
    [
      'of the Python library',
      { event_type: 'a', data: { resource_id: 'x', additional_details: { volume_id: 'v' } } },
      plain,
    ],
    [
      'of both, where the own one is kept',
      { eventType: 'a', 'event-type': 'b' },
      { eventType: 'a', 'event-type': 'b' },
    ],
    [
      'in a change of state, two levels deep',
      {
        eventType: 'a',
        data: { 'resource-name': 'x', 'state-change': { current: { 'volume-id': 'v' }, at: 1 } },
      },
      { eventType: 'a', data: { resourceName: 'x', stateChange: { current: { volumeId: 'v' }, at: 1 } } },
    ],
    [
      'of tags stay as they are',
      { 'event-type': 'a', data: { 'freeform-tags': { 'cost-centre': '1' } } },
      { eventType: 'a', data: { freeformTags: { 'cost-centre': '1' } } },
    ],
    [
      'in data with an own name stay as they are',
      { eventType: 'a', data: { resourceId: 'x', 'resource-id': 'y' } },
      { eventType: 'a', data: { resourceId: 'x', 'resource-id': 'y' } },
    ],
    ['in data that is text', { eventType: 'a', data: JSON.stringify(plain.data) }, plain],
    [
      'in data that is text of text',
      { eventType: 'a', data: JSON.stringify(JSON.stringify(plain.data)) },
      plain,
    ],
    [
      'in data that is base64',
      { eventType: 'a', data_base64: packed(JSON.stringify(plain.data)) },
      { ...plain, data_base64: packed(JSON.stringify(plain.data)) },
    ],
  ])('%s', (_says, written, expected) => {
    expect(normalEvent(written)).toEqual(expected);
  });

  it.each<JsonObject>([
    plain,
    { eventType: 'a' },
    { eventType: 'a', data: 'no object' },
    { eventType: 'a', data_base64: 7 },
  ])('%j is given back as it is', (written) => {
    expect(normalEvent(written)).toBe(written);
  });
});

describe('a row of Log Analytics', () => {
  it.each<[JsonObject, boolean]>([
    [{ 'Event Type': null }, true],
    [{ 'Original Log Content': '' }, true],
    [{ mbody: '' }, true],
    [{ eventtype: 'a', starteventtime: 1 }, true],
    [{ eventtype: 'a', eventid: 'i' }, true],
    [{ eventtype: 'a' }, false],
    [{ starteventtime: 1, eventid: 'i' }, false],
  ])('%j: %s', (row, expected) => {
    expect(isLogAnalyticsRow(row)).toBe(expected);
  });

  it.each([
    [
      'internal names',
      {
        eventtype: 'a',
        eventid: 'i',
        starteventtime: 't',
        compartmentid: 'c',
        compartmentname: 'n',
        ocirsrcname: 'r',
        status: 's',
      },
    ],
    [
      'display names',
      {
        'Event Type': 'a',
        'Event ID': 'i',
        'Event Start Time': 't',
        'Compartment ID': 'c',
        'Compartment Name': 'n',
        'OCI Resource Name': 'r',
        Status: 's',
      },
    ],
    [
      'display names before internal ones',
      {
        'Event Type': 'a',
        eventtype: 'b',
        'Event ID': 'i',
        eventid: 'j',
        'Event Start Time': 't',
        starteventtime: 'u',
        'Compartment ID': 'c',
        'Compartment Name': 'n',
        'OCI Resource Name': 'r',
        Status: 's',
      },
    ],
  ])('has an event in its columns, by %s', (_says, row) => {
    expect(hasEventColumns(row)).toBe(true);
    expect(eventFromColumns(row)).toMatchObject({
      eventType: 'a',
      eventID: 'i',
      eventTime: 't',
      data: {
        compartmentId: 'c',
        compartmentName: 'n',
        resourceName: 'r',
        additionalDetails: { status: 's' },
      },
    });
  });

  it('has none where its columns name no type', () => {
    expect(hasEventColumns({ 'Event Type': null, eventid: 'i' })).toBe(false);
  });

  it.each([
    ['rsrcid', 'resourceId'],
    ['LifecycleState', 'lifecycleState'],
    ['lifecycledetail', 'lifecycleDetails'],
    ['event', 'eventName'],
    ['desc', 'description'],
    ['timeCreated', 'timeCreated'],
    ['DBUniqueName', 'dbUniqueName'],
    ['databaseId', 'databaseId'],
    ['dbSystemId', 'dbSystemId'],
    ['autoBackupEnabled', 'autoBackupsEnabled'],
    ['recoveryWindowInDays', 'recoveryWindow'],
    ['BackupDestinationType', 'backupDestinationType'],
    ['backupType', 'backupType'],
    ['backupState', 'backupState'],
    ['sourceType', 'sourceType'],
    ['volumeName', 'volumeName'],
    ['volumeId', 'volumeId'],
  ])('has %s as %s', (column, field) => {
    const { data } = eventFromColumns({ [column]: 'here' });
    expect(JSON.stringify(data)).toBe(
      JSON.stringify(
        field === 'resourceId'
          ? { resourceId: 'here', additionalDetails: {} }
          : { additionalDetails: { [field]: 'here' } },
      ),
    );
  });
});

describe('a message of a stream', () => {
  it.each<[JsonObject, boolean]>([
    [{ value: 'e30=', offset: 0 }, true],
    [{ value: 'e30=', partition: '0' }, true],
    [{ value: 'e30=', stream: 's' }, true],
    [{ value: 'e30=' }, false],
    [{ value: 7, offset: 0 }, false],
    [{ offset: 0, partition: '0', stream: 's' }, false],
  ])('%j: %s', (value, expected) => {
    expect(isStreamMessage(value)).toBe(expected);
  });

  it('has its text in base64', () => {
    expect(streamText({ value: packed('{"a":1}') })).toBe('{"a":1}');
    expect(streamText({ value: 'not base64!' })).toBeUndefined();
  });
});

describe('the content of a text', () => {
  const value = { a: 1 };
  it.each<[says: string, text: string, expected: object]>([
    ['JSON', '{"a":1}', { kind: 'value', value }],
    ['JSON behind a byte order mark and blanks', '\uFEFF {"a":1} ', { kind: 'value', value }],
    [
      'lines of JSON, empty ones among them',
      '{"a":1}\n\n{"a":1}\n',
      { kind: 'value', value: [value, value] },
    ],
    ['lines of which one is none', '{"a":1}\n{"a":', { kind: 'nothing' }],
    ['base64 of JSON', packed('{"a":1,"b":"c"}'), { kind: 'value', value: { a: 1, b: 'c' } }],
    [
      'base64 of JSON in two lines',
      packed('{"a":1,"b":"c"}').replace(/^.{8}/, '$&\n'),
      { kind: 'value', value: { a: 1, b: 'c' } },
    ],
    ['base64 of JSON that was cut off', packed('{"eventType":"com.oraclecloud.x'), { kind: 'doubtful' }],
    ['base64 of other text', packed('{ plain words, no event'), { kind: 'nothing' }],
    ['base64 of gzip', `H4sI${'AAAA'.repeat(4)}\nAAAA`, { kind: 'doubtful' }],
    ['an event that was cut off', '{"eventType":"a', { kind: 'doubtful' }],
    ['an event behind other text', 'Nov 19 host: {"event-type":"a"}', { kind: 'doubtful' }],
    ['a name of a type alone', 'com.oraclecloud.x', { kind: 'nothing' }],
    ['words', 'plain words', { kind: 'nothing' }],
    ['nothing', '', { kind: 'nothing' }],
  ])('%s', (_says, text, expected) => {
    expect(contentOfText(text)).toEqual(expected);
  });
});

describe('a time at which something can have happened', () => {
  const cutOffMs = Date.UTC(2026, 10, 20);
  const earliestMs = Date.UTC(2016, 0, 1);
  it.each([
    [earliestMs, true],
    [earliestMs - 1, false],
    [cutOffMs + 366 * dayMs, true],
    [cutOffMs + 366 * dayMs + 1, false],
  ])('%d: %s', (ms, expected) => {
    expect(canHaveHappened(ms, cutOffMs)).toBe(expected);
  });
});
