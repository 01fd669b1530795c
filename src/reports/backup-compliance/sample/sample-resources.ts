import { severities } from '../../../model/severity.js';
import type { ReportTotals } from '../model/daily-report.js';
import type { ControlResult, ResourceCompliance } from '../model/resource-compliance.js';
import { type Outcome, type Verdict, controlNames, isBad, outcomes, verdicts } from '../model/verdict.js';
import { named, sampleDate, sampleTime } from '../../sample/sample-values.js';
import type { Whole } from '../../sample/whole.js';

export type WholeResource = Whole<ResourceCompliance>;

/** A resource with everything that a report can say of one. */
export function sampleResource(number: number, over: Partial<WholeResource> = {}): WholeResource {
  const compliance = over.compliance ?? 'NON_COMPLIANT';
  return {
    ...named(number),
    compartmentId: 'ocid1.compartment.oc1..sample',
    compartmentName: 'prod-databases',
    tags: { env: 'prod' },
    owner: 'dba-oncall@example.com',
    cloud: 'oci',
    azure: { subscriptionId: null, resourceGroup: null, vault: null, region: null },
    storedBytes: 214_748_364_800,
    outcome: 'FAILED',
    attempts: 2,
    lastSuccessTime: '2026-11-18T07:12:00.000Z',
    lastFailure: {
      time: sampleTime,
      message: 'RMAN-03009: failure of backup command; ORA-19809: limit exceeded',
    },
    lastRestoreTime: '2026-09-01T12:00:00.000Z',
    lastKnown: lastKnown(),
    volumeGroup: {
      resourceId: 'ocid1.volumegroup.oc1.iad.sample',
      resourceName: 'group-1',
      since: sampleTime,
    },
    policy: 'production-databases',
    severity: severities[number % severities.length] ?? 'high',
    compliance,
    controls: controlsOf(compliance),
    recoveryPointAgeSeconds: 164_880,
    recoveryPoints: {
      count: 7,
      newest: sampleTime,
      oldest: '2026-11-01T07:10:00.000Z',
      newestBytes: 13_421_772_800,
    },
    byBackupType: [
      { type: 'full', lastSuccess: '2026-11-15T07:12:00.000Z', attempts: 1, failed: 1 },
      { type: 'incremental', lastSuccess: null, attempts: 1, failed: 1 },
      ...(number % 2 === 0
        ? [{ type: 'log', lastSuccess: sampleTime, attempts: 0, failed: 0 } as const]
        : []),
    ],
    openIncident: { condition: 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE', since: sampleTime },
    consecutiveBadDays: isBad(compliance) ? 3 : 0,
    badSince: isBad(compliance) ? '2026-11-17' : null,
    waiver: null,
    findings: ['A backup was started by hand at 04:15.'],
    recentOutcomes: [...outcomes, null, 'SUCCEEDED', 'SUCCEEDED', 'RECOVERED', 'FAILED'],
    firstReported: '2026-03-02',
    ...over,
  };
}

/** A resource of which nearly nothing is known, as version 0.1 wrote it. */
export function bareResource(number: number, over: Partial<ResourceCompliance> = {}): ResourceCompliance {
  const {
    volumeGroup: _group,
    recoveryPoints: _points,
    byBackupType: _types,
    storedBytes: _stored,
    ...whole
  } = sampleResource(number, { compliance: 'UNKNOWN' });
  const { life: _life, sources: _sources, held: _held, ...known } = lastKnown();
  return {
    ...whole,
    compartmentId: null,
    compartmentName: null,
    tags: {},
    owner: null,
    outcome: 'UNKNOWN',
    attempts: 0,
    lastSuccessTime: null,
    lastFailure: null,
    lastRestoreTime: null,
    lastKnown: {
      ...known,
      recoveryWindowDays: null,
      autoBackupEnabled: null,
      told: null,
      seen: null,
      terminated: null,
    },
    recoveryPointAgeSeconds: null,
    openIncident: null,
    findings: [],
    ...over,
  };
}

/** One of another cloud: then the report tells of each resource which one it is in. */
function sampleAzureResource(): ResourceCompliance {
  return sampleResource(24, {
    resourceId: 'westeurope;900001;vm-app01',
    resourceType: 'azure-vm',
    compartmentName: 'vault-weu',
    cloud: 'azure',
    azure: {
      subscriptionId: '00000000-0000-4000-8000-000000000001',
      resourceGroup: 'rg-app',
      vault: 'vault-weu',
      region: 'westeurope',
    },
    severity: 'critical',
  });
}

/** Every outcome, verdict and severity, with and without a waiver, and what only some resources have. */
export function sampleResources(): readonly ResourceCompliance[] {
  const ofOutcomes = outcomes.map((outcome: Outcome, index) =>
    sampleResource(index, { outcome, compliance: verdicts[index % verdicts.length] ?? 'UNKNOWN' }),
  );
  return [
    ...ofOutcomes,
    // Nothing that the console finds, and no limit on its age.
    {
      ...withoutAgeLimit(sampleResource(29)),
      resourceId: 'name:orders',
      lastFailure: { time: sampleTime, message: 'It stopped in the middle.' },
      openIncident: null,
    },
    sampleAzureResource(),
    sampleResource(20, { waiver: sampleWaiver('CHG-1234') }),
    sampleResource(21, { waiver: sampleWaiver(null), compliance: 'COMPLIANT', outcome: 'SUCCEEDED' }),
    // The last success is gone: an older backup is left, or none.
    {
      ...sampleResource(22),
      recoveryPoints: { count: 1, newest: '2026-11-10T07:10:00.000Z', oldest: null },
    },
    {
      ...sampleResource(23),
      recoveryPoints: { count: 0, newest: null, oldest: null },
      recoveryPointAgeSeconds: null,
    },
    sampleResource(24, {
      lastFailure: { time: sampleTime, message: null },
      consecutiveBadDays: 1,
      badSince: sampleDate,
    }),
    sampleResource(25, {
      resourceType: 'autonomous-database',
      compliance: 'UNKNOWN',
      controls: allControls('COMPLIANT'),
    }),
    bareResource(26),
    bareResource(27, {
      compliance: 'NOT_APPLICABLE',
      outcome: 'NOT_DUE',
      controls: allControls('NOT_APPLICABLE'),
    }),
    ...ofOneCause(),
    bareResource(28, { volumeGroup: null, resourceType: 'volume', controls: allControls('UNKNOWN') }),
  ];
}

/** So many of one cause that they are one entry, in the words of the service or not, with and without a time. */
function ofOneCause(): readonly ResourceCompliance[] {
  const missed = { outcome: 'MISSED', lastFailure: null, badSince: null } as const;
  const told = { time: sampleTime, message: 'It stopped as nobody expected.' };
  const byHand = { time: sampleTime, message: 'It was stopped by hand.' };
  return [
    ...Array.from({ length: 7 }, (_, index) => sampleResource(30 + index, missed)),
    // As many as a mail tells together, and names.
    ...Array.from({ length: 5 }, (_, index) =>
      sampleResource(60 + index, { lastFailure: byHand, openIncident: null }),
    ),
    ...Array.from({ length: 7 }, (_, index) =>
      sampleResource(40 + index, { lastFailure: told, openIncident: null }),
    ),
  ];
}

/** Nothing is demanded of the age of its newest backup. */
export function withoutAgeLimit(resource: ResourceCompliance): ResourceCompliance {
  const controls = { ...resource.controls, 'recovery-point-age': controlResult('NOT_APPLICABLE') };
  return { ...resource, controls };
}

/** Counted from the resources. */
export function sampleTotals(resources: readonly ResourceCompliance[], excluded: number): ReportTotals {
  const judged = (verdict: Verdict): number => resources.filter((each) => each.compliance === verdict).length;
  const had = (outcome: Outcome): number => resources.filter((each) => each.outcome === outcome).length;
  const rated = resources.length - judged('NOT_APPLICABLE');
  return {
    expected: resources.length,
    byOutcome: {
      FAILED: had('FAILED'),
      MISSED: had('MISSED'),
      UNKNOWN: had('UNKNOWN'),
      LATE: had('LATE'),
      IN_PROGRESS: had('IN_PROGRESS'),
      RECOVERED: had('RECOVERED'),
      SUCCEEDED_WITH_WARNINGS: had('SUCCEEDED_WITH_WARNINGS'),
      SUCCEEDED: had('SUCCEEDED'),
      NOT_DUE: had('NOT_DUE'),
    },
    compliant: judged('COMPLIANT'),
    nonCompliant: judged('NON_COMPLIANT'),
    unknown: judged('UNKNOWN'),
    notApplicable: judged('NOT_APPLICABLE'),
    waived: resources.filter(({ waiver }) => waiver !== null).length,
    waivedBad: resources.filter(({ waiver, compliance }) => waiver !== null && isBad(compliance)).length,
    excluded,
    compliancePercent: rated === 0 ? null : (judged('COMPLIANT') / rated) * 100,
  };
}

export function lastKnown(): WholeResource['lastKnown'] {
  return {
    recoveryWindowDays: 35,
    autoBackupEnabled: true,
    told: sampleTime,
    seen: sampleTime,
    terminated: sampleTime,
    life: {
      created: '2026-03-01T10:00:00.000Z',
      alive: sampleTime,
      parents: {
        system: 'ocid1.dbsystem.oc1.iad.sample',
        container: 'ocid1.autonomouscontainerdatabase.oc1.iad.sample',
        cluster: 'ocid1.autonomousvmcluster.oc1.iad.sample',
        vault: 'ocid1.vault.oc1.iad.sample',
      },
      terminatedBy: 'ocid1.dbsystem.oc1.iad.sample',
    },
    sources: [{ name: '1:local-files', region: 'iad' }],
    held: {
      protection: { enabled: true, kind: 'policy', since: sampleTime },
      retention: { days: 35, since: sampleTime },
      policyId: 'ocid1.backuppolicy.oc1.iad.sample',
    },
  };
}

function controlsOf(compliance: Verdict): WholeResource['controls'] {
  const all = allControls(compliance);
  return { ...all, retention: controlResult('NOT_APPLICABLE'), 'restore-tested': controlResult('UNKNOWN') };
}

function allControls(verdict: Verdict): WholeResource['controls'] {
  const results = controlNames.map((name) => [name, controlResult(verdict)] as const);
  return Object.fromEntries(results) as WholeResource['controls'];
}

function controlResult(verdict: Verdict): Whole<ControlResult> {
  const isAsked = verdict !== 'NOT_APPLICABLE';
  return {
    verdict,
    reason: isAsked
      ? 'The last successful backup is 45 h old; at most 26 h are allowed.'
      : 'Nothing is demanded.',
    measured: isAsked ? '45 h' : null,
    threshold: isAsked ? '26 h' : null,
    measuredSeconds: isAsked ? 162_000 : null,
    thresholdSeconds: isAsked ? 93_600 : null,
    demandedBy: isAsked ? 'policy production-databases' : null,
  };
}

export function sampleWaiver(ticket: string | null): WholeResource['waiver'] {
  return {
    reason: 'decommissioned at the end of the year',
    ticket,
    approvedBy: 'ciso@example.com',
    expires: '2026-12-31',
    daysLeft: 42,
  };
}
