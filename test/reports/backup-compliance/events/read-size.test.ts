import { describe, expect, it } from 'vitest';
import { createEventParser } from '../../../../src/reports/backup-compliance/events/parse-event.js';
import { sizeIn } from '../../../../src/reports/backup-compliance/events/read-size.js';
import { correlate, dayOf } from '../../../support/judge.js';
import { auditEvent, databaseEvent, volumeEvent } from '../../../support/raw-event.js';

const time = '2026-11-19T02:00:00Z';
const mb = 1024 ** 2;
const gb = 1024 ** 3;

describe('the size of a backup', () => {
  it.each<[words: string, details: Record<string, unknown>, bytes: number | null]>([
    ['a volume backup, before that of the volume', { sizeInGBs: 50, uniqueSizeInGBs: 7 }, 7 * gb],
    ['the exact size before the rounded one', { uniqueSizeInGBs: 1, uniqueSizeInMbs: 300 }, 300 * mb],
    ['a volume group backup, as its service spells it', { uniqueSizeInGbs: 9, sizeInMBs: 51_200 }, 9 * gb],
    ['the volume, where nothing else is told', { sizeInMBs: 51_200 }, 50 * gb],
    ['the same volume in GB', { sizeInGBs: 50 }, 50 * gb],
    ['a database when it was backed up', { databaseSizeInGBs: 12.5 }, 12.5 * gb],
    ['an autonomous database', { sizeInTBs: 0.25, databaseSizeInTBs: 2 }, 256 * gb],
    ['MySQL', { backupSizeInGBs: 3 }, 3 * gb],
    ['GoldenGate', { sizeInBytes: 12_345 }, 12_345],
    ['a number as connectors write it', { sizeInGBs: ' 50 ' }, 50 * gb],
    ['a backup in which nothing changed', { uniqueSizeInGBs: 0, sizeInGBs: 50 }, 0],
    ['a part of a byte', { sizeInGBs: 1 / 3 }, 357_913_941],
    ['nothing', {}, null],
  ])('is read of %s', (_words, details, bytes) => {
    expect(sizeIn(details)).toBe(bytes);
  });

  it.each<[words: string, value: unknown]>([
    ['a negative number', -1],
    ['more than any number', JSON.parse('1e400')],
    ['more bytes than can be counted', 1e15],
    ['the text of such', '999999999999999'],
    ['text', 'large'],
    ['a number with its unit', '50 GB'],
    ['a hexadecimal number', '0x10'],
    ['an exponent', '1e3'],
    ['a negative text', '-1'],
    ['empty text', ''],
    ['null', null],
    ['true', true],
    ['a list', [50]],
    ['an object', { value: 50 }],
  ])('is not taken from %s, and the event is', (_words, value) => {
    const details = { sizeInGBs: value, uniqueSizeInMbs: value, databaseSizeInGBs: value };
    const parsed = createEventParser()(databaseEvent('end', time, { details }));
    expect(parsed).toMatchObject({
      kind: 'event',
      event: { sizeBytes: null, result: { status: 'SUCCEEDED' } },
    });
  });

  it('is read from the state that Audit records', () => {
    const event = auditEvent({ type: 'BlockVolumes.CreateVolumeBackup.end', time });
    event.data['stateChange'] = { current: { volumeId: 'ocid1.volume.oc1.iad.a', uniqueSizeInGBs: 4 } };
    const parsed = createEventParser()(event);
    expect(parsed).toMatchObject({ kind: 'event', event: { sizeBytes: 4 * gb } });
  });
});

const end = (id: string, details: Record<string, unknown>) => volumeEvent('end', time, { id, details });

describe('of two tellings of one fact', () => {
  it.each<[words: string, a: Record<string, unknown>, b: Record<string, unknown>, bytes: number | null]>([
    ['one leaves the size out', {}, { uniqueSizeInGBs: 2 }, 2 * gb],
    ['two sizes are told, the larger counts', { uniqueSizeInGBs: 2 }, { uniqueSizeInGBs: 3 }, 3 * gb],
    ['the worse one has none', { status: 'operationFailed', backupState: 'FAULTY' }, { sizeInGBs: 1 }, gb],
    ['neither has one', {}, {}, null],
  ])('%s, whichever was read first', (_words, a, b, bytes) => {
    const records = [end('a', a), end('b', b)];
    for (const order of [records, records.toReversed()]) {
      const { jobs } = correlate(order, dayOf('2026-11-19'));
      expect(jobs).toHaveLength(1);
      expect(jobs[0]?.sizeBytes ?? null).toBe(bytes);
    }
  });

  it('a row without the id of the backup adds its size to the fact that has it', () => {
    const event = databaseEvent('end', time, { id: 'e1' });
    const row = {
      'Event Type': event['eventType'],
      'Event ID': 'e1',
      'Event Start Time': Date.parse(time),
      databaseId: 'ocid1.database.oc1.iad.erpprd',
      LifecycleState: 'ACTIVE',
      additionalDetails: JSON.stringify({ databaseSizeInGBs: 5 }),
    };
    for (const order of [
      [event, row],
      [row, event],
    ]) {
      const { jobs } = correlate(order, dayOf('2026-11-19'));
      expect(jobs.map(({ sizeBytes }) => sizeBytes)).toEqual([5 * gb]);
    }
  });
});
