import { describe, expect, it } from 'vitest';
import { type Unwrapped, unwrapRecord } from '../../src/records/envelopes/unwrap-record.js';
import { databaseEvent } from '../support/raw-event.js';

const foundIn = (value: unknown): readonly Unwrapped[] => unwrapRecord(value).found;
const event = databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'e1' });
const other = databaseEvent('end', '2026-11-19T03:00:00Z', { id: 'e2' });
const noEvent = { note: 'no event' };
const logged = { specversion: '1.0', id: 'l1', type: 'a.b.c', time: '2026-11-19T02:00:00Z', data: {} };
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
const ok = (found: unknown, record: unknown) => ({ ok: true, event: found, record });
const refused = (record: unknown, reason: string) => ({ ok: false, reason, record });
const noType = 'not an event: it has no event type';

describe('a row of Log Analytics', () => {
  const columns = {
    'Event Type': 'com.oraclecloud.databaseservice.automaticbackupdatabase.end',
    'Event ID': 'row-1',
    'Event Start Time': 1763517600000,
    'Compartment ID': 'c',
    'Compartment Name': 'C',
    'OCI Resource Name': 'R',
    LifecycleState: 'ACTIVE',
    databaseId: 'd',
    recoveryWindowInDays: 30,
  };
  const fromColumns = {
    eventType: columns['Event Type'],
    eventID: 'row-1',
    eventTime: 1763517600000,
    data: {
      compartmentId: 'c',
      compartmentName: 'C',
      resourceName: 'R',
      additionalDetails: { lifecycleState: 'ACTIVE', databaseId: 'd', recoveryWindow: 30 },
    },
  };
  const row = (original: unknown, more: object = {}) => ({
    ...columns,
    'Original Log Content': original,
    ...more,
  });

  it.each([
    ['whole', JSON.stringify(event), [event]],
    ['whole, as an object', event, [event]],
    ['of one event in a list', JSON.stringify([event]), [event]],
    ['missing', undefined, [fromColumns]],
    ['cut off', JSON.stringify(event).slice(0, 200), [fromColumns]],
    ['not an event', JSON.stringify(noEvent), [fromColumns]],
    ['a scalar', '42', [fromColumns]],
    ['an empty list', '[]', [fromColumns]],
    // What could be read in part only would lose the rest: the columns are the whole of it.
    ['an event and something else', JSON.stringify([event, noEvent]), [fromColumns]],
    ['something else and an event', JSON.stringify([noEvent, event]), [fromColumns]],
  ])('with its original content %s', (_words, original, events) => {
    const read = row(original);
    const found = foundIn(read);
    expect(found.map((each) => (each.ok ? each.event : each.reason))).toEqual(events);
    expect(found.map(({ record }) => record)).toEqual([read]);
  });

  it('of several events is each of them', () => {
    expect(foundIn(row(JSON.stringify([event, other])))).toEqual([ok(event, event), ok(other, other)]);
  });

  it('takes the content under its internal name where the other is not whole', () => {
    const read = row(JSON.stringify([event, noEvent]), { mbody: JSON.stringify(other) });
    expect(foundIn(read)).toEqual([ok(other, read)]);
    const both = row(JSON.stringify(event), { mbody: JSON.stringify(other) });
    expect(foundIn(both)).toEqual([ok(event, both)]);
  });

  it('takes details that a column has as a whole, and prefers them', () => {
    const details = { lifecycleState: 'FAILED', volumeId: 'v' };
    for (const additionalDetails of [details, JSON.stringify(details)]) {
      const [found] = foundIn({ ...columns, additionalDetails });
      expect(found).toMatchObject({
        ok: true,
        event: { data: { additionalDetails: { lifecycleState: 'FAILED', databaseId: 'd', volumeId: 'v' } } },
      });
    }
  });

  it('without either is refused', () => {
    const reason = 'a Log Analytics row with neither original content nor an event type';
    for (const read of [{ mbody: '{' }, { 'Original Log Content': '{', 'Event Type': null }]) {
      expect(foundIn(read)).toEqual([refused(read, reason)]);
    }
  });
});

describe('an envelope', () => {
  const message = { stream: 's', partition: '0', offset: 7, value: base64(event) };
  const search = { data: { datetime: 1, logContent: logged } };
  it.each<[string, unknown, unknown[]]>([
    ['an event', event, [ok(event, event)]],
    ['an event of OCI Logging', logged, [ok(logged, logged)]],
    [
      'a list',
      [event, noEvent, 1],
      [ok(event, event), refused(noEvent, noType), refused(1, 'not a JSON object')],
    ],
    ['a list in a list', [[event]], [ok(event, event)]],
    ['an empty list', [], []],
    ['a scalar', 'text', [refused('text', 'not a JSON object')]],
    ['null', null, [refused(null, 'not a JSON object')]],
    ...[
      { x: [noEvent], items: [event] },
      { x: [event], y: 1 },
      { x: [noEvent], y: [event] },
      { x: [noEvent], y: [message] },
    ].map((value): [string, unknown, unknown[]] => [
      'the one list that holds events',
      value,
      [ok(event, value)],
    ]),
    [
      'two lists under keys that exports use',
      { data: [noEvent], items: [event] },
      [ok(event, event), refused(noEvent, noType)],
    ],
    ...[{ detailType: 'x', time: '2026-11-19T02:00:00Z', items: [noEvent] }].map(
      (value): [string, unknown, unknown[]] => [
        'a list in what may be an event',
        value,
        [refused(value, noType)],
      ],
    ),
    ['a list in what is nothing else', { a: 1, items: [noEvent] }, [refused(noEvent, noType)]],
    ['two lists of events', { items: [event], records: [other] }, [ok(event, event), ok(other, other)]],
    ['an empty list first', { items: [], records: [event, other] }, [ok(event, event), ok(other, other)]],
    ['one event under a key', { x: 1, y: event }, [ok(event, { x: 1, y: event })]],
    ['two events under keys', { x: event, y: other }, [ok(event, event), ok(other, other)]],
    ['a stream message', message, [ok(event, message)]],
    [
      'a stream message of several',
      { ...message, value: base64([event, other]) },
      [ok(event, event), ok(other, other)],
    ],
    [
      'a message by its offset alone',
      { offset: 0, value: base64(event) },
      [ok(event, { offset: 0, value: base64(event) })],
    ],
    ['a message without any such mark', { value: base64(event) }, [ok(event, { value: base64(event) })]],
    ['a result of a search', search, [ok(logged, search)]],
    [
      'a log entry as text',
      { logContent: JSON.stringify(logged) },
      [ok(logged, { logContent: JSON.stringify(logged) })],
    ],
    [
      'a log entry cut off',
      { logContent: '{' },
      [refused({ logContent: '{' }, 'a log entry whose content is not JSON')],
    ],
    ['a type alone', { type: 'a.b.c' }, [refused({ type: 'a.b.c' }, noType)]],
    [
      'a type and a time alone',
      { type: 'a.b.c', time: 't' },
      [refused({ type: 'a.b.c', time: 't' }, noType)],
    ],
  ])('%s', (_words, value, expected) => {
    expect(foundIn(value)).toEqual(expected);
  });

  it.each([
    ['a.b.c', { cloudEventsVersion: '0.1' }],
    ['a.b.c', { specversion: '1.0' }],
    ['a.b.c', { time: 't', data: {} }],
  ])('%s is an event with %j', (type, marks) => {
    const value = { type, ...marks };
    expect(foundIn(value)).toEqual([ok(value, value)]);
  });

  const notBase64 = 'a stream message whose value is not base64 of UTF-8 text';
  it.each([
    ['', notBase64],
    ['%%%', notBase64],
    ['YQ===', notBase64],
    [Buffer.from([0xff, 0xfe]).toString('base64'), notBase64],
    [Buffer.from('text').toString('base64'), 'a stream message whose value is not JSON'],
  ])('a stream message with the value %j is refused', (value, reason) => {
    const read = { stream: 's', value };
    expect(foundIn(read)).toEqual([refused(read, reason)]);
  });

  it('is base64 for URLs, too', () => {
    const text = JSON.stringify({ ...event, note: '???>>>' });
    const value = Buffer.from(text).toString('base64url');
    expect(foundIn({ offset: 1, value })[0]).toMatchObject({ ok: true, event: { note: '???>>>' } });
  });
});

describe('an answer that says that it is not all', () => {
  const more = /^the answer says that there is more/;
  it.each([
    ['Elasticsearch, timed out', { timed_out: true, hits: { hits: [{ _source: event }] } }, /timed out/],
    [
      'Elasticsearch, a page',
      { hits: { total: { value: 3, relation: 'eq' }, hits: [{ _source: event }] } },
      /3 rows and has 1/,
    ],
    ['Elasticsearch before 7', { hits: { total: 3, hits: [{ _source: event }] } }, /counts 3 rows and has 1/],
    ['a page with its total', { total: 3, count: 1, items: [event] }, /counts 3 rows and has 1/],
    ['hasMore', { items: [event], hasMore: true }, more],
    ['has_more', { data: [event], has_more: true }, more],
    ['IsTruncated', { Records: [event], IsTruncated: true }, more],
    ['nextLink', { value: [event], '@odata.nextLink': 'https://x' }, more],
    ['nextToken', { events: [{ message: JSON.stringify(event) }], nextToken: 'n' }, more],
    ['next_page_token', { records: [event], next_page_token: 'n' }, more],
  ])('%s: its events, and a rejected record', (_words, value, reason) => {
    const [first, second, ...others] = unwrapRecord(value).found;
    expect(first).toMatchObject({ ok: true, event });
    expect(second).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
    expect(others).toEqual([]);
  });

  it.each([
    { timed_out: false, hits: { total: { value: 1, relation: 'eq' }, hits: [{ _source: event }] } },
    { items: [event], hasMore: false, total: 1 },
    { events: [event], nextToken: '' },
    { events: [event], nextToken: null, IsTruncated: false },
    { records: [event], total: 0 },
  ])('is not %j', (value) => {
    expect(unwrapRecord(value).found).toMatchObject([{ ok: true, event }]);
  });
});

describe('an event that has keys of others', () => {
  it.each<[string, object, unknown[], string[]]>([
    ['scalars and empty lists', { '@timestamp': 't', type: 'log', tags: [] }, [], ['@timestamp', 'tags']],
    ['its own text', { original: JSON.stringify(event) }, [], []],
    ['another event', { records: [other] }, [ok(other, other)], []],
    [
      'what may be an event',
      { more: { detailType: 'x', time: '2026-11-19' } },
      [
        refused(
          { more: { detailType: 'x', time: '2026-11-19' } },
          'left over beside events: it may be an event, in a form that is not known',
        ),
      ],
      [],
    ],
  ])('%s', (_words, more, others, passedOver) => {
    const value = { ...event, ...more };
    expect(unwrapRecord(value)).toMatchObject({ found: [ok(value, value), ...others], passedOver });
  });
});
