import type { SampleDay } from '../../report-kind.js';
import type { BackupJob } from '../model/backup-job.js';
import { jobStatuses } from '../model/backup-job.js';
import type { DailyReport } from '../model/daily-report.js';
import { controlNames } from '../model/verdict.js';
import * as lists from './sample-lists.js';
import {
  lastKnown,
  sampleResource,
  sampleResources,
  sampleTotals,
  sampleWaiver,
} from './sample-resources.js';
import { sampleRecords, sampleSilence, sampleSources } from './sample-sources.js';
import { many, named, sampleCutOff, sampleDate, sampleStart, sampleTime } from './sample-values.js';
import type { Whole } from './whole.js';

/**
 * Days of an estate that does not exist, on which templates are tried: one with everything that a report can have, one on
 * which nothing was seen, one with more of everything than page and mail show, one whose bad ones are accepted, and one that
 * is incomplete with nothing seen.
 */
export function sampleDays(): readonly SampleDay<DailyReport>[] {
  const small = { size: 'small' } as const;
  return [
    {
      ...small,
      name: 'everything',
      report: everything(),
      lines: sampleJobs(),
      ...revisedLittle,
      link: null,
      attached: true,
    },
    { ...small, name: 'nothing', report: nothing(), lines: [], ...first, link: null, attached: false },
    { name: 'more than is shown', size: 'large', report: tooMuch(), lines: [], ...revised, ...linked },
    { ...small, name: 'accepted', report: quiet(), lines: [], ...rewritten, ...linked, link: noAddress },
    { ...small, name: 'unread', report: unread(), lines: [], ...revisedMuch, link: null, attached: false },
  ];
}

const link = { url: 'https://objectstorage.example.com/p/token/report.xlsx', expiresMs: 1_796_000_000_000 };
const linked = { link, attached: false, location: 'https://reports.example.com/report.html' } as const;
const noAddress = { ...link, url: 'a store that has no addresses' };
const first = { revision: 1, supersedes: null, location: '/archive/daily/2026/11/19/r1/report.html' };
const revised = {
  ...first,
  revision: 2,
  supersedes: {
    revision: 1,
    manifestSha256: '0'.repeat(64),
    reason: 'Late events were read.',
    changes: many(30, (index) => ({
      kind: 'resource' as const,
      subject: named(index).resourceName,
      words: 'MISSED → SUCCEEDED',
    })),
    changesTotal: 120,
  },
};

const revisedLittle = {
  ...revised,
  supersedes: { ...revised.supersedes, changes: revised.supersedes.changes.slice(0, 2), changesTotal: 2 },
};
/** More changes than the revision keeps. */
const revisedMuch = { ...revisedLittle, supersedes: { ...revisedLittle.supersedes, changesTotal: 120 } };
const rewritten = { ...revised, supersedes: { ...revised.supersedes, changes: [], changesTotal: 0 } };

/** Typed whole: a field that is new in report.json has to be here, too. */
function everything(): DailyReport {
  const resources = sampleResources();
  const totals = sampleTotals(resources, 2);
  const report: Omit<
    Whole<DailyReport>,
    'resources' | 'sources' | 'changes' | 'silence' | 'trend' | 'lifeCycles'
  > = {
    ...head('INCOMPLETE'),
    statusReasons: many(12, (index) => `1:local-files: file ${index} could not be read.`),
    slice: { name: 'database team', resources: resources.length, ofResources: 412 },
    generatedDaysLater: 2,
    totals,
    controls: controlNames.map((control) => ({
      control,
      byVerdict: { COMPLIANT: 3, NON_COMPLIANT: 2, NOT_APPLICABLE: 1, UNKNOWN: 0 },
    })),
    policies: lists.samplePolicies(3),
    followUp: lists.sampleFollowUp(3),
    incidents: lists.sampleIncidents(6),
    jobTotals: jobTotals(2),
    waivers: lists.sampleWaivers(6),
    findings: lists.sampleFindings(1),
    controlTotals: sampleRecords,
    rejectedRecords: many(3, (index) => ({
      reason: 'not JSON',
      excerpt: '{"eventType": "com.or',
      sha256: String(index).repeat(64),
    })),
    unrecognisedTypes: [{ eventType: 'com.oraclecloud.newservice.createbackup.end', events: 3 }],
    ignoredTypes: [
      {
        eventType: 'com.example.wrapper',
        events: 2,
        names: 'com.oraclecloud.databaseservice.backupdatabase.end',
      },
      { eventType: 'com.example.other', events: 1, names: null },
    ],
    furtherIgnored: 1,
    inventory: { type: 'observed', description: 'resources seen in the last 7 days' },
    notInInventory: lists.sampleUnjudged(2),
    excludedResources: lists.sampleUnjudged(2),
    formerResources: lists.sampleFormer(2),
    formerFacts: [{ ...formerFacts(), lastKnown: lastKnown() }],
    runningAttempts: lists.sampleRunning(2),
    knownSince: '2026-11-12T05:00:00.000Z',
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
    trend: [{ date: sampleDate, status: 'INCOMPLETE', totals, jobs: lists.trendJobs() }],
    lifeCycles: [lifeCycle()],
  };
}

/** The first day of all, on which nothing is expected and nothing was seen. */
function nothing(): DailyReport {
  const totals = sampleTotals([], 0);
  const none = { read: 0, used: 0, duplicate: 0, outside: 0, ignored: 0, rejected: 0 };
  return {
    ...head('COMPLETE'),
    statusReasons: [],
    slice: null,
    generatedDaysLater: 0,
    totals,
    controls: controlNames.map((control) => ({
      control,
      byVerdict: { COMPLIANT: 0, NON_COMPLIANT: 0, NOT_APPLICABLE: 0, UNKNOWN: 0 },
    })),
    policies: [],
    followUp: { comparedWith: null, newlyBad: [], resolved: [] },
    resources: [],
    incidents: [],
    jobTotals: jobTotals(0),
    changes: [],
    waivers: [],
    findings: [],
    trend: [...lists.trendBefore(null), { date: sampleDate, status: 'COMPLETE', totals }],
    sources: [],
    controlTotals: none,
    rejectedRecords: [],
    unrecognisedTypes: [],
    inventory: { type: 'file', description: 'inventory.csv' },
    notInInventory: [],
    excludedResources: [],
    formerResources: [],
    runningAttempts: [],
    knownSince: sampleStart,
    routing: null,
    previousReport: {
      date: '2026-11-18',
      status: 'COMPLETE',
      contentDigest: '0'.repeat(64),
      bridgedDays: [],
    },
  };
}

/** Nothing was seen, and not everything was read. */
function unread(): DailyReport {
  return { ...nothing(), status: 'INCOMPLETE' };
}

/** What is bad is accepted, nothing changed since the day before, and every file was read. */
function quiet(): DailyReport {
  const resources = [
    sampleResource(0, { waiver: sampleWaiver('CHG-1234') }),
    sampleResource(1, {
      compliance: 'COMPLIANT',
      outcome: 'SUCCEEDED',
      findings: ['It was restored.', 'It was resized.'],
    }),
  ];
  const totals = sampleTotals(resources, 0);
  const [source] = sampleSources(2);
  const inputs = { found: 7, read: 7, unreadable: 0, leftOut: 0, rules: [], notRead: [] };
  return {
    ...nothing(),
    totals,
    resources,
    followUp: { comparedWith: '2026-11-18', newlyBad: [], resolved: [] },
    ignoredTypes: [{ eventType: 'com.example.other', events: 2, names: null }],
    furtherIgnored: 0,
    sources: source === undefined ? [] : [{ ...source, complete: true, reasons: [], inputs }],
    trend: [...lists.trendBefore(totals), { date: sampleDate, status: 'COMPLETE', totals }],
  };
}

/** More than the caps of page and mail, and totals that do not balance, which a report says in so many words. */
function tooMuch(): DailyReport {
  const compliant = many(1010, (index) =>
    sampleResource(index + 4000, { compliance: 'COMPLIANT', outcome: 'SUCCEEDED' }),
  );
  const resources = [
    ...many(1010, (index) =>
      sampleResource(index, { resourceType: 'file-system', lastFailure: failure(index), openIncident: null }),
    ),
    ...many(1010, (index) =>
      sampleResource(index + 2000, { waiver: sampleWaiver(null), resourceType: 'file-system' }),
    ),
    ...compliant,
  ];
  const counted = sampleTotals(resources, 2);
  const totals = { ...counted, expected: counted.expected + 1 };
  const records = { ...sampleRecords, read: 47, rejected: 200 };
  return {
    ...everything(),
    slice: null,
    statusReasons: [],
    totals,
    resources,
    incidents: lists.sampleIncidents(1010),
    changes: lists.sampleChanges(1010),
    policies: lists.samplePolicies(510),
    followUp: lists.sampleFollowUp(1010),
    waivers: lists.sampleWaivers(510),
    findings: lists.sampleFindings(510),
    notInInventory: lists.sampleUnjudged(510),
    excludedResources: lists.sampleUnjudged(510),
    formerResources: lists.sampleFormer(510),
    runningAttempts: lists.sampleRunning(510),
    unrecognisedTypes: many(510, (index) => ({ eventType: `com.example.type${index}`, events: 1 })),
    ignoredTypes: many(510, (index) => ({ eventType: `com.example.type${index}`, events: 1, names: null })),
    sources: sampleSources(140).map((source) => ({
      ...source,
      controlTotals: records,
      ...(source.inputs === undefined ? {} : { inputs: { ...source.inputs, found: 1 } }),
    })),
    controlTotals: records,
    routing: { slices: [{ name: 'database team', resources: 12 }], unrouted: 3 },
    previousReport: {
      date: '2026-11-16',
      status: 'INCOMPLETE',
      contentDigest: '0'.repeat(64),
      bridgedDays: ['2026-11-17'],
    },
  };
}

function failure(index: number): NonNullable<DailyReport['resources'][number]['lastFailure']> {
  return {
    time: sampleTime,
    // A cause of its own each: no digits, which a message may differ in and still be the same.
    message: `It stopped for ${[...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}.`,
  };
}

type Head = Pick<
  Whole<DailyReport>,
  'schemaVersion' | 'plan' | 'reportDay' | 'status' | 'generatedAt' | 'tool' | 'language'
>;

function head(status: DailyReport['status']): Head {
  return {
    schemaVersion: 1,
    plan: 'sample',
    reportDay: {
      date: sampleDate,
      timezone: 'America/New_York',
      start: sampleStart,
      cutOff: sampleCutOff,
      hours: status === 'COMPLETE' ? 24 : 25,
    },
    status,
    generatedAt: '2026-11-20T11:00:00.000Z',
    tool: { name: 'oci-backup-reporter', version: '0.0.0' },
    language: 'en',
  };
}

function jobTotals(each: number): DailyReport['jobTotals'] {
  const byStatus = {
    FAILED: each,
    UNKNOWN: each,
    CANCELED: each,
    IN_PROGRESS: each,
    SUCCEEDED_WITH_WARNINGS: each,
    SUCCEEDED: each,
  };
  return { total: each * jobStatuses.length, byStatus };
}

/** Each status at its own hour, one without a time. */
function sampleJobs(): readonly BackupJob[] {
  return jobStatuses.map((status, index) => ({
    family: index % 2 === 0 ? 'database' : 'block-volume',
    kind: 'backup',
    jobId: `ocid1.dbbackup.oc1.iad.sample${index}`,
    ...named(index),
    compartmentName: 'prod-databases',
    status,
    state: index === 0 ? null : 'ACTIVE',
    startTime: index === 0 ? null : `2026-11-19T1${index}:00:00.000Z`,
    endTime: index === 0 ? null : `2026-11-19T1${index}:10:05.000Z`,
    durationSeconds: index === 0 ? null : 605,
    backupType: index % 2 === 0 ? 'INCREMENTAL' : 'FULL',
    trigger: 'AUTOMATIC',
    statusMessage: status === 'FAILED' ? 'ORA-19809' : null,
    eventType: 'com.oraclecloud.databaseservice.backupdatabase.end',
    beginEventId: `begin-${index}`,
    endEventId: `end-${index}`,
    criticalEventIds: index === 0 ? ['event-1'] : [],
  }));
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
