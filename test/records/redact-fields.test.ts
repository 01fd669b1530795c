import { describe, expect, it } from 'vitest';
import { redactionOf } from '../../src/records/redact-fields.js';
import { type RedactionRule, redactInventory, redactSource } from '../../src/records/redaction.js';
import { fixedInventory, judge } from '../support/judge-day.js';
import { memorySource } from '../support/memory-source.js';
import { databaseEvent, rawEvent } from '../support/raw-event.js';

const date = '2026-11-19';
const jane = 'jane.doe@example.com';
const key = 'a key of sixteen characters';

const rules: readonly RedactionRule[] = [
  { field: 'principalName', by: 'hash' },
  { field: 'principalId', by: 'drop' },
  { field: 'ipAddress', by: 'drop' },
  { field: 'userAgent', by: 'drop' },
  { field: 'message', by: 'drop' },
  { field: 'commandText', by: 'drop' },
  { field: 'tags.contact', by: 'drop' },
  { field: 'tags.Operations.Contact', by: 'hash' },
];

const redaction = redactionOf(rules, key);

const base64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');

/** Audit's record of a deletion, with the person in every place that has one. */
const audit = rawEvent({
  type: 'databaseservice.deletebackup',
  time: `${date}T04:00:00Z`,
  id: 'audit',
  data: {
    eventName: 'DeleteBackup',
    identity: { principalName: jane, principalId: jane, ipAddress: jane, userAgent: jane, callerName: jane },
    request: { action: 'DELETE', parameters: { sourceAddress: [jane] } },
    response: { status: '404', message: `not found for ${jane}` },
    freeformTags: { contact: jane, env: 'prod' },
    definedTags: { Operations: { Contact: jane, CostCenter: '42' } },
  },
  details: { databaseId: 'ocid1.database.oc1.iad.erpprd' },
});

const failed = databaseEvent('end', `${date}T02:00:00Z`, {
  id: 'failed',
  details: { lifecycleState: 'FAILED', lifecycleDetails: `no space for ${jane}` },
});

const row = {
  'Event Type': 'com.oraclecloud.databaseservice.automaticbackupdatabase.end',
  'Event ID': 'row',
  'Event Start Time': `${date}T03:00:00Z`,
  'User Name': jane,
  lifecycledetail: `for ${jane}`,
  databaseId: 'ocid1.database.oc1.iad.erpprd',
  DBUniqueName: 'ERPPRD',
  LifecycleState: 'ACTIVE',
  rsrcid: 'ocid1.dbbackup.oc1.iad.row',
};

/** All texts of a value, and what base64 in them says. */
function saidIn(value: unknown): string {
  const text = JSON.stringify(value);
  const inner = [...text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)].map(([run]) =>
    Buffer.from(run, 'base64').toString('latin1'),
  );
  return [text, ...inner].join('\n');
}

async function bothWays(records: readonly unknown[]) {
  const plain = await judge(records, date, { tolerateRejected: 9 });
  const redacted = await judge([], date, {
    sources: [redactSource(memorySource(records), redaction)],
    tolerateRejected: 9,
  });
  return { plain, redacted };
}

describe('fields that a plan redacts', () => {
  it.each<[words: string, records: readonly unknown[]]>([
    ['an Audit record', [audit]],
    ['an event with a message', [failed]],
    ['events in a list', [[audit, failed]]],
    [
      'keys in another case',
      [JSON.parse(JSON.stringify(audit).replaceAll('principalName', 'principal-name'))],
    ],
    ['data as JSON text', [{ ...audit, data: JSON.stringify(audit.data) }]],
    ['tags as JSON text', [{ ...audit, data: { ...audit.data, freeformTags: `{"contact":"${jane}"}` } }]],
    ['a message of a stream', [{ stream: 's', partition: '0', offset: 1, value: base64(audit) }]],
    [
      'text in text in base64',
      [{ stream: 's', partition: '0', offset: 1, value: base64({ log: JSON.stringify(failed) }) }],
    ],
    ['a row of Log Analytics with its original', [{ ...row, 'Original Log Content': JSON.stringify(audit) }]],
    ['a row of Log Analytics with its columns', [row]],
    [
      'a forwarder that has the event as its message',
      [{ '@timestamp': 'x', message: JSON.stringify(failed) }],
    ],
    [
      'a row whose original was cut off',
      [{ ...row, 'Original Log Content': JSON.stringify(audit).slice(0, 600) }],
    ],
    [
      'a wrapper with an event and a cut-off one',
      [{ good: failed, rest: JSON.stringify(audit).slice(0, 600) }],
    ],
    [
      'a wrapper with a cut-off one in base64',
      [{ good: failed, rest: base64(JSON.stringify(audit).slice(0, 600)) }],
    ],
    ['a line that is no JSON', [JSON.stringify(audit).slice(0, 600)]],
    ['a record that is no event', [{ type: 'nobody.knows', time: 'x', message: jane, principalName: jane }]],
    ['a key that stands twice', [JSON.stringify(audit).replace('"data":', `"data":{"a":"${jane}"},"data":`)]],
    [
      'a key that stands twice in a text',
      [
        {
          stream: 's',
          offset: 1,
          value: base64(JSON.stringify(audit).replace('"data":', `"data":{"a":"${jane}"},"data":`)),
        },
      ],
    ],
  ])('are not archived, and change no verdict: %s', async (_words, records) => {
    const { plain, redacted } = await bothWays(records);
    expect(saidIn(records)).toContain(jane);
    expect(saidIn([redacted.evidence, redacted.report, redacted.jobs])).not.toContain(jane);
    expect(redacted.report.controlTotals).toEqual(plain.report.controlTotals);
    expect(redacted.report.totals).toEqual(plain.report.totals);
    expect(redacted.report.jobTotals).toEqual(plain.report.jobTotals);
    expect(redacted.report.changes.map(({ resourceId }) => resourceId)).toEqual(
      plain.report.changes.map(({ resourceId }) => resourceId),
    );
  });

  it('keep a keyed hash, the same for the same value, another under another key', () => {
    const named = { data: { identity: { principalName: jane } } };
    const hashOf = (value: unknown): unknown => (value as typeof named).data.identity.principalName;
    const hash = hashOf(redaction.record(named));
    expect(hash).toMatch(/^hmac-sha256:[0-9a-f]{32}$/);
    expect(hashOf(redaction.record(structuredClone(named)))).toBe(hash);
    expect(hashOf(redaction.record(redaction.record(named)))).toBe(hash);
    expect(hashOf(redactionOf(rules, 'another key of many characters').record(named))).not.toBe(hash);
  });

  it('leave a value that has none of them as it is', () => {
    const plain = databaseEvent('end', `${date}T02:00:00Z`);
    expect(redaction.record(plain)).toBe(plain);
  });

  it('leave other tags, and other keys of a tag’s name', () => {
    const tags = { freeformTags: { contact: jane, env: 'prod' }, contact: 'a field' };
    expect(redaction.record(tags)).toEqual({ freeformTags: { env: 'prod' }, contact: 'a field' });
  });

  it('make nothing of nothing', () => {
    const empty = { principalName: null, callerName: '', freeformTags: null };
    expect(redaction.record(empty)).toBe(empty);
  });

  it('are taken out of the inventory', async () => {
    const inventory = redactInventory(
      fixedInventory([{ resourceId: 'ocid1.database.oc1.iad.erpprd', tags: { contact: jane, env: 'prod' } }]),
      redaction,
    );
    const { resources } = await inventory.expectedResources([]);
    expect(resources).toMatchObject([{ tags: { env: 'prod' } }]);
    expect(JSON.stringify(resources)).not.toContain(jane);
  });

  it('of a record deeper than any event leave length and digest', async () => {
    const deep = `${'{"a":'.repeat(5000)}${JSON.stringify({ principalName: jane })}${'}'.repeat(5000)}`;
    const { redacted } = await bothWays([deep]);
    expect(redacted.report.controlTotals).toMatchObject({ read: 1, rejected: 1 });
    expect(redacted.evidence).toMatchObject([{ disposition: 'rejected', bytes: deep.length, excerpt: '' }]);
  });

  it('of a record that is rejected leave length and digest, because nobody knows its fields', async () => {
    const { redacted } = await bothWays([{ type: 'com.oraclecloud.databaseservice.', note: jane }]);
    expect(redacted.evidence).toMatchObject([
      { disposition: 'rejected', excerpt: '', bytes: expect.any(Number) },
    ]);
    expect(saidIn([redacted.evidence, redacted.report])).not.toContain(jane);
  });

  it('stand in the report of a waiver as its rule says', () => {
    const of = (by: 'hash' | 'drop'): string =>
      redactionOf([{ field: 'approvedBy', by }], key).text('approvedBy', jane);
    expect([of('hash').slice(0, 12), of('drop')]).toEqual(['hmac-sha256:', '[redacted]']);
    expect(redaction.text('approvedBy', jane)).toBe(jane);
  });
});
