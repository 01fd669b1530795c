import { describe, expect, it } from 'vitest';
import { EventStore } from '../../../../src/reports/backup-compliance/events/event-store.js';
import { createEventParser } from '../../../../src/reports/backup-compliance/events/parse-event.js';
import type { BackupEvent } from '../../../../src/reports/backup-compliance/model/backup-event.js';
import { untold } from '../../../../src/reports/backup-compliance/model/backup-settings.js';
import { databaseEvent } from '../../../support/raw-event.js';

const time = '2026-11-19T02:30:00Z';

function plain(event: BackupEvent): BackupEvent {
  const { eventId, type, timeMs, subjectId, resource, createdMs, result, traits, message } = event;
  const { condition, principal, expiresMs = null, sizeBytes = null, witnesses = [], settings = null } = event;
  return {
    eventId,
    type,
    timeMs,
    subjectId,
    resource,
    createdMs,
    expiresMs,
    sizeBytes,
    result,
    traits,
    message,
    condition,
    principal,
    witnesses,
    settings,
  };
}

function eventOf(over: Partial<BackupEvent> = {}): BackupEvent {
  return { ...base, ...over };
}

const parsed = createEventParser()(databaseEvent('end', time));
if (parsed.kind !== 'event') throw new Error('the event of the test must be read');
const base = parsed.event;

describe('the store', () => {
  it.each<[string, Partial<BackupEvent>]>([
    ['id', { eventId: 'other' }],
    ['time', { timeMs: 1 }],
    ['time of creation', { createdMs: 1 }],
    ['time of expiry', { expiresMs: 1 }],
    ['size', { sizeBytes: 0 }],
    ['type', { type: { ...base.type, phase: 'begin' } }],
    ['resource', { resource: { ...base.resource, resourceName: 'other' } }],
    ['result', { result: { status: 'FAILED', state: 'FAILED' } }],
    ['traits', { traits: { ...base.traits, backupType: 'FULL' } }],
    ['message', { message: 'other' }],
    ['condition', { condition: { name: 'A', cleared: false, description: null, uniqueName: null } }],
    ['principal', { principal: 'jane' }],
    ['settings', { settings: { now: untold, before: untold } }],
  ])('keeps two events apart that differ by their %s alone', (_words, over) => {
    const store = new EventStore();
    for (const event of [base, eventOf(over)]) store.append(event, event.subjectId);
    expect(plain(store.view(0))).toEqual(plain(base));
    expect(plain(store.view(1))).toEqual(plain(eventOf(over)));
    expect(store.facets(0) === store.facets(1)).toBe(
      'eventId timeMs createdMs expiresMs sizeBytes'.includes(Object.keys(over)[0] ?? ''),
    );
  });

  it('holds more than it has room for at first, with their subjects', () => {
    const store = new EventStore();
    for (let nth = 0; nth < 3000; nth += 1) {
      const event = eventOf({ eventId: `e${nth}`, timeMs: nth, createdMs: nth % 2 === 0 ? null : nth });
      expect(store.append(event, nth % 3 === 0 ? null : `s${nth}`)).toBe(nth);
    }
    expect(store.length).toBe(3000);
    for (const nth of [0, 1, 1023, 1024, 1025, 2047, 2048, 2999]) {
      expect(store.view(nth)).toMatchObject({
        eventId: `e${nth}`,
        timeMs: nth,
        createdMs: nth % 2 === 0 ? null : nth,
        subjectId: nth % 3 === 0 ? null : `s${nth}`,
      });
    }
    expect(() => store.eventId(3000)).toThrow(RangeError);
  });

  it('learns who caused one event, and no other', () => {
    const store = new EventStore();
    for (const event of [base, base]) store.append(event, null);
    store.amend(1, { principal: 'jane' });
    expect([store.view(0).principal, store.view(1).principal]).toEqual([null, 'jane']);
  });

  it('learns which sources told one event, and no other', () => {
    const store = new EventStore();
    for (const event of [base, base]) store.append(event, null);
    const [first, second] = ['first', 'second'].map((name) => ({ name, region: 'iad' }));
    if (first === undefined || second === undefined) throw new Error('there are two');
    for (const witness of [second, first, second]) store.addWitness(1, witness);
    expect([store.view(0).witnesses, new Set(store.view(1).witnesses)]).toEqual([
      [],
      new Set([first, second]),
    ]);
    expect(store.view(1).witnesses).toHaveLength(2);
  });

  it('keeps any number of variants of one resource apart', () => {
    const store = new EventStore();
    const messages = Array.from({ length: 20 }, (_, nth) => `m${nth}`);
    for (const message of [...messages, ...messages]) store.append(eventOf({ message }), null);
    const held = Array.from({ length: 40 }, (_, nth) => store.view(nth).message);
    expect(held).toEqual([...messages, ...messages]);
  });
});
