import { explainError, isUsageFailure } from '../../errors.js';
import { toIso } from '../../base/instants.js';
import { type JsonObject, textIn } from '../../records/json.js';
import { CallsSpentError } from '../../http/call-gate.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { allPages } from './all-pages.js';
import type { DataSafeCalls } from './data-safe-calls.js';

/** The state of the trails when they were read, and why some of it is not known. */
export interface TrailsReading {
  readonly trails: readonly JsonObject[];
  readonly reasons: readonly string[];
  /** Why the names of targets are not known; null: they are. Their OCIDs are shown then. */
  readonly namesFault: string | null;
}

/** So many trails are read at the same time. */
const together = 8;

/**
 * Reads every trail with the time until which it was collected, and how long events of its target are kept. `timeRead` is
 * added to each.
 *
 * @param calls of a limited connection: the service is known to stall here
 */
export async function readTrails(calls: DataSafeCalls, nowMs: () => number): Promise<TrailsReading> {
  const reasons = new Set<string>();
  const months = await monthsByTarget(calls, reasons);
  const { names, fault: namesFault } = await namesOfTargets(calls, reasons);
  const timeRead = toIso(nowMs());
  const trails: JsonObject[] = [];
  try {
    for await (const { items } of allPages((token) => calls.trails(token))) trails.push(...items);
  } catch (error) {
    reasons.add(reasonWords('dataSafeTrailsUnread', { why: whyOf(error) }));
  }
  const read: JsonObject[] = [];
  for (let from = 0; from < trails.length; from += together) {
    const some = trails.slice(from, from + together);
    read.push(...(await Promise.all(some.map((trail) => wholeTrail(calls, trail, reasons)))));
  }
  const stamped = read.map((trail) => {
    const target = String(trail['targetId']).toLowerCase();
    const onlineMonths = months.get(target);
    const targetName = names.get(target);
    return {
      ...trail,
      timeRead,
      ...(onlineMonths === undefined ? {} : { onlineMonths }),
      ...(targetName === undefined ? {} : { targetName }),
    };
  });
  return { trails: stamped, reasons: [...reasons], namesFault };
}

/** A list does not tell until when a trail was collected. */
async function wholeTrail(
  calls: DataSafeCalls,
  trail: JsonObject,
  reasons: Set<string>,
): Promise<JsonObject> {
  const id = textIn(trail['id']);
  if (id === undefined || !mayCollect(trail)) return trail;
  try {
    return { ...trail, ...(await calls.trail(id)) };
  } catch (error) {
    reasons.add(reasonWords('dataSafeTrailUnread', { why: whyOf(error) }));
    return trail;
  }
}

/** What never began has collected nothing. */
function mayCollect(trail: JsonObject): boolean {
  return trail['status'] !== 'NOT_STARTED';
}

/** Whoever may read events and trails may not always read profiles: then nobody says that older events are gone. */
async function monthsByTarget(
  calls: DataSafeCalls,
  reasons: Set<string>,
): Promise<ReadonlyMap<string, number>> {
  const months = new Map<string, number>();
  try {
    for await (const { items } of allPages((token) => calls.profiles(token))) {
      for (const { targetId, onlineMonths } of items) {
        if (typeof targetId === 'string' && typeof onlineMonths === 'number') {
          months.set(targetId.toLowerCase(), onlineMonths);
        }
      }
    }
  } catch (error) {
    const why = whyOf(error);
    if (error instanceof CallsSpentError) reasons.add(reasonWords('dataSafeTrailsUnread', { why }));
  }
  return months;
}

/** Of a target that is silent, only this list tells the name. Whoever may not read it sees OCIDs: nothing else depends on it. */
async function namesOfTargets(
  calls: DataSafeCalls,
  reasons: Set<string>,
): Promise<{ readonly names: ReadonlyMap<string, string>; readonly fault: string | null }> {
  const names = new Map<string, string>();
  try {
    for await (const { items } of allPages((token) => calls.targets(token))) {
      for (const item of items) {
        const id = textIn(item['id']);
        const name = textIn(item['displayName']);
        if (id !== undefined && name !== undefined) names.set(id.toLowerCase(), name);
      }
    }
    return { names, fault: null };
  } catch (error) {
    const fault = whyOf(error);
    if (error instanceof CallsSpentError) reasons.add(reasonWords('dataSafeTrailsUnread', { why: fault }));
    return { names, fault };
  }
}

function whyOf(error: unknown): string {
  if (isUsageFailure(error)) throw error;
  return explainError(error);
}
