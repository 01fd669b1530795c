import type { DailyReport } from '../model/daily-report.js';
import { frameworkOf } from '../rules/framework-table.js';
import { controlNames } from '../model/verdict.js';
import { sampleHead } from '../../sample/sample-head.js';
import { sampleJobTotals } from './sample-job-totals.js';
import { sampleSilence } from './sample-silence.js';
import * as lists from './sample-lists.js';
import { lastKnown, sampleResource, sampleResources, sampleTotals } from './sample-resources.js';
import { sampleRecords, sampleSources } from '../../sample/sample-sources.js';
import { sampleTrendJobs } from './sample-trend-jobs.js';
import { many, sampleDate, sampleTime } from '../../sample/sample-values.js';
import type { Whole } from '../../sample/whole.js';

const sampleIgnoredTypes = [
  {
    eventType: 'com.example.wrapper',
    events: 2,
    names: 'com.oraclecloud.databaseservice.backupdatabase.end',
  },
  { eventType: 'com.example.other', events: 1, names: null },
];

/** A day with everything that a report can have. Typed whole: a field that is new in report.json has to be here, too. */
export function everythingDay(): DailyReport {
  const resources = sampleResources();
  const totals = sampleTotals(resources, 2);
  const report: Omit<
    Whole<DailyReport>,
    'resources' | 'sources' | 'changes' | 'silence' | 'trend' | 'lifeCycles'
  > = {
    ...sampleHead('INCOMPLETE'),
    statusReasons: many(12, (index) => `1:local-files: file ${index} could not be read.`),
    slice: { name: 'database team', resources: resources.length, ofResources: 412 },
    generatedDaysLater: 2,
    settleDelaySeconds: 23_400,
    totals,
    controls: controlNames.map((control) => ({
      control,
      byVerdict: { COMPLIANT: 3, NON_COMPLIANT: 2, NOT_APPLICABLE: 1, UNKNOWN: 0 },
    })),
    policies: lists.samplePolicies(3),
    followUp: lists.sampleFollowUp(3),
    incidents: lists.sampleIncidents(6),
    jobTotals: sampleJobTotals(2),
    waivers: lists.sampleWaivers(6),
    findings: lists.sampleFindings(1),
    controlTotals: sampleRecords,
    rejectedRecords: many(3, (index) => ({
      reason: 'not JSON',
      excerpt: '{"eventType": "com.or',
      sha256: String(index).repeat(64),
    })),
    unrecognisedTypes: [{ eventType: 'com.oraclecloud.newservice.createbackup.end', events: 3 }],
    ignoredTypes: sampleIgnoredTypes,
    furtherIgnored: 1,
    inventory: { type: 'observed', description: 'resources seen in the last 7 days' },
    notInInventory: lists.sampleUnjudged(2),
    excludedResources: lists.sampleUnjudged(2),
    formerResources: lists.sampleFormer(2),
    formerFacts: [{ ...formerFacts(), lastKnown: lastKnown() }],
    runningAttempts: lists.sampleRunning(2),
    knownSince: '2026-11-12T05:00:00.000Z',
    frameworks: [frameworkOf('iso27001'), { ...frameworkOf('pci-dss'), title: 'Our own table' }],
    routing: { slices: [{ name: 'database team', resources: 12 }], unrouted: resources.length - 12 },
    previousReport: null,
  };
  return {
    ...report,
    resources,
    sources: sampleSources(12),
    changes: lists.sampleChanges(8),
    silence: sampleSilence,
    // A part of a report has its own day in the trend.
    trend: [{ date: sampleDate, status: 'INCOMPLETE', totals, jobs: sampleTrendJobs(2) }],
    lifeCycles: [lifeCycle()],
  };
}

function formerFacts(): Omit<NonNullable<Whole<DailyReport>['formerFacts']>[number], 'lastKnown'> {
  const {
    resourceId,
    compartmentId,
    compartmentName,
    tags,
    owner,
    lastSuccessTime,
    lastFailure,
    lastRestoreTime,
    volumeGroup,
  } = sampleResource(300);
  return {
    resourceId,
    compartmentId,
    compartmentName,
    tags,
    owner,
    lastSuccessTime,
    lastFailure,
    lastRestoreTime,
    volumeGroup,
  };
}

function lifeCycle(): NonNullable<DailyReport['lifeCycles']>[number] {
  return {
    resourceId: 'ocid1.dbsystem.oc1.iad.sample',
    created: sampleTime,
    alive: sampleTime,
    parents: { vault: 'ocid1.vault.oc1.iad.sample' },
    terminated: null,
  };
}
