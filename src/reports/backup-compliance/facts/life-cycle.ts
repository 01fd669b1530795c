import { compareEvents } from '../events/event-order.js';
import type { BackupEvent } from '../model/backup-event.js';
import type { DayMemory } from '../model/day-memory.js';
import { type ParentIds, noParents, parentLevels } from '../model/parent-ids.js';
import { type CorrelatedJob, resourceOfJob } from './correlate-jobs.js';
import { type EndedLife, type Life, type LifeState, recalledLives } from './recall-lives.js';
import { later } from './resource-history.js';

export interface LifeSources {
  readonly memory: DayMemory | null;
  /** That ended since the memory, or are running. */
  readonly jobs: readonly CorrelatedJob[];
  /** Creations, terminations and other changes since the memory, before the cut-off. */
  readonly others: readonly BackupEvent[];
}

/** What is in something that is in something: an autonomous database is three levels below its Exadata rack. */
const deepest = 4;

/**
 * The life of every OCID that events or the memory tell of: a resource's, or that of a DB system, VM cluster, container or
 * vault that resources are in (design section 4: "A resource never leaves the population by silence").
 *
 * - Created: the earliest of its creations that did not fail.
 * - Terminated: the latest termination of it, or of what it is in, that did not fail. What nothing tells of ends nothing.
 * - A backup that began after a termination refutes it, for good; one of a child for all that is in the parent.
 *
 * What is known is the earliest creation, the latest termination and the latest begin of a backup: neither the order of
 * reading nor a fact that is told twice changes it.
 */
export class LifeCycles {
  readonly #lives: Map<string, Life>;

  constructor({ memory, jobs, others }: LifeSources) {
    this.#lives = recalledLives(memory);
    for (const event of others) this.#tellParents(event.resource.resourceId, event);
    for (const job of jobs) {
      const { resourceId } = resourceOfJob(job);
      for (const event of [job.begin, job.end]) if (event !== null) this.#tellParents(resourceId, event);
    }
    this.#noteEvents(others);
    for (const job of jobs) this.#noteAttempt(job);
  }

  has(resourceId: string): boolean {
    return this.#lives.has(resourceId);
  }

  of(resourceId: string): LifeState {
    const life = this.#lives.get(resourceId);
    return {
      createdMs: life?.createdMs ?? null,
      notBeforeMs: this.#parentsOf(resourceId)
        .map((parent) => this.#lives.get(parent)?.createdMs ?? null)
        .reduce(later, null),
      aliveMs: life?.aliveMs ?? null,
      parents: this.#allParents(resourceId, deepest),
      ended: this.endOf(resourceId),
    };
  }

  /** When it ended, and by whose termination; null: it is there, as far as is known. */
  endOf(resourceId: string, levels = deepest): EndedLife | null {
    const life = this.#lives.get(resourceId);
    if (life === undefined) return null;
    const { terminatedMs, aliveMs } = life;
    const isRefuted = terminatedMs !== null && aliveMs !== null && aliveMs > terminatedMs;
    let ended = terminatedMs === null || isRefuted ? null : { atMs: terminatedMs, by: resourceId };
    if (levels === 0) return ended;
    for (const parent of this.#parentsOf(resourceId)) {
      const withParent = this.endOf(parent, levels - 1);
      if (withParent !== null && (ended === null || withParent.atMs < ended.atMs)) ended = withParent;
    }
    return ended;
  }

  /** All OCIDs of which a creation or a termination is known, with what the next day starts from. */
  *known(): Generator<readonly [resourceId: string, Life]> {
    for (const [resourceId, life] of this.#lives) {
      if ((life.createdMs ?? life.terminatedMs) !== null) yield [resourceId, life];
    }
  }

  #lifeOf(resourceId: string): Life {
    let life = this.#lives.get(resourceId);
    if (life === undefined) this.#lives.set(resourceId, (life = unknownLife()));
    return life;
  }

  #parentsOf(resourceId: string): readonly string[] {
    return Object.values(this.#lives.get(resourceId)?.parents ?? noParents);
  }

  #allParents(resourceId: string, levels: number): ParentIds {
    const own = this.#lives.get(resourceId)?.parents ?? noParents;
    if (levels === 0 || own === noParents) return own;
    const above = Object.values(own).map((parent) => this.#allParents(parent, levels - 1));
    return Object.assign({}, ...above, own);
  }

  /** The latest event decides: a database may have moved to another DB system. */
  #tellParents(resourceId: string, { resource, timeMs }: BackupEvent): void {
    if (resource.parents === undefined) return;
    const life = this.#lifeOf(resourceId);
    for (const level of parentLevels) {
      const parent = resource.parents[level];
      if (parent === undefined || parent === resourceId) continue;
      if (timeMs < (life.toldMs.get(level) ?? timeMs)) continue;
      life.parents = { ...life.parents, [level]: parent };
      life.toldMs.set(level, timeMs);
    }
  }

  #noteEvents(others: readonly BackupEvent[]): void {
    const calls = new Map<string, Call>();
    for (const event of [...others].sort(compareEvents)) {
      const { action, phase } = event.type;
      if (phase === 'begin') continue;
      if (action === 'termination') this.#noteTermination(event, calls);
      else if (event.result.status === 'FAILED') continue;
      else if (action === 'creation') this.#noteCreation(event);
      else if (action === 'deletion-canceled') this.#noteAlive(event.resource.resourceId, event.timeMs);
    }
  }

  #noteCreation({ resource, createdMs, timeMs }: BackupEvent): void {
    const life = this.#lifeOf(resource.resourceId);
    life.createdMs = Math.min(life.createdMs ?? Number.POSITIVE_INFINITY, createdMs ?? timeMs);
  }

  /** Audit may record the call alone, or the call and an end: then the end says how it ended. */
  #noteTermination({ type, resource, result, timeMs }: BackupEvent, calls: Map<string, Call>): void {
    const life = this.#lifeOf(resource.resourceId);
    const operation = `${type.name.replace(/\.end$/, '')} ${resource.resourceId}`;
    if (result.status === 'FAILED') {
      const call = calls.get(operation);
      const isOfCall = type.phase === 'end' && call !== undefined && call.atMs === life.terminatedMs;
      if (isOfCall) life.terminatedMs = call.before;
      return;
    }
    if (type.phase === 'single') calls.set(operation, { atMs: timeMs, before: life.terminatedMs });
    life.terminatedMs = later(life.terminatedMs, timeMs);
  }

  #noteAttempt(job: CorrelatedJob): void {
    if (job.kind === 'copy' || job.kind === 'restore') return;
    const begunMs = begunOf(job);
    if (begunMs !== null) this.#noteAlive(resourceOfJob(job).resourceId, begunMs);
  }

  #noteAlive(resourceId: string, atMs: number, levels = deepest): void {
    const life = this.#lifeOf(resourceId);
    life.aliveMs = later(life.aliveMs, atMs);
    if (levels === 0) return;
    for (const parent of this.#parentsOf(resourceId)) this.#noteAlive(parent, atMs, levels - 1);
  }
}

/** A termination that was called, and what was known before. */
interface Call {
  readonly atMs: number | null;
  readonly before: number | null;
}

function unknownLife(): Life {
  return { createdMs: null, terminatedMs: null, aliveMs: null, parents: noParents, toldMs: new Map() };
}

/** When an attempt began: its begin, else the creation of the backup, else its end. Epoch milliseconds. */
export function begunOf({ startMs, endMs }: CorrelatedJob): number | null {
  return startMs ?? endMs;
}
