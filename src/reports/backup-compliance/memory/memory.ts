import { parseInstant, toIso } from '../../../base/instants.js';
import { createJobTypeReader } from '../events/azure/job-operations.js';
import { createEventCatalogue } from '../events/event-catalogue.js';
import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import type { BackupEvent } from '../model/backup-event.js';
import type { DailyReport, UnjudgedResource } from '../model/daily-report.js';
import type { DayMemory, FormerKnown, RememberedResource } from '../model/day-memory.js';
import { type PointsByResource, noPoints, pointWithoutId } from '../model/recovery-point.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';
import type { RunningAttempt } from '../model/running-attempt.js';
import { isUnknown } from '../model/unknown-resource.js';
import { badReason } from './follow-up.js';

/** What a later report needs from this one. */
export type MemorableReport = Pick<
  DailyReport,
  | 'reportDay'
  | 'knownSince'
  | 'generatedAt'
  | 'resources'
  | 'notInInventory'
  | 'excludedResources'
  | 'formerResources'
  | 'formerFacts'
  | 'lifeCycles'
  | 'incidents'
  | 'runningAttempts'
  | 'trend'
  | 'status'
> & {
  readonly sources: readonly Pick<
    DailyReport['sources'][number],
    'name' | 'complete' | 'windowStart' | 'pulse'
  >[];
};

/** A judged resource without its fields in words. */
type MemorableResource = Omit<ResourceCompliance, 'controls' | 'findings'>;

/** A day that was judged, whether it has a report or not. */
export interface MemorableDay<Resource extends MemorableResource> extends Omit<
  MemorableReport,
  'resources' | 'notInInventory' | 'excludedResources' | 'formerResources'
> {
  readonly resources: readonly Resource[];
  readonly notInInventory: readonly Omit<UnjudgedResource, 'reason'>[];
  readonly excludedResources: readonly Omit<UnjudgedResource, 'reason'>[];
  readonly formerResources: readonly FormerKnown[];
  readonly points: PointsByResource;
}

/**
 * What the report passes on to the next day.
 *
 * @param points of its artefact; null: it has none, and what is known of a resource is its last success
 */
export function memoryOf(report: MemorableReport, points: PointsByResource | null = null): DayMemory {
  const memory = memoryOfDay({ ...report, points: points ?? noPoints }, badReason);
  return points === null ? { ...memory, points: lastSuccesses(memory) } : memory;
}

function lastSuccesses({ resources }: DayMemory): PointsByResource {
  const points: PointsByResource = new Map(
    [...resources.values()].flatMap(({ resourceId, resourceType, resourceName, lastSuccessMs }) => {
      if (lastSuccessMs === null) return [];
      const last = [pointWithoutId(lastSuccessMs)];
      return [[resourceId, { resourceId, resourceType, resourceName, points: last }] as const];
    }),
  );
  return points;
}

/**
 * What a judged day passes on to the next.
 *
 * @param wordsOf why a resource is bad, for the report that is compared with this day
 */
export function memoryOfDay<Resource extends MemorableResource>(
  judged: MemorableDay<Resource>,
  wordsOf: (resource: Resource) => string,
): DayMemory {
  const resources = new Map<string, RememberedResource>();
  for (const each of [...judged.notInInventory, ...judged.excludedResources]) {
    resources.set(each.resourceId, { ...remember(each), standing: null });
  }
  for (const resource of judged.resources) {
    // Backups that name no resource belong to no history.
    if (!isUnknown(resource)) resources.set(resource.resourceId, rememberJudged(resource, wordsOf(resource)));
  }
  const cutOffMs = instant(judged.reportDay.cutOff);
  const resumesAt = resumeMs(judged, cutOffMs);
  const gone = new Set(
    judged.formerResources
      .filter(({ terminatedTime }) => terminatedTime !== null)
      .map(({ resourceId }) => resourceId),
  );
  return {
    date: judged.reportDay.date,
    cutOffMs,
    timezone: judged.reportDay.timezone,
    knownSinceMs: instant(judged.knownSince),
    resumeMs: resumesAt,
    resources,
    incidents: judged.incidents.filter(({ state, resourceId }) => state === 'open' && !gone.has(resourceId)),
    // Ended attempts are needed only if their ends are read again.
    running: judged.runningAttempts.filter(({ endedTime }) => endedTime === null || resumesAt < cutOffMs),
    former: formerOf(judged),
    lives: judged.lifeCycles ?? [],
    trend: judged.trend,
    points: judged.points,
    pulses: new Map(
      judged.sources.flatMap(({ name, pulse }) => (pulse === undefined ? [] : [[name, pulse]])),
    ),
  };
}

function formerOf({
  formerResources,
  formerFacts,
}: Pick<MemorableDay<MemorableResource>, 'formerResources' | 'formerFacts'>): DayMemory['former'] {
  const facts = new Map(formerFacts?.map((each) => [each.resourceId, each]));
  return new Map(
    formerResources.map((each): [string, FormerKnown] => {
      const before = facts.get(each.resourceId);
      return [each.resourceId, before === undefined ? each : { ...each, before }];
    }),
  );
}

/** What a source could not read, or what happened after the report was made, is read again by the next report. */
function resumeMs(
  { sources, generatedAt, reportDay }: Pick<MemorableReport, 'sources' | 'generatedAt' | 'reportDay'>,
  cutOffMs: number,
): number {
  const unread = sources.filter(({ complete }) => !complete).map(({ windowStart }) => instant(windowStart));
  const generatedMs = parseInstant(generatedAt);
  const wasOver = generatedMs === undefined || generatedMs >= cutOffMs;
  return Math.min(cutOffMs, ...unread, ...(wasOver ? [] : [instant(reportDay.start)]));
}

function remember(
  each: Omit<UnjudgedResource, 'reason'> | MemorableResource,
): Omit<RememberedResource, 'standing'> {
  const { resourceId, resourceType, resourceName, compartmentId, compartmentName, owner, tags } = each;
  const { lastSuccessTime, lastFailure, lastRestoreTime, lastKnown, volumeGroup } = each;
  return {
    resourceId,
    resourceType,
    resourceName,
    compartmentId,
    compartmentName,
    owner,
    tags,
    lastSuccessMs: parseInstant(lastSuccessTime) ?? null,
    lastFailure,
    lastRestoreMs: parseInstant(lastRestoreTime) ?? null,
    lastKnown,
    volumeGroup: volumeGroup ?? null,
  };
}

function rememberJudged(resource: MemorableResource, words: string): RememberedResource {
  const { outcome, compliance, consecutiveBadDays, badSince, recentOutcomes, firstReported } = resource;
  const days = { consecutiveBadDays, badSince, recentOutcomes, firstReported };
  return { ...remember(resource), standing: { outcome, compliance, words, ...days } };
}

/** The begin as stored for the next day. */
export function toRunningAttempt({ begin, endMs }: CorrelatedJob): RunningAttempt[] {
  if (begin === null) return [];
  const { eventId, type, timeMs, subjectId, createdMs, traits, message } = begin;
  // As the event names it: when its end is read, more may be known.
  const { dbSystemId: _system, volumeGroupId: _group, parents: _parents, ...resource } = begin.resource;
  const createdTime = createdMs === null ? null : toIso(createdMs);
  const time = toIso(timeMs);
  const endedTime = endMs === null ? null : toIso(endMs);
  return [
    { eventId, eventType: type.name, time, subjectId, resource, createdTime, traits, message, endedTime },
  ];
}

/** The stored begin event. One whose type is no longer recognised is left out. */
export function toBeginEvents(attempts: readonly RunningAttempt[]): readonly BackupEvent[] {
  if (attempts.length === 0) return [];
  const catalogue = createEventCatalogue();
  const jobTypeOf = createJobTypeReader();
  return attempts.flatMap((attempt): BackupEvent[] => {
    const { eventId, eventType, time, createdTime, subjectId, resource, traits, message } = attempt;
    const lookup = catalogue(eventType);
    const type = jobTypeOf(eventType) ?? (lookup.known ? lookup.type : null);
    const timeMs = parseInstant(time);
    if (type === null || timeMs === undefined) return [];
    const facts = { result: { status: null, state: null }, condition: null, principal: null } as const;
    return [
      {
        eventId,
        subjectId,
        resource,
        traits,
        message,
        ...facts,
        type,
        timeMs,
        createdMs: parseInstant(createdTime) ?? null,
      },
    ];
  });
}

function instant(text: string): number {
  const ms = parseInstant(text);
  if (ms === undefined) throw new TypeError(`not an instant: ${text}`);
  return ms;
}
