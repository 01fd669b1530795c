import { parseInstant } from '../../../base/instants.js';
import type { ProtectedResource } from '../../../model/protected-resource.js';
import { begunOf } from '../facts/life-cycle.js';
import type { ResourceHistory } from '../facts/resource-history.js';

/** When a resource was created, as far as events and the inventory tell. Epoch milliseconds. */
export interface Creation {
  /** null: not known, or told as later than something that was seen of it. */
  readonly createdMs: number | null;
  /** Only the creation of what it is in is known: it was created then or later. */
  readonly mayBeYounger: boolean;
  /** What the inventory says, and what was seen of the resource before that; null: no such thing. */
  readonly contradicted: { readonly createdMs: number; readonly seenMs: number } | null;
}

const untold: Creation = { createdMs: null, mayBeYounger: true, contradicted: null };

/**
 * The earliest that its own event or the inventory tells; else what it is in was created then, and it cannot be older. An
 * attempt or a notice of before proves that it was there already (design section 4).
 */
export function creationOf(
  { createdTime }: Pick<ProtectedResource, 'createdTime'>,
  history: ResourceHistory,
): Creation {
  const listedMs = parseInstant(createdTime) ?? null;
  const { createdMs = null, notBeforeMs = null } = history.life ?? {};
  const ownMs = earlier(createdMs, listedMs);
  const toldMs = ownMs ?? notBeforeMs;
  if (toldMs === null) return untold;
  const seenMs = firstSeen(history);
  const isContradicted = listedMs !== null && seenMs !== null && seenMs < listedMs;
  return {
    createdMs: seenMs !== null && seenMs < toldMs ? null : toldMs,
    mayBeYounger: ownMs === null,
    contradicted: isContradicted ? { createdMs: listedMs, seenMs } : null,
  };
}

/** Of what is remembered of the resource, the first. */
function firstSeen(history: ResourceHistory): number | null {
  const { dayBackups, seenMs, lastSuccessMs, lastFailure, lastRestoreMs, life } = history;
  let first = earlier(seenMs, lastSuccessMs);
  first = earlier(first, lastFailure?.endMs ?? null);
  first = earlier(first, lastRestoreMs);
  first = earlier(first, life?.aliveMs ?? null);
  for (const job of dayBackups) first = earlier(first, begunOf(job));
  return first;
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
