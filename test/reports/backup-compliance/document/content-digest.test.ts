import { describe, expect, it } from 'vitest';
import { contentDigest } from '../../../../src/reports/backup-compliance/document/content-digest.js';
import type { BackupJob } from '../../../../src/reports/backup-compliance/model/backup-job.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { incompleteParts, sampleReport } from '../../../support/sample-report.js';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] extends object ? Mutable<T[Key]> : T[Key] };
type Change = (report: Mutable<DailyReport>) => void;

const job: BackupJob = {
  family: 'database',
  kind: 'backup',
  jobId: 'ocid1.dbbackup.oc1.iad.1',
  resourceId: 'ocid1.database.oc1.iad.erp',
  resourceType: 'database',
  resourceName: 'ERP',
  compartmentName: 'prod',
  status: 'SUCCEEDED',
  state: 'ACTIVE',
  startTime: '2026-11-19T02:00:00.000Z',
  endTime: '2026-11-19T02:40:00.000Z',
  durationSeconds: 2400,
  backupType: 'INCREMENTAL',
  trigger: 'automatic',
  statusMessage: null,
  eventType: 'com.oraclecloud.databaseservice.automaticbackupdatabase.end',
  beginEventId: 'a',
  endEventId: 'b',
  criticalEventIds: [],
};

const sample = (): DailyReport => sampleReport(incompleteParts());

async function changed(change: Change): Promise<boolean> {
  const report = structuredClone(sample()) as Mutable<DailyReport>;
  change(report);
  const [before, after] = [
    await contentDigest(sample(), [job]),
    await contentDigest(report as DailyReport, [job]),
  ];
  return before !== after;
}

/** The item of a list, which the sample has. */
function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error('the sample has none');
  return one;
}

function forEachText(value: unknown, replace: (key: string, text: string) => string): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    if (typeof each === 'string') Object.assign(value, { [key]: replace(key, each) });
    else forEachText(each, replace);
  }
}

const words = new Set(
  `
  reason words measured threshold demandedBy message description detail what resourceName
  compartmentName compartmentId owner principal excerpt match cadence maxAge maxDuration minRetention
  maxRestoreAge subject request approvedBy ticket
  `
    .trim()
    .split(/\s+/),
);

describe('the content digest', () => {
  it.each<[what: string, change: Change]>([
    [
      'every word and name',
      (report) => forEachText(report, (key, text) => (words.has(key) ? `${text}!` : text)),
    ],
    [
      'the words of reasons',
      (report) => void (report.statusReasons = report.statusReasons.map(() => 'anders')),
    ],
    ['the language', (report) => void (report.language = 'de')],
    ['when it was made', (report) => void (report.generatedAt = '2027-01-01T00:00:00.000Z')],
    ['how late it was made', (report) => void (report.generatedDaysLater = 42)],
    ['the version that made it', (report) => void (report.tool.version = '9.9.9')],
    ['how many records were read', (report) => void (first(report.sources).controlTotals.outside += 1)],
    ['the trend', (report) => void report.trend.splice(0, 1)],
    ['the jobs of the trend by type', (report) => void delete first(report.trend).jobs],
    ['the backups by type', (report) => void delete first(report.resources).byBackupType],
    ['earlier outcomes', (report) => void (first(report.resources).recentOutcomes = [])],
    ['for how long it is bad', (report) => void (first(report.resources).consecutiveBadDays += 1)],
    ['what became better or worse', (report) => void (report.followUp.newlyBad = [])],
    ['what it goes on from', (report) => void (report.previousReport = null)],
    ['who has left before', (report) => void (report.formerResources = [])],
    ['the order of resources', (report) => void report.resources.reverse()],
    ['what the findings of a resource say', (report) => void (first(report.resources).findings = ['anders'])],
    ['ids of the notices of an incident', (report) => void (first(report.incidents).eventIds = ['other'])],
    [
      'a finding about the memory',
      (report) => void report.findings.push({ kind: 'memory', subject: '', words: '' }),
    ],
    [
      'a control of which nothing is demanded',
      (report) =>
        Object.assign(first(report.resources).controls, {
          'a-later-one': { verdict: 'NOT_APPLICABLE', reason: '' },
        }),
    ],
  ])('does not depend on %s', async (_what, change) => {
    expect(await changed(change)).toBe(false);
  });

  it.each<[what: string, change: Change]>([
    ['the plan', (report) => void (report.plan = 'another')],
    ['the day', (report) => void (report.reportDay.date = '2026-11-20')],
    ['the status', (report) => void (report.status = 'COMPLETE')],
    ['the number of reasons', (report) => void report.statusReasons.push('one more')],
    [
      'which source is incomplete',
      (report) => void (first(report.sources).complete = !first(report.sources).complete),
    ],
    ['a rejected record', (report) => void (first(report.rejectedRecords).sha256 = 'f'.repeat(64))],
    ['an unknown type', (report) => void (first(report.unrecognisedTypes).events += 1)],
    ['an outcome', (report) => void (first(report.resources).outcome = 'NOT_DUE')],
    ['a verdict', (report) => void (first(report.resources).compliance = 'NOT_APPLICABLE')],
    [
      'the verdict of a control',
      (report) => void (first(report.resources).controls.retention = { ...okay, verdict: 'NON_COMPLIANT' }),
    ],
    ['a resource', (report) => void report.resources.pop()],
    [
      'the last success',
      (report) => void (first(report.resources).lastSuccessTime = '2026-11-01T00:00:00.000Z'),
    ],
    ['the age', (report) => void (first(report.resources).recoveryPointAgeSeconds = 1)],
    ['attempts', (report) => void (first(report.resources).attempts += 1)],
    ['the policy', (report) => void (first(report.resources).policy = 'another')],
    ['a recovery window', (report) => void (first(report.resources).lastKnown.recoveryWindowDays = 99)],
    ['a waiver', (report) => void (first(report.waivers).expires = '2027-01-01')],
    ['the state of an incident', (report) => void (first(report.incidents).state = 'cleared')],
    ['a change', (report) => void report.changes.pop()],
    ['a resource that is not in the inventory', (report) => void report.notInInventory.pop()],
    ['an excluded resource', (report) => void report.excludedResources.pop()],
    [
      'a finding of the day',
      (report) => void (report.findings = report.findings.filter(({ kind }) => kind === 'memory')),
    ],
  ])('depends on %s', async (_what, change) => {
    expect(await changed(change)).toBe(true);
  });

  it.each<[what: string, change: Partial<BackupJob>, isOther: boolean]>([
    ['a status', { status: 'FAILED' }, true],
    ["the source's own state", { state: 'AVAILABLE' }, true],
    ['an end', { endTime: '2026-11-19T02:41:00.000Z' }, true],
    ['a job', { jobId: 'another' }, true],
    ['a resource', { resourceId: 'another' }, true],
    ['a name', { resourceName: 'another', compartmentName: 'another' }, false],
    ['a message', { statusMessage: 'anders' }, false],
    ['ids of events', { beginEventId: null, endEventId: 'c', criticalEventIds: ['d'] }, false],
  ])('of the jobs: %s', async (_what, change, isOther) => {
    const before = await contentDigest(sample(), [job]);
    expect((await contentDigest(sample(), [{ ...job, ...change }])) !== before).toBe(isOther);
  });

  it('is the same of lines that come one by one, and of many as of few at a time', async () => {
    const jobs = Array.from({ length: 2000 }, (_, index) => ({ ...job, jobId: `job ${index}` }));
    async function* oneByOne() {
      yield* jobs;
    }
    expect(await contentDigest(sample(), oneByOne())).toBe(await contentDigest(sample(), jobs));
    expect(await contentDigest(sample(), jobs.slice(1))).not.toBe(await contentDigest(sample(), jobs));
  });
});

const okay = { verdict: 'COMPLIANT', reason: '', measured: null, threshold: null, demandedBy: null } as const;
