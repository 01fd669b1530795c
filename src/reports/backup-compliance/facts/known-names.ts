import { compareText } from '../../../base/text-order.js';
import type { ProtectedResource } from '../../../model/protected-resource.js';
import { noTags } from '../events/read-tags.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { DayMemory, RememberedResource } from '../model/day-memory.js';
import {
  type UniqueName,
  agree,
  agreeOnName,
  breadthOf,
  isNamedOnly,
  regionOf,
  uniqueNameOf,
} from '../model/named-resource.js';
import { isUnknown } from '../model/unknown-resource.js';
import { type CorrelatedJob, type JobSpan, resourceOfJob } from './correlate-jobs.js';
import { LifeCycles } from './life-cycle.js';

/** Which resource a unique name means at one time. */
type NameDecision =
  /** It is known by that name alone, or not by a unique name at all. */
  | { readonly kind: 'own' }
  | { readonly kind: 'joined'; readonly resource: ResourceRef }
  /** Two or more come into question, sorted by id. */
  | { readonly kind: 'undecided'; readonly candidates: readonly ResourceRef[] };

const own: NameDecision = { kind: 'own' };

/** Everything that knows resources by name, up to the cut-off. */
interface NameSources {
  /** Of an inventory that names resources itself; empty for one that has what was observed. */
  readonly expected: readonly ProtectedResource[];
  readonly memory: DayMemory | null;
  /** Of the whole reading. */
  readonly jobs: readonly CorrelatedJob[];
  readonly span: JobSpan;
  readonly conditions: readonly BackupEvent[];
  /** Terminations among them end candidates. */
  readonly others: readonly BackupEvent[];
}

/** A resource with an OCID. */
interface Candidate {
  /** As its last job names it. */
  resource: ResourceRef;
  readonly compartments: Set<string>;
  readonly dbSystems: Set<string>;
  /** Backed up, or in the inventory: a notice alone may have the OCID of something else. */
  isBackedUp: boolean;
  /** When it was terminated, by itself or with its DB system; infinity: it is there. Epoch milliseconds. */
  endedMs: number;
}

/**
 * Decides which resource is meant where an event names no OCID, but a name that its service keeps unique: the one OCID
 * known by that name, in that region, compartment and DB system, as far as both are known (design section 3). A resource
 * that was terminated before the event is none of them.
 */
export class KnownNames {
  readonly #sources: NameSources;
  readonly #byId = new Map<string, Candidate>();
  readonly #byName = new Map<string, Set<Candidate>>();
  readonly #namedOnly = new Map<string, Map<string, ResourceRef>>();
  #isRead = false;

  constructor(sources: NameSources) {
    this.#sources = sources;
  }

  /** @param atMs when the event happened */
  decide(resource: { readonly resourceId: string }, atMs: number): NameDecision {
    const unique = uniqueNameOf(resource);
    if (unique === null) return own;
    if (!this.#isRead) this.#read();
    const found = [...(this.#byName.get(unique.name) ?? [])].filter(
      (each) => isCalled(each, unique) && isThere(each, atMs),
    );
    const backedUp = found.filter(({ isBackedUp }) => isBackedUp);
    const candidates = (backedUp.length > 0 ? backedUp : found).map((each) => each.resource);
    return decisionOf(candidates.length > 0 ? candidates : this.#moreSpecific(unique));
  }

  /** The resource that is meant; itself where that is not decided. */
  resolve<Ref extends { readonly resourceId: string }>(resource: Ref, atMs: number): Ref | ResourceRef {
    const decision = this.decide(resource, atMs);
    return decision.kind === 'joined' ? decision.resource : resource;
  }

  /** Of those that are known by the same name alone: who is known to be in one more region, compartment or DB system. */
  #moreSpecific(unique: UniqueName): readonly ResourceRef[] {
    const namesakes = [...(this.#namedOnly.get(unique.name)?.values() ?? [])].flatMap((resource) => {
      const name = uniqueNameOf(resource);
      const isMore = name !== null && agreeOnName(name, unique) && breadthOf(name) > breadthOf(unique);
      return isMore ? [{ resource, name }] : [];
    });
    return namesakes
      .filter(
        ({ name }) =>
          !namesakes.some(
            (other) => agreeOnName(other.name, name) && breadthOf(other.name) > breadthOf(name),
          ),
      )
      .map(({ resource }) => resource);
  }

  /** Only where a name is to be decided: most days have none. */
  #read(): void {
    this.#isRead = true;
    const { expected, memory, jobs, span, conditions, others } = this.#sources;
    for (const resource of memory?.resources.values() ?? []) this.#learn(resource, wasBackedUp(resource));
    for (const resource of expected) this.#learn(resource, true);
    for (const job of jobs) {
      if (!isKnownBy(job, span)) continue;
      const resource = resourceOfJob(job);
      const candidate = this.#learn(resource, true);
      if (candidate === null) continue;
      if (resource.resourceName !== resource.resourceId) candidate.resource = refOf(resource);
    }
    for (const { resource } of conditions) this.#learn(resource, false);
    const lives = new LifeCycles({ memory, jobs: jobs.filter((job) => isKnownBy(job, span)), others });
    for (const [resourceId, candidate] of this.#byId) {
      candidate.endedMs = lives.endOf(resourceId)?.atMs ?? Number.POSITIVE_INFINITY;
    }
  }

  #learn(told: ResourceRef, isBackedUp: boolean): Candidate | null {
    if (isUnknown(told) || !told.resourceType.includes('database')) return null;
    if (isNamedOnly(told)) {
      const name = uniqueNameOf(told)?.name ?? '';
      const namesakes = this.#namedOnly.get(name) ?? new Map<string, ResourceRef>();
      this.#namedOnly.set(name, namesakes.set(told.resourceId, refOf(told)));
      return null;
    }
    let candidate = this.#byId.get(told.resourceId);
    if (candidate === undefined) this.#byId.set(told.resourceId, (candidate = candidateOf(told)));
    if (isBackedUp) candidate.isBackedUp = true;
    if (told.compartmentId !== null) candidate.compartments.add(told.compartmentId.toLowerCase());
    if (told.dbSystemId !== undefined) candidate.dbSystems.add(told.dbSystemId);
    if (told.resourceName !== told.resourceId) {
      const name = told.resourceName.toLowerCase();
      this.#byName.set(name, (this.#byName.get(name) ?? new Set()).add(candidate));
    }
    return candidate;
  }
}

/** Whether the job had ended or begun by the cut-off. */
function isKnownBy({ begin, endMs }: CorrelatedJob, { fromMs, cutOffMs, followedSinceMs }: JobSpan): boolean {
  if (endMs !== null && endMs >= fromMs && endMs < cutOffMs) return true;
  return begin !== null && begin.timeMs < cutOffMs && begin.timeMs >= followedSinceMs;
}

function wasBackedUp({ lastSuccessMs, lastRestoreMs, lastFailure }: RememberedResource): boolean {
  return (lastSuccessMs ?? lastRestoreMs) !== null || lastFailure !== null;
}

function candidateOf(told: ResourceRef): Candidate {
  return {
    resource: refOf(told),
    compartments: new Set(),
    dbSystems: new Set(),
    isBackedUp: false,
    endedMs: Number.POSITIVE_INFINITY,
  };
}

/** Inventories and memory know more of a resource than an event names. */
function refOf({ resourceId, resourceType, resourceName, ...more }: ResourceRef): ResourceRef {
  const { compartmentId, compartmentName, tags } = more;
  const hasTags = Object.keys(tags).length > 0;
  return {
    resourceId,
    resourceType,
    resourceName,
    compartmentId,
    compartmentName,
    tags: hasTags ? tags : noTags,
  };
}

function isCalled({ resource, compartments, dbSystems }: Candidate, unique: UniqueName): boolean {
  return (
    resource.resourceType === unique.resourceType &&
    agree(regionOf(resource.resourceId), unique.region) &&
    mayBeIn(compartments, unique.compartmentId) &&
    mayBeIn(dbSystems, unique.dbSystemId)
  );
}

function mayBeIn(known: ReadonlySet<string>, told: string | null): boolean {
  return told === null || known.size === 0 || known.has(told);
}

function isThere({ endedMs }: Candidate, atMs: number): boolean {
  return atMs < endedMs;
}

function decisionOf(candidates: readonly ResourceRef[]): NameDecision {
  const [resource] = candidates;
  if (resource === undefined) return own;
  if (candidates.length === 1) return { kind: 'joined', resource };
  const sorted = [...candidates].sort((a, b) => compareText(a.resourceId, b.resourceId));
  return { kind: 'undecided', candidates: sorted };
}
