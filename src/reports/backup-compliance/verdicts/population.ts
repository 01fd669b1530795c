import { addDays, dateAt } from '../../../base/civil-dates.js';
import { compareNatural } from '../../../base/natural-order.js';
import { compareText } from '../../../base/text-order.js';
import { dayMs } from '../../../base/time-units.js';
import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import { isKeptByAttempt } from '../facts/apply-lives.js';
import { type GroupBackups, noGroups } from '../facts/group-backups.js';
import { type ResourceHistory, historyOf } from '../facts/resource-history.js';
import type { DayMemory } from '../model/day-memory.js';
import type { Incident } from '../model/incident.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import type { LeftResource, UnjudgedFacts, UnjudgedReason } from '../model/judged-resource.js';
import { isUnknown } from '../model/unknown-resource.js';
import type { RuleBook } from '../rules/rule-book.js';
import { type Creation, creationOf } from './creation.js';
import { outcomeOfDay, unknownAtBest } from './day-outcome.js';
import { type Hindsight, absentResources } from './hindsight.js';
import { lastFailureOf, lastKnownOf, membershipField, timeOf } from './last-known.js';
import { asProtectedResource, leftOf, withReason } from './left-resource.js';
import { compareNames } from './resource-order.js';

/** What decides which resources are judged. */
export interface PopulationInput {
  /** What should be backed up, as the inventory says. */
  readonly expected: readonly ProtectedResource[];
  /** Whether the inventory itself names resources: one that it no longer names has left. */
  readonly isNamed: boolean;
  /** By resource id; an expected resource without a history gets an empty one. */
  readonly histories: Map<string, ResourceHistory>;
  readonly incidents: readonly Incident[];
  /** What an inventory read after the cut-off cannot take out of the day. */
  readonly hindsight: Hindsight;
  readonly day: ReportDay;
  readonly memory: DayMemory | null;
  /** How long a resource is listed after its last event, if nothing else keeps it. */
  readonly lookbackDays: number;
  readonly ruleBook: RuleBook;
  readonly groups?: GroupBackups;
}

export interface Candidate {
  readonly resource: ProtectedResource;
  readonly history: ResourceHistory;
}

/** Which resources are judged, and which are not and why; all lists but the first sorted by name. */
export interface Population {
  /** In inventory order, then backups that name no resource. */
  readonly judged: readonly Candidate[];
  readonly notInInventory: readonly UnjudgedFacts[];
  readonly excluded: readonly UnjudgedFacts[];
  readonly former: readonly LeftResource[];
  /** Positions of the exclude rules that matched something. */
  readonly usedExcludes: ReadonlySet<number>;
  /** Resources that have left the inventory since the memory, and those that are judged although it no longer names them. */
  readonly findings: readonly JudgedFinding[];
}

/** How long a resource that has left stays listed as such, unless the inventory still names it. */
const formerDays = 14;

/** Places every resource that is expected, was there yesterday, or has events: each in exactly one list. */
export function placeResources(input: PopulationInput): Population {
  return new Placement(input).run();
}

type InventoryFinding = Extract<
  JudgedFinding,
  { readonly kind: 'left-inventory' | 'kept-unlisted' | 'attempt-before-created' }
>;

class Placement {
  readonly #input: PopulationInput;
  readonly #listed = new Set<string>();
  readonly #judged: Candidate[] = [];
  readonly #excluded: UnjudgedFacts[] = [];
  readonly #notInInventory: UnjudgedFacts[] = [];
  readonly #former = new Map<string, LeftResource>();
  readonly #usedExcludes = new Set<number>();
  readonly #left: InventoryFinding[] = [];

  constructor(input: PopulationInput) {
    this.#input = input;
  }

  run(): Population {
    const { expected, histories } = this.#input;
    for (const resource of expected) this.#place(resource);
    this.#keepAbsent();
    // A job that names no resource must not vanish.
    for (const history of histories.values()) {
      if (!isUnknown(history.resource)) continue;
      if (history.dayBackups.length + history.dayCopies.length > 0) this.#place(asProtectedResource(history));
    }
    this.#keepFormer();
    for (const history of histories.values()) this.#placeUnnamed(history);
    return {
      judged: this.#judged,
      notInInventory: this.#notInInventory.sort(compareNames),
      excluded: this.#excluded.sort(compareNames),
      former: [...this.#former.values()].sort(compareNames),
      usedExcludes: this.#usedExcludes,
      findings: this.#left.sort(
        (a, b) =>
          compareNatural(a.resourceName, b.resourceName) || compareText(a.resourceType, b.resourceType),
      ),
    };
  }

  /** A resource that the inventory names: excluded, gone, or judged. */
  #place(resource: ProtectedResource): void {
    const { resourceId } = resource;
    if (this.#listed.has(resourceId)) return;
    this.#listed.add(resourceId);
    const { histories, day, ruleBook } = this.#input;
    const history = historyOf(histories, resource);
    if (hasEndedBefore(history, day)) {
      this.#former.set(resourceId, this.#ended(history));
      return;
    }
    const creation = creationOf(resource, history);
    if (creation.createdMs !== null && creation.createdMs >= day.cutOffMs) return;
    const exclusion = isUnknown(resource) ? undefined : ruleBook.exclusionOf(resource);
    if (exclusion === undefined) {
      this.#judged.push({ resource, history });
      this.#noteContradiction(resource, creation);
    } else this.#exclude(resource, history, exclusion);
  }

  #noteContradiction({ resourceName, resourceType }: ProtectedResource, { contradicted }: Creation): void {
    if (contradicted === null) return;
    const { createdMs, seenMs } = contradicted;
    this.#left.push({ kind: 'attempt-before-created', resourceName, resourceType, createdMs, seenMs });
  }

  /** One that left on an earlier day stays as it was listed. */
  #ended(history: ResourceHistory): LeftResource {
    const { memory, day } = this.#input;
    const { resource, remembered, terminatedMs } = history;
    const known = memory?.former.get(resource.resourceId);
    if (known !== undefined && known.terminatedTime !== null) return withReason(known);
    const endDate = dateAt(terminatedMs ?? day.startMs, day.timezone);
    const judgedDate = remembered?.standing ? (memory?.date ?? endDate) : endDate;
    return leftOf(history, judgedDate > endDate ? judgedDate : endDate);
  }

  /** A list that has become shorter does not turn a day green that is over. */
  #keepAbsent(): void {
    for (const { resource, because } of absentResources(this.#input)) {
      this.#place(resource);
      if (this.#judged.at(-1)?.resource !== resource) continue;
      const { resourceName, resourceType } = resource;
      this.#left.push({ kind: 'kept-unlisted', resourceName, resourceType, because });
    }
  }

  #exclude(resource: ProtectedResource, history: ResourceHistory, exclusion: number): void {
    this.#usedExcludes.add(exclusion);
    const reason = this.#input.ruleBook.rules.excludes[exclusion]?.reason ?? '';
    const { groups = noGroups } = this.#input;
    const membership = membershipField(groups.membershipOf(resource.resourceId));
    this.#excluded.push({ ...unjudged(resource, history, { code: 'excluded', reason }), ...membership });
  }

  /** Keeps those that had left by the day of the memory, if not too long ago. */
  #keepFormer(): void {
    const { memory, day } = this.#input;
    const keptSince = addDays(day.date, -formerDays);
    for (const known of memory?.former.values() ?? []) {
      if (this.#listed.has(known.resourceId) || known.lastDay < keptSince) continue;
      this.#former.set(known.resourceId, withReason(known));
    }
  }

  /** A resource that was there yesterday, or has events, but is not in the inventory. */
  #placeUnnamed(history: ResourceHistory): void {
    const { memory, day, isNamed, lookbackDays, ruleBook, groups = noGroups } = this.#input;
    const { resource, remembered, seenMs, terminatedMs } = history;
    if (isUnknown(resource) || this.#listed.has(resource.resourceId)) return;
    if (remembered?.standing && isNamed) this.#leave(history, memory?.date ?? day.date);
    const isSilent = seenMs === null || seenMs < day.startMs - lookbackDays * dayMs;
    // A group is remembered for as long as volumes are backed up through it.
    const members = groups.membersOf(resource.resourceId);
    if ((isSilent && members === 0) || this.#former.get(resource.resourceId)?.terminatedTime) return;
    if (terminatedMs !== null && !isKeptByAttempt(history)) return;
    const asResource = asProtectedResource(history);
    const exclusion = ruleBook.exclusionOf(asResource);
    if (exclusion !== undefined) this.#exclude(asResource, history, exclusion);
    else if (members > 0)
      this.#notInInventory.push(unjudged(asResource, history, { code: 'members-judged', members }));
    else this.#notInInventory.push(unjudged(asResource, history, { code: 'not-in-inventory' }));
  }

  #leave(history: ResourceHistory, lastDate: string): void {
    const { resource, terminatedMs } = history;
    const { resourceId, resourceType, resourceName } = resource;
    this.#former.set(resourceId, leftOf(history, lastDate));
    if (terminatedMs !== null) return;
    this.#left.push({ kind: 'left-inventory', resourceName, resourceType, lastDate });
  }
}

function hasEndedBefore(history: ResourceHistory, day: ReportDay): boolean {
  const { terminatedMs } = history;
  return terminatedMs !== null && terminatedMs < day.startMs && !isKeptByAttempt(history);
}

function unjudged(
  resource: ProtectedResource,
  history: ResourceHistory,
  reason: UnjudgedReason,
): UnjudgedFacts {
  const { resourceId, resourceType, resourceName, compartmentId, compartmentName, owner, tags } = resource;
  const { dayBackups, lastSuccessMs, lastRestoreMs, undecidedNames } = history;
  const outcome = outcomeOfDay(dayBackups, 'NOT_DUE');
  return {
    resourceId,
    resourceType,
    resourceName,
    compartmentId,
    compartmentName,
    owner,
    tags,
    reason,
    outcome: undecidedNames.size === 0 ? outcome : unknownAtBest(outcome),
    attempts: dayBackups.length,
    lastSuccessTime: timeOf(lastSuccessMs),
    lastFailure: lastFailureOf(history),
    lastRestoreTime: timeOf(lastRestoreMs),
    lastKnown: lastKnownOf(history),
  };
}
