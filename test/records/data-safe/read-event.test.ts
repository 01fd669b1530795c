import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/package-root.js';
import { readDataSafeEvent } from '../../../src/records/data-safe/read-event.js';
import { readDataSafeTrail } from '../../../src/records/data-safe/read-trail.js';
import { describeItems } from '../../../src/records/envelopes/describe-envelope.js';
import { unwrapRecord } from '../../../src/records/envelopes/unwrap-record.js';
import { type JsonObject, type JsonReading, readJsonText } from '../../../src/records/json.js';
import { createRecordClassifier } from '../../../src/reports/backup-compliance/events/classify-record.js';
import { createLocalFilesSource } from '../../../src/sources/local-files/local-files-source.js';
import { asCommandLine, dataSafeEvent } from '../../support/data-safe-events.js';

const cutOffMs = Date.parse('2026-11-20T00:00:00Z');
const window = { fromMs: cutOffMs - 2 * 86_400_000, toMs: cutOffMs };
const event = dataSafeEvent({ objectName: 'T', isAlerted: true });
const byCommandLine = asCommandLine(event);
const byPython = Object.fromEntries(
  Object.entries(byCommandLine).map(([key, value]) => [key.replaceAll('-', '_'), value]),
);

const eventIn = (value: unknown): JsonObject => {
  const [found] = unwrapRecord(value).found;
  if (found?.ok !== true) throw new Error('no event');
  return found.event;
};

describe('one record by several routes', () => {
  it.each([
    ['the API', event],
    ['the command line', byCommandLine],
    ['the Python library', byPython],
    ['an answer of the command line', { data: { items: [byCommandLine] } }],
    ['an answer with its data as text', { data: JSON.stringify({ items: [byCommandLine] }) }],
    ['a bare list', [byCommandLine]],
    [
      'a custom log',
      {
        specversion: '1.0',
        type: 'com.oraclecloud.logging.custom.DataSafe',
        id: 'l',
        time: '2026-11-19T03:00:00Z',
        data: { msg: JSON.stringify(event) },
      },
    ],
    ['a stream', { stream: 's', offset: 1, value: Buffer.from(JSON.stringify(event)).toString('base64') }],
  ])('is the same: %s', (_words, value) => {
    expect(readDataSafeEvent(eventIn(value), cutOffMs)).toEqual(readDataSafeEvent(event, cutOffMs));
  });

  it('has its own fields in camelCase, times in UTC, and nothing that is empty', () => {
    const read = readDataSafeEvent(byCommandLine, cutOffMs);
    expect(read.ok && read.event).toMatchObject({
      id: event.id,
      timeMs: Date.parse('2026-11-18T08:00:00.001Z'),
      collectedMs: Date.parse('2026-11-19T02:10:00Z'),
      targetName: 'erp-prod',
      dbUserName: 'APP',
      result: 'failed',
    });
    expect(read.ok && Object.keys(read.event.fields)).toEqual([
      'id',
      'auditEventTime',
      'timeCollected',
      'targetId',
      'targetName',
      'databaseType',
      'compartmentId',
      'dbUserName',
      'operation',
      'eventName',
      'operationStatus',
      'errorCode',
      'objectName',
      'isAlerted',
      'auditType',
      'auditLocation',
    ]);
  });

  it.each([
    ['no time', { auditEventTime: null }, 'the event has no readable time'],
    ['a time in another unit', { auditEventTime: 17 }, 'the event has no readable time'],
    ['no id', { id: null }, 'it is a record of Data Safe without an id or a target'],
    [
      'no target',
      { targetId: null, targetName: '' },
      'it is a record of Data Safe without an id or a target',
    ],
    ['an object for a text', { commandText: {} }, 'the field commandText has a list or an object'],
  ])('is rejected with %s', (_words, fields, reason) => {
    const read = readDataSafeEvent({ ...event, ...fields }, cutOffMs);
    expect(read.ok ? '' : read.reason).toContain(reason.slice(0, 20));
  });

  it.each([
    ['SUCCESS', 'succeeded'],
    ['failure', 'failed'],
    ['PARTIAL', null],
    [null, null],
  ])('with the status %s has the result %s', (operationStatus, result) => {
    const read = readDataSafeEvent({ ...event, operationStatus }, cutOffMs);
    expect(read.ok && read.event.result).toBe(result);
  });
});

describe('a trail', () => {
  it('is known from a list of the command line, and from a single answer', () => {
    const trail = {
      'audit-collection-start-time': '2026-01-01T00:00:00+00:00',
      id: 'ocid1.DataSafeAuditTrail.oc1..T',
      'target-id': 'ocid1.datasafetargetdatabase.oc1..ERP',
      'trail-location': 'UNIFIED_AUDIT_TRAIL',
      status: 'stopped',
    };
    const [list, single] = [{ data: { items: [trail] } }, { data: trail, etag: 'e' }].map(eventIn);
    expect(readDataSafeTrail(list ?? {})).toEqual(readDataSafeTrail(single ?? {}));
    const read = readDataSafeTrail(list ?? {});
    expect(read.ok && read.trail).toMatchObject({
      id: 'ocid1.datasafeaudittrail.oc1..t',
      status: 'STOPPED',
      collectsFromMs: Date.parse('2026-01-01T00:00:00Z'),
      lastCollectedMs: null,
    });
  });
});

describe('what stands beside', () => {
  it('and may be an event is not lost', () => {
    const other = { type: 'x', time: '2026-11-19T00:00:00Z' };
    const { found, passedOver } = unwrapRecord({ ...byCommandLine, host: 'h', other });
    expect(found.map(({ ok }) => ok)).toEqual([true, false]);
    expect(passedOver).toEqual(['host']);
  });

  it('an answer that has more pages is not taken for whole', () => {
    const { found } = unwrapRecord({ data: { items: [byCommandLine] }, 'opc-next-page': 'token' });
    expect(found.map(({ ok }) => ok)).toEqual([true, false]);
  });

  it('is described for a person', () => {
    expect(describeItems({ data: { items: [byCommandLine] } })).toEqual([
      {
        envelope: 'object under "data", list of 1, Data Safe audit event',
        eventType: null,
        time: '2026-11-18T08:00:00.001000+00:00',
      },
    ]);
  });
});

describe('the backup report', () => {
  it('ignores them, counted by a name of their own, and keeps no password of theirs', () => {
    const classify = createRecordClassifier(window);
    const commandText = 'alter user a identified by S3cret';
    const [found] = classify(dataSafeEvent({ commandText }));
    expect(found).toMatchObject({ kind: 'ignored', eventType: 'datasafe.auditevent' });
    expect(JSON.stringify(found?.evidence)).not.toContain('S3cret');
  });
});

describe('the file of the walk-through', () => {
  const sample = fileURLToPath(new URL('test/fixtures/data-safe/concatenated.log', packageRoot));

  it('is read to the last readable record: answers one after the other, a record that is torn, a key that stands twice', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'data-safe-'));
    try {
      await writeFile(join(directory, 'datasafe.log'), await readFile(sample));
      const source = createLocalFilesSource({ paths: ['datasafe.log'], directory, timezone: 'UTC' });
      const { batches, outcome } = source.read(window);
      const kinds: string[] = [];
      for await (const batch of batches) {
        for (const record of batch) {
          const read: JsonReading =
            record.kind === 'text' ? readJsonText(record.text) : { ok: false, repeated: null };
          if (!read.ok) kinds.push('unreadable');
          else kinds.push(...unwrapRecord(read.value).found.map(({ ok }) => (ok ? 'event' : 'left over')));
        }
      }
      expect(kinds.filter((kind) => kind === 'event')).toHaveLength(3);
      expect(kinds).toContain('unreadable');
      expect(outcome().inputs?.found).toBe(1);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
