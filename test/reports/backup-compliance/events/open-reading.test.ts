import { describe, expect, it } from 'vitest';
import { openBackupReading } from '../../../../src/reports/backup-compliance/events/open-reading.js';
import { type RawEvent, databaseEvent, volumeEvent } from '../../../support/raw-event.js';

const window = {
  fromMs: Date.parse('2026-11-19T00:00:00Z'),
  toMs: Date.parse('2026-11-20T00:00:00Z'),
  aheadToMs: Date.parse('2026-11-20T02:00:00Z'),
};

const read = databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'read' });
const unread = volumeEvent('end', '2026-11-19T03:00:00Z', { id: 'unread' });
/** Ends after the cut-off of backups that ran at it. */
const proof = endAhead('proof', '2026-11-19T23:00:00Z');
const otherProof = endAhead('other-proof', '2026-11-19T23:00:00Z');

function endAhead(name: string, timeCreated: string, time = '2026-11-20T01:00:00Z'): RawEvent {
  return volumeEvent('end', time, {
    id: name,
    resourceId: `ocid1.volumebackup.oc1.iad.${name}`,
    details: { timeCreated },
  });
}

const at = (ms: number): string => new Date(ms).toISOString();

/** A reading that has read two records. */
function reading(): ReturnType<typeof openBackupReading> {
  const opened = openBackupReading(window, () => []);
  opened.take(read, 1);
  opened.take(proof, 2);
  return opened;
}

describe('of what an earlier revision had, there is taken', () => {
  it.each<[string, unknown, 'used' | 'duplicate' | 'outside', readonly string[]]>([
    ['nothing that was read again', read, 'used', []],
    ['nothing of which that revision had another record', read, 'duplicate', []],
    ['an event that was not read', unread, 'used', ['used']],
    ['an event that was outside of that revision', unread, 'outside', ['used']],
    ['nothing that was outside, and was read', read, 'outside', []],
    ['no proof of a running backup that was read', proof, 'outside', []],
    ['a proof of another one', otherProof, 'outside', ['outside']],
    ['nothing that is outside and proves nothing', endAhead('late', '2026-11-20T00:30:00Z'), 'outside', []],
    ['what counted and cannot be read any more', { eventType: 'com.or' }, 'used', ['rejected']],
    ['nothing that did not count and cannot be read', { eventType: 'com.or' }, 'outside', []],
    ['nothing that was empty', [], 'used', []],
  ])('%s', (_words, value, was, expected) => {
    const taken = reading().takeMissing(value, 3, was);
    expect(taken.map(({ disposition }) => disposition)).toEqual(expected);
  });

  it('a proof only once, and it counts with those that were read', () => {
    const opened = reading();
    expect(opened.takeMissing(otherProof, 3, 'outside')).toHaveLength(1);
    expect(opened.takeMissing(otherProof, 4, 'outside')).toEqual([]);
    expect(opened.finish(null).facts.ahead.map(({ eventId }) => eventId)).toEqual(['proof', 'other-proof']);
  });
});

describe('a record is held', () => {
  it.each<[string, unknown, boolean]>([
    ['that is an event that was read', read, true],
    ['but not one that was not', unread, false],
    ['but not one of two events', [read, read], false],
    ['but not one that cannot be read', { eventType: 'com.or' }, false],
    ['but not an empty one', [], false],
  ])('%s', (_words, value, expected) => {
    expect(reading().holds(value)).toBe(expected);
  });
});

describe('an end proves that a backup ran at the cut-off', () => {
  const day = 24 * 60 * 60 * 1000;

  const { toMs, aheadToMs } = window;

  it.each<[string, RawEvent, boolean]>([
    ['at the cut-off', endAhead('a', at(toMs - 1), at(toMs)), true],
    ['before the look-ahead ends', endAhead('a', at(toMs - 1), at(aheadToMs - 1)), true],
    ['not when it ends', endAhead('a', at(toMs - 1), at(aheadToMs)), false],
    ['not where the backup was created at the cut-off', endAhead('a', at(toMs)), false],
    ['created seven days before', endAhead('a', at(toMs - 7 * day)), true],
    ['not created longer before', endAhead('a', at(toMs - 7 * day - 1)), false],
    ['not without a time of creation', volumeEvent('end', at(toMs)), false],
    ['not a begin', volumeEvent('begin', at(toMs), { details: { timeCreated: at(toMs - 1) } }), false],
    [
      'not of a copy',
      volumeEvent('end', at(toMs), {
        type: 'blockvolumes.copyvolumebackup.end',
        details: { timeCreated: at(toMs - 1) },
      }),
      false,
    ],
  ])('%s', (_words, record, expected) => {
    const opened = openBackupReading(window, () => []);
    expect(opened.take(record, 1).map(({ disposition }) => disposition)).toEqual(['outside']);
    expect(opened.finish(null).facts.ahead).toHaveLength(expected ? 1 : 0);
  });
});

describe('who tells of an event', () => {
  it('is the source that is read', () => {
    const opened = openBackupReading(window, () => []);
    opened.take(unread, 1);
    opened.beginSource?.('1:events');
    opened.take(read, 2);
    opened.beginSource?.('2:audit');
    opened.take(read, 3);
    const { ledger } = opened.finish(null).facts;
    const events = [...ledger.groups()].flat();
    expect(
      new Map(events.map(({ eventId, witnesses }) => [eventId, witnesses?.map(({ name }) => name)])),
    ).toEqual(
      new Map([
        ['unread', []],
        ['read', ['1:events', '2:audit']],
      ]),
    );
  });
});
