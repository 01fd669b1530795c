import { describe, expect, it } from 'vitest';
import { createEventParser } from '../../../../src/reports/backup-compliance/events/parse-event.js';
import type { EventResult } from '../../../../src/reports/backup-compliance/model/backup-event.js';
import { type RawEvent, databaseEvent, rawEvent, volumeEvent } from '../../../support/raw-event.js';

const time = '2026-11-19T02:30:00Z';

function resultOf(raw: RawEvent): EventResult {
  const parsed = createEventParser()(raw);
  if (parsed.kind !== 'event') throw new Error(`it is ${parsed.kind}`);
  return parsed.event.result;
}

describe('of two fields that say how an attempt ended', () => {
  it.each([
    // A later one makes it worse.
    ['ACTIVE', 'CANCELED', 'CANCELED', 'CANCELED'],
    ['ACTIVE', 'CANCELLED', 'CANCELED', 'CANCELLED'],
    ['ACTIVE', 'FAILED', 'FAILED', 'FAILED'],
    ['CompletedWithWarnings', 'FAULTY', 'FAILED', 'FAULTY'],
    ['CANCELED', 'FAILED', 'FAILED', 'FAILED'],
    ['QUIESCED', 'FAILED', 'FAILED', 'FAILED'],
    // It never makes it better, and of two that are as bad the first has the word.
    ['CANCELED', 'AVAILABLE', 'CANCELED', 'CANCELED'],
    ['FAILED', 'AVAILABLE', 'FAILED', 'FAILED'],
    ['FAILED', 'CANCELED', 'FAILED', 'FAILED'],
    ['FAILED', 'FAULTY', 'FAILED', 'FAILED'],
    ['CompletedWithWarnings', 'AVAILABLE', 'SUCCEEDED_WITH_WARNINGS', 'CompletedWithWarnings'],
    ['CompletedWithWarnings', 'CANCELED', 'SUCCEEDED_WITH_WARNINGS', 'CompletedWithWarnings'],
    ['QUIESCED', 'AVAILABLE', 'UNKNOWN', 'QUIESCED'],
    ['QUIESCED', 'CANCELED', 'UNKNOWN', 'QUIESCED'],
    ['ACTIVE', 'QUIESCED', 'SUCCEEDED', 'ACTIVE'],
    // What says nothing does not count.
    [null, 'CANCELED', 'CANCELED', 'CANCELED'],
    ['null', 'AVAILABLE', 'SUCCEEDED', 'AVAILABLE'],
    ['None', 'FAILED', 'FAILED', 'FAILED'],
    ['ACTIVE', ' ', 'SUCCEEDED', 'ACTIVE'],
    [' active ', null, 'SUCCEEDED', 'active'],
    [null, null, 'UNKNOWN', null],
    // Words that every object of JavaScript has are states that nobody knows.
    ['constructor', null, 'UNKNOWN', 'constructor'],
    ['__proto__', null, 'UNKNOWN', '__proto__'],
  ])('%j and then %j are %s', (lifecycleState, backupState, status, state) => {
    const end = databaseEvent('end', time, { details: { lifecycleState, backupState } });
    expect(resultOf(end)).toEqual({ status, state });
  });

  it.each([
    // Databases: the life cycle comes first.
    [databaseEvent, { lifecycleState: 'ODD-1', status: 'ODD-2' }, 'ODD-3', 'ODD-1'],
    [databaseEvent, { lifecycleState: null, status: 'ODD-2', backupState: 'ODD-4' }, 'ODD-3', 'ODD-2'],
    [databaseEvent, { lifecycleState: null, backupState: 'ODD-4' }, 'ODD-3', 'ODD-3'],
    [databaseEvent, { lifecycleState: null, backupState: 'ODD-4' }, undefined, 'ODD-4'],
    // Volumes: the status of the operation does.
    [volumeEvent, { status: 'ODD-2', lifecycleState: 'ODD-1' }, 'ODD-3', 'ODD-2'],
    [volumeEvent, { status: null, lifecycleState: 'ODD-1', backupState: 'ODD-4' }, 'ODD-3', 'ODD-3'],
    [volumeEvent, { status: null, lifecycleState: 'ODD-1', backupState: 'ODD-4' }, undefined, 'ODD-4'],
    [volumeEvent, { status: null, lifecycleState: 'ODD-1', backupState: null }, undefined, 'ODD-1'],
  ])('the first of its family decides: %# %j', (make, details, dataStatus, state) => {
    const event = make('end', time, { details });
    event.data['status'] = dataStatus;
    expect(resultOf(event)).toEqual({ status: 'UNKNOWN', state });
  });
});

describe('an event whose type says more of the result than its state', () => {
  const noState = { resourceId: 'ocid1.filesystem.oc1.iad.f1', time };
  it.each([
    ['a begin', databaseEvent('begin', time), null, null],
    [
      'a begin that failed',
      databaseEvent('begin', time, { details: { lifecycleState: 'FAILED' } }),
      'FAILED',
      'FAILED',
    ],
    [
      'a deletion that began with what had failed',
      rawEvent({ type: 'databaseservice.deletebackup.begin', time, details: { lifecycleState: 'FAILED' } }),
      null,
      null,
    ],
    [
      'a change that failed',
      rawEvent({
        type: 'blockvolumes.updatevolumebackuppolicy',
        time,
        details: { status: 'operationFailed' },
      }),
      'FAILED',
      'operationFailed',
    ],
    ['a snapshot taken', rawEvent({ ...noState, type: 'filestorage.createsnapshot' }), 'SUCCEEDED', null],
    [
      'a snapshot left out',
      rawEvent({
        ...noState,
        type: 'filestorage.skippolicybasedsnapshotcreation',
        details: { lifecycleState: 'ACTIVE' },
      }),
      'FAILED',
      'Skip Policy-based Snapshot Creation',
    ],
    [
      'a type of its own that the catalogue does not have',
      rawEvent({ type: 'new.createbackup', time }),
      'UNKNOWN',
      null,
    ],
    ['an end', rawEvent({ type: 'mysqlaas.createbackup.end', time }), 'UNKNOWN', null],
  ])('%s', (_words, event, status, state) => {
    expect(resultOf(event)).toEqual({ status, state });
  });
});
