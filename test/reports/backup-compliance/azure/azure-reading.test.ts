import { describe, expect, it } from 'vitest';
import { createBatchReader } from '../../../../src/reports/backup-compliance/events/batch-reader.js';
import { openBackupReading } from '../../../../src/reports/backup-compliance/events/open-reading.js';
import { leftOver } from '../../../../src/reports/backup-compliance/events/posted-events.js';
import { asAnswer, asRead, jobRow } from '../../../support/azure-rows.js';
import { volumeEvent } from '../../../support/raw-event.js';

const window = { fromMs: Date.parse('2026-11-18T00:00:00Z'), toMs: Date.parse('2026-11-19T00:00:00Z') };
const row = jobRow('1');
const older = jobRow('1', { status: 'InProgress', seconds: 0, generated: '2026-11-18T02:00:00Z' });
const newer = jobRow('1', { status: 'Failed', generated: '2026-11-18T09:00:00Z' });
const contradicting = jobRow('1', { status: 'Failed' });

it('a thread leaves rows to the collecting thread, which knows the others about the same', () => {
  const event = volumeEvent('end', '2026-11-18T03:00:00Z', { id: 'v' });
  const texts = [asRead(row), event, asAnswer([row])].map((each) => JSON.stringify(each));
  const posted = createBatchReader(window)(texts) as { readonly facets: Int32Array };
  expect([...posted.facets]).toEqual([leftOver, 0, leftOver]);
});

describe('of the rows that an earlier revision of the day had, there is taken', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['nothing that was read again', row, []],
    ['nothing that is older than what was read', older, []],
    ['one that is newer', newer, ['used']],
    ['one that contradicts what was read', contradicting, ['duplicate']],
    ['one of a job that was not read', jobRow('2'), ['used']],
  ])('%s', (_words, record, expected) => {
    const reading = openBackupReading(window, () => []);
    reading.take(asRead(row), 1);
    expect(reading.holds(asRead(record as typeof row))).toBe(expected.length === 0);
    const taken = reading.takeMissing(asRead(record as typeof row), 2, 'used');
    expect(taken.map(({ disposition }) => disposition)).toEqual(expected);
  });
});
