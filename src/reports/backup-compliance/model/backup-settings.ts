import type { EventType } from './event-type.js';

/** What is set for the backups of a resource, or by a policy; null: not told. */
export interface SettingValues {
  /** Whether backups are made: automatic backup is on, or a policy assigned. */
  readonly enabled: boolean | null;
  /** How long backups are kept. */
  readonly retentionDays: number | null;
  /** OCID in lower case of the backup or protection policy. */
  readonly policyId: string | null;
}

/** What an event says of settings. */
export interface ToldSettings {
  readonly now: SettingValues;
  readonly before: SettingValues;
}

/** How an operation changes the settings. */
export type SettingKind =
  | 'automatic-backup'
  | 'assigned'
  | 'unassigned'
  | 'protected'
  | 'protection-changed'
  | 'unprotected'
  | 'deletion-scheduled'
  | 'deletion-canceled'
  | 'policy';

/** What an update in effect has set. Later updates replace it, later backup events that say otherwise end it. */
export interface HeldSettings {
  readonly protection: {
    readonly enabled: boolean;
    readonly kind: SettingKind;
    /** Epoch milliseconds. */
    readonly sinceMs: number;
  } | null;
  /** Days null: the setting before it is over, and the new one is not told. */
  readonly retention: { readonly days: number | null; readonly sinceMs: number } | null;
  readonly policyId: string | null;
}

/** A change of settings that holds. */
export interface SettingChange {
  readonly kind: SettingKind;
  readonly from: SettingValues;
  readonly to: SettingValues;
  /** Of a policy: how many resources are known to have it; else null. */
  readonly affected: number | null;
}

export const untold: SettingValues = { enabled: null, retentionDays: null, policyId: null };

/** Operations that change settings, by their type in lower case without prefix and phase. */
const kinds: ReadonlyMap<string, SettingKind> = new Map([
  ['databaseservice.updatedatabase', 'automatic-backup'],
  ['databaseservice.updateautonomousdatabase', 'automatic-backup'],
  ['databaseservice.updateautonomousdatabasebackupretentionperiod', 'automatic-backup'],
  ['databaseservice.updateautonomouscontainerdatabase', 'automatic-backup'],
  ['mysqlaas.updatedbsystem', 'automatic-backup'],
  ['postgresql.updatedbsystem', 'automatic-backup'],
  ['blockvolumes.createvolumebackuppolicyassignment', 'assigned'],
  ['blockvolumes.deletevolumebackuppolicyassignment', 'unassigned'],
  ['blockvolumes.updatevolumebackuppolicy', 'policy'],
  ['autonomousrecoveryservice.createprotecteddatabase', 'protected'],
  ['autonomousrecoveryservice.updateprotecteddatabase', 'protection-changed'],
  ['autonomousrecoveryservice.cancelprotecteddatabasedeletion', 'deletion-canceled'],
  ['autonomousrecoveryservice.deleteprotecteddatabase', 'unprotected'],
  ['autonomousrecoveryservice.scheduleprotecteddatabasedeletion', 'deletion-scheduled'],
  ['autonomousrecoveryservice.updateprotectionpolicy', 'policy'],
  ['azure.configurebackup', 'assigned'],
  ['azure.disablebackup', 'unassigned'],
]);

/** null: the operation changes no settings. */
export function settingKindOf({ action, name }: EventType): SettingKind | null {
  if (action !== 'change') return null;
  return kinds.get(name.replace(/^com\.oraclecloud\./, '').replace(/\.(?:begin|end)$/, '')) ?? null;
}
