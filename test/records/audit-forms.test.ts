import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/base/instants.js';
import type { JsonObject } from '../../src/records/json.js';
import { unwrapRecord } from '../../src/records/envelopes/unwrap-record.js';
import { withoutSecrets } from '../../src/records/secrets.js';
import { auditRecord, loggedAuditRecord, secretOfAudit } from '../support/audit-record.js';

const parts = { id: '00000000-0000-4000-8000-0000000000a1', time: '2026-11-18T23:59:50.123Z' };
const record = auditRecord(parts);
const logged = loggedAuditRecord(parts);

/** Keys of tags, headers and parameters are the customer's. */
const freeNames = new Set(['freeformTags', 'definedTags', 'headers', 'parameters', 'payload']);

/** As Oracle's command line (`-`) and its Python library (`_`) name the fields of their models. */
function renamed(value: unknown, mark: '-' | '_'): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, mark));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key.replace(/[A-Z]/g, (letter) => `${mark}${letter.toLowerCase()}`),
      freeNames.has(key) ? field : renamed(field, mark),
    ]),
  );
}

/** Both write times with microseconds and an offset. */
const byTool = (mark: '-' | '_'): unknown =>
  renamed({ ...record, eventTime: '2026-11-18T23:59:50.123000+00:00' }, mark);

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
const found = { datetime: Date.parse(parts.time), logContent: logged };

const row = {
  Time: Date.parse(parts.time),
  'Log Source': 'OCI Audit Logs',
  Event: 'DeleteBackup',
  'User Name': 'demo.user',
  'Host IP Address (Client)': '192.0.2.10',
  Status: '204',
  Method: 'DELETE',
};

const forms: readonly (readonly [string, unknown])[] = [
  ['the answer of the service', [record]],
  ['the SDK of this program', JSON.parse(JSON.stringify({ items: [record], opcRequestId: 'R' }))],
  ['`oci audit event list`', { data: [byTool('-')] }],
  ['`oci audit event list --all`, with its next page', { data: [byTool('-')], 'opc-next-page': null }],
  ['the Python library', byTool('_')],
  ['OCI Logging, CloudEvents 1.0', logged],
  ['an object of Connector Hub', [logged]],
  ['a stream message of Connector Hub', { stream: 's', partition: '0', offset: 1, value: base64(logged) }],
  ['one result of a search', found],
  ['the answer of a search', { results: [{ data: found }], summary: { resultCount: 1 } }],
  [
    '`oci logging-search search-logs`',
    { data: { results: [{ data: found }], summary: { 'result-count': 1 } } },
  ],
  ['a row of Log Analytics', { ...row, 'Original Log Content': JSON.stringify(record) }],
  [
    'a row of Log Analytics with the form of Logging',
    { ...row, 'Original Log Content': JSON.stringify(logged) },
  ],
  ['a row of Log Analytics with internal names', { mtgt: 'x', mbody: JSON.stringify(logged) }],
  ['rows of a query', { items: [{ ...row, 'Original Log Content': JSON.stringify(logged) }] }],
];

/** What each form must tell alike. */
function told(event: JsonObject): unknown {
  const { data } = event as { readonly data: JsonObject };
  return {
    type: event['eventType'] ?? event['type'],
    id: event['eventId'] ?? event['id'],
    timeMs: parseInstant(event['eventTime'] ?? event['time']),
    source: event['source'],
    data,
  };
}

describe('an Audit record', () => {
  it.each(forms)('is the same event in the form of %s', (_, form) => {
    const items = unwrapRecord(form).found;
    expect(items).toHaveLength(1);
    const [item] = items;
    expect(item?.ok === true && told(item.event)).toEqual(told(record));
  });

  it.each(forms)('loses credentials and headers in the form of %s', (_, form) => {
    const kept = JSON.stringify(withoutSecrets(form));
    const texts = [
      kept,
      ...Array.from(kept.matchAll(/[A-Za-z0-9+/]{40,}=*/g), ([run]) => Buffer.from(run, 'base64').toString()),
    ];
    for (const text of texts) expect(text).not.toContain(secretOfAudit);
    expect(kept.length).toBeGreaterThan(200);
  });

  it('is refused, and not lost, as a row of Log Analytics whose content was cut off', () => {
    const cut = { ...row, 'Original Log Content': JSON.stringify(record).slice(0, 300) };
    expect(unwrapRecord(cut).found).toEqual([expect.objectContaining({ ok: false, record: cut })]);
  });
});
