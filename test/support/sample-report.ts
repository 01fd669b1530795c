import type { BackupChange } from '../../src/reports/backup-compliance/model/backup-change.js';
import type {
  DailyReport,
  FollowUp,
  FormerResource,
  PolicyReport,
  ReportFinding,
  ReportTotals,
  TrendDay,
  UnjudgedResource,
  WaiverReport,
} from '../../src/reports/backup-compliance/model/daily-report.js';
import type { Incident } from '../../src/reports/backup-compliance/model/incident.js';
import type {
  AppliedWaiver,
  ControlResult,
  ResourceCompliance,
} from '../../src/reports/backup-compliance/model/resource-compliance.js';
import type { RunningAttempt } from '../../src/reports/backup-compliance/model/running-attempt.js';
import { sampleTrendJobs } from '../../src/reports/backup-compliance/sample/sample-trend-jobs.js';
import {
  controlNames,
  outcomes,
  type ControlName,
  type Outcome,
  type Verdict,
} from '../../src/reports/backup-compliance/model/verdict.js';

/** Texts that break careless renderers. Each is the name of a resource in the sample report. */
export const hostileNames = {
  script: '<script>alert("name")</script>',
  template: '{{constructor}} {{{__proto__}}} {{#each this}}',
  formula: '=HYPERLINK("https://evil.example","click")',
  direction: 'invoice\u202Efdp.exe\u2066',
  control: 'two\r\nlines\ttab\u0000null\u001b[31mred\u007f\u0085\ud800end',
  long: 'L'.repeat(40_000),
  emoji: '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} \u05E2\u05D1\u05E8\u05D9\u05EA _x0041_ &amp;',
} as const;

const passed: ControlResult = {
  verdict: 'COMPLIANT',
  reason: 'As the policy demands.',
  measured: null,
  threshold: null,
  demandedBy: 'policy production-databases',
};
const notAsked: ControlResult = {
  verdict: 'NOT_APPLICABLE',
  reason: 'The policy demands nothing.',
  measured: null,
  threshold: null,
  demandedBy: null,
};

/** One letter for each outcome, so that fourteen days are one word: `SSSS-SSSSSSSSF`. */
const outcomeOf: Readonly<Record<string, Outcome | null>> = {
  F: 'FAILED',
  M: 'MISSED',
  U: 'UNKNOWN',
  L: 'LATE',
  P: 'IN_PROGRESS',
  R: 'RECOVERED',
  W: 'SUCCEEDED_WITH_WARNINGS',
  S: 'SUCCEEDED',
  N: 'NOT_DUE',
  '-': null,
};

/** The last fourteen days as letters; `-` is a day without report. */
function days(letters: string): readonly (Outcome | null)[] {
  return [...letters].map((letter) => outcomeOf[letter] ?? null);
}

/** The waiver that holds for LEGACY_CRM on the report day. */
export const sampleWaiver: AppliedWaiver = {
  reason: 'decommissioned at the end of the year',
  ticket: 'CHG-1234',
  approvedBy: 'ciso@example.com',
  expires: '2026-12-31',
  daysLeft: 42,
};

type Overrides = Partial<Omit<ResourceCompliance, 'controls'>> & {
  readonly controls?: Partial<Record<ControlName, ControlResult>>;
};

/** A compliant database with one good backup, unless overridden; `controls` are merged. */
export function sampleResource(overrides: Overrides = {}): ResourceCompliance {
  const { controls, ...rest } = overrides;
  const name = rest.resourceName ?? 'PAYROLL';
  return {
    resourceId: `ocid1.database.oc1.iad.${slug(name)}`,
    resourceType: 'database',
    resourceName: name,
    compartmentId: 'ocid1.compartment.oc1..prod',
    compartmentName: 'prod-databases',
    owner: 'dba-oncall@example.com',
    tags: { env: 'prod' },
    policy: 'production-databases',
    severity: 'critical',
    outcome: 'SUCCEEDED',
    compliance: 'COMPLIANT',
    lastSuccessTime: '2026-11-19T07:10:00.000Z',
    recoveryPointAgeSeconds: 21 * 3600 + 50 * 60,
    attempts: 1,
    byBackupType: [
      { type: 'full', lastSuccess: '2026-11-15T07:10:00.000Z', attempts: 0, failed: 0 },
      { type: 'incremental', lastSuccess: '2026-11-19T07:10:00.000Z', attempts: 1, failed: 0 },
    ],
    lastFailure: null,
    lastRestoreTime: null,
    openIncident: null,
    consecutiveBadDays: 0,
    badSince: null,
    waiver: null,
    findings: [],
    recentOutcomes: days('SSSSSSS-SSSSSS'),
    firstReported: '2026-03-02',
    lastKnown: {
      recoveryWindowDays: 35,
      autoBackupEnabled: true,
      told: '2026-11-19T07:10:00.000Z',
      seen: '2026-11-19T07:10:00.000Z',
      terminated: null,
    },
    ...rest,
    controls: {
      'recovery-point-age': {
        verdict: 'COMPLIANT',
        reason: 'The last successful backup is 21 h 50 min old at the cut-off; at most 26 h are allowed.',
        measured: '21 h 50 min',
        threshold: '26 h',
        thresholdSeconds: 93_600,
        demandedBy: 'policy production-databases',
      },
      'backup-succeeded': passed,
      'no-open-incident': passed,
      retention: notAsked,
      'protection-enabled': passed,
      duration: passed,
      'no-early-deletion': passed,
      'restore-tested': notAsked,
      ...controls,
    },
  };
}

/** A non-compliant resource whose last attempt failed. */
export function failedResource(overrides: Overrides = {}): ResourceCompliance {
  const { controls, ...rest } = overrides;
  return sampleResource({
    outcome: 'FAILED',
    compliance: 'NON_COMPLIANT',
    lastSuccessTime: '2026-11-18T07:12:00.000Z',
    recoveryPointAgeSeconds: 45 * 3600 + 48 * 60,
    attempts: 2,
    byBackupType: [
      { type: 'incremental', lastSuccess: '2026-11-18T07:12:00.000Z', attempts: 2, failed: 2 },
      { type: 'log', lastSuccess: '2026-11-18T20:00:00.000Z', attempts: 0, failed: 0 },
    ],
    lastFailure: {
      time: '2026-11-19T09:15:00.000Z',
      message:
        'RMAN-03009: failure of backup command on ORA_DISK_1; ORA-19809: limit exceeded for recovery files',
    },
    consecutiveBadDays: 1,
    badSince: '2026-11-19',
    recentOutcomes: days('SSSSSSS-SSSSSF'),
    controls: {
      'recovery-point-age': {
        verdict: 'NON_COMPLIANT',
        reason: 'The last successful backup is 45 h 48 min old at the cut-off; at most 26 h are allowed.',
        measured: '45 h 48 min',
        threshold: '26 h',
        thresholdSeconds: 93_600,
        demandedBy: 'policy production-databases',
      },
      'backup-succeeded': {
        verdict: 'NON_COMPLIANT',
        reason: '2 of 2 backups of the day failed.',
        measured: '0 of 2',
        threshold: 'all',
        demandedBy: 'policy production-databases',
      },
      ...controls,
    },
    ...rest,
  });
}

/** Thirteen resources, worst first: every outcome but one at least once, every hostile name, and one that is waived. */
export function sampleResources(): readonly ResourceCompliance[] {
  return [
    failedResource({
      resourceName: 'ORDERS',
      findings: ['A backup was retried by hand at 04:15.'],
      openIncident: { condition: 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE', since: '2026-11-19T09:16:00.000Z' },
      consecutiveBadDays: 3,
      badSince: '2026-11-17',
      recentOutcomes: days('SSSSSSR-SSSFFF'),
      controls: {
        'no-open-incident': {
          verdict: 'NON_COMPLIANT',
          reason: 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE is open since 2026-11-19 04:16 EST.',
          measured: '1 open',
          threshold: 'none',
          demandedBy: 'policy production-databases',
        },
      },
    }),
    failedResource({
      resourceName: 'LEGACY_CRM',
      waiver: sampleWaiver,
      consecutiveBadDays: 12,
      badSince: '2026-11-07',
      recentOutcomes: days('SFFFFFF-FFFFFF'),
      findings: ['The waiver CHG-1234 holds until 2026-12-31.'],
    }),
    failedResource({
      resourceName: hostileNames.script,
      lastFailure: { time: '2026-11-19T10:00:00.000Z', message: '<img src=x onerror=alert(1)> & "quoted"' },
      tags: { '<b>team</b>': '=1+1', 'line\nbreak': '{{x}}' },
      openIncident: { condition: '<i>BACKUP_FAILURE</i>', since: '2026-11-19T10:01:00.000Z' },
    }),
    sampleResource({
      resourceName: hostileNames.formula,
      resourceType: 'volume',
      outcome: 'MISSED',
      compliance: 'NON_COMPLIANT',
      lastSuccessTime: null,
      recoveryPointAgeSeconds: null,
      attempts: 0,
      byBackupType: [],
      owner: null,
      policy: 'default',
      severity: 'medium',
      tags: {},
      consecutiveBadDays: 14,
      badSince: '2026-11-05',
      recentOutcomes: days('-MMMMMM-MMMMMM'),
      firstReported: '2026-11-05',
      lastKnown: {
        recoveryWindowDays: null,
        autoBackupEnabled: null,
        told: null,
        seen: null,
        terminated: null,
      },
      controls: {
        'recovery-point-age': {
          verdict: 'NON_COMPLIANT',
          reason: 'No successful backup was seen.',
          measured: null,
          threshold: '26 h',
          thresholdSeconds: 93_600,
          demandedBy: 'default policy',
        },
        'backup-succeeded': {
          verdict: 'NON_COMPLIANT',
          reason: 'A backup was due and nothing was seen.',
          measured: '0',
          threshold: '1',
          demandedBy: 'default policy',
        },
      },
    }),
    sampleResource({
      resourceName: hostileNames.control,
      outcome: 'UNKNOWN',
      compliance: 'UNKNOWN',
      consecutiveBadDays: 1,
      badSince: '2026-11-19',
      recentOutcomes: days('SSSSSSS-SSSSSU'),
      controls: {
        'backup-succeeded': {
          verdict: 'UNKNOWN',
          reason: 'A backup began at 02:10 and its end was not seen in 12 h.',
          measured: null,
          threshold: 'all',
          demandedBy: 'policy production-databases',
        },
      },
    }),
    sampleResource({
      resourceName: hostileNames.template,
      outcome: 'LATE',
      compliance: 'NON_COMPLIANT',
      severity: 'high',
      consecutiveBadDays: 2,
      badSince: '2026-11-18',
      recentOutcomes: days('SSSSSSS-SSSSLL'),
      controls: {
        duration: {
          verdict: 'NON_COMPLIANT',
          reason: 'A backup took 9 h 05 min; at most 8 h are allowed.',
          measured: '9 h 05 min',
          threshold: '8 h',
          demandedBy: 'policy production-databases',
        },
      },
    }),
    sampleResource({
      resourceName: hostileNames.direction,
      outcome: 'IN_PROGRESS',
      recentOutcomes: days('SSSSSSS-SSSSSP'),
    }),
    sampleResource({
      resourceName: 'HR',
      outcome: 'RECOVERED',
      attempts: 2,
      lastFailure: { time: '2026-11-19T06:00:00.000Z', message: 'ORA-19504: failed to create file' },
      findings: ['The first of 2 backups failed; a later one succeeded.'],
      recentOutcomes: days('SSSSSSS-SSSSSR'),
    }),
    sampleResource({
      resourceName: 'LEDGER',
      outcome: 'SUCCEEDED_WITH_WARNINGS',
      recentOutcomes: days('SSSSSSS-SSSSFW'),
    }),
    sampleResource({
      resourceName: hostileNames.emoji,
      lastRestoreTime: '2026-11-19T12:00:00.000Z',
      controls: {
        'restore-tested': {
          verdict: 'COMPLIANT',
          reason: 'The last successful restore is 17 h 00 min old at the cut-off; at most 90 d are allowed.',
          measured: '17 h 00 min',
          threshold: '90 d',
          demandedBy: 'policy production-databases',
        },
      },
    }),
    sampleResource({ resourceName: hostileNames.long }),
    sampleResource(),
    sampleResource({
      resourceName: 'ARCHIVE',
      resourceType: 'autonomous-database',
      severity: 'low',
      outcome: 'NOT_DUE',
      compliance: 'NOT_APPLICABLE',
      attempts: 0,
      recentOutcomes: days('NNNNNNS-NNNNNN'),
      controls: { 'recovery-point-age': notAsked, 'backup-succeeded': notAsked },
    }),
  ];
}

/** Totals counted from the resources. */
export function totalsOf(resources: readonly ResourceCompliance[], excluded = 0): ReportTotals {
  const judged = (verdict: Verdict): number => resources.filter((r) => r.compliance === verdict).length;
  const compliant = judged('COMPLIANT');
  const rated = compliant + judged('NON_COMPLIANT') + judged('UNKNOWN');
  const waived = resources.filter((r) => r.waiver !== null);
  return {
    expected: resources.length,
    byOutcome: countBy(outcomes, (outcome: Outcome) => resources.filter((r) => r.outcome === outcome).length),
    compliant,
    nonCompliant: judged('NON_COMPLIANT'),
    unknown: judged('UNKNOWN'),
    notApplicable: judged('NOT_APPLICABLE'),
    waived: waived.length,
    waivedBad: waived.filter((r) => r.compliance === 'NON_COMPLIANT' || r.compliance === 'UNKNOWN').length,
    excluded,
    compliancePercent: rated === 0 ? null : Math.floor((compliant * 1000) / rated) / 10,
  };
}

/** Nine files of which two are left out, one of them with a name that breaks careless renderers. */
const sampleInputs: NonNullable<DailyReport['sources'][number]['inputs']> = {
  found: 9,
  read: 7,
  unreadable: 0,
  leftOut: 2,
  rules: [
    { rule: 'ignore: .*', inputs: 1 },
    { rule: 'read under another name', inputs: 1 },
  ],
  notRead: [
    {
      name: `events/.${hostileNames.script}`,
      disposition: 'left out',
      reason: 'ignore: .*',
      bytes: null,
      records: null,
    },
    {
      name: 'events/latest.ndjson.gz',
      disposition: 'left out',
      reason: 'the same file as events/20.ndjson.gz',
      bytes: null,
      records: null,
    },
  ],
};

/**
 * A consistent report of these resources, and of nothing but them: totals, percent, control summary, policies and the
 * last day of the trend are counted from them. A cold start, unless overridden.
 */
export function reportOf(
  resources: readonly ResourceCompliance[],
  overrides: Partial<DailyReport> = {},
): DailyReport {
  const records = { read: 48, used: 40, duplicate: 4, outside: 2, ignored: 2, rejected: 0 };
  const totals = totalsOf(resources, overrides.excludedResources?.length);
  const status = overrides.status ?? 'COMPLETE';
  return {
    schemaVersion: 1,
    plan: 'daily-backup',
    reportDay: {
      date: '2026-11-19',
      timezone: 'America/New_York',
      start: '2026-11-19T05:00:00.000Z',
      cutOff: '2026-11-20T05:00:00.000Z',
      hours: 24,
    },
    slice: null,
    status,
    statusReasons: [],
    generatedAt: '2026-11-20T11:00:00.000Z',
    generatedDaysLater: 0,
    tool: { name: 'oci-backup-reporter', version: '0.1.0' },
    language: 'en',
    totals,
    controls: controlNames.map((control) => ({
      control,
      byVerdict: countBy(
        ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'UNKNOWN'],
        (verdict: Verdict) => resources.filter((r) => r.controls[control].verdict === verdict).length,
      ),
    })),
    policies: samplePolicies(resources),
    followUp: { comparedWith: null, newlyBad: [], resolved: [] },
    resources,
    incidents: [],
    jobTotals: {
      total: 14,
      byStatus: {
        FAILED: 5,
        UNKNOWN: 1,
        CANCELED: 0,
        IN_PROGRESS: 1,
        SUCCEEDED_WITH_WARNINGS: 1,
        SUCCEEDED: 6,
      },
    },
    changes: [],
    waivers: [],
    findings: [],
    trend: [...noReports(13), { date: '2026-11-19', status, totals }],
    sources: [
      {
        name: '1:local-files',
        type: 'local-files',
        request: './events/**/*.ndjson.gz',
        windowStart: '2026-11-12T05:00:00.000Z',
        windowEnd: '2026-11-20T05:00:00.000Z',
        controlTotals: records,
        complete: true,
        reasons: [],
        inputs: sampleInputs,
      },
    ],
    controlTotals: records,
    rejectedRecords: [],
    unrecognisedTypes: [],
    inventory: { type: 'observed', description: 'resources seen in the last 7 days' },
    notInInventory: [],
    excludedResources: [],
    formerResources: [],
    runningAttempts: [],
    knownSince: '2026-11-12T05:00:00.000Z',
    routing: null,
    previousReport: null,
    ...overrides,
  };
}

/** The mixed, COMPLETE and NON-COMPLIANT report: something of everything that a report can tell. */
export function sampleReport(overrides: Partial<DailyReport> = {}): DailyReport {
  const resources = sampleResources();
  const excludedResources = [
    unjudged({ resourceName: 'SCRATCH_SANDBOX', reason: 'rebuilt nightly', outcome: 'FAILED', attempts: 1 }),
    unjudged({ resourceName: '<em>EXCLUDED</em>', reason: '=1+1 {{reason}}' }),
  ];
  const status = overrides.status ?? 'COMPLETE';
  return reportOf(resources, {
    incidents: sampleIncidents(),
    followUp: sampleFollowUp(),
    changes: sampleChanges(),
    waivers: sampleWaivers(),
    findings: sampleFindings(),
    trend: sampleTrend({
      date: '2026-11-19',
      status,
      totals: totalsOf(resources, excludedResources.length),
      jobs: hostileTrendJobs(5),
    }),
    notInInventory: [
      unjudged({
        resourceName: 'STRANGER',
        reason: 'The inventory does not list it.',
        outcome: 'SUCCEEDED',
        attempts: 1,
      }),
    ],
    excludedResources,
    formerResources: sampleFormerResources(),
    runningAttempts: [sampleRunningAttempt()],
    knownSince: '2026-03-02T05:00:00.000Z',
    routing: {
      slices: [
        { name: 'database team', resources: 8 },
        { name: '<storage> & co', resources: 3 },
      ],
      unrouted: 2,
    },
    previousReport: {
      date: '2026-11-18',
      status: 'COMPLETE',
      contentDigest: 'cd'.repeat(32),
      bridgedDays: [],
    },
    ...overrides,
  });
}

/** The part of the sample report that is for the database team. */
export function sampleSlice(): DailyReport {
  const whole = sampleResources();
  const resources = whole.filter(({ resourceType }) => resourceType === 'database').slice(0, 8);
  return reportOf(resources, {
    slice: { name: 'database team', resources: resources.length, ofResources: whole.length },
    incidents: sampleIncidents(),
    followUp: sampleFollowUp(),
    trend: [
      { date: '2026-11-19', status: 'COMPLETE', totals: totalsOf(resources), jobs: hostileTrendJobs(2) },
    ],
  });
}

/** What makes a report INCOMPLETE: one rejected record, one source cut short. Spread it into the overrides. */
export function incompleteParts(): Partial<DailyReport> {
  const totals = { read: 49, used: 40, duplicate: 4, outside: 2, ignored: 2, rejected: 1 };
  const reasons = ['events/b.ndjson.gz ends in the middle of a record.'];
  return {
    status: 'INCOMPLETE',
    statusReasons: [
      'Source 1:local-files is not complete: events/b.ndjson.gz ends in the middle of a record.',
      '1 record could not be read; 0 are tolerated.',
    ],
    sources: [
      {
        name: '1:local-files',
        type: 'local-files',
        request: './events/**/*.ndjson.gz',
        windowStart: '2026-11-12T05:00:00.000Z',
        windowEnd: '2026-11-20T05:00:00.000Z',
        controlTotals: totals,
        complete: false,
        reasons,
      },
    ],
    controlTotals: totals,
    rejectedRecords: [
      { reason: 'not JSON', excerpt: '{"eventType": "com.oraclecloud</td><b>', sha256: 'ab'.repeat(32) },
    ],
    unrecognisedTypes: [{ eventType: 'com.oraclecloud.newservice.createbackup.end', events: 3 }],
    ignoredTypes: [
      {
        eventType: 'com.example.<b>wrapper',
        events: 1,
        names: 'com.oraclecloud.databaseservice.backupdatabase.end',
      },
    ],
    furtherIgnored: 1,
  };
}

function sampleIncidents(): readonly Incident[] {
  return [
    {
      resourceId: 'ocid1.database.oc1.iad.orders',
      resourceType: 'database',
      resourceName: 'ORDERS',
      condition: 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE',
      bearsOnBackups: true,
      state: 'open',
      openedAt: '2026-11-19T09:16:00.000Z',
      lastSeenAt: '2026-11-19T09:46:00.000Z',
      clearedAt: null,
      description: 'The backup of the container database failed <ORA-19809>.',
      eventIds: ['event-1', 'event-2'],
    },
    {
      resourceId: 'ocid1.database.oc1.iad.hr',
      resourceType: 'database',
      resourceName: 'HR',
      condition: 'AVAILABILITY.DB_GUEST.CDB_DOWN',
      bearsOnBackups: false,
      state: 'cleared',
      openedAt: null,
      lastSeenAt: '2026-11-19T08:00:00.000Z',
      clearedAt: '2026-11-19T08:00:00.000Z',
      description: null,
      eventIds: ['event-3'],
    },
  ];
}

/** Compared with the day before: two that are new, and one each of the two ways to be resolved. */
function sampleFollowUp(): FollowUp {
  return {
    comparedWith: '2026-11-18',
    newlyBad: [
      {
        ...turnOf(hostileNames.script),
        owner: 'dba-oncall@example.com',
        outcome: 'FAILED',
        compliance: 'NON_COMPLIANT',
        badSince: '2026-11-19',
        badDays: 1,
        words: 'Backup succeeded: 2 of 2 backups of the day failed.',
      },
      {
        ...turnOf(hostileNames.control),
        owner: null,
        outcome: 'UNKNOWN',
        compliance: 'UNKNOWN',
        badSince: '2026-11-19',
        badDays: 1,
        words: 'A backup began at 02:10 and its end was not seen in 12 h <b>.',
      },
    ],
    resolved: [
      {
        ...turnOf('LEDGER'),
        owner: 'dba-oncall@example.com',
        outcome: 'SUCCEEDED_WITH_WARNINGS',
        compliance: 'COMPLIANT',
        badSince: '2026-11-18',
        badDays: 1,
        words: 'A backup succeeded at 2026-11-19 02:10 EST.',
      },
      {
        ...turnOf('OLD_TEST'),
        owner: null,
        outcome: null,
        compliance: null,
        badSince: '2026-11-14',
        badDays: 4,
        words: 'It was terminated.',
      },
    ],
  };
}

function turnOf(resourceName: string) {
  return {
    resourceId: `ocid1.database.oc1.iad.${slug(resourceName)}`,
    resourceType: 'database',
    resourceName,
  };
}

/** One of each kind, the last one hostile. */
function sampleChanges(): readonly BackupChange[] {
  return [
    change({
      kind: 'deletion',
      what: 'Database - Delete Backup End',
      subjectId: 'ocid1.dbbackup.oc1.iad.b7',
      state: 'DELETED',
      detail: 'The backup was 12 d old; at least 35 d are demanded.',
    }),
    change({
      time: '2026-11-19T08:30:00.000Z',
      from: { enabled: true, retentionDays: 30, policyId: null },
      to: { enabled: false, retentionDays: 7, policyId: null },
      consequence: 'no backup will be made from then on; backups are kept 7 days instead of 30',
    }),
    change({
      time: '2026-11-19T12:00:00.000Z',
      kind: 'restore',
      what: 'Database - Restore End',
      resourceName: hostileNames.emoji,
      principal: null,
    }),
    change({
      time: '2026-11-19T15:20:00.000Z',
      kind: 'termination',
      what: 'Database - Terminate End',
      resourceName: 'OLD_TEST',
      state: 'TERMINATED',
    }),
    change({
      time: '2026-11-19T16:00:00.000Z',
      what: '<u>Update</u>',
      resourceName: hostileNames.script,
      subjectId: '=1+1',
      state: '"><img src=x>',
      principal: '{{principal}}\r\nBcc: x@example.com',
      detail: 'a\u202Eb <img src=x onerror=alert(1)>',
    }),
  ];
}

function change(overrides: Partial<BackupChange>): BackupChange {
  return {
    ...turnOf('PAYROLL'),
    time: '2026-11-19T08:00:00.000Z',
    kind: 'settings',
    what: 'Database - Update',
    subjectId: null,
    state: 'AVAILABLE',
    principal: 'jane.doe@example.com',
    detail: null,
    eventId: 'event-10',
    ...overrides,
  };
}

/** One that holds, one that has expired, one that is for nothing. */
function sampleWaivers(): readonly WaiverReport[] {
  const { daysLeft, ...waiver } = sampleWaiver;
  return [
    {
      ...waiver,
      match: 'name LEGACY_*',
      daysLeft,
      state: 'active',
      resources: [{ ...holder('LEGACY_CRM'), compliance: 'NON_COMPLIANT' }],
    },
    {
      match: 'name ORDERS, compartment prod*',
      reason: 'storage is being moved',
      ticket: 'CHG-1100',
      approvedBy: 'ciso@example.com',
      expires: '2026-11-16',
      daysLeft: -3,
      state: 'expired',
      resources: [{ ...holder('ORDERS'), compliance: 'NON_COMPLIANT' }],
    },
    {
      match: 'tag <b>env</b> = {{x}}',
      reason: '=HYPERLINK("https://evil.example")',
      ticket: null,
      approvedBy: '<script>alert("approver")</script>',
      expires: '2026-11-25',
      daysLeft: 6,
      state: 'unmatched',
      resources: [],
    },
  ];
}

function holder(resourceName: string) {
  return { resourceId: `ocid1.database.oc1.iad.${slug(resourceName)}`, resourceName };
}

function sampleFindings(): readonly ReportFinding[] {
  return [
    {
      kind: 'waiver-expired',
      subject: 'name ORDERS, compartment prod*',
      words: 'The waiver CHG-1100 expired on 2026-11-16 and does not apply: renew or remove it.',
    },
    {
      kind: 'waiver-matches-nothing',
      subject: 'tag <b>env</b> = {{x}}',
      words: 'The waiver matches no resource: remove it or correct its match.',
    },
    {
      kind: 'policy-matches-nothing',
      subject: 'policy mysql-weekly',
      words: 'The policy matches no resource.',
    },
    {
      kind: 'not-in-inventory',
      subject: 'STRANGER',
      words: 'It has backups, but the inventory does not list it: add it or exclude it.',
    },
    {
      kind: 'attempt-given-up',
      subject: hostileNames.control,
      words: 'A backup of 2026-11-12 has no end in 7 days; no further report waits for it.',
    },
  ];
}

function samplePolicies(resources: readonly ResourceCompliance[]): readonly PolicyReport[] {
  const count = (name: string): number => resources.filter(({ policy }) => policy === name).length;
  return [
    {
      name: 'production-databases',
      match: 'type database, compartment prod*',
      cadence: 'daily',
      maxAge: '26 h',
      maxDuration: '8 h',
      minRetention: '35 d',
      maxRestoreAge: '90 d',
      severity: 'critical',
      owner: 'dba-oncall@example.com',
      resources: count('production-databases'),
    },
    {
      name: 'mysql-weekly',
      match: 'type mysql, tag <b>tier</b> = *',
      cadence: 'weekly:SUN',
      maxAge: '7 d 02 h',
      maxDuration: '4 h',
      minRetention: null,
      maxRestoreAge: null,
      severity: 'high',
      owner: null,
      resources: count('mysql-weekly'),
    },
    {
      name: 'default',
      match: 'everything else',
      cadence: 'daily',
      maxAge: '26 h',
      maxDuration: '12 h',
      minRetention: null,
      maxRestoreAge: null,
      severity: 'medium',
      owner: null,
      resources: count('default'),
    },
  ];
}

/** Thirteen days of a report that went on, one of them missing, and the report day. */
function sampleTrend(today: TrendDay): readonly TrendDay[] {
  const resources = sampleResources();
  const before = resources.map((_, index) =>
    index < 3 ? failedResource({ resourceName: `DAY-${index}` }) : sampleResource(),
  );
  const past = noReports(13).map(({ date }, index): TrendDay => {
    if (index === 7) return { date, status: null, totals: null };
    const bad = [1, 1, 2, 1, 3, 1, 1, 0, 1, 1, 1, 2, 3][index] ?? 1;
    const totals = totalsOf([...before.slice(0, bad), ...before.slice(3 + bad), ...before.slice(10)]);
    const day = { date, status: index === 4 || index === 11 ? 'INCOMPLETE' : 'COMPLETE', totals } as const;
    // The version before did not count them.
    return index < 9 ? day : { ...day, jobs: hostileTrendJobs(bad) };
  });
  return [...past, today];
}

/** The shipped sample, with a type whose name is hostile. */
export function hostileTrendJobs(failed: number): NonNullable<TrendDay['jobs']> {
  return sampleTrendJobs(failed).map((jobs) =>
    jobs.backupType === 'log' ? { ...jobs, resourceType: '<b>odd</b>' } : jobs,
  );
}

/** Days before 2026-11-19 of which there is no report. */
function noReports(count: number): readonly TrendDay[] {
  return Array.from({ length: count }, (_, index) => ({
    date: `2026-11-${String(19 - count + index).padStart(2, '0')}`,
    status: null,
    totals: null,
  }));
}

/** A resource with events that is not judged. */
export function unjudged(overrides: Partial<UnjudgedResource> = {}): UnjudgedResource {
  const name = overrides.resourceName ?? 'STRANGER';
  return {
    ...turnOf(name),
    compartmentId: 'ocid1.compartment.oc1..test',
    compartmentName: 'test',
    owner: null,
    tags: {},
    reason: 'The inventory does not list it.',
    outcome: 'NOT_DUE',
    attempts: 0,
    lastSuccessTime: '2026-11-18T07:10:00.000Z',
    lastFailure: null,
    lastRestoreTime: null,
    lastKnown: {
      recoveryWindowDays: null,
      autoBackupEnabled: null,
      told: '2026-11-18T07:10:00.000Z',
      seen: '2026-11-18T07:10:00.000Z',
      terminated: null,
    },
    ...overrides,
  };
}

function sampleFormerResources(): readonly FormerResource[] {
  return [
    {
      ...turnOf('OLD_TEST'),
      lastDay: '2026-11-18',
      reason: 'terminated',
      terminatedTime: '2026-11-19T15:20:00.000Z',
    },
    {
      ...turnOf('<b>GONE</b>'),
      lastDay: '2026-11-10',
      reason: 'not in the inventory any more',
      terminatedTime: null,
    },
  ];
}

function sampleRunningAttempt(): RunningAttempt {
  return {
    eventId: 'event-20',
    eventType: 'com.oraclecloud.databaseservice.backupdatabase.begin',
    time: '2026-11-20T04:10:00.000Z',
    subjectId: 'ocid1.dbbackup.oc1.iad.b20',
    resource: {
      ...turnOf(hostileNames.direction),
      compartmentId: 'ocid1.compartment.oc1..prod',
      compartmentName: 'prod-databases',
      tags: {},
    },
    createdTime: null,
    traits: {
      backupType: 'INCREMENTAL',
      trigger: 'AUTOMATIC',
      destinationType: null,
      recoveryWindowDays: 35,
      autoBackupEnabled: true,
    },
    message: null,
    endedTime: null,
  };
}

function countBy<Key extends string>(
  keys: readonly Key[],
  count: (key: Key) => number,
): Readonly<Record<Key, number>> {
  return Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<Key, number>;
}

/** Lower-case letters and digits of a name, so that equal names have equal ids. */
function slug(name: string): string {
  return [...name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')].slice(0, 40).join('') || 'unnamed';
}
