import { hourMs } from '../../src/base/time-units.js';
import type { Cadence } from '../../src/model/cadence.js';
import type { BackupSchedule, Protection } from '../../src/model/protected-resource.js';
import type { PolicyRule, WaiverRule } from '../../src/reports/backup-compliance/model/policy.js';
import { parseCadence } from '../../src/reports/backup-compliance/rules/cadence.js';

/** Parts of a policy; its cadence as the configuration writes it, `assigned` for the one in OCI. */
export type PolicyParts = Partial<Omit<PolicyRule, 'cadence'>> & { readonly cadence?: string };

/** The policy `production-databases` for every resource, with the defaults of the configuration. */
export function policyRule({ cadence = 'daily', ...over }: PolicyParts = {}): PolicyRule {
  return {
    name: 'production-databases',
    isDefault: false,
    match: { name: ['*'] },
    cadence: cadence === 'assigned' ? null : cadenceOf(cadence),
    maxAgeMs: null,
    maxDurationMs: 12 * hourMs,
    minRetentionMs: null,
    maxRestoreAgeMs: null,
    severity: 'medium',
    owner: null,
    ...over,
  };
}

function cadenceOf(text: string): Cadence {
  const cadence = parseCadence(text);
  if (cadence === undefined) throw new Error(`${text} is no cadence`);
  return cadence;
}

/** A waiver of every resource until the end of 2026. */
export function waiverRule(over: Partial<WaiverRule> = {}): WaiverRule {
  return {
    match: { name: ['*'] },
    reason: 'decommissioned at the end of the year',
    ticket: 'CHG-1234',
    approvedBy: 'ciso@example.com',
    expires: '2026-12-31',
    ...over,
  };
}

/** Automatic backup that is on, of which nothing more is known. */
export function protectionOf(over: Partial<Protection> = {}): Protection {
  return { enabled: true, means: 'automatic backup', retentionDays: null, destination: null, ...over };
}

/** Oracle's silver policy: incremental every Sunday and on the first of the month, full once a year. */
export const silver: Protection = protectionOf({
  means: 'backup policy silver',
  retentionDays: 28,
  schedules: [
    scheduleOf('ONE_WEEK', { dayOfWeek: 'SUNDAY' }),
    scheduleOf('ONE_MONTH', { dayOfMonth: 1 }),
    scheduleOf('ONE_YEAR', { backupType: 'FULL', dayOfMonth: 1, month: 'JANUARY' }),
  ],
});

function scheduleOf(period: string, over: Partial<BackupSchedule> = {}): BackupSchedule {
  return {
    period,
    backupType: 'INCREMENTAL',
    retentionSeconds: null,
    hourOfDay: 0,
    timeZone: 'UTC',
    ...over,
  };
}
