import { describe, expect, it } from 'vitest';
import { judge } from '../../support/judge-day.js';
import { memorySource } from '../../support/memory-source.js';
import { type RawEvent, auditEvent, databaseEvent, volumeEvent } from '../../support/raw-event.js';

const today = '2026-11-20';
const media = volumeEvent('end', '2026-11-20T02:10:00Z', { id: 'media' });
const ledger = databaseEvent('end', '2026-11-20T03:04:17.102Z', {
  id: 'ledger',
  details: { dbUniqueName: 'LEDGER', databaseId: 'ocid1.database.oc1.iad.ledger', lifecycleState: 'FAILED' },
});
const line = (value: unknown): string => JSON.stringify(value);
const base64 = (value: unknown): string => Buffer.from(line(value)).toString('base64');
const asLogging = ({ data, eventID, eventTime, eventType, source }: RawEvent) => ({
  data,
  id: eventID,
  oracle: { loggroupid: '_Audit' },
  source,
  specversion: '1.0',
  time: eventTime,
  type: eventType,
});

/** As the service's command line prints an audit record. */
function kebab(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key === 'eventID' ? 'event-id' : key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      key === 'additionalDetails' ? field : kebab(field),
    ]),
  );
}

const row = { 'Event Type': ledger['eventType'], 'Event ID': '1', 'Original Log Content': line(ledger) };
const forwarded = (event: RawEvent) => ({ '@timestamp': 't', host: { name: 'h' }, tags: [], event });
const rows = (over: object = {}) => ({
  data: { 'are-partial-results': false, columns: [], items: [row], 'percent-complete': 100, ...over },
});

describe('a failed backup is found', () => {
  it.each<[string, unknown]>([
    ['in a wrapper with empty tags', { '@timestamp': '2026-11-20T03:05:00Z', tags: [], event: ledger }],
    ['in a wrapper with tags', { '@timestamp': '2026-11-20T03:05:00Z', tags: ['from-oci'], event: ledger }],
    ['behind an empty list', { items: [], records: [ledger] }],
    ['in the second of two lists', { items: [media], records: [ledger] }],
    [
      'with the names of the command line',
      { data: [kebab({ ...ledger, eventTime: '2026-11-20T03:04:17.102000+00:00' })] },
    ],
    ['in rows of a query', rows()],
    [
      'in a search of logs',
      {
        data: {
          fields: [],
          results: [{ data: { datetime: 1, logContent: asLogging(ledger) } }],
          summary: { 'result-count': 1 },
        },
      },
    ],
    ['with data as JSON text', { ...ledger, data: line(ledger.data) }],
    ['with data as text in text', { ...ledger, data: line(line(ledger.data)) }],
    ['with data as base64', { ...asLogging(ledger), data: undefined, data_base64: base64(ledger.data) }],
    [
      'in messages without a place',
      [
        { key: null, value: base64(ledger) },
        { streamPool: 'p', value: base64(media) },
      ],
    ],
    [
      'in an answer of messages',
      {
        data: [
          {
            key: null,
            offset: 1,
            partition: '0',
            stream: 's',
            timestamp: '2026-11-20T03:05:00+00:00',
            value: base64(ledger),
          },
        ],
        'opc-next-cursor': 'c',
      },
    ],
    [
      'in a message of kcat',
      {
        topic: 't',
        partition: 0,
        offset: 5,
        tstype: 'create',
        ts: 1795143857102,
        broker: 1,
        key: null,
        payload: line(ledger),
      },
    ],
    [
      'in a document of a search engine',
      { _index: 'i', _type: '_doc', _score: 1, _source: { message: line(ledger), host: { name: 'h' } } },
    ],
    [
      'in a request that was forwarded',
      { headers: { 'content-type': 'application/json' }, body: line([ledger]), isBase64Encoded: false },
    ],
    [
      'in a custom log',
      { ...asLogging(media), type: 'com.oraclecloud.logging.custom.x', data: { message: line(ledger) } },
    ],
    [
      'in an envelope of another CloudEvent',
      {
        specversion: '1.0',
        type: 'kafka.record',
        time: '2026-11-20T04:00:00Z',
        id: 'k',
        source: 's',
        data: ledger,
      },
    ],
    ['as lines in a text', { body: `${line(media)}\n${line(ledger)}\n` }],
    ['as text', line(ledger)],
    ['under data', { data: ledger }],
    [
      'with the names of the Python library',
      {
        event_type: ledger['eventType'],
        event_id: 'p',
        event_time: ledger['eventTime'],
        data: {
          resource_id: 'ocid1.dbbackup.oc1.iad.l',
          additional_details: ledger.data['additionalDetails'],
        },
      },
    ],
  ])('%s', async (_words, record) => {
    const { report } = await judge([{ all: record }], today);
    expect(report.resources.find(({ resourceName }) => resourceName === 'LEDGER')?.outcome).toBe('FAILED');
    expect(report.controlTotals.rejected).toBe(0);
    const whole = await judge([], today, { sources: [memorySource([record])] });
    expect(whole.report.resources).toEqual(report.resources);
  });
});

describe('what is left over is rejected', () => {
  const found = line(media);
  it.each<[string, unknown[], number, string]>([
    [
      'a line with an empty list',
      [found, line({ message: 'backup of LEDGER failed', tags: [] })],
      1,
      'not an event',
    ],
    [
      'another CloudEvent with an empty list',
      [
        found,
        line({
          version: '0',
          id: 'x',
          'detail-type': 'Backup Job State Change',
          time: '2026-11-20T01:00:00Z',
          resources: [],
          detail: { state: 'FAILED' },
        }),
      ],
      1,
      'not an event',
    ],
    [
      'the same with a list that services use',
      [{ 'detail-type': 'Backup', time: '2026-11-20T01:00:00Z', items: [] }],
      1,
      'not an event',
    ],
    ['an error beside an empty list', [{ error: 'throttled', items: [] }], 1, 'not an event'],
    ['a line of an empty list', ['[]'], 1, 'an empty list'],
    ['a line of an empty answer', ['{"items":[]}'], 1, 'an empty list'],
    ['a message of an empty list', [{ stream: 's', offset: 1, value: base64([]) }], 1, 'not an event'],
    ['an answer that calls itself partial', [rows({ 'are-partial-results': true })], 1, 'partial'],
    [
      'an answer of nothing that calls itself partial',
      [rows({ items: [], 'are-partial-results': true })],
      1,
      'partial',
    ],
    ['an answer with a next page', [{ data: [ledger], 'opc-next-page': 'AAA' }], 1, 'next page'],
    ['an answer with fewer rows than it counts', [rows({ 'total-count': 2 })], 1, 'counts 2 rows and has 1'],
    [
      'an object beside an event that may be one',
      [{ event: ledger, other: { kind_type: 'x', at_time: '2026-11-20T01:00:00Z' } }],
      1,
      'left over',
    ],
    [
      'JSON text of one beside an event',
      [{ event: ledger, message: line({ detailType: 'x', time: '2026-11-20' }) }],
      1,
      'left over',
    ],
    [
      'a text cut off beside an event',
      [{ event: ledger, message: line(media).slice(0, 200) }],
      1,
      'reads like an event',
    ],
    [
      'base64 cut off beside an event',
      [{ event: ledger, value: base64(media).slice(0, 200) }],
      1,
      'reads like an event',
    ],
    [
      'a text cut off in a custom log',
      [
        {
          ...asLogging(media),
          type: 'com.oraclecloud.logging.custom.x',
          data: { message: line(ledger).slice(0, 300) },
        },
      ],
      1,
      'reads like an event',
    ],
    ['what is no event in a list of events', [{ items: [ledger, { a: 1 }, null, []] }], 3, 'not'],
  ])('%s', async (_words, records, rejected, reason) => {
    const { report, evidence } = await judge(records, today);
    expect(report.controlTotals.rejected).toBe(rejected);
    expect(report.rejectedRecords.map((each) => each.reason).join()).toContain(reason);
    expect(report.status).toBe('INCOMPLETE');
    expect(evidence).toHaveLength(report.controlTotals.read);
  });

  it('a whole file of an empty list is no record', async () => {
    const answers = [
      [],
      { items: [] },
      { data: [], 'opc-next-cursor': 'c' },
      rows({ items: [], 'total-count': 0, columns: [{ displayName: 'Event Type', valueType: 'STRING' }] }),
      { data: { fields: [], results: [], summary: { 'result-count': 0 } } },
    ];
    const { report } = await judge(answers, today);
    expect(report.controlTotals.read).toBe(0);
    expect(report.rejectedRecords).toEqual([]);
  });

  it('two messages of one place with different contents are both read', async () => {
    const place = { stream: 's', partition: '0', offset: 7 };
    const { report } = await judge(
      [
        { ...place, value: base64(ledger) },
        { ...place, value: base64(media) },
      ],
      today,
    );
    expect(report.controlTotals).toMatchObject({ read: 2, used: 2 });
  });
});

describe('the evidence', () => {
  it('has a rejected wrapper as it was read', async () => {
    const wrapper = line({ tags: ['from-oci'], event: { ...ledger, eventTime: 'this morning' } });
    const { evidence } = await judge([wrapper], today);
    expect(evidence).toMatchObject([{ disposition: 'rejected', content: JSON.parse(wrapper) }]);
  });

  it('has no secrets of a rejected record or a wrapper, wherever they are', async () => {
    const broken = { ...auditEvent({ type: 'databaseservice.deletebackup.end', time: 'noon' }) };
    const deep = { a: [{ Authorization: 'secret-1', text: line({ b: { headers: { x: 'secret-2' } } }) }] };
    const { evidence, report } = await judge(
      [
        line(broken),
        line({ tags: [], value: base64(broken) }),
        line({ message: line({ message: line(broken) }) }),
        line(deep),
        line({ headers: { authorization: 'secret-3' }, body: line(ledger) }),
        line({ stream: 's', offset: 1, value: base64({ headers: ['secret-4'], event: media }) }),
        line({ stream: 's', offset: 1, value: base64(deep) }).slice(0, -20),
        line({ message: line({ message: line(broken) }) }).slice(0, -3),
        '{"x":{"credentials":"secret-5"},"x":1}',
      ],
      today,
    );
    expect(evidence).toHaveLength(9);
    const kept = JSON.stringify([evidence, report]).replaceAll(/[A-Za-z0-9+/]{40,}={0,2}/g, (text) =>
      Buffer.from(text, 'base64').toString('latin1'),
    );
    expect(kept).not.toContain('secret-');
    expect(kept).toContain('[removed]');
  });

  it('has beginning and digest of a rejected record over 64 KiB', async () => {
    const whole = line({ note: 'x'.repeat(65_536 - 11) });
    const over = line({ note: 'x'.repeat(65_536 - 10) });
    expect(whole).toHaveLength(65_536);
    const { evidence, report } = await judge([whole, over], today);
    expect(evidence[0]).toMatchObject({ content: JSON.parse(whole) });
    expect(evidence[1]).not.toHaveProperty('content');
    expect(evidence[1]).toMatchObject({ bytes: 65_537, excerpt: over.slice(0, 200) });
    expect(report.rejectedRecords.map(({ sha256 }) => sha256)).toContain(evidence[1]?.['sha256']);
  });
});

describe('keys beside events', () => {
  it('are counted by source', async () => {
    const sources = [
      memorySource([forwarded(ledger), { host: 'h', events: [media] }]),
      memorySource([media]),
    ];
    const { report } = await judge([], today, { sources });
    expect(report.sources.map(({ passedOver }) => passedOver)).toEqual([
      {
        keys: [
          { key: '@timestamp', count: 1 },
          { key: 'host', count: 2 },
          { key: 'tags', count: 1 },
        ],
        others: 0,
      },
      undefined,
    ]);
  });
});
