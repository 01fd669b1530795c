import { many, sampleTime } from '../../sample/sample-values.js';
import type { ActivityLine } from '../model/activity.js';

/** An audit event of the day, with every field that a report reads. */
export function sampleEvent(number: number, over: ActivityLine = {}): ActivityLine {
  return {
    id: `ocid1.datasafeauditevent.oc1.iad.sample${number}`,
    auditEventTime: sampleTime,
    timeCollected: '2026-11-19T07:25:00.000Z',
    targetId: 'ocid1.datasafetargetdatabase.oc1.iad.erp',
    targetName: 'erp-prod',
    databaseType: 'DATABASE_CLOUD_SERVICE',
    dbUserName: 'APP',
    osUserName: 'oracle',
    operation: 'SELECT',
    eventName: 'SELECT',
    operationStatus: 'SUCCESS',
    errorCode: null,
    errorMessage: null,
    objectOwner: 'HR',
    objectName: 'SALARIES',
    objectType: 'TABLE',
    clientIp: '10.0.8.21',
    clientHostname: 'app-1',
    clientProgram: 'JDBC Thin Client',
    commandText: 'select * from hr.salaries',
    commandParam: null,
    auditType: 'STANDARD',
    auditPolicies: 'HR_SALARIES',
    ...over,
  };
}

const failure: ActivityLine = { operationStatus: 'FAILURE', errorCode: '1031', errorMessage: 'not allowed' };

/** Of what nothing is told but that it happened. */
const bareEvent: ActivityLine = {
  targetName: null,
  databaseType: null,
  dbUserName: null,
  osUserName: null,
  objectOwner: null,
  objectName: null,
  clientIp: null,
  clientHostname: null,
  clientProgram: null,
  commandText: null,
};

/** Something for every list of the report, in the order of time. */
export function eventsOfEverySort(): readonly ActivityLine[] {
  const login = { eventName: 'LOGON', operation: 'LOGON', operationStatus: 'FAILURE', errorCode: '1017' };
  return [
    sampleEvent(1, { eventName: 'NOAUDIT', commandText: 'noaudit policy hr_salaries' }),
    sampleEvent(2, login),
    sampleEvent(3, { ...login, auditEventTime: '2026-11-19T08:10:00.000Z' }),
    sampleEvent(4, { ...login, ...bareEvent, errorCode: null }),
    sampleEvent(5, { eventName: 'ALTER USER', operation: 'ALTER' }),
    sampleEvent(6, { eventName: 'GRANT', operation: 'GRANT', commandText: 'grant dba to app_support' }),
    sampleEvent(7, { eventName: 'DROP TABLE', operation: 'DROP' }),
    sampleEvent(8, failure),
    sampleEvent(9, { ...bareEvent, targetId: null, targetName: 'old-crm', operationStatus: null }),
    sampleEvent(10),
  ];
}

/** What nobody has to look at. */
export function routineEvents(): readonly ActivityLine[] {
  return [sampleEvent(1), sampleEvent(2, { eventName: 'LOGON', operation: 'LOGON', dbUserName: null })];
}

/** More of every sort, and of targets, users and operations, than page and mail show. */
export function manyEvents(): readonly ActivityLine[] {
  return many(60, (index) =>
    eventsOfEverySort().map((event, sort) => ({
      ...event,
      id: `ocid1.datasafeauditevent.oc1.iad.sample${index}-${sort}`,
      targetId: `ocid1.datasafetargetdatabase.oc1.iad.sample${index}`,
      dbUserName: `USER_${index}`,
      ...(sort === 9 ? { eventName: `EXECUTE ${index % 40}` } : {}),
    })),
  ).flat();
}
