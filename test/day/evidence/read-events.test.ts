import { describe, expect, it } from 'vitest';
import { judge } from '../../support/judge-day.js';
import { memorySource } from '../../support/memory-source.js';
import { conditionEvent, databaseEvent, rawEvent, volumeEvent } from '../../support/raw-event.js';

const today = '2026-11-19';
const end = databaseEvent('end', '2026-11-19T02:00:00Z');
const base64 = (value: unknown): string => base64Of(JSON.stringify(value));
const base64Of = (text: string): string => Buffer.from(text).toString('base64');
/** With a result that stands twice. */
const twice = (event: object): string =>
  JSON.stringify(event).replace('"lifecycleState":', '"lifecycleState":"FAILED","lifecycleState":');

describe('envelopes', () => {
  const audit = {
    ...end,
    eventID: undefined,
    eventId: 'audit-1',
    eventType: String(end['eventType']).toUpperCase(),
  };
  const logging = {
    specversion: '1.0',
    id: 'logging-1',
    type: end['eventType'],
    time: '2026-11-19T02:00:00.123Z',
    data: end.data,
    oracle: { loggroupid: '_Audit' },
  };
  const message = { stream: 's', partition: '0', offset: 7, key: null, value: base64(end) };
  const columns = {
    'Event Type': end['eventType'],
    'Event ID': 'row-1',
    'Event Start Time': Date.parse('2026-11-19T02:00:00Z'),
    DBUniqueName: 'ERPPRD_iad1kq',
    databaseId: 'ocid1.database.oc1.iad.erpprd',
    LifecycleState: 'ACTIVE',
    recoveryWindowInDays: 30,
  };
  it.each([
    ['OCI Events', end],
    ['OCI Audit', audit],
    ['OCI Logging', logging],
    ['an OCI Logging search result', { results: [{ data: { datetime: 1, logContent: logging } }] }],
    ['a stream message', message],
    ['a stream message of several events', { ...message, value: base64([end]) }],
    ['a list of stream messages', [message]],
    ['a Log Analytics row', { 'Original Log Content': JSON.stringify(end), 'Event Type': 'cut off' }],
    ['a Log Analytics row by internal name', { mbody: JSON.stringify(end) }],
    ['a Log Analytics row of columns alone', columns],
    [
      'a Log Analytics row whose original content was cut off',
      { ...columns, 'Original Log Content': '{"eventType":"com.or' },
    ],
    ['a list under a key', { items: [end], columns: [{ displayName: 'x' }] }],
    ['one event under a key', { id: 'ocid1.eventschema', exampleEvent: end }],
    [
      'details as JSON text',
      { ...end, data: { ...end.data, additionalDetails: JSON.stringify(end.data['additionalDetails']) } },
    ],
  ])('%s is read', async (_words, record) => {
    const { report, jobs } = await judge([record], today);
    expect(report.controlTotals).toMatchObject({ read: 1, used: 1, rejected: 0 });
    expect(jobs).toEqual([
      expect.objectContaining({
        resourceId: 'ocid1.database.oc1.iad.erpprd',
        resourceName: 'ERPPRD_iad1kq',
        status: 'SUCCEEDED',
      }),
    ]);
  });
});

describe('dispositions', () => {
  it.each([
    ['used', end],
    ['outside', databaseEvent('end', '2026-11-20T00:00:00Z')],
    ['outside', databaseEvent('end', '2026-11-11T23:59:59.999Z')],
    ['ignored', rawEvent({ type: 'databaseservice.launchdbsystem.begin', time: 'whenever' })],
    ['ignored', rawEvent({ type: 'DatabaseService.GetBackup', time: '2026-11-19T02:00:00Z' })],
    ['ignored', conditionEvent('information', 'WorkloadCaptureBegin', '2026-11-19T02:00:00Z')],
    ['rejected', '{"eventType": "com.oraclecloud.databases'],
    ['rejected', '42'],
    ['rejected', '"text"'],
    ['rejected', 'null'],
    ['rejected', { ...end, eventTime: 1_795_143_857_102_000 }],
    ['rejected', { ...end, eventTime: '1795143857102000' }],
    ['rejected', { ...end, eventTime: 20_000_000_000 }],
    ['rejected', { ...end, eventType: 'com.oraclecloud.databaseservice.automaticback' }],
    ['rejected', twice(end)],
    ['used', JSON.stringify(end).replace('"contentType":', '"contentType":"x","contentType":')],
    ['rejected', { stream: 's', offset: 1, value: base64Of(twice(end)) }],
    ['rejected', { 'Event Type': end['eventType'], 'Original Log Content': twice(end) }],
    ['rejected', { data: { logContent: twice(end) } }],
    ['rejected', { eventType: 'com.or', eventTime: '2026-11-19T02:00:00Z', data: {} }],
    ['rejected', { 'action-taken': null }],
    ['rejected', { ...end, eventTime: 'this morning' }],
    ['rejected', { ...end, eventTime: null }],
    ['rejected', { ...end, data: null }],
    ['rejected', { ...end, data: { ...end.data, resourceId: { nested: true } } }],
    ['rejected', { stream: 's', offset: 1, value: '%%% not base64' }],
    ['rejected', { stream: 's', offset: 1, value: base64('text') }],
  ])('%s: %j', async (disposition, record) => {
    const { report, evidence } = await judge([record], today);
    expect(evidence).toEqual([expect.objectContaining({ record: 1, disposition, place: 'memory:1' })]);
    expect(report.controlTotals).toMatchObject({ read: 1, [disposition]: 1 });
    expect(report.status).toBe(disposition === 'rejected' ? 'INCOMPLETE' : 'COMPLETE');
  });

  it('a rejected record beyond what is tolerated makes the report INCOMPLETE', async () => {
    const records = [end, '{', '}'];
    expect((await judge(records, today, { tolerateRejected: 2 })).report.status).toBe('COMPLETE');
    const { report } = await judge(records, today, { tolerateRejected: 1 });
    expect(report.statusReasons).toEqual(['2 records could not be read, 1 tolerated']);
    expect(report.rejectedRecords.map(({ reason, excerpt }) => [reason, excerpt])).toEqual([
      ['the line is not JSON', '{'],
      ['the line is not JSON', '}'],
    ]);
  });

  it('an incomplete source makes the report INCOMPLETE, with its reasons', async () => {
    const { report } = await judge([], today, { sources: [memorySource([end], ['page 2 was refused'])] });
    expect(report.status).toBe('INCOMPLETE');
    expect(report.statusReasons).toEqual(['1:memory: page 2 was refused']);
  });
});

describe('ignored events', () => {
  const audit = rawEvent({ type: 'cloudevents.getrule', time: `${today}T02:00:00Z` });
  const launch = rawEvent({ type: 'ComputeApi.LaunchInstance', time: 'whenever' });
  const wrapper = {
    eventType: 'com.example.wrapper',
    data: { payload: `kept elsewhere: ${end['eventType']}` },
  };

  it('are counted by type in the report, as many as the control totals have', async () => {
    const { report } = await judge([launch, audit, end, launch], today);
    expect(report.controlTotals).toMatchObject({ read: 4, used: 1, ignored: 3 });
    expect(report.ignoredTypes).toEqual([
      { eventType: 'com.oraclecloud.computeapi.launchinstance', events: 2, names: null },
      { eventType: 'com.oraclecloud.cloudevents.getrule', events: 1, names: null },
    ]);
    expect(report.furtherIgnored).toBe(0);
    expect(report.findings).toEqual([]);
  });

  it.each([
    [[wrapper], /^events of the ignored type com\.example\.wrapper name a type of backup event/],
    [
      [wrapper, { ...wrapper, eventType: 'com.example.other' }],
      /^events of 2 ignored types, as com\.example\.other/,
    ],
  ])('are a finding where their text names a backup event', async (records, words) => {
    const { report } = await judge([...records, audit], today);
    expect(report.findings).toEqual([
      { kind: 'ignored-names-backup', subject: expect.any(String), words: expect.stringMatching(words) },
    ]);
    expect(report.findings[0]?.words).toContain(String(end['eventType']));
  });
});

describe('evidence', () => {
  it('keeps each line as it was read, byte for byte', async () => {
    const line = `{ "eventType" : "x.y.z",  "n": 1.0, "n": 2 }`;
    const { files } = await judge([line], today);
    const { gunzipSync } = await import('node:zlib');
    expect(gunzipSync(files.get('events.ndjson.gz') ?? Buffer.alloc(0)).toString()).toContain(
      `"content":${line}}`,
    );
  });

  it('never keeps credentials or headers of an audit record', async () => {
    const audit = {
      ...end,
      data: {
        ...end.data,
        identity: { principalName: 'jo', credentials: 'SECRET-1' },
        request: { headers: { authorization: ['SECRET-2'] }, path: '/x' },
        response: { headers: '{"opc":"SECRET-3"}' },
      },
    };
    const wrapped = { stream: 's', offset: 1, value: base64(audit) };
    const broken = '{"data":{"identity":{"credentials":"SECRET-4"},"request":{"headers":{"a":["SECRET-5"]},';
    const { evidence, report } = await judge([audit, wrapped, broken], today);
    expect(evidence).toHaveLength(3);
    const kept = JSON.stringify([evidence, report]);
    expect(kept).not.toMatch(/SECRET-\d/);
    expect(kept).not.toContain(wrapped.value);
    expect(kept).toContain('jo');
  });

  it('a mark that proved wrong is corrected by a later line, and the totals follow', async () => {
    const part = volumeEvent('end', '2026-11-19T02:00:00Z', { id: 'x', details: { volumeId: null } });
    const whole = volumeEvent('end', '2026-11-19T02:00:00Z', { id: 'y' });
    const { report, evidence } = await judge([part, whole], today);
    expect(report.controlTotals).toMatchObject({ read: 2, used: 1, duplicate: 1 });
    expect(evidence.at(-1)).toMatchObject({ disposition: 'duplicate', corrects: 'used' });
  });
});
