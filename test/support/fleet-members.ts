import type { ReferencePolicy, ReferenceResource } from './reference-facts.js';

export type Family =
  | 'database'
  | 'autonomous'
  | 'autonomous-by-call'
  | 'volume'
  | 'boot-volume'
  | 'volume-group'
  | 'mysql'
  | 'file-system';

export interface FleetMember extends ReferenceResource {
  readonly name: string;
  readonly family: Family;
  /** Who the notices of its conditions name: itself, or another one and its unique name in other case. */
  readonly noticesName: 'resource' | 'unique-name';
}

const standard = { maxAgeHours: 26, maxDurationHours: 12, minRetentionDays: null, maxRestoreAgeDays: null };

/** Where a policy leaves its maximum age to its cadence, it is written out here: the longest gap, and two hours. */
export const fleetPolicies = {
  default: { ...standard, name: 'default', isDueOn: () => true },
  weekly: { ...standard, name: 'weekly', isDueOn: ({ weekday }) => weekday === 7, maxAgeHours: 7 * 24 + 2 },
  workdays: { ...standard, name: 'workdays', isDueOn: ({ weekday }) => weekday < 6, maxAgeHours: 3 * 24 + 2 },
  monthly: { ...standard, name: 'monthly', isDueOn: ({ day }) => day === 1, maxAgeHours: 31 * 24 + 2 },
  strict: {
    name: 'strict',
    isDueOn: () => true,
    maxAgeHours: 25,
    maxDurationHours: 1,
    minRetentionDays: 30,
    maxRestoreAgeDays: 9,
  },
} as const satisfies Record<string, ReferencePolicy>;

/** How a resource behaves. Days are counted from the first report's, which is 0. */
export interface Habits {
  readonly name: string;
  readonly family?: Family;
  readonly policy?: keyof typeof fleetPolicies;
  /** When a backup begins: by day, an hour before midnight, or so that it ends at midnight, or just before. */
  readonly slot?: 'by-day' | 'over-midnight' | 'until-midnight';
  readonly told?: 'begin-and-end' | 'end' | 'end-without-begin-time';
  readonly fromDay?: number;
  readonly untilDay?: number;
  /** On that day a begin is told, and never an end. */
  readonly losesEndOn?: number;
  readonly isSometimesCanceled?: boolean;
  readonly isNeverBackedUp?: boolean;
  readonly isEndNameless?: boolean;
  readonly incidents?: 'resource' | 'unique-name';
  readonly terminatedOn?: number;
  readonly isRestored?: boolean;
}

/** The one that vanishes after its day 6. */
export const silentMember = 'SILENT';

export const habitsOfFleet: readonly Habits[] = [
  { name: 'CRM', isSometimesCanceled: true, incidents: 'resource', isRestored: true },
  { name: 'ERP', isSometimesCanceled: true, incidents: 'unique-name' },
  { name: 'HR', isSometimesCanceled: true },
  { name: 'Payroll_iad1', incidents: 'unique-name', isRestored: true },
  { name: 'ENDS', told: 'end', isSometimesCanceled: true },
  { name: 'ENDSONLY', told: 'end-without-begin-time' },
  { name: 'NIGHT', slot: 'over-midnight', incidents: 'resource' },
  { name: 'NAMELESS', slot: 'over-midnight', isEndNameless: true, fromDay: -7 },
  { name: 'EDGE', slot: 'until-midnight' },
  { name: 'LOST', losesEndOn: 4 },
  { name: 'strict_1', policy: 'strict', isRestored: true, isSometimesCanceled: true },
  { name: 'strict_2', policy: 'strict', losesEndOn: -6 },
  { name: 'weekly_1', policy: 'weekly', incidents: 'resource' },
  { name: 'weekly_2', policy: 'weekly', slot: 'over-midnight' },
  { name: 'monthly_1', policy: 'monthly', fromDay: -7 },
  { name: 'workdays_1', policy: 'workdays', isRestored: true },
  { name: 'ADB', family: 'autonomous', isRestored: true },
  { name: 'ADBNIGHT', family: 'autonomous', slot: 'over-midnight', losesEndOn: 6 },
  { name: 'ADBCALL', family: 'autonomous-by-call', isSometimesCanceled: true },
  { name: 'data01', family: 'volume' },
  { name: 'data02', family: 'volume', slot: 'over-midnight' },
  { name: 'boot01', family: 'boot-volume', told: 'end' },
  { name: 'shop', family: 'mysql', losesEndOn: 11 },
  { name: 'home', family: 'file-system' },
  { name: 'UNPROTECTED', isNeverBackedUp: true, incidents: 'resource' },
  { name: silentMember, untilDay: 6 },
  { name: 'NEWCOMER', fromDay: 5 },
  { name: 'TERMINATED', untilDay: 9, terminatedOn: 9 },
  { name: 'LONGGONE', untilDay: -3, terminatedOn: -2 },
];

const ocidKinds: Readonly<Record<Family, string>> = {
  database: 'database',
  autonomous: 'autonomousdatabase',
  'autonomous-by-call': 'autonomousdatabase',
  volume: 'volume',
  'boot-volume': 'bootvolume',
  'volume-group': 'volumegroup',
  mysql: 'mysqldbsystem',
  'file-system': 'filesystem',
};

export function memberOf({ name, family = 'database', policy = 'default', incidents }: Habits): FleetMember {
  return {
    resourceId: `ocid1.${ocidKinds[family]}.oc1.iad.${name.toLowerCase()}`,
    isDatabase: ['database', 'autonomous', 'autonomous-by-call'].includes(family),
    policy: fleetPolicies[policy],
    name,
    family,
    noticesName: incidents ?? 'resource',
    presence: 'observed',
    unlistedFrom: null,
    createdMs: null,
    groupId: null,
  };
}
