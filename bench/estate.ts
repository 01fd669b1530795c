import { dayMs, hourMs } from '../src/base/time-units.js';
import type { ProtectedResource } from '../src/model/protected-resource.js';
import type { ReportDay } from '../src/model/report-day.js';
import { severities } from '../src/model/severity.js';
import { createEventCatalogue } from '../src/reports/backup-compliance/events/event-catalogue.js';
import { type CorrelatedJob, correlateJobs } from '../src/reports/backup-compliance/facts/correlate-jobs.js';
import type { BackupEvent } from '../src/reports/backup-compliance/model/backup-event.js';
import type { Match } from '../src/reports/backup-compliance/model/match.js';
import type { PolicyRule, WaiverRule } from '../src/reports/backup-compliance/model/policy.js';
import type { Rules } from '../src/reports/backup-compliance/rules/rule-book.js';

const types = ['database', 'autonomous-database', 'volume', 'boot-volume', 'mysql-db-system'] as const;
const environments = ['PRD', 'TST', 'DEV', 'STG'] as const;
/** How many resources are called after one application, and so on for the others. */
const applications = 977;
const departments = 97;
const costCentres = 613;
const teams = 41;

function pick<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('the list is empty');
  return found;
}

/** Resources as an inventory names them: the same ones for the same number. */
export function makeResources(count: number): ProtectedResource[] {
  return Array.from({ length: count }, (_, index) => {
    const type = pick(types, index);
    const environment = pick(environments, Math.floor(index / types.length));
    const id = index.toString(36).padStart(52, '0');
    return {
      resourceId: `ocid1.${type.replaceAll('-', '')}.oc1.iad.anuwcljr${id}`,
      resourceType: type,
      resourceName: `APP${index % applications}_${index % 7 === 0 ? 'LEGACY' : 'CORE'}${index}_${environment}`,
      compartmentId: null,
      compartmentName: `root/department-${index % departments}/${environment.toLowerCase()}`,
      owner: index % 3 === 0 ? `team-${index % teams}@example.com` : null,
      tags: {
        'Organization.CostCenter': `CC-${10_000 + (index % costCentres)}`,
        'Operations.Environment': environment === 'PRD' ? 'production' : 'other',
        Tier: String(index % 4),
      },
    };
  });
}

/** Policies and waivers as grown over years: by name, place, tags, OCID and owner. */
export function makeRules(policies: number, waivers: number, resources: readonly ProtectedResource[]): Rules {
  return {
    policies: Array.from({ length: policies }, (_, index) => makePolicy(index)),
    excludes: [],
    waivers: Array.from({ length: waivers }, (_, index) => makeWaiver(index, resources)),
    recipients: [],
    maxWaivedShare: 0.2,
  };
}

function makePolicy(index: number): PolicyRule {
  return {
    name: `policy-${index}`,
    isDefault: false,
    match: policyMatch(index),
    cadence: { weekdays: [1, 2, 3, 4, 5, 6, 7], monthDays: [], words: 'daily' },
    maxAgeMs: (20 + (index % 8)) * hourMs,
    maxDurationMs: 8 * hourMs,
    minRetentionMs: index % 2 === 0 ? 30 * dayMs : null,
    maxRestoreAgeMs: index % 5 === 0 ? 90 * dayMs : null,
    severity: pick(severities, index),
    owner: `owner-${index}@example.com`,
  };
}

function policyMatch(index: number): Match {
  switch (index % 4) {
    case 0:
      return { resourceType: ['*database'], name: [`APP${index * 4}_*_PRD`, `APP${index * 4 + 1}_*_PRD`] };
    case 1:
      return {
        compartment: [`root/department-${index % departments}/*`],
        tags: { 'operations.environment': 'prod*' },
      };
    case 2:
      return { tags: { 'organization.costcenter': `CC-1${String(index).padStart(4, '0')}` } };
    default:
      return { resourceType: [pick(types, index)], name: [`*_CORE*${index}_*`] };
  }
}

function makeWaiver(index: number, resources: readonly ProtectedResource[]): WaiverRule {
  return {
    match: waiverMatch(index, resources),
    reason: 'decommissioned',
    ticket: `CHG-${index}`,
    approvedBy: 'ciso@example.com',
    expires: index % 10 === 0 ? '2026-11-01' : '2027-03-31',
  };
}

function waiverMatch(index: number, resources: readonly ProtectedResource[]): Match {
  switch (index % 4) {
    case 0:
    case 1:
      return { resourceId: [pick(resources, index * 97).resourceId] };
    case 2:
      return { name: [`*_LEGACY${index * 70}_*`, `APP${index}_LEGACY*_DEV`] };
    default:
      return {
        owner: [`team-${index % teams}@*`],
        tags: { tier: '3' },
        compartment: [`*-${index % departments}/dev`],
      };
  }
}

/** Two nights of backups of each: some fail, some are missing on the last. */
export function makeJobs(resources: readonly ProtectedResource[], day: ReportDay): CorrelatedJob[] {
  const lookUp = createEventCatalogue();
  const begin = lookUp('com.oraclecloud.databaseservice.automaticbackupdatabase.begin');
  const end = lookUp('com.oraclecloud.databaseservice.automaticbackupdatabase.end');
  if (!begin.known || !end.known) throw new Error('the catalogue lacks the types of this bench');
  const groups: BackupEvent[][] = [];
  for (const [index, resource] of resources.entries()) {
    for (const nightsAgo of [1, 0]) {
      if (nightsAgo === 0 && index % 83 === 0) continue;
      const startMs = day.startMs - nightsAgo * dayMs + (index % 1200) * 60_000;
      const hasFailed = nightsAgo === 0 && index % 50 === 7;
      const common = {
        subjectId: `ocid1.dbbackup.oc1.iad.${index}.${nightsAgo}`,
        resource,
        createdMs: null,
        traits: {
          backupType: 'INCREMENTAL',
          trigger: null,
          destinationType: null,
          recoveryWindowDays: 30,
          autoBackupEnabled: true,
        },
        condition: null,
        principal: null,
      };
      const result = {
        status: hasFailed ? 'FAILED' : 'SUCCEEDED',
        state: hasFailed ? 'FAILED' : 'ACTIVE',
      } as const;
      groups.push([
        {
          ...common,
          eventId: `begin-${index}-${nightsAgo}`,
          type: begin.type,
          timeMs: startMs,
          result: { status: null, state: null },
          message: null,
        },
        {
          ...common,
          eventId: `end-${index}-${nightsAgo}`,
          type: end.type,
          timeMs: startMs + 60_000 + (index % 1500) * 1000,
          result,
          message: hasFailed ? 'The backup failed because its destination did not answer.' : null,
        },
      ]);
    }
  }
  return correlateJobs(groups);
}
