import { expect } from 'vitest';
import fc from 'fast-check';
import type { ControlTotals } from '../../src/model/control-totals.js';
import { judge } from './judge-day.js';
import { type RawEvent, conditionEvent, rawEvent } from './raw-event.js';

const date = '2026-11-19';
const time = fc
  .integer({ min: Date.parse('2026-11-10T00:00:00Z'), max: Date.parse('2026-11-21T00:00:00Z') })
  .map((ms) => new Date(ms - (ms % 1000)).toISOString());
const operation = fc.constantFrom(
  'databaseservice.automaticbackupdatabase',
  'databaseservice.backupdatabase',
  'databaseservice.autonomous.database.backup',
  'blockvolumes.createvolumebackup',
  'BlockVolumes.CreateBootVolumeBackup',
  'blockvolumes.copyvolumebackup',
  'databaseservice.restoredatabase',
  'databaseservice.deletebackup',
  'databaseservice.database.terminate',
  'mysqlaas.createbackup',
  'newservice.createbackup',
  'databaseservice.launchdbsystem',
);

const backupEvent = fc
  .record({
    operation,
    phase: fc.constantFrom('.begin', '.end', ''),
    time,
    id: fc.integer({ min: 1, max: 40 }),
    subject: fc.constantFrom(
      'ocid1.dbbackup.oc1.iad.b',
      'ocid1.autonomousdatabase.oc1.iad.a',
      'OCID1.VOLUMEBACKUP.OC1.IAD.V',
    ),
    serial: fc.integer({ min: 1, max: 4 }),
    state: fc.constantFrom('ACTIVE', 'FAILED', 'CANCELED', 'CREATING', 'QUIESCED', null),
    names: fc.constantFrom('none', 'unique name', 'all'),
  })
  .map(({ operation: type, phase, time: when, id, subject, serial, state, names }) =>
    rawEvent({
      type: `${type}${phase}`,
      time: when,
      id: `id-${id}`,
      resourceId: `${subject}${serial}`,
      details: {
        lifecycleState: state,
        status: state === 'FAILED' ? 'operationFailed' : null,
        ...(names === 'none' ? {} : { dbUniqueName: `db${serial}` }),
        ...(names === 'all'
          ? {
              databaseId: `ocid1.database.oc1.iad.${id > 30 ? 'E' : 'D'}${serial}`,
              volumeId: `ocid1.volume.oc1.iad.w${serial}`,
            }
          : {}),
      },
    }),
  );

const condition = fc
  .record({
    severity: fc.constantFrom('critical' as const, 'information' as const),
    name: fc.constantFrom('X.BACKUP_FAILURE', 'X.BACKUP_FAILURE_CLEARED', 'X.DOWN', 'X.DOWN_CLEARED'),
    time,
    id: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ severity, name, time: when, id }) => conditionEvent(severity, name, when, { id: `id-${id}` }));

const wrapped = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: backupEvent }, { weight: 1, arbitrary: condition }),
    fc.integer({ min: 0, max: 6 }),
  )
  .map(([event, envelope]): unknown => wrap(event, envelope));

const broken = fc.oneof(
  fc.constantFrom('{', 'null', '17', '"text"', '[]x', '{"eventType":"com.or"}', '{"a":1}', '{"eventType":7}'),
  fc.json(),
  backupEvent.map((event) => JSON.stringify(event).slice(0, 200)),
);

const records = fc.array(fc.oneof({ weight: 6, arbitrary: wrapped }, { weight: 1, arbitrary: broken }), {
  maxLength: 40,
});

function wrap(event: RawEvent, envelope: number): unknown {
  const text = JSON.stringify(event);
  switch (envelope) {
    case 1:
      return { offset: 1, partition: '0', value: Buffer.from(text).toString('base64') };
    case 2:
      return { 'Original Log Content': text };
    case 3:
      return {
        specversion: '1.0',
        id: event['eventID'],
        type: event['eventType'],
        time: event['eventTime'],
        data: event.data,
      };
    case 4:
      return { ...event, eventID: undefined, eventId: event['eventID'] };
    case 5:
      return {
        'Event Type': event['eventType'],
        'Event ID': event['eventID'],
        'Event Start Time': event['eventTime'],
        additionalDetails: JSON.stringify(event.data['additionalDetails']),
      };
    default:
      return event;
  }
}

function sum(totals: ControlTotals): number {
  return totals.used + totals.duplicate + totals.outside + totals.ignored + totals.rejected;
}

/** Totals balance for any input: records by disposition, resources by outcome and verdict, jobs by status. */
export async function checkBalance(numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(records, async (input) => {
      const { report, jobs, evidence } = await judge(input, date);
      expect(sum(report.controlTotals)).toBe(report.controlTotals.read);

      const last = new Map(evidence.map((line) => [line['record'], line['disposition']]));
      const counted = Object.fromEntries(
        ['used', 'duplicate', 'outside', 'ignored', 'rejected'].map((name) => [
          name,
          [...last.values()].filter((disposition) => disposition === name).length,
        ]),
      );
      expect(report.controlTotals).toEqual({ ...counted, read: last.size });

      const { ignoredTypes = [], furtherIgnored = 0 } = report;
      expect(ignoredTypes.reduce((all, { events }) => all + events, furtherIgnored)).toBe(
        report.controlTotals.ignored,
      );

      const { totals, resources, jobTotals } = report;
      expect(totals.expected).toBe(resources.length);
      expect(Object.values(totals.byOutcome).reduce((a, b) => a + b, 0)).toBe(totals.expected);
      expect(totals.compliant + totals.nonCompliant + totals.unknown + totals.notApplicable).toBe(
        totals.expected,
      );
      expect(new Set(resources.map(({ resourceId }) => resourceId)).size).toBe(resources.length);
      expect(jobTotals.total).toBe(jobs.length);
      expect(Object.values(jobTotals.byStatus).reduce((a, b) => a + b, 0)).toBe(jobs.length);
      expect(report.status).toBe(
        report.controlTotals.rejected > 0 || last.size === 0 ? 'INCOMPLETE' : 'COMPLETE',
      );
    }),
    { numRuns },
  );
}

/** Totals and every artefact but the evidence do not depend on the order of the records. */
export async function checkOrder(numRuns: number): Promise<void> {
  const shuffled = records.chain((input) =>
    fc.tuple(fc.constant(input), fc.shuffledSubarray(input, { minLength: input.length })),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([input, other]) => {
      const one = await judge(input, date);
      const two = await judge(other, date);
      expect(two.report).toEqual(one.report);
      expect(two.jobs).toEqual(one.jobs);
    }),
    { numRuns },
  );
}
