import { addDays, daysBetween } from '../../../base/civil-dates.js';
import { compareText } from '../../../base/text-order.js';
import type { KnownPrincipal } from '../model/tenancy-memory.js';

/** Who made no change for so many days is as good as new. */
const rememberedDays = 90;
/** More than any tenancy has people and instances that change something. */
const mostPrincipals = 20_000;
/** With fewer days known, nearly everybody would be new. */
export const enoughDays = 7;

export interface PrincipalMemory {
  readonly principals: ReadonlyMap<string, KnownPrincipal>;
  /** Since which report day they are known; null: of none. */
  readonly knownSince: string | null;
}

/** A day, and the ids of who made changes on it. */
export interface SeenOnDay {
  readonly date: string;
  readonly ids: Iterable<string>;
}

/**
 * What is known of principals once a day is over. It is bounded: who was not seen for 90 days is forgotten, and of more than
 * 20,000 those seen last are kept; what is forgotten shortens the time that is known.
 *
 * @param days oldest first; the last one is the report day
 * @param since the first day whose principals are known now, where none was before
 */
export function principalsAfter(
  before: PrincipalMemory,
  days: readonly SeenOnDay[],
  since: string,
): PrincipalMemory {
  const principals = new Map(before.principals);
  for (const { date, ids } of days) {
    for (const id of ids) {
      const known = principals.get(id);
      const firstSeen = known === undefined || date < known.firstSeen ? date : known.firstSeen;
      const lastSeen = known === undefined || date > known.lastSeen ? date : known.lastSeen;
      principals.set(id, { id, firstSeen, lastSeen });
    }
  }
  const today = days.at(-1)?.date ?? since;
  return bounded(principals, before.knownSince ?? since, addDays(today, -rememberedDays));
}

function bounded(
  principals: ReadonlyMap<string, KnownPrincipal>,
  knownSince: string,
  oldest: string,
): PrincipalMemory {
  const sorted = [...principals.values()].sort(
    (a, b) => compareText(b.lastSeen, a.lastSeen) || compareText(a.id, b.id),
  );
  const kept = sorted.slice(0, mostPrincipals).filter(({ lastSeen }) => lastSeen >= oldest);
  const forgotten = sorted[kept.length];
  const after = forgotten === undefined ? knownSince : addDays(forgotten.lastSeen, 1);
  return {
    principals: new Map(kept.map((each) => [each.id, each])),
    knownSince: after > knownSince ? after : knownSince,
  };
}

/** Days before the report day whose principals are known. */
export function knownDaysBefore({ knownSince }: PrincipalMemory, date: string): number {
  return knownSince === null ? 0 : Math.max(0, daysBetween(knownSince, date));
}
