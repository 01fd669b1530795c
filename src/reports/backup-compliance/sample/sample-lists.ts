import { backupChangeSchema } from '../model/backup-change.js';
import type { BackupChange } from '../model/backup-change.js';
import type {
  DailyReport,
  ReportFinding,
  TrendDay,
  Transition,
  UnjudgedResource,
  WaiverReport,
} from '../model/daily-report.js';
import { type Incident, incidentSchema } from '../model/incident.js';
import { reportFindingSchema } from '../model/applied-rules.js';
import { sampleResource } from './sample-resources.js';
import { sampleTrendJobs } from './sample-trend-jobs.js';
import { many, named, sampleTime } from '../../sample/sample-values.js';
import type { Whole } from '../../sample/whole.js';

/** Every state, with and without what is known of it. */
export function sampleIncidents(number: number): readonly Incident[] {
  const states = incidentSchema.shape.state.options;
  return many(number, (index): Whole<Incident> => {
    const state = states[index % states.length] ?? 'open';
    return {
      ...named(index),
      condition: 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE',
      bearsOnBackups: index % 4 < 2,
      state,
      openedAt: index % 3 === 0 ? sampleTime : null,
      lastSeenAt: sampleTime,
      clearedAt: state === 'cleared' ? sampleTime : null,
      description: index % 3 === 0 ? 'The backup of the container database failed.' : null,
      eventIds: [`event-${index}`],
    };
  });
}

/** Every kind of change, with and without what is known of it. */
export function sampleChanges(number: number): readonly BackupChange[] {
  const kinds = backupChangeSchema.shape.kind.options;
  const whole = (index: number): Whole<BackupChange> => ({
    time: sampleTime,
    kind: kinds[index % kinds.length] ?? 'settings',
    what: 'Database - Update',
    ...named(index),
    subjectId: 'ocid1.dbbackup.oc1.iad.sample',
    state: 'AVAILABLE',
    principal: 'jane.doe@example.com',
    detail: 'The backup was 12 d old; at least 35 d are demanded.',
    from: { enabled: true, retentionDays: 30, policyId: null },
    to: { enabled: false, retentionDays: 7, policyId: 'ocid1.backuppolicy.oc1.iad.sample' },
    consequence: 'no backup will be made from tonight on',
    eventId: `change-${index}`,
  });
  return many(number, (index) => {
    const { from, to, consequence, ...change } = whole(index);
    if (index % 2 === 0) return { ...change, from, to, consequence };
    return {
      ...change,
      subjectId: null,
      state: null,
      principal: null,
      detail: null,
      from: { ...from, enabled: null, retentionDays: null },
    };
  });
}

/** Every state, ending soon and late, with and without a ticket, with more resources than one line shows. */
export function sampleWaivers(number: number): readonly WaiverReport[] {
  const states = ['active', 'expired', 'unmatched'] as const satisfies readonly WaiverReport['state'][];
  return many(number, (index): Whole<WaiverReport> => {
    const state = states[index % states.length] ?? 'active';
    return {
      match: 'name LEGACY_*, compartment prod',
      reason: 'decommissioned at the end of the year',
      ticket: index % 2 === 0 ? 'CHG-1234' : null,
      approvedBy: 'ciso@example.com',
      expires: '2026-11-25',
      daysLeft: state === 'expired' ? -3 : index % 7,
      state,
      resources: state === 'unmatched' ? [] : many(index === 0 ? 120 : 1, (at) => holder(at)),
    };
  });
}

function holder(index: number): WaiverReport['resources'][number] {
  const { resourceId, resourceName, compliance } = sampleResource(index);
  return { resourceId, resourceName, compliance };
}

/** Every kind of finding at least once. */
export function sampleFindings(number: number): readonly ReportFinding[] {
  const kinds = reportFindingSchema.shape.kind.options;
  return many(Math.max(number, kinds.length), (index) => ({
    kind: kinds[index % kinds.length] ?? 'memory',
    subject: `rule ${index + 1}`,
    words: 'The waiver matches no resource: remove it or correct its match.',
  }));
}

export function samplePolicies(number: number): DailyReport['policies'] {
  return many(number, (index) => ({
    name: index === 0 ? 'production-databases' : `policy-${index}`,
    match: 'type database, compartment prod*',
    cadence: 'daily',
    maxAge: '26 h',
    maxDuration: '8 h',
    minRetention: index === 0 ? '35 d' : null,
    maxRestoreAge: index === 0 ? '90 d' : null,
    severity: 'critical',
    owner: index === 0 ? 'dba-oncall@example.com' : null,
    resources: 12,
  }));
}

/** What became worse and better; one of them has left the population. */
export function sampleFollowUp(number: number): DailyReport['followUp'] {
  return {
    comparedWith: '2026-11-18',
    newlyBad: [...many(number, (index) => turn(index)), turn(20)],
    resolved: [
      ...many(number, (index) => turn(index, { outcome: 'SUCCEEDED', compliance: 'COMPLIANT' })),
      turn(90, { outcome: null, compliance: null, words: 'It was terminated.' }),
    ],
  };
}

function turn(index: number, over: Partial<Transition> = {}): Transition {
  return {
    ...named(index),
    owner: index % 2 === 0 ? 'dba-oncall@example.com' : null,
    outcome: 'FAILED',
    compliance: 'NON_COMPLIANT',
    badSince: '2026-11-18',
    badDays: 1,
    words: '2 of 2 backups of the day failed.',
    ...over,
  };
}

export function sampleUnjudged(number: number): readonly Whole<UnjudgedResource>[] {
  return many(number, (index): Whole<UnjudgedResource> => {
    const { resourceId, resourceType, resourceName, compartmentId, compartmentName, tags, ...facts } =
      sampleResource(index + 100);
    const {
      owner,
      outcome,
      attempts,
      lastSuccessTime,
      lastFailure,
      lastRestoreTime,
      lastKnown,
      volumeGroup,
    } = facts;
    return {
      resourceId,
      resourceType,
      resourceName,
      compartmentId,
      compartmentName,
      tags,
      owner: index === 0 ? owner : null,
      outcome,
      attempts,
      lastFailure,
      lastRestoreTime,
      lastKnown,
      volumeGroup,
      lastSuccessTime: index === 0 ? lastSuccessTime : null,
      reason: 'The inventory does not list it.',
    };
  });
}

export function sampleFormer(number: number): DailyReport['formerResources'] {
  return many(number, (index) => ({
    ...named(index + 200),
    lastDay: '2026-11-18',
    reason: 'terminated',
    terminatedTime: index === 0 ? sampleTime : null,
  }));
}

export function sampleRunning(number: number): DailyReport['runningAttempts'] {
  return many(number, (index) => ({
    eventId: `running-${index}`,
    eventType: 'com.oraclecloud.databaseservice.backupdatabase.begin',
    time: sampleTime,
    subjectId: index === 0 ? 'ocid1.dbbackup.oc1.iad.sample' : null,
    resource: { ...named(index), compartmentId: null, compartmentName: 'prod-databases', tags: {} },
    createdTime: index === 0 ? sampleTime : null,
    traits: {
      backupType: 'INCREMENTAL',
      trigger: 'AUTOMATIC',
      destinationType: 'OBJECT_STORE',
      recoveryWindowDays: 35,
      autoBackupEnabled: true,
    },
    message: null,
    endedTime: index === 0 ? sampleTime : null,
  }));
}

/** The days before the report day; some of them, or where `totals` is null all of them, have no report. */
export function trendBefore(totals: DailyReport['totals'] | null): DailyReport['trend'] {
  return many(13, (index): TrendDay => {
    const date = `2026-11-${String(index + 6).padStart(2, '0')}`;
    if (totals === null || index % 5 === 1) return { date, status: null, totals: null };
    const jobs = index < 4 ? {} : { jobs: sampleTrendJobs(2) };
    return { date, status: index % 4 === 0 ? 'INCOMPLETE' : 'COMPLETE', totals, ...jobs };
  });
}
