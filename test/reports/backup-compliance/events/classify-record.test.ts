import { describe, expect, it } from 'vitest';
import { createRecordClassifier } from '../../../../src/reports/backup-compliance/events/classify-record.js';
import { auditEvent, databaseEvent, rawEvent } from '../../../support/raw-event.js';

const from = '2026-11-19T00:00:00Z';
const to = '2026-11-20T00:00:00Z';
const classify = createRecordClassifier({ fromMs: Date.parse(from), toMs: Date.parse(to) });

describe('a record is classified', () => {
  it.each([
    ['just before the window', '2026-11-18T23:59:59.999Z', 'outside'],
    ['as the window begins', from, 'event'],
    ['just before it ends', '2026-11-19T23:59:59.999Z', 'event'],
    ['as it ends', to, 'outside'],
    // A time that cannot be is none: the record may be of this day.
    ['366 days later', '2027-11-21T00:00:00Z', 'outside'],
    ['more than 366 days later', '2027-11-21T00:00:00.001Z', 'rejected'],
    ['in the first year', '2016-01-01T00:00:00Z', 'outside'],
    ['before the first year', '2015-12-31T23:59:59.999Z', 'rejected'],
    ['on a day that does not exist', '2026-11-31T02:00:00Z', 'rejected'],
    ['as it is not ISO', '11/19/2026 02:00:00 Z', 'rejected'],
    ['with nine digits and an offset', '2026-11-20T00:59:59.999999999+01:00', 'event'],
  ])('%s', (_words, time, kind) => {
    expect(classify(databaseEvent('end', time)).map((each) => each.kind)).toEqual([kind]);
  });

  it('event by event, each with what is to be kept of it', () => {
    const event = databaseEvent('end', from);
    const other = rawEvent({ type: 'databaseservice.launchdbsystem.begin', time: from });
    expect(classify([event, other, 7])).toMatchObject([
      { kind: 'event', evidence: { asRead: false, value: event } },
      { kind: 'ignored', evidence: { asRead: false, value: other } },
      { kind: 'rejected', reason: 'not a JSON object', evidence: { asRead: false, value: 7 } },
    ]);
  });

  it.each([
    ['data', (other: object) => databaseEvent('end', from, { data: { cause: [other] } })],
    ['details', (other: object) => databaseEvent('end', from, { details: { cause: { other } } })],
    ['extensions', (other: object) => ({ ...databaseEvent('end', from), extensions: { other } })],
  ])('and one in the %s of another event is rejected, not lost', (_words, around) => {
    const other = databaseEvent('begin', from);
    expect(classify(around(other))).toMatchObject([
      { kind: 'event' },
      {
        kind: 'rejected',
        reason: 'an event within the data of another event',
        evidence: { asRead: false, value: other },
      },
    ]);
  });

  it('kept as it was read, where nothing had to be taken apart', () => {
    const wrapped = {
      stream: 's',
      value: Buffer.from(JSON.stringify(databaseEvent('end', from))).toString('base64'),
    };
    for (const record of [databaseEvent('end', from), wrapped, { no: 'event' }]) {
      expect(classify(record).map(({ evidence }) => evidence)).toEqual([{ asRead: true }]);
    }
  });

  it('without secrets, unless it is rejected: the evidence cleans what is kept as read', () => {
    const type = 'databaseservice.deletebackup.end';
    expect(classify(auditEvent({ type, time: 'noon' }))).toMatchObject([
      { kind: 'rejected', evidence: { asRead: true } },
    ]);
    for (const time of [from, to]) {
      const [found] = classify(auditEvent({ type, time }));
      expect(found?.evidence.asRead).toBe(false);
      expect(JSON.stringify(found)).not.toContain('secret-');
    }
  });
});
