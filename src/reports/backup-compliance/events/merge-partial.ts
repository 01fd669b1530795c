import type { BackupEvent } from '../model/backup-event.js';
import { breadthOf, isNamedOnly, mayBeSame, uniqueNameOf } from '../model/named-resource.js';
import { isUnknown } from '../model/unknown-resource.js';
import { compareEvents } from './event-order.js';
import { type EventStore, none } from './event-store.js';
import { type GroupedEvents, secondKey } from './grouped-events.js';
import type { SharedIds } from './shared-ids.js';

/** So many tellings of one second under one id are no repetitions, but a placeholder: they stay as they are. */
const largestBucket = 200;

interface HeldEvents {
  readonly store: EventStore;
  readonly grouped: GroupedEvents;
  readonly ids: SharedIds;
  /** Events without a resource id. */
  readonly loose: readonly number[];
  /** Number of groups. */
  readonly groups: number;
}

/**
 * Joins events that tell less to the one event that tells more of the same fact: of those with the same subject, one
 * that does not name its protected resource by OCID; of those with the same event id, one that does not name its
 * subject. Where two facts come into question it is joined to neither: it stands for itself.
 *
 * @param merge the second event is kept
 */
export function mergePartial(held: HeldEvents, merge: (from: number, into: number) => void): void {
  const merged = new Map<number, number>();
  const join = (bucket: readonly number[]): void => {
    if (bucket.length > 1 && bucket.length <= largestBucket)
      joinBucket(bucket, held.store, { merged, merge });
  };
  for (const bucket of bucketsOfSubjects(held)) join(bucket);
  for (const bucket of bucketsOfIds(held)) join(bucket);
}

/** Events of one subject, type, condition and second, where one of them does not name its resource by OCID. */
function* bucketsOfSubjects({ store, grouped, groups }: HeldEvents): Generator<readonly number[]> {
  for (let group = 0; group < groups; group += 1) {
    const latest = grouped.latestOf(group);
    if (grouped.before(latest) === none) continue;
    const members: number[] = [];
    for (let held = latest; held !== none; held = grouped.before(held)) members.push(held);
    if (members.some((held) => weightOf(store, held) < 2)) yield* bySecond(members, store);
  }
}

/** Events of one event id, type, condition and second, where one of them does not name its subject. */
function* bucketsOfIds({ store, ids, loose }: HeldEvents): Generator<readonly number[]> {
  const eventIds = new Set(loose.map((held) => store.eventId(held)));
  for (const eventId of eventIds) yield* bySecond(ids.of(eventId), store);
}

function bySecond(members: readonly number[], store: EventStore): Iterable<readonly number[]> {
  if (members.length < 2) return [];
  const buckets = new Map<string, number[]>();
  for (const held of members) {
    const key = secondKey(store.view(held));
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [held]);
    else bucket.push(held);
  }
  return buckets.values();
}

interface Joining {
  readonly merged: Map<number, number>;
  readonly merge: (from: number, into: number) => void;
}

function joinBucket(bucket: readonly number[], store: EventStore, { merged, merge }: Joining): void {
  const unmerged = [...new Set(bucket.map((held) => rootIn(merged, held)))];
  const facts = unmerged.sort((a, b) => compareKnowledge(store, a, b));
  const isContradictory = facts.some((a, index) =>
    facts.slice(index + 1).some((b) => !mayBeSame(store.facets(a).resource, store.facets(b).resource)),
  );
  const kept: number[] = [];
  for (const fact of facts) {
    const candidates = kept.filter((each) => mayBeOne(store.view(fact), store.view(each), isContradictory));
    const [into] = candidates;
    if (into === undefined || candidates.length > 1) {
      kept.push(fact);
      continue;
    }
    if (weightOf(store, into) < weightOf(store, fact)) {
      store.amend(into, { resource: store.facets(fact).resource });
    }
    merged.set(fact, into);
    merge(fact, into);
  }
}

/** @param isContradictory facts of two resources are there: one that names none may be of either */
function mayBeOne(less: BackupEvent, more: BackupEvent, isContradictory: boolean): boolean {
  const isSameSubject = less.subjectId !== null && less.subjectId === more.subjectId;
  if (less.subjectId !== null && !isSameSubject) return false;
  if (isSameSubject && isUnknown(less.resource) && isUnknown(more.resource)) return true;
  if (isContradictory && (isUnknown(less.resource) || isUnknown(more.resource))) return false;
  return mayBeSame(less.resource, more.resource);
}

/** Who tells most comes first: the subject, then the resource; then by content. */
function compareKnowledge(store: EventStore, a: number, b: number): number {
  const [first, second] = [store.view(a), store.view(b)];
  return (
    Number(first.subjectId === null) - Number(second.subjectId === null) ||
    weightOf(store, b) - weightOf(store, a) ||
    compareEvents(first, second)
  );
}

/** 2 for a resource with an OCID, less for one that is known by name, 0 for none. */
function weightOf(store: EventStore, held: number): number {
  const { resource } = store.facets(held);
  if (isUnknown(resource)) return 0;
  const unique = isNamedOnly(resource) ? uniqueNameOf(resource) : null;
  return unique === null ? 2 : 1 + breadthOf(unique) / 10;
}

function rootIn(merged: ReadonlyMap<number, number>, held: number): number {
  let root = held;
  for (;;) {
    const next = merged.get(root);
    if (next === undefined) return root;
    root = next;
  }
}
