import { parseInstant } from '../../../base/instants.js';
import type { DayMemory } from '../model/day-memory.js';
import type { LifeCycle, RememberedLife } from '../model/life-cycle.js';
import { type ParentIds, type ParentLevel, noParents } from '../model/parent-ids.js';
import type { LastKnown } from '../model/resource-compliance.js';
import { isUnknown } from '../model/unknown-resource.js';

/** A life that has ended. */
export interface EndedLife {
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** OCID that was terminated: its own, or that of what it was in. */
  readonly by: string;
}

/** What is known of the life of a resource. Epoch milliseconds. */
export interface LifeState {
  /** As its own event says; null: none does. */
  readonly createdMs: number | null;
  /** When what it is in was created: it cannot be older. */
  readonly notBeforeMs: number | null;
  /** Latest begin of a backup of it or of what is in it, or cancellation of its deletion. */
  readonly aliveMs: number | null;
  /** What it is in, with what that is in. */
  readonly parents: ParentIds;
  /** Its termination, or that of what it is in, unless a backup that began later refutes it; null: it is there. */
  readonly ended: EndedLife | null;
}

/** What is known of the life of one OCID while a day is read. Epoch milliseconds; null: not known. */
export interface Life {
  createdMs: number | null;
  /** Its own termination that succeeded, the latest. */
  terminatedMs: number | null;
  /** Latest begin of a backup of it, or of what is in it. */
  aliveMs: number | null;
  parents: ParentIds;
  /** When its parents were told of, since the memory. */
  readonly toldMs: Map<ParentLevel, number>;
}

/** What the memory knows of lives. In archives of 0.1 that is the termination of a resource, by itself. */
export function recalledLives(memory: DayMemory | null): Map<string, Life> {
  const lives = new Map<string, Life>();
  if (memory === null) return lives;
  for (const each of memory.lives ?? []) recallLife(lives, each.resourceId, each);
  for (const { resourceId, terminatedTime, before } of memory.former.values()) {
    if (terminatedTime === null) continue;
    const { life } = before?.lastKnown ?? {};
    recallResource(lives, resourceId, { life, terminated: terminatedTime });
  }
  for (const each of memory.resources.values()) {
    if (!isUnknown(each)) recallResource(lives, each.resourceId, each.lastKnown);
  }
  return lives;
}

type Known = { readonly life?: RememberedLife | undefined } & Pick<LastKnown, 'terminated'>;

/** A resource that went with a parent says so of the parent: it may be gone from the memory itself. */
function recallResource(lives: Map<string, Life>, resourceId: string, { life, terminated }: Known): void {
  if (life === undefined && terminated === null) return;
  const { created = null, alive = null, parents = noParents, terminatedBy = null } = life ?? {};
  const own = { created, alive, parents, terminated: terminatedBy === null ? terminated : null };
  recallLife(lives, resourceId, own);
  const none = { created: null, parents: noParents };
  for (const parent of Object.values(parents))
    recallLife(lives, parent, { ...none, alive, terminated: null });
  if (terminatedBy !== null) recallLife(lives, terminatedBy, { ...none, alive: null, terminated });
}

function recallLife(
  lives: Map<string, Life>,
  resourceId: string,
  { created, terminated, alive, parents }: Omit<LifeCycle, 'resourceId'>,
): void {
  const known = lives.get(resourceId);
  const life = known ?? {
    createdMs: null,
    terminatedMs: null,
    aliveMs: null,
    parents: noParents,
    toldMs: new Map<ParentLevel, number>(),
  };
  if (known === undefined) lives.set(resourceId, life);
  life.createdMs = extreme(Math.min, life.createdMs, created);
  life.terminatedMs = extreme(Math.max, life.terminatedMs, terminated);
  life.aliveMs = extreme(Math.max, life.aliveMs, alive);
  if (parents !== noParents) life.parents = { ...life.parents, ...parents };
}

function extreme(
  choose: (a: number, b: number) => number,
  knownMs: number | null,
  told: string | null,
): number | null {
  const toldMs = parseInstant(told) ?? null;
  return knownMs === null || toldMs === null ? (knownMs ?? toldMs) : choose(knownMs, toldMs);
}
