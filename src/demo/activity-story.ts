import { addDays, startOfDate } from '../base/civil-dates.js';
import { toIso } from '../base/instants.js';
import { hourMs, minuteMs } from '../base/time-units.js';
import { createRandom } from './random.js';

const storyDays = 5;

export interface ActivityDay {
  readonly date: string;
  /** Audit events and trails of Data Safe, as JSON texts, in no order. */
  readonly lines: readonly string[];
}

interface Told {
  readonly target: string;
  readonly user: string;
  readonly action: string;
  readonly at: number;
  readonly fails?: string;
  readonly from?: string;
  readonly object?: string;
  readonly command?: string;
  readonly collectedAt?: number;
}

const targets = ['erp-prod', 'hr-prod', 'warehouse', 'legacy-crm'] as const;
const users = ['APP', 'BATCH', 'REPORTING', 'ANA_DBA', 'BEN_DBA'] as const;
const ordinary: readonly (readonly [string, string?])[] = [
  ['LOGON'],
  ['LOGOFF'],
  ['SELECT', 'SALARIES'],
  ['UPDATE', 'ORDERS'],
  ['DELETE', 'SESSIONS'],
  ['EXECUTE', 'CLOSE_MONTH'],
  ['CREATE INDEX', 'ORDERS_IX'],
];

/** Some days of four databases; on the last, somebody guesses passwords, and a trail has not collected. */
export function activityDays(yesterday: string, timezone: string): readonly ActivityDay[] {
  const random = createRandom(45);
  let number = 0;
  const next = (told: Told): string => JSON.stringify(eventOf(told, (number += 1)));
  return Array.from({ length: storyDays }, (_, index) => {
    const date = addDays(yesterday, index - storyDays + 1);
    const start = startOfDate(date, timezone);
    const end = startOfDate(addDays(date, 1), timezone);
    const isLast = index === storyDays - 1;
    const lines: string[] = [];
    for (let call = 0; call < 160; call += 1) {
      const target = targets[Math.floor(random() * (isLast ? 3 : 4))] ?? targets[0];
      const user = users[Math.floor(random() * users.length)] ?? users[0];
      const [action, object] = ordinary[Math.floor(random() * ordinary.length)] ?? ['LOGON'];
      const at = start + Math.floor(random() * (end - start));
      const named = object === undefined ? {} : { object };
      const isRefused = random() < 0.02;
      lines.push(next({ target, user, action, at, ...named, ...(isRefused ? { fails: '942' } : {}) }));
    }
    if (isLast) lines.push(...worstOf(start).map(next));
    lines.push(...targets.map((target) => JSON.stringify(trailOf(target, { start, end, isLast }))));
    return { date, lines };
  });
}

function worstOf(start: number): readonly Told[] {
  const at = (hour: number, minute = 0): number => start + hour * hourMs + minute * minuteMs;
  const from = '203.0.113.77';
  const guesses = Array.from({ length: 37 }, (_, index): Told => {
    return { target: 'hr-prod', user: 'SYSTEM', action: 'LOGON', at: at(2, index), fails: '1017', from };
  });
  const dba = { target: 'hr-prod', user: 'BEN_DBA' };
  return [
    ...guesses,
    { target: 'erp-prod', user: 'APP', action: 'LOGON', at: at(8), fails: '28000' },
    {
      ...dba,
      action: 'ALTER USER',
      at: at(9),
      object: 'APP',
      command: 'alter user app identified by "Autumn-2026"',
    },
    { ...dba, action: 'GRANT', at: at(9, 5), object: 'DBA', command: 'grant dba to app_support' },
    { ...dba, action: 'NOAUDIT', at: at(9, 10), command: 'noaudit policy hr_salaries' },
    {
      ...dba,
      action: 'DROP TABLE',
      at: at(9, 20),
      object: 'SALARIES_2019',
      command: 'drop table hr.salaries_2019 purge',
    },
    {
      target: 'warehouse',
      user: 'REPORTING',
      action: 'TRUNCATE TABLE',
      at: at(11),
      object: 'STAGE',
      fails: '1031',
    },
    {
      target: 'erp-prod',
      user: 'ANA_DBA',
      action: 'ALTER SYSTEM',
      at: at(13),
      command: 'alter system switch logfile',
    },
    // A trail that was resumed brought them nine days late.
    ...Array.from({ length: 14 }, (_, index): Told => {
      const happened = at(-9 * 24 + 3, index);
      return {
        target: 'warehouse',
        user: 'BATCH',
        action: 'DELETE',
        at: happened,
        object: 'STAGE',
        collectedAt: at(15),
      };
    }),
  ];
}

function eventOf(told: Told, number: number): object {
  const { target, user, action, at, fails, from = '10.0.8.21', object, command, collectedAt } = told;
  return {
    id: `ocid1.datasafeauditevent.oc1.iad.demo${String(number).padStart(6, '0')}`,
    compartmentId: 'ocid1.compartment.oc1..databases',
    targetId: targetIdOf(target),
    targetName: target,
    databaseType: target === 'warehouse' ? 'AUTONOMOUS_DATABASE' : 'DATABASE_CLOUD_SERVICE',
    auditEventTime: toIso(at),
    timeCollected: toIso(collectedAt ?? at + 11 * minuteMs),
    dbUserName: user,
    osUserName: user.endsWith('_DBA') ? user.toLowerCase() : 'oracle',
    operation: action.split(' ')[0],
    eventName: action,
    operationStatus: fails === undefined ? 'SUCCESS' : 'FAILURE',
    errorCode: fails ?? null,
    objectOwner: object === undefined ? null : 'HR',
    objectName: object ?? null,
    clientIp: from,
    clientProgram: user.endsWith('_DBA') ? 'sqlplus' : 'JDBC Thin Client',
    commandText: command ?? null,
    auditType: 'STANDARD',
    auditLocation: 'AUDIT_TABLE',
    isAlerted: false,
  };
}

/** On the last day that of `legacy-crm` stopped before the day began. */
function trailOf(
  target: string,
  { start, end, isLast }: { readonly start: number; readonly end: number; readonly isLast: boolean },
): object {
  const isStopped = isLast && target === 'legacy-crm';
  return {
    id: `ocid1.datasafeaudittrail.oc1.iad.${target}`,
    displayName: 'unified',
    targetId: targetIdOf(target),
    trailLocation: 'UNIFIED_AUDIT_TRAIL',
    status: isStopped ? 'STOPPED_NEEDS_ATTN' : 'COLLECTING',
    auditCollectionStartTime: '2026-01-01T00:00:00.000Z',
    timeLastCollected: toIso(isStopped ? start - 3 * hourMs : end + 3 * hourMs),
    timeRead: toIso(end + 4 * hourMs),
  };
}

function targetIdOf(target: string): string {
  return `ocid1.datasafetargetdatabase.oc1.iad.${target}`;
}
