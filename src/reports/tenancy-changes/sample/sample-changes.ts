import { many, sampleTime } from '../../sample/sample-values.js';
import type { Whole } from '../../sample/whole.js';
import type { Change } from '../model/change.js';

/** A change of the day. Typed whole: a field that is new in a line has to be here, too. */
export function sampleChange(number: number, over: Partial<Change> = {}): Whole<Change> {
  return {
    time: sampleTime,
    endTime: sampleTime,
    service: 'ComputeApi',
    eventName: 'UpdateInstance',
    action: 'updated',
    resourceId: `ocid1.instance.oc1.iad.sample${number}`,
    resourceName: `web-${number}`,
    resourceType: 'instance',
    compartmentId: 'ocid1.compartment.oc1..prod',
    compartmentName: 'prod',
    region: 'us-ashburn-1',
    principalName: 'ana@example.com',
    principalId: 'ocid1.user.oc1..ana',
    authType: 'fed',
    ipAddress: '192.0.2.7',
    result: 'succeeded',
    status: '200',
    message: null,
    requestId: `request-${number}`,
    groupingId: null,
    before: '{"ocpus":2}',
    after: '{"ocpus":4,"shape":"VM.E4"}',
    backupRelevant: false,
    removesProtection: false,
    hasVerb: true,
    eventIds: [`event-${number}`],
    ...over,
  };
}

/** Of what nothing is told but that it happened. */
const bare: Partial<Change> = {
  resourceId: null,
  resourceName: null,
  resourceType: null,
  compartmentId: null,
  compartmentName: null,
  region: null,
  principalName: null,
  principalId: null,
  authType: null,
  ipAddress: null,
  before: null,
  after: null,
};

/** Something for every list of the report. */
export function changesOfEverySort(): readonly Change[] {
  const backup = { service: 'DatabaseService', backupRelevant: true };
  const deleted = { action: 'deleted', before: '{"duration":"35 DAYS"}', after: null } as const;
  const refused = { result: 'refused', status: '404', message: 'NotAuthorizedOrNotFound' } as const;
  return [
    sampleChange(1, {
      ...backup,
      ...deleted,
      eventName: 'DeleteBackup',
      removesProtection: true,
      endTime: '2026-11-19T07:25:00.000Z',
    }),
    sampleChange(2, { ...backup, eventName: 'UpdateDatabase' }),
    sampleChange(3, { ...backup, ...refused, eventName: 'DeleteProtectedDatabase' }),
    sampleChange(4, { ...deleted, eventName: 'TerminateInstance' }),
    sampleChange(5, { ...refused, eventName: 'LaunchInstance', action: 'created' }),
    sampleChange(6, { result: 'failed', status: '500', message: 'InternalError' }),
    sampleChange(7, { ...bare, action: 'other', eventName: 'InteractiveLogin', hasVerb: false }),
    sampleChange(8, {
      ...bare,
      result: 'unknown',
      status: null,
      resourceId: 'ocid1.instance.oc1.iad.sample8',
    }),
    sampleChange(9, { ...backup, endTime: null, result: 'unknown', status: null, eventName: 'CreateBackup' }),
  ];
}

/** What nobody has to look at. */
export function routineChanges(): readonly Change[] {
  return [sampleChange(1), sampleChange(2, { action: 'created', before: null })];
}

/** More of every sort, and of every service, compartment and principal, than page and mail show. */
export function manyChanges(): readonly Change[] {
  const ofEverySort = many(30, (index) =>
    changesOfEverySort().map((change, sort) => ({
      ...change,
      service: `Service${index}`,
      compartmentId: `ocid1.compartment.oc1..sample${index}`,
      compartmentName: `team-${index}`,
      principalId: `ocid1.user.oc1..sample${index}`,
      principalName: `user-${index}@example.com`,
      eventIds: [`event-${index}-${sort}`],
    })),
  );
  const refused = many(110, (index) => sampleChange(index, { result: 'refused', status: '403' }));
  return [...ofEverySort.flat(), ...refused];
}
