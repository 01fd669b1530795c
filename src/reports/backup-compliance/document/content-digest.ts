import { createHash } from 'node:crypto';
import { compareText } from '../../../base/text-order.js';
import type { BackupJob } from '../model/backup-job.js';
import type { DailyReport, ReportFinding, UnjudgedResource } from '../model/daily-report.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';

/** Of the projection below. Whoever changes what goes into it changes this number, too. */
export const contentDigestVersion = 2;

/** Findings that are about the day. Gaps of the memory and kept resources are about other days, or about the inventory. */
const comparedFindings: readonly ReportFinding['kind'][] = [
  'policy-matches-nothing',
  'policy-shadowed',
  'exclude-matches-nothing',
  'waiver-expired',
  'waiver-expiring',
  'waiver-matches-nothing',
  'waiver-over-broad',
  'recipients-match-nothing',
  'not-in-inventory',
  'left-inventory',
  'attempt-given-up',
];

/**
 * Digest of what a report asserts, in codes and numbers: verdicts, jobs, incidents, completeness. Left out is
 *
 * - every word and name, so that neither language nor template revises a day, nor what a redaction would replace;
 * - when, by which version and from how many records it was made: a few more unrelated records change nothing;
 * - the history of other days, so that a late event on Monday changes Monday's report and not Tuesday's;
 * - ids of events, because two routes deliver one fact under two ids;
 * - a control of which nothing is demanded, so that a version with one more of them finds the same.
 *
 * It is computed from the document alone: an archived report of another version is read and projected in the same way.
 *
 * @param lines of jobs.ndjson.gz as objects, in their order
 */
export async function contentDigest(
  report: DailyReport,
  lines: Iterable<object> | AsyncIterable<object>,
): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([contentDigestVersion, ...dayFacts(report), ...ruleFacts(report)]));
  // One at a time: the resources of a large estate are tens of megabytes of text.
  for (const resource of byResourceId(report.resources)) {
    hash.update(`\n${JSON.stringify(resourceFacts(resource))}`);
  }
  hash.update(`\n${await jobsDigest(lines)}`);
  return hash.digest('hex');
}

function dayFacts(report: DailyReport): readonly unknown[] {
  const { plan, reportDay, status, statusReasons, sources, rejectedRecords, unrecognisedTypes } = report;
  const { date, timezone, start, cutOff } = reportDay;
  const incomplete = sources.filter(({ complete }) => !complete).map(({ name }) => name);
  const rejected = rejectedRecords.map(({ sha256 }) => sha256);
  const types = unrecognisedTypes.map(({ eventType, events }) => [eventType, events]);
  const incidents = byResourceId(report.incidents).map((each) => {
    const { resourceId, condition, bearsOnBackups, state, openedAt, lastSeenAt, clearedAt } = each;
    return [resourceId, condition, bearsOnBackups, state, openedAt, lastSeenAt, clearedAt];
  });
  const changes = report.changes.map(({ time, kind, resourceId, subjectId, state }) =>
    JSON.stringify([time, kind, resourceId, subjectId, state]),
  );
  return [
    [plan, date, timezone, start, cutOff],
    [status, statusReasons.length, incomplete.sort(compareText), rejected.sort(compareText), types],
    sortedTexts(incidents),
    changes.sort(compareText),
    byResourceId(report.notInInventory).map(unjudgedFacts),
    byResourceId(report.excludedResources).map(unjudgedFacts),
  ];
}

function ruleFacts({ policies, waivers, findings }: DailyReport): readonly unknown[] {
  return [
    policies.map(({ name, severity, resources }) => [name, severity, resources]),
    waivers.map(({ expires, state, resources }) => [
      expires,
      state,
      resources.map(({ resourceId }) => resourceId).sort(compareText),
    ]),
    comparedFindings.map((kind) => findings.filter((finding) => finding.kind === kind).length),
  ];
}

function unjudgedFacts({
  resourceId,
  outcome,
  attempts,
  lastSuccessTime,
}: UnjudgedResource): readonly unknown[] {
  return [resourceId, outcome, attempts, lastSuccessTime];
}

function resourceFacts(resource: ResourceCompliance): readonly unknown[] {
  const { resourceId, resourceType, outcome, compliance, policy, severity, attempts } = resource;
  const { lastSuccessTime, lastFailure, lastRestoreTime, recoveryPointAgeSeconds, openIncident } = resource;
  const { recoveryWindowDays, autoBackupEnabled, told, seen, terminated } = resource.lastKnown;
  const verdicts = Object.entries(resource.controls)
    .filter(([, { verdict }]) => verdict !== 'NOT_APPLICABLE')
    .map(([control, { verdict }]) => `${control} ${verdict}`);
  return [
    [resourceId, resourceType, outcome, compliance, verdicts.sort(compareText)],
    [policy, severity, attempts, resource.waiver?.expires ?? null],
    [lastSuccessTime, lastFailure?.time ?? null, lastRestoreTime, recoveryPointAgeSeconds],
    [openIncident?.condition ?? null, openIncident?.since ?? null],
    [recoveryWindowDays, autoBackupEnabled, told, seen, terminated],
  ];
}

/** Of the lines, uncompressed: another version of zlib would compress them otherwise. */
async function jobsDigest(lines: Iterable<object> | AsyncIterable<object>): Promise<string> {
  const hash = createHash('sha256');
  let batch = '';
  const add = (line: object): void => {
    // The machine hands back what this kind made.
    batch += `${jobFacts(line as BackupJob)}\n`;
    if (batch.length < batchLength) return;
    hash.update(batch);
    batch = '';
  };
  // Waiting for each of half a million lines that are there already would cost a second.
  if (Symbol.iterator in lines) for (const line of lines) add(line);
  else for await (const line of lines) add(line);
  return hash.update(batch).digest('hex');
}

const batchLength = 64 * 1024;

function jobFacts(job: BackupJob): string {
  const { family, kind, jobId, resourceId, resourceType, status, state, startTime, endTime } = job;
  const { backupType, trigger, eventType } = job;
  const ids = [family, kind, jobId, resourceId, resourceType];
  return JSON.stringify([ids, status, state, startTime, endTime, backupType, trigger, eventType]);
}

function byResourceId<T extends { readonly resourceId: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => compareText(a.resourceId, b.resourceId));
}

function sortedTexts(list: readonly (readonly unknown[])[]): readonly string[] {
  return list.map((each) => JSON.stringify(each)).sort(compareText);
}
