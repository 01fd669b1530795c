import type { DailyReport } from '../../src/model/daily-report.js';
import type { Incident } from '../../src/model/incident.js';
import {
  controlNames,
  outcomes,
  type ControlName,
  type ControlResult,
  type Outcome,
  type ResourceCompliance,
  type Verdict,
} from '../../src/model/resource-compliance.js';

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
};
const notAsked: ControlResult = {
  verdict: 'NOT_APPLICABLE',
  reason: 'The policy demands nothing.',
  measured: null,
  threshold: null,
};

/** A compliant database with one good backup, unless overridden; `controls` are merged. */
export function sampleResource(
  overrides: Partial<Omit<ResourceCompliance, 'controls'>> & {
    readonly controls?: Partial<Record<ControlName, ControlResult>>;
  } = {},
): ResourceCompliance {
  const { controls, ...rest } = overrides;
  const name = rest.resourceName ?? 'PAYROLL';
  return {
    resourceId: `ocid1.database.oc1.iad.${slug(name)}`,
    resourceType: 'database',
    resourceName: name,
    compartmentId: 'ocid1.compartment.oc1..prod',
    compartmentName: 'prod-databases',
    owner: 'dba-oncall@example.com',
    policy: 'production-databases',
    outcome: 'SUCCEEDED',
    compliance: 'COMPLIANT',
    lastSuccessTime: '2026-11-19T07:10:00.000Z',
    recoveryPointAgeSeconds: 21 * 3600 + 50 * 60,
    attempts: 1,
    lastFailure: null,
    lastRestoreTime: null,
    consecutiveBadDays: null,
    waiver: null,
    findings: [],
    ...rest,
    controls: {
      'recovery-point-age': {
        verdict: 'COMPLIANT',
        reason: 'The last successful backup is 21 h 50 min old at the cut-off; at most 26 h are allowed.',
        measured: '21 h 50 min',
        threshold: '26 h',
      },
      'backup-succeeded': passed,
      'no-open-incident': passed,
      retention: notAsked,
      'protection-enabled': passed,
      duration: passed,
      'no-early-deletion': passed,
      ...controls,
    },
  };
}

/** A non-compliant resource whose last attempt failed. */
export function failedResource(
  overrides: Partial<Omit<ResourceCompliance, 'controls'>> = {},
): ResourceCompliance {
  return sampleResource({
    outcome: 'FAILED',
    compliance: 'NON_COMPLIANT',
    lastSuccessTime: '2026-11-18T07:12:00.000Z',
    recoveryPointAgeSeconds: 45 * 3600 + 48 * 60,
    attempts: 2,
    lastFailure: {
      time: '2026-11-19T09:15:00.000Z',
      message:
        'RMAN-03009: failure of backup command on ORA_DISK_1; ORA-19809: limit exceeded for recovery files',
    },
    controls: {
      'recovery-point-age': {
        verdict: 'NON_COMPLIANT',
        reason: 'The last successful backup is 45 h 48 min old at the cut-off; at most 26 h are allowed.',
        measured: '45 h 48 min',
        threshold: '26 h',
      },
      'backup-succeeded': {
        verdict: 'NON_COMPLIANT',
        reason: '2 of 2 backups of the day failed.',
        measured: '0 of 2',
        threshold: 'all',
      },
    },
    ...overrides,
  });
}

/** Twelve resources, worst first: every outcome but one at least once, and every hostile name. */
export function sampleResources(): readonly ResourceCompliance[] {
  return [
    failedResource({ resourceName: 'ORDERS', findings: ['A backup was retried by hand at 04:15.'] }),
    failedResource({
      resourceName: hostileNames.script,
      lastFailure: { time: '2026-11-19T10:00:00.000Z', message: '<img src=x onerror=alert(1)> & "quoted"' },
    }),
    sampleResource({
      resourceName: hostileNames.formula,
      resourceType: 'volume',
      outcome: 'MISSED',
      compliance: 'NON_COMPLIANT',
      lastSuccessTime: null,
      recoveryPointAgeSeconds: null,
      attempts: 0,
      owner: null,
      policy: 'default',
      controls: {
        'recovery-point-age': {
          verdict: 'NON_COMPLIANT',
          reason: 'No successful backup was seen.',
          measured: null,
          threshold: '26 h',
        },
        'backup-succeeded': {
          verdict: 'NON_COMPLIANT',
          reason: 'A backup was due and nothing was seen.',
          measured: '0',
          threshold: '1',
        },
      },
    }),
    sampleResource({
      resourceName: hostileNames.control,
      outcome: 'UNKNOWN',
      compliance: 'UNKNOWN',
      controls: {
        'backup-succeeded': {
          verdict: 'UNKNOWN',
          reason: 'A backup began at 02:10 and its end was not seen in 12 h.',
          measured: null,
          threshold: 'all',
        },
      },
    }),
    sampleResource({
      resourceName: hostileNames.template,
      outcome: 'LATE',
      compliance: 'NON_COMPLIANT',
      controls: {
        duration: {
          verdict: 'NON_COMPLIANT',
          reason: 'A backup took 9 h 05 min; at most 8 h are allowed.',
          measured: '9 h 05 min',
          threshold: '8 h',
        },
      },
    }),
    sampleResource({ resourceName: hostileNames.direction, outcome: 'IN_PROGRESS' }),
    sampleResource({
      resourceName: 'HR',
      outcome: 'RECOVERED',
      attempts: 2,
      lastFailure: { time: '2026-11-19T06:00:00.000Z', message: 'ORA-19504: failed to create file' },
      findings: ['The first of 2 backups failed; a later one succeeded.'],
    }),
    sampleResource({ resourceName: 'LEDGER', outcome: 'SUCCEEDED_WITH_WARNINGS' }),
    sampleResource({ resourceName: hostileNames.emoji, lastRestoreTime: '2026-11-19T12:00:00.000Z' }),
    sampleResource({ resourceName: hostileNames.long }),
    sampleResource(),
    sampleResource({
      resourceName: 'ARCHIVE',
      resourceType: 'autonomous-database',
      outcome: 'NOT_DUE',
      compliance: 'NOT_APPLICABLE',
      attempts: 0,
      controls: { 'recovery-point-age': notAsked, 'backup-succeeded': notAsked },
    }),
  ];
}

/** A consistent report of these resources: totals, percent and control summary are counted from them. */
export function reportOf(
  resources: readonly ResourceCompliance[],
  overrides: Partial<DailyReport> = {},
): DailyReport {
  const judged = (verdict: Verdict): number => resources.filter((r) => r.compliance === verdict).length;
  const compliant = judged('COMPLIANT');
  const rated = compliant + judged('NON_COMPLIANT') + judged('UNKNOWN');
  const totals = { read: 48, used: 40, duplicate: 4, outside: 2, ignored: 2, rejected: 0 };
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
    status: 'COMPLETE',
    statusReasons: [],
    generatedAt: '2026-11-20T11:00:00.000Z',
    tool: { name: 'oci-backup-reporter', version: '0.1.0' },
    totals: {
      expected: resources.length,
      byOutcome: countBy(
        outcomes,
        (outcome: Outcome) => resources.filter((r) => r.outcome === outcome).length,
      ),
      compliant,
      nonCompliant: judged('NON_COMPLIANT'),
      unknown: judged('UNKNOWN'),
      notApplicable: judged('NOT_APPLICABLE'),
      waived: 0,
      compliancePercent: rated === 0 ? null : Math.floor((compliant * 1000) / rated) / 10,
    },
    controls: controlNames.map((control) => ({
      control,
      byVerdict: countBy(
        ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'UNKNOWN'],
        (verdict: Verdict) => resources.filter((r) => r.controls[control].verdict === verdict).length,
      ),
    })),
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
    trend: [],
    sources: [
      {
        name: '1:local-files',
        type: 'local-files',
        request: './events/**/*.ndjson.gz',
        windowStart: '2026-11-12T05:00:00.000Z',
        windowEnd: '2026-11-20T05:00:00.000Z',
        controlTotals: totals,
        complete: true,
        reasons: [],
      },
    ],
    controlTotals: totals,
    rejectedRecords: [],
    unrecognisedTypes: [],
    inventory: { type: 'observed', description: 'resources seen in the last 7 days' },
    notInInventory: [],
    previousReport: null,
    ...overrides,
  };
}

/** The mixed, COMPLETE and NON-COMPLIANT report with two incidents. */
export function sampleReport(overrides: Partial<DailyReport> = {}): DailyReport {
  return reportOf(sampleResources(), { incidents: sampleIncidents(), ...overrides });
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
    notInInventory: ['ocid1.database.oc1.iad.stranger'],
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
