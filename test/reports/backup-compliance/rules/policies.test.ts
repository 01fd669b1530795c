import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../../src/base/time-units.js';
import type { ProtectedResource } from '../../../../src/model/protected-resource.js';
import type { ResourceCompliance } from '../../../../src/reports/backup-compliance/model/resource-compliance.js';
import {
  type ControlName,
  type Verdict,
  controlNames,
  outcomes,
} from '../../../../src/reports/backup-compliance/model/verdict.js';
import { type Settings, fixedInventory, judge } from '../../../support/judge-day.js';
import {
  type RawEvent,
  conditionEvent,
  databaseEvent,
  rawEvent,
  volumeEvent,
} from '../../../support/raw-event.js';
import { type PolicyParts, policyRule, protectionOf } from '../../../support/rules.js';

const today = '2026-11-19';
const database = { resourceId: 'ocid1.database.oc1.iad.erpprd', resourceName: 'ERPPRD_iad1kq' };
const failure = 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE';

/** An instant of the report day, or of the date that stands before the time. */
function at(time: string): string {
  return time.length > 5 ? `${time}:00Z` : `${today}T${time}:00Z`;
}

/** A backup that ended then; each has an id of its own. */
function ended(time: string, details: Record<string, unknown> = {}): RawEvent {
  return databaseEvent('end', at(time), { resourceId: `ocid1.dbbackup.oc1.iad.${time}`, details });
}

function begun(time: string, backup = time): RawEvent {
  return databaseEvent('begin', at(time), { resourceId: `ocid1.dbbackup.oc1.iad.${backup}` });
}

const failed = { lifecycleState: 'FAILED', lifecycleDetails: 'The archive destination is full.' };

function restored(time: string): RawEvent {
  return databaseEvent('end', at(time), {
    type: 'databaseservice.restoredatabase.end',
    resourceId: database.resourceId,
    details: { lifecycleState: 'AVAILABLE' },
  });
}

/** @param created when the backup was made; null: the event does not say */
function deleted(time: string, created: string | null): RawEvent {
  return databaseEvent('end', at(time), {
    type: 'databaseservice.deletebackup.end',
    resourceId: 'ocid1.dbbackup.oc1.iad.old',
    details: { lifecycleState: 'DELETED', ...(created === null ? {} : { timeCreated: at(created) }) },
  });
}

/** What a rule is applied to. */
interface Given {
  readonly events: readonly unknown[];
  /** Of all resources; null: none, so that the default policy applies. */
  readonly policy?: PolicyParts | null;
  /** The inventory names this resource and no other; missing: the resource is observed. */
  readonly inventory?: Partial<ProtectedResource>;
  readonly timezone?: string;
}

async function judged({ events, policy = {}, inventory, timezone }: Given): Promise<ResourceCompliance> {
  const settings: Settings = {
    rules: { policies: policy === null ? [] : [policyRule(policy)] },
    ...(inventory === undefined ? {} : { inventory: fixedInventory([{ ...database, ...inventory }]) }),
    ...(timezone === undefined ? {} : { timezone }),
  };
  const { report } = await judge(events, today, settings);
  const [resource] = report.resources;
  if (resource === undefined) throw new Error('no resource was judged');
  return resource;
}

interface ControlRule extends Given {
  readonly says: string;
  readonly control: ControlName;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly measured: string | null;
  readonly threshold: string | null;
  readonly demandedBy: string | null;
  /** Where it is not what `measured` says. */
  readonly measuredSeconds?: number;
}

const byPolicy = 'policy production-databases';
const unattributed = rawEvent({
  type: 'postgresql.createbackup.end',
  time: at('03:00'),
  resourceId: 'ocid1.postgresqlbackup.oc1.iad.p1',
  details: { lifecycleState: 'ACTIVE' },
});

/** How old the last success may be. */
const recoveryPointAge: readonly Omit<ControlRule, 'control'>[] = [
  {
    says: 'a backup of the day',
    events: [ended('02:00')],
    verdict: 'COMPLIANT',
    reason: `last successful backup 2026-11-19 02:00 UTC, 22 h before the cut-off; ${byPolicy} allows 26 h`,
    measured: '22 h',
    threshold: '26 h',
    demandedBy: byPolicy,
  },
  {
    says: 'a backup of the day under the default policy',
    policy: null,
    events: [ended('02:00')],
    verdict: 'COMPLIANT',
    reason:
      'last successful backup 2026-11-19 02:00 UTC, 22 h before the cut-off; the default policy allows 26 h',
    measured: '22 h',
    threshold: '26 h',
    demandedBy: 'default policy',
  },
  {
    says: 'a backup with warnings, which is a recovery point',
    events: [ended('02:00', { lifecycleState: 'CompletedWithWarnings' })],
    verdict: 'COMPLIANT',
    reason: `last successful backup 2026-11-19 02:00 UTC, 22 h before the cut-off; ${byPolicy} allows 26 h`,
    measured: '22 h',
    threshold: '26 h',
    demandedBy: byPolicy,
  },
  {
    says: 'a backup exactly as old as it may be',
    events: [ended('2026-11-18T22:00')],
    verdict: 'COMPLIANT',
    reason: `last successful backup 2026-11-18 22:00 UTC, 26 h before the cut-off; ${byPolicy} allows 26 h`,
    measured: '26 h',
    threshold: '26 h',
    demandedBy: byPolicy,
  },
  {
    says: 'a backup a minute older than it may be',
    events: [ended('2026-11-18T21:59')],
    verdict: 'NON_COMPLIANT',
    reason: `last successful backup 2026-11-18 21:59 UTC, 26 h 1 min before the cut-off; ${byPolicy} allows 26 h`,
    measured: '26 h 1 min',
    threshold: '26 h',
    demandedBy: byPolicy,
  },
  {
    says: 'a backup of the day before, in the plan’s zone',
    timezone: 'America/New_York',
    policy: { maxAgeMs: 26 * hourMs },
    events: [ended('2026-11-18T12:00')],
    verdict: 'NON_COMPLIANT',
    reason: `last successful backup 2026-11-18 07:00 EST, 41 h before the cut-off; ${byPolicy} allows 26 h`,
    measured: '41 h',
    threshold: '26 h',
    demandedBy: byPolicy,
  },
  {
    says: 'a success before a failure',
    events: [ended('2026-11-18T02:00'), ended('02:00', failed)],
    verdict: 'NON_COMPLIANT',
    reason: `last successful backup 2026-11-18 02:00 UTC, 46 h before the cut-off; ${byPolicy} allows 26 h`,
    measured: '46 h',
    threshold: '26 h',
    demandedBy: byPolicy,
  },
  {
    says: 'an age that the policy demands, whatever the cadence',
    policy: { cadence: 'weekly:SUN', maxAgeMs: 2 * dayMs },
    events: [ended('2026-11-15T02:00')],
    verdict: 'NON_COMPLIANT',
    reason: `last successful backup 2026-11-15 02:00 UTC, 4 d 22 h before the cut-off; ${byPolicy} allows 2 d`,
    measured: '4 d 22 h',
    threshold: '2 d',
    demandedBy: byPolicy,
  },
  {
    says: 'a weekly policy without an age, which allows the week and two hours',
    policy: { cadence: 'weekly:SUN' },
    events: [ended('2026-11-15T02:00')],
    verdict: 'COMPLIANT',
    reason: `last successful backup 2026-11-15 02:00 UTC, 4 d 22 h before the cut-off; ${byPolicy} allows 7 d 2 h`,
    measured: '4 d 22 h',
    threshold: '7 d 2 h',
    demandedBy: byPolicy,
  },
  {
    says: 'nothing seen in longer than a backup may be old',
    inventory: {},
    events: [],
    verdict: 'NON_COMPLIANT',
    reason: `no successful backup seen since 2026-11-12 00:00 UTC; ${byPolicy} allows 26 h`,
    measured: null,
    threshold: '26 h',
    demandedBy: byPolicy,
  },
  {
    says: 'nothing seen, and an older backup might do',
    policy: { cadence: 'monthly:1' },
    inventory: {},
    events: [],
    verdict: 'UNKNOWN',
    reason: `no successful backup seen since 2026-11-12 00:00 UTC, an older one may count; ${byPolicy} allows 31 d 2 h`,
    measured: null,
    threshold: '31 d 2 h',
    demandedBy: byPolicy,
  },
  {
    says: 'a resource younger than its backup might be',
    inventory: { createdTime: at('10:00') },
    events: [],
    verdict: 'NOT_APPLICABLE',
    reason: `created at 2026-11-19 10:00 UTC, no backup yet; ${byPolicy} allows 26 h`,
    measured: null,
    threshold: '26 h',
    demandedBy: byPolicy,
  },
];

const everyBackup = { threshold: 'every due backup succeeds', demandedBy: byPolicy };

/** What the outcome of the day comes to. */
const backupSucceeded: readonly Omit<ControlRule, 'control'>[] = [
  {
    says: 'one success',
    events: [ended('02:00')],
    verdict: 'COMPLIANT',
    reason: '1 attempt on 2026-11-19, succeeded',
    measured: '1 attempt',
    ...everyBackup,
  },
  {
    says: 'one success under the default policy',
    policy: null,
    events: [ended('02:00')],
    verdict: 'COMPLIANT',
    reason: '1 attempt on 2026-11-19, succeeded',
    measured: '1 attempt',
    threshold: 'every due backup succeeds',
    demandedBy: 'default policy',
  },
  {
    says: 'a failure that was made good',
    events: [ended('02:00', failed), ended('04:00')],
    verdict: 'COMPLIANT',
    reason: '2 attempts on 2026-11-19: failed, then succeeded',
    measured: '2 attempts',
    ...everyBackup,
  },
  {
    says: 'a failure that was not made good',
    events: [ended('2026-11-18T02:00'), ended('02:00', failed)],
    verdict: 'NON_COMPLIANT',
    reason:
      '1 attempt on 2026-11-19, none succeeded since; failed at 2026-11-19 02:00 UTC: The archive destination is full.',
    measured: '1 attempt',
    ...everyBackup,
  },
  {
    says: 'a due day without a backup',
    events: [ended('2026-11-18T02:00')],
    verdict: 'NON_COMPLIANT',
    reason: `a backup was due on 2026-11-19 and none was seen (daily, ${byPolicy})`,
    measured: '0 attempts',
    ...everyBackup,
  },
  {
    says: 'a day on which the one due before is still not there',
    policy: { cadence: 'weekly:WED' },
    events: [ended('2026-11-17T02:00')],
    verdict: 'NON_COMPLIANT',
    reason: `the backup due on 2026-11-18 has not been made yet (weekly:WED, ${byPolicy})`,
    measured: '0 attempts',
    ...everyBackup,
  },
  {
    says: 'a backup that runs at the cut-off',
    events: [ended('2026-11-18T02:00'), begun('23:50')],
    verdict: 'UNKNOWN',
    reason: 'begun at 2026-11-19 23:50 UTC and not ended by the cut-off; its result is not known yet',
    measured: '1 attempt',
    ...everyBackup,
  },
  {
    says: 'a backup whose end is missing',
    events: [begun('02:00')],
    verdict: 'UNKNOWN',
    reason: 'begun at 2026-11-19 02:00 UTC and no end seen; its result is not known',
    measured: '1 attempt',
    ...everyBackup,
  },
  {
    says: 'a day on which none is due',
    policy: { cadence: 'weekly:SUN' },
    events: [ended('2026-11-15T02:00')],
    verdict: 'NOT_APPLICABLE',
    reason: `no backup was due on 2026-11-19 (weekly:SUN, ${byPolicy})`,
    measured: null,
    ...everyBackup,
  },
  {
    says: 'a backup that names no resource',
    events: [unattributed],
    verdict: 'UNKNOWN',
    reason: 'a backup was reported whose event names no protected resource; it counts for none',
    measured: null,
    threshold: null,
    demandedBy: null,
  },
];

/** Whether a backup failure is open; no policy has a say in it. */
const noOpenIncident: readonly Omit<ControlRule, 'control'>[] = [
  {
    says: 'no incident',
    events: [ended('02:00')],
    verdict: 'COMPLIANT',
    reason: 'no backup failure incident open at the cut-off',
    measured: '0 open',
    threshold: 'none open',
    demandedBy: null,
  },
  {
    says: 'an open backup failure',
    events: [ended('02:00'), conditionEvent('critical', failure, at('05:00'))],
    verdict: 'NON_COMPLIANT',
    reason: `${failure} open since 2026-11-19 05:00 UTC`,
    measured: '1 open',
    threshold: 'none open',
    demandedBy: null,
  },
  {
    says: 'a volume, which nobody reports incidents of',
    events: [volumeEvent('end', at('02:00'))],
    verdict: 'NOT_APPLICABLE',
    reason: 'no incidents are reported for this type',
    measured: null,
    threshold: null,
    demandedBy: null,
  },
];

const demands35Days = { policy: { minRetentionMs: 35 * dayMs }, threshold: '35 d', demandedBy: byPolicy };

/** For how long backups are kept: what the inventory knows, else what the latest event says. */
const retention: readonly Omit<ControlRule, 'control'>[] = [
  {
    says: 'a recovery window that its event tells, as long as demanded',
    events: [ended('02:00', { recoveryWindow: '35' })],
    verdict: 'COMPLIANT',
    reason: `kept for 35 days, ${byPolicy} demands 35 d`,
    measured: '35 days',
    ...demands35Days,
  },
  {
    says: 'a retention that the inventory tells, whatever its event says',
    inventory: { protection: protectionOf({ retentionDays: 60 }) },
    events: [ended('02:00', { recoveryWindow: '7' })],
    verdict: 'COMPLIANT',
    reason: `kept for 60 days, ${byPolicy} demands 35 d`,
    measured: '60 days',
    ...demands35Days,
  },
  {
    says: 'a recovery window a day short',
    events: [ended('02:00', { recoveryWindow: '34' })],
    verdict: 'NON_COMPLIANT',
    reason: `kept for 34 days, ${byPolicy} demands 35 d`,
    measured: '34 days',
    ...demands35Days,
  },
  {
    says: 'a retention that the inventory tells, and that is too short',
    inventory: { protection: protectionOf({ retentionDays: 1 }) },
    events: [ended('02:00', { recoveryWindow: '60' })],
    verdict: 'NON_COMPLIANT',
    reason: `kept for 1 day, ${byPolicy} demands 35 d`,
    measured: '1 day',
    ...demands35Days,
  },
  {
    says: 'the recovery window of its latest event',
    events: [ended('2026-11-18T02:00', { recoveryWindow: '60' }), ended('02:00', { recoveryWindow: '7' })],
    verdict: 'NON_COMPLIANT',
    reason: `kept for 7 days, ${byPolicy} demands 35 d`,
    measured: '7 days',
    ...demands35Days,
  },
  {
    says: 'a retention that neither tells',
    events: [volumeEvent('end', at('02:00'))],
    verdict: 'UNKNOWN',
    reason: `its retention is not known, ${byPolicy} demands 35 d`,
    measured: null,
    ...demands35Days,
  },
  {
    says: 'a policy that demands none',
    events: [ended('02:00')],
    verdict: 'NOT_APPLICABLE',
    reason: `${byPolicy} demands no minimum retention`,
    measured: '30 days',
    threshold: null,
    demandedBy: null,
  },
  {
    says: 'the default policy, which demands none',
    policy: null,
    events: [ended('02:00')],
    verdict: 'NOT_APPLICABLE',
    reason: 'the default policy demands no minimum retention',
    measured: '30 days',
    threshold: null,
    demandedBy: null,
  },
];

/** Whether anything makes backups by itself; no policy has a say in it. */
const protectionEnabled: readonly Omit<ControlRule, 'control'>[] = [
  {
    says: 'an event that tells of automatic backup',
    events: [ended('02:00')],
    verdict: 'COMPLIANT',
    reason: 'automatic backup is on',
    measured: 'on',
    threshold: 'on',
    demandedBy: null,
  },
  {
    says: 'an inventory that knows of a backup policy',
    inventory: { protection: protectionOf({ means: 'backup policy gold' }) },
    events: [ended('02:00', { autoBackupsEnabled: 'false' })],
    verdict: 'COMPLIANT',
    reason: 'backup policy gold is on',
    measured: 'backup policy gold',
    threshold: 'on',
    demandedBy: null,
  },
  {
    says: 'an event that tells of none',
    events: [ended('02:00', { autoBackupsEnabled: 'false' })],
    verdict: 'NON_COMPLIANT',
    reason: 'automatic backup is off, as its latest backup event says',
    measured: 'off',
    threshold: 'on',
    demandedBy: null,
  },
  {
    says: 'an inventory that knows of none',
    inventory: { protection: protectionOf({ enabled: false, means: 'none' }) },
    events: [ended('02:00')],
    verdict: 'NON_COMPLIANT',
    reason: 'no automatic backup is on and no backup policy assigned',
    measured: 'none',
    threshold: 'on',
    demandedBy: null,
  },
  {
    says: 'an inventory that could not find out',
    inventory: { protection: protectionOf({ enabled: null, means: 'unknown' }) },
    events: [ended('02:00')],
    verdict: 'UNKNOWN',
    reason: 'how it is protected is not known: unknown',
    measured: null,
    threshold: 'on',
    demandedBy: null,
  },
  {
    says: 'a resource that nothing tells of',
    events: [volumeEvent('end', at('02:00'))],
    verdict: 'NOT_APPLICABLE',
    reason: 'neither inventory nor events tell of automatic backup',
    measured: null,
    threshold: null,
    demandedBy: null,
  },
];

/** How long attempts took, or have been taking. */
const duration: readonly Omit<ControlRule, 'control'>[] = [
  {
    says: 'attempts of which the longest took as long as it may',
    policy: { maxDurationMs: 8 * hourMs },
    events: [begun('00:30', '08:30'), ended('08:30'), begun('09:00', '10:00'), ended('10:00')],
    verdict: 'COMPLIANT',
    reason: `longest attempt 8 h, ${byPolicy} allows 8 h`,
    measured: '8 h',
    threshold: '8 h',
    demandedBy: byPolicy,
  },
  {
    says: 'an attempt that took too long',
    policy: { maxDurationMs: 8 * hourMs },
    events: [begun('00:30', '08:31'), ended('08:31')],
    verdict: 'NON_COMPLIANT',
    reason: `longest attempt 8 h 1 min, ${byPolicy} allows 8 h`,
    measured: '8 h 1 min',
    threshold: '8 h',
    demandedBy: byPolicy,
  },
  {
    says: 'an attempt that has been running for too long',
    policy: { maxDurationMs: 8 * hourMs },
    events: [begun('14:00')],
    verdict: 'NON_COMPLIANT',
    reason: `longest attempt 10 h, ${byPolicy} allows 8 h`,
    measured: '10 h',
    threshold: '8 h',
    demandedBy: byPolicy,
  },
  {
    says: 'a long attempt under the default policy',
    policy: null,
    events: [begun('01:00', '14:00'), ended('14:00')],
    verdict: 'NON_COMPLIANT',
    reason: 'longest attempt 13 h, the default policy allows 12 h',
    measured: '13 h',
    threshold: '12 h',
    demandedBy: 'default policy',
  },
  {
    says: 'an attempt whose begin nobody knows',
    events: [ended('02:00')],
    verdict: 'NOT_APPLICABLE',
    reason: 'no attempt of known duration on 2026-11-19',
    measured: null,
    threshold: '12 h',
    demandedBy: byPolicy,
  },
];

/** What was to be kept is the policy's minimum, else the resource's own setting. */
const noEarlyDeletion: readonly Omit<ControlRule, 'control'>[] = [
  {
    says: 'no deletion',
    events: [ended('02:00')],
    verdict: 'COMPLIANT',
    reason: 'no backup was deleted on 2026-11-19',
    measured: 'none deleted',
    threshold: 'none before its time',
    demandedBy: null,
  },
  {
    says: 'a deletion on the day before, which that day’s report tells',
    events: [ended('02:00'), deleted('2026-11-18T09:00', '2026-11-17T09:00')],
    verdict: 'COMPLIANT',
    reason: 'no backup was deleted on 2026-11-19',
    measured: 'none deleted',
    threshold: 'none before its time',
    demandedBy: null,
  },
  {
    says: 'a backup that was as old as demanded',
    events: [ended('02:00'), deleted('09:00', '2026-10-15T09:00')],
    verdict: 'COMPLIANT',
    reason: `backups were deleted after their time, ${byPolicy} demands 35 d`,
    measured: '1 deleted',
    ...demands35Days,
  },
  {
    says: 'a backup a minute younger than demanded, though its own setting is shorter',
    events: [ended('02:00', { recoveryWindow: '7' }), deleted('09:00', '2026-10-15T09:01')],
    verdict: 'NON_COMPLIANT',
    reason: `a backup 34 d 23 h old was deleted at 2026-11-19 09:00 UTC, ${byPolicy} demands 35 d`,
    measured: '1 deleted',
    measuredSeconds: (35 * dayMs - 60_000) / 1000,
    ...demands35Days,
  },
  {
    says: 'a backup younger than its own setting, where the policy demands nothing',
    events: [ended('02:00'), deleted('09:00', '2026-11-10T02:00')],
    verdict: 'NON_COMPLIANT',
    reason: 'a backup 9 d 7 h old was deleted at 2026-11-19 09:00 UTC, its retention is 30 d',
    measured: '1 deleted',
    measuredSeconds: (9 * dayMs + 7 * hourMs) / 1000,
    threshold: '30 d',
    demandedBy: null,
  },
  {
    says: 'a backup older than the retention that the inventory knows',
    inventory: { protection: protectionOf({ retentionDays: 7 }) },
    events: [ended('02:00'), deleted('09:00', '2026-11-10T02:00')],
    verdict: 'COMPLIANT',
    reason: 'backups were deleted after their time, its retention is 7 d',
    measured: '1 deleted',
    threshold: '7 d',
    demandedBy: null,
  },
  {
    says: 'a backup of unknown age',
    events: [ended('02:00'), deleted('09:00', null)],
    verdict: 'UNKNOWN',
    reason: `a backup of unknown age was deleted, ${byPolicy} demands 35 d`,
    measured: '1 deleted',
    ...demands35Days,
  },
  {
    says: 'a deletion where no retention is known',
    events: [
      volumeEvent('end', at('02:00')),
      volumeEvent('end', at('09:00'), {
        type: 'blockvolumes.deletevolumebackup.end',
        resourceId: 'ocid1.volumebackup.oc1.iad.old',
      }),
    ],
    verdict: 'NOT_APPLICABLE',
    reason: 'backups were deleted; no retention is known to judge by',
    measured: '1 deleted',
    threshold: null,
    demandedBy: null,
  },
];

const demandsRestore = { policy: { maxRestoreAgeMs: 5 * dayMs }, threshold: '5 d', demandedBy: byPolicy };

/** When a restore was last tried. */
const restoreTested: readonly Omit<ControlRule, 'control'>[] = [
  {
    says: 'a restore as recent as demanded',
    events: [restored('2026-11-15T00:00'), ended('02:00')],
    verdict: 'COMPLIANT',
    reason: `last restore seen: 2026-11-15 00:00 UTC, 5 d before the cut-off (restored, contents unproven); ${byPolicy} demands one within 5 d`,
    measured: '5 d',
    ...demandsRestore,
  },
  {
    says: 'a restore too long ago',
    events: [restored('2026-11-14T23:00'), ended('02:00')],
    verdict: 'NON_COMPLIANT',
    reason: `last restore seen: 2026-11-14 23:00 UTC, 5 d 1 h before the cut-off (restored, contents unproven); ${byPolicy} demands one within 5 d`,
    measured: '5 d 1 h',
    ...demandsRestore,
  },
  {
    says: 'no restore in as long as events are known',
    events: [ended('02:00')],
    verdict: 'NON_COMPLIANT',
    reason: `last restore seen: never; ${byPolicy} demands one within 5 d`,
    measured: 'never',
    ...demandsRestore,
  },
  {
    says: 'no restore, and one from before events are known might do',
    policy: { maxRestoreAgeMs: 90 * dayMs },
    events: [ended('02:00')],
    verdict: 'UNKNOWN',
    reason: `last restore seen: never, but events are known since 2026-11-12 00:00 UTC only; ${byPolicy} demands one within 90 d`,
    measured: 'never',
    threshold: '90 d',
    demandedBy: byPolicy,
  },
  {
    says: 'a policy that demands none, and a restore',
    events: [restored('2026-11-17T12:00'), ended('02:00')],
    verdict: 'NOT_APPLICABLE',
    reason: `last restore seen: 2026-11-17 12:00 UTC, 2 d 12 h before the cut-off (restored, contents unproven); ${byPolicy} demands none`,
    measured: '2 d 12 h',
    threshold: null,
    demandedBy: null,
  },
  {
    says: 'the default policy, which demands none',
    policy: null,
    events: [ended('02:00')],
    verdict: 'NOT_APPLICABLE',
    reason: 'last restore seen: never; the default policy demands none',
    measured: 'never',
    threshold: null,
    demandedBy: null,
  },
];

const controlRules: readonly ControlRule[] = [
  ...recoveryPointAge.map((rule) => ({ ...rule, control: 'recovery-point-age' as const })),
  ...backupSucceeded.map((rule) => ({ ...rule, control: 'backup-succeeded' as const })),
  ...noOpenIncident.map((rule) => ({ ...rule, control: 'no-open-incident' as const })),
  ...retention.map((rule) => ({ ...rule, control: 'retention' as const })),
  ...protectionEnabled.map((rule) => ({ ...rule, control: 'protection-enabled' as const })),
  ...duration.map((rule) => ({ ...rule, control: 'duration' as const })),
  ...noEarlyDeletion.map((rule) => ({ ...rule, control: 'no-early-deletion' as const })),
  ...restoreTested.map((rule) => ({ ...rule, control: 'restore-tested' as const })),
];

describe('a control', () => {
  it.each(controlRules)('$control, $says: $verdict', async ({ control, ...rule }) => {
    const { verdict, reason, measured, threshold, demandedBy } = rule;
    const { measuredSeconds = secondsIn(measured) } = rule;
    const numbers = { measuredSeconds, thresholdSeconds: secondsIn(threshold) };
    const { controls } = await judged(rule);
    expect(controls[control]).toEqual({ verdict, reason, measured, threshold, demandedBy, ...numbers });
  });

  it('has a row above for every verdict that it can have', () => {
    const rows = new Set(controlRules.map(({ control, verdict }) => `${control} ${verdict}`));
    const verdicts: readonly Verdict[] = ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'UNKNOWN'];
    const missing = controlNames
      .flatMap((control) => verdicts.map((verdict) => `${control} ${verdict}`))
      .filter((row) => !rows.has(row));
    // What is open at the cut-off and how long attempts took is always known, or there is nothing to judge.
    expect(missing).toEqual(['no-open-incident UNKNOWN', 'duration UNKNOWN']);
  });
});

/** Of `4 d 22 h`; null: no duration. */
function secondsIn(words: string | null): number | null {
  if (words === null || !/^(?:\d+ (?:d|days?|h|min)(?: |$))+$/.test(words)) return null;
  const secondsOf = { d: 86_400, h: 3600, m: 60 };
  const parts = [...words.matchAll(/(\d+) ([dhm])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * secondsOf[unit as 'd' | 'h' | 'm'], 0);
}

interface OutcomeRule extends Given {
  readonly says: string;
  readonly outcome: ResourceCompliance['outcome'];
  readonly compliance: Verdict;
  readonly attempts: number;
}

const outcomeRules: readonly OutcomeRule[] = [
  {
    says: 'the last attempt failed',
    events: [ended('02:00'), ended('04:00', failed)],
    outcome: 'FAILED',
    compliance: 'NON_COMPLIANT',
    attempts: 2,
  },
  {
    says: 'the only attempt was canceled',
    events: [ended('02:00', { lifecycleState: 'CANCELED' })],
    outcome: 'FAILED',
    compliance: 'NON_COMPLIANT',
    attempts: 1,
  },
  {
    says: 'one failed, though none was due',
    policy: { cadence: 'weekly:SUN' },
    events: [ended('2026-11-15T02:00'), ended('02:00', failed)],
    outcome: 'FAILED',
    compliance: 'NON_COMPLIANT',
    attempts: 1,
  },
  {
    says: 'one was due, and there is none',
    inventory: {},
    events: [],
    outcome: 'MISSED',
    compliance: 'NON_COMPLIANT',
    attempts: 0,
  },
  {
    says: 'an attempt has run for longer than the policy allows',
    policy: { maxDurationMs: 4 * hourMs },
    events: [ended('01:00'), begun('19:00')],
    outcome: 'UNKNOWN',
    compliance: 'NON_COMPLIANT',
    attempts: 2,
  },
  {
    says: 'an end has a state that nobody knows',
    events: [ended('01:00'), ended('02:00', { lifecycleState: 'QUIESCED' })],
    outcome: 'UNKNOWN',
    compliance: 'UNKNOWN',
    attempts: 2,
  },
  {
    says: 'one was due on the day before, and there is none yet',
    policy: { cadence: 'weekly:WED' },
    events: [ended('2026-11-17T02:00')],
    outcome: 'LATE',
    compliance: 'NON_COMPLIANT',
    attempts: 0,
  },
  {
    says: 'an attempt has run for no longer than the policy allows',
    policy: { maxDurationMs: 5 * hourMs },
    events: [ended('2026-11-18T23:00'), begun('20:00')],
    outcome: 'IN_PROGRESS',
    compliance: 'UNKNOWN',
    attempts: 1,
  },
  {
    says: 'one succeeded, and another runs',
    events: [ended('02:00'), begun('23:50')],
    outcome: 'IN_PROGRESS',
    compliance: 'COMPLIANT',
    attempts: 2,
  },
  {
    says: 'one failed, and a later one succeeded',
    events: [ended('02:00', failed), ended('04:00')],
    outcome: 'RECOVERED',
    compliance: 'COMPLIANT',
    attempts: 2,
  },
  {
    says: 'one succeeded, with warnings',
    events: [ended('02:00', { lifecycleState: 'CompletedWithWarnings' })],
    outcome: 'SUCCEEDED_WITH_WARNINGS',
    compliance: 'COMPLIANT',
    attempts: 1,
  },
  {
    says: 'one succeeded',
    events: [ended('02:00')],
    outcome: 'SUCCEEDED',
    compliance: 'COMPLIANT',
    attempts: 1,
  },
  {
    says: 'one succeeded, though none was due',
    policy: { cadence: 'weekly:SUN' },
    events: [ended('2026-11-15T02:00'), ended('02:00')],
    outcome: 'SUCCEEDED',
    compliance: 'COMPLIANT',
    attempts: 1,
  },
  {
    says: 'none was due, and the one due before is there',
    policy: { cadence: 'weekly:SUN' },
    events: [ended('2026-11-15T02:00')],
    outcome: 'NOT_DUE',
    compliance: 'COMPLIANT',
    attempts: 0,
  },
];

describe('the outcome of a day', () => {
  it.each(outcomeRules)('$outcome when $says', async ({ outcome, compliance, attempts, ...given }) => {
    expect(await judged(given)).toMatchObject({ outcome, compliance, attempts });
  });

  it('has a row above for each', () => {
    const rows = new Set(outcomeRules.map(({ outcome }) => outcome));
    expect(outcomes.filter((outcome) => !rows.has(outcome))).toEqual([]);
  });
});

describe('the verdict of a resource', () => {
  it.each<[string, Given, Verdict]>([
    [
      'NON_COMPLIANT when a control is, though another is UNKNOWN',
      { events: [ended('2026-11-18T02:00'), begun('23:50')] },
      'NON_COMPLIANT',
    ],
    [
      'UNKNOWN when a control is, and none is NON_COMPLIANT',
      { events: [ended('02:00')], policy: { maxRestoreAgeMs: 90 * dayMs } },
      'UNKNOWN',
    ],
    [
      'COMPLIANT when one is, and the others are not applicable',
      { events: [volumeEvent('end', at('02:00'))] },
      'COMPLIANT',
    ],
    [
      'NOT_APPLICABLE when all are: it was terminated on the day',
      {
        events: [
          ended('2026-11-18T02:00'),
          rawEvent({
            type: 'databaseservice.database.terminate.end',
            time: at('01:00'),
            resourceId: database.resourceId,
            details: { lifecycleState: 'TERMINATED' },
          }),
        ],
      },
      'NOT_APPLICABLE',
    ],
  ])('%s', async (_words, given, compliance) => {
    expect((await judged(given)).compliance).toBe(compliance);
  });
});
