import { firstKind } from '../../src/model/kind-of-report.js';
import { auditRecord } from './audit-records.js';
import { dataSafeEvent } from './data-safe-events.js';
import { databaseEvent } from './raw-event.js';

/** A kind of report whose demo is taken through the commands. */
export interface KindOnTrial {
  readonly kind: string;
  /** Exit code of a command over all days of the demo: 3 where one of them is INCOMPLETE. */
  readonly ofAllDays: number;
  /** Exit code of a run of the demo's last day. */
  readonly ofLastDay: number;
  /** Exit code of a run of the demo's last day with `--fail-on non-compliant`. */
  readonly failing: number;
  /** A record that comes after the report of its day, and changes it. */
  late(date: string): object;
  /** What `explain FILE…` says the late record is. */
  readonly explained: RegExp;
  /** What the report of the last day shows on page and mail. */
  readonly shown: string;
}

/** To add a kind, add a row. */
export const kindsOnTrial: readonly KindOnTrial[] = [
  {
    kind: firstKind,
    ofAllDays: 3,
    ofLastDay: 0,
    failing: 5,
    late: (date) =>
      databaseEvent('end', `${date}T17:00:00Z`, {
        id: 'late-record',
        resourceId: 'ocid1.dbbackup.oc1.iad.late',
        details: { databaseId: 'ocid1.database.oc1.iad.late', dbUniqueName: 'LATECOMER' },
      }),
    explained: /used .* end of a backup/,
    shown: 'LATECOMER',
  },
  {
    kind: 'tenancy-changes',
    ofAllDays: 0,
    ofLastDay: 0,
    failing: 5,
    late: (date) =>
      auditRecord({
        time: `${date}T17:00:00.000Z`,
        operation: 'DeleteRetentionRule',
        verb: 'DELETE',
        resourceName: 'LATECOMER',
      }),
    explained: /used .* a change by ana: DeleteRetentionRule/,
    shown: 'LATECOMER',
  },
  {
    kind: 'database-activity',
    // On its last day a target has no data.
    ofAllDays: 3,
    ofLastDay: 3,
    failing: 3,
    late: (date) =>
      dataSafeEvent({
        id: 'ocid1.datasafeauditevent.oc1..late',
        auditEventTime: `${date}T17:00:00Z`,
        timeCollected: `${date}T20:00:00Z`,
        operation: 'DROP TABLE',
        eventName: 'DROP TABLE',
        operationStatus: 'SUCCESS',
        dbUserName: 'LATECOMER',
      }),
    explained: /used .* DROP TABLE by LATECOMER: succeeded, listed under drops/,
    shown: 'LATECOMER',
  },
];
