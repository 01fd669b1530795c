import { describe, expect, it } from 'vitest';
import { judge } from '../../../support/judge-day.js';
import { type RawEvent, databaseEvent } from '../../../support/raw-event.js';

const noon = '2026-11-19T12:00:00Z';
const later = '2026-11-19T12:00:00.001Z';
let serial = 0;

function ended(lifecycleState: string, time: string): RawEvent {
  serial += 1;
  return databaseEvent('end', time, {
    resourceId: `ocid1.dbbackup.oc1.iad.b${serial}`,
    details: { lifecycleState },
  });
}

describe('the outcome of a day', () => {
  it.each([
    ['a failure and a success at one instant', [ended('FAILED', noon), ended('ACTIVE', noon)], 'FAILED'],
    ['a success and a failure at one instant', [ended('ACTIVE', noon), ended('FAILED', noon)], 'FAILED'],
    ['a failure, then a success', [ended('FAILED', noon), ended('ACTIVE', later)], 'RECOVERED'],
    ['a success, then a failure', [ended('ACTIVE', noon), ended('FAILED', later)], 'FAILED'],
    [
      'a success among failures',
      [ended('FAILED', noon), ended('ACTIVE', later), ended('FAILED', later)],
      'FAILED',
    ],
    ['a cancellation alone', [ended('CANCELED', noon)], 'FAILED'],
    ['a cancellation and a success', [ended('CANCELED', noon), ended('ACTIVE', noon)], 'SUCCEEDED'],
    ['an unknown end and a success', [ended('ODD', noon), ended('ACTIVE', later)], 'UNKNOWN'],
    ['an unknown end and a failure', [ended('ODD', noon), ended('FAILED', noon)], 'FAILED'],
    [
      'a success with warnings and one without',
      [ended('CompletedWithWarnings', noon), ended('ACTIVE', later)],
      'SUCCEEDED_WITH_WARNINGS',
    ],
    [
      'a failure, then a success with warnings',
      [ended('FAILED', noon), ended('CompletedWithWarnings', later)],
      'RECOVERED',
    ],
  ])('of %s', async (_words, events, outcome) => {
    const { report } = await judge(events, '2026-11-19');
    expect(report.resources.map((each) => each.outcome)).toEqual([outcome]);
  });
});
