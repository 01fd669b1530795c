import { addDays, startOfDate } from '../base/civil-dates.js';
import { hourMs, minuteMs } from '../base/time-units.js';
import { type DemoCall, type DemoCaller, auditCall } from './audit-record.js';
import { createRandom } from './random.js';

/** As many days as it takes to say who is new. */
const storyDays = 9;

export interface TenancyDay {
  readonly date: string;
  /** Records of OCI Audit, as JSON texts, in no order. */
  readonly lines: readonly string[];
}

const people: readonly DemoCaller[] = ['ana.silva', 'ben.okafor', 'chen.wei', 'dora.novak'].map(
  (name, at) => ({
    name: `${name}@example.com`,
    id: `ocid1.user.oc1..${name}`,
    authType: 'fed',
    ipAddress: `198.51.100.${10 + at}`,
  }),
);
const pipeline: DemoCaller = {
  name: 'terraform-runner',
  id: 'ocid1.instance.oc1.iad.runner',
  authType: 'instance',
  ipAddress: '10.0.4.17',
};
const contractor: DemoCaller = {
  name: 'jw.contractor@example.com',
  id: 'ocid1.user.oc1..jw.contractor',
  authType: 'natv',
  ipAddress: '203.0.113.77',
};

/** Calls of an ordinary day: `[type, verb, resource kind, before, after]`. */
const ordinary: readonly (readonly [string, string, string, object?, object?])[] = [
  ['ComputeApi.LaunchInstance', 'POST', 'instance'],
  [
    'ComputeApi.UpdateInstance',
    'PUT',
    'instance',
    { shape: 'VM.E4', ocpus: 2 },
    { shape: 'VM.E4', ocpus: 4 },
  ],
  ['ComputeApi.TerminateInstance', 'DELETE', 'instance'],
  ['ObjectStorage.CreateBucket', 'POST', 'bucket'],
  ['ObjectStorage.UpdateBucket', 'POST', 'bucket', { versioning: 'Disabled' }, { versioning: 'Enabled' }],
  ['VirtualNetwork.UpdateSecurityList', 'PUT', 'securitylist', { ingressRules: 3 }, { ingressRules: 4 }],
  ['VirtualNetwork.CreateSubnet', 'POST', 'subnet'],
  ['IdentityControlPlane.UpdatePolicy', 'PUT', 'policy', { statements: 7 }, { statements: 8 }],
  ['IdentityControlPlane.AddUserToGroup', 'POST', 'group'],
  ['BlockVolumes.CreateVolume', 'POST', 'volume'],
  ['Functions.UpdateFunction', 'PUT', 'fnfunc', { memoryInMBs: 256 }, { memoryInMBs: 512 }],
];
const reads: readonly (readonly [string, string])[] = [
  ['ComputeApi.ListInstances', 'GET'],
  ['ObjectStorage.GetObject', 'GET'],
  ['ObjectStorage.HeadBucket', 'HEAD'],
  ['Monitoring.SummarizeMetricsData', 'POST'],
  ['ResourceSearch.SearchResources', 'POST'],
  ['DatabaseService.ListBackups', 'GET'],
];
const compartments = ['prod', 'prod-data', 'network', 'staging', 'sandbox'];

/** Nine lively days of a tenancy; on the last one a contractor nobody has seen before takes backups away at night. */
export function tenancyDays(yesterday: string, timezone: string): readonly TenancyDay[] {
  const dates = Array.from({ length: storyDays }, (_, at) => addDays(yesterday, at - storyDays + 1));
  return dates.map((date, at) => {
    const random = createRandom(4711 + at);
    const startMs = startOfDate(date, timezone);
    const calls = [...ordinaryDay(startMs, random), ...(date === yesterday ? nightOf(startMs) : [])];
    return { date, lines: calls.map((call) => JSON.stringify(auditCall(call, random))) };
  });
}

function ordinaryDay(startMs: number, random: () => number): readonly DemoCall[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const calls: DemoCall[] = [];
  for (let at = 0; at < 70; at += 1) {
    const [type, verb, kind, before, after] = pick(ordinary);
    const number = Math.floor(random() * 40);
    const isRefused = random() < 0.12;
    calls.push({
      type,
      verb,
      timeMs: startMs + (7 + random() * 12) * hourMs,
      who: random() < 0.4 ? pipeline : pick(people),
      resource: { id: `ocid1.${kind}.oc1.iad.demo${number}`, name: `${kind}-${number}` },
      compartment: pick(compartments),
      ...(isRefused ? { status: '404', message: 'NotAuthorizedOrNotFound' } : { before, after }),
    } as DemoCall);
  }
  for (let at = 0; at < 400; at += 1) {
    const [type, verb] = pick(reads);
    calls.push({
      type,
      verb,
      timeMs: startMs + random() * 23 * hourMs,
      who: pick([...people, pipeline]),
      resource: { id: 'ocid1.instance.oc1.iad.demo1', name: 'instance-1' },
      compartment: pick(compartments),
    });
  }
  return calls;
}

const database = { id: 'ocid1.database.oc1.iad.erp', name: 'ERPPROD' };
const retention = { id: 'ocid1.bucket.oc1.iad.backups', name: 'erp-backups' };

const backup = (name: string) => ({ id: `ocid1.dbbackup.oc1.iad.${name}`, name: `ERPPROD-${name}` });

function nightOf(startMs: number): readonly DemoCall[] {
  const at = (hour: number, minute: number): number => startMs + hour * hourMs + minute * minuteMs;
  const call = (timeMs: number, type: string, verb: string | null, more: Partial<DemoCall>): DemoCall => ({
    timeMs,
    type,
    verb,
    who: contractor,
    resource: database,
    compartment: 'prod-data',
    ...more,
  });
  const refused = { status: '404', message: 'NotAuthorizedOrNotFound' };
  return [
    call(at(2, 58), 'IdentitySignOn.InteractiveLogin', null, {
      resource: { id: contractor.id, name: contractor.name },
    }),
    call(at(3, 4), 'DatabaseService.UpdateDatabase', 'PUT', {
      before: { autoBackupEnabled: true, recoveryWindowInDays: 30 },
      after: { autoBackupEnabled: false, recoveryWindowInDays: 30 },
    }),
    call(at(3, 9), 'ObjectStorage.DeleteRetentionRule', 'DELETE', {
      resource: retention,
      before: { duration: '35 DAYS', timeRuleLocked: null },
    }),
    call(at(3, 12), 'DatabaseService.DeleteBackup.begin', 'DELETE', {
      resource: backup('full-1'),
      groupingId: 'demo/delete/1',
      status: '202',
    }),
    call(at(3, 21), 'DatabaseService.DeleteBackup.end', null, {
      resource: backup('full-1'),
      groupingId: 'demo/delete/1',
    }),
    call(at(3, 14), 'DatabaseService.DeleteBackup', 'DELETE', { resource: backup('full-2'), ...refused }),
    call(at(3, 15), 'AutonomousRecoveryService.DeleteProtectedDatabase', 'DELETE', {
      resource: { id: 'ocid1.recoveryserviceprotecteddatabase.oc1.iad.erp', name: 'ERPPROD' },
      ...refused,
    }),
    call(at(3, 26), 'IdentityControlPlane.CreateApiKey', 'POST', {
      resource: { id: 'ocid1.user.oc1..ben.okafor', name: 'ben.okafor' },
      status: '409',
      message: 'ApiKeyLimitExceeded',
      compartment: 'prod',
    }),
    call(at(9, 40), 'DatabaseService.UpdateDatabase', 'PUT', {
      who: people[0] ?? contractor,
      before: { autoBackupEnabled: false },
      after: { autoBackupEnabled: true },
    }),
    call(at(23, 51), 'DatabaseService.CreateBackup.begin', 'POST', {
      who: people[0] ?? contractor,
      groupingId: 'demo/create/1',
      status: '202',
    }),
  ];
}
