import { createRandom, randomLetters } from './random.js';

export type FleetKind = 'database' | 'autonomous-database' | 'volume' | 'boot-volume' | 'mysql';

/** One resource of the fictitious company. */
export interface FleetResource {
  readonly kind: FleetKind;
  readonly name: string;
  readonly id: string;
  readonly compartmentName: string;
  readonly compartmentId: string;
  /** Start of its daily backup, in minutes after local midnight. */
  readonly startMinute: number;
  /** Typical duration of a backup, in minutes. */
  readonly minutes: number;
  /** Days for which a backup is kept. */
  readonly recoveryWindowDays: number;
}

const compartments: Readonly<Record<string, readonly string[]>> = {
  'prod-finance': ['ERPPRD', 'GLPRD', 'APPRD', 'TAXPRD', 'CONSPRD'],
  'prod-hr': ['HRPRD', 'PAYPRD', 'TIMEPRD'],
  'prod-sales': ['CRMPRD', 'ORDPRD', 'PRICEPRD', 'BILLPRD'],
  'shared-services': ['CATDB', 'OEMREP', 'IDMPRD'],
  staging: ['ERPSTG', 'CRMSTG', 'HRSTG'],
};

const autonomous = ['DWPRD', 'FORECAST', 'RISKMART', 'CLAIMS', 'PORTAL', 'LOYALTY', 'TELEMETRY', 'ARCHIVE23'];
const volumes = ['erp-app01-u01', 'erp-app02-u01', 'crm-app01-data', 'crm-app02-data', 'hr-app01-data'];
const moreVolumes = [
  'files01-export',
  'files02-export',
  'jump01-home',
  'build01-cache',
  'wiki01-data',
  'mq01-queue',
];
const hosts = ['erp-app01', 'erp-app02', 'crm-app01', 'crm-app02', 'hr-app01', 'files01', 'jump01', 'wiki01'];
const mysqlSystems = ['webshop', 'wordpress', 'tickets', 'inventory'];

/** 49 resources with names, OCIDs, compartments and typical times; the same for the same seed. */
export function makeFleet(seed: number): readonly FleetResource[] {
  const random = createRandom(seed);
  const fleet: FleetResource[] = [];
  const ids = new Map<string, string>();
  const add = (kind: FleetKind, name: string, compartment: string, minutes: number): void => {
    const known = ids.get(compartment);
    const compartmentId = known ?? `ocid1.compartment.oc1..${randomLetters(random, 60)}`;
    ids.set(compartment, compartmentId);
    fleet.push({
      kind,
      name,
      id: `ocid1.${ocidType(kind)}.oc1.iad.anuwcljr${randomLetters(random, 52)}`,
      compartmentName: compartment,
      compartmentId,
      startMinute: 20 + Math.floor(random() * 300),
      minutes: Math.max(2, Math.round(minutes * (0.6 + random()))),
      recoveryWindowDays: compartment === 'staging' ? 7 : 30,
    });
  };
  for (const [compartment, names] of Object.entries(compartments)) {
    for (const name of names) add('database', `${name}_iad${randomLetters(random, 3)}`, compartment, 45);
  }
  for (const [index, name] of autonomous.entries()) {
    add('autonomous-database', name, index < 5 ? 'analytics' : 'prod-sales', 12);
  }
  for (const name of [...volumes, ...moreVolumes]) add('volume', name, 'prod-apps', 8);
  for (const host of hosts) add('boot-volume', `${host} (Boot Volume)`, 'prod-apps', 6);
  for (const name of mysqlSystems) add('mysql', name, 'web', 4);
  return fleet;
}

function ocidType(kind: FleetKind): string {
  if (kind === 'mysql') return 'mysqldbsystem';
  return kind.replace('-', '');
}

/**
 * The first resource whose name begins with `beginning`; if there is none, the demo's stories do not match its fleet.
 */
export function memberNamed(fleet: readonly FleetResource[], beginning: string): FleetResource {
  const found = fleet.find(({ name }) => name.startsWith(beginning));
  if (found === undefined) throw new Error(`the demo fleet has no ${beginning}`);
  return found;
}
