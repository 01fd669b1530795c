import { compareText } from '../../../base/text-order.js';
import { clip } from '../../../base/text-safety.js';

/** How many names are counted one by one, and how many of them are reported. */
const maxNames = 10_000;
const maxReported = 1000;

/** A longer name is cut. */
const maxName = 200;

/** Events of one type that are not about backups. */
export interface IgnoredType {
  /** Full type in lower case. */
  readonly eventType: string;
  readonly events: number;
  /** A type of backup event that the text of some of them names, the first by code units; null: none. */
  readonly names: string | null;
}

/** The types of all ignored events. Their numbers and `further` add up to the events that were ignored. */
export interface IgnoredEvents {
  /** Those with the most events first; at most 1,000. */
  readonly types: readonly IgnoredType[];
  /** Events of all other types. */
  readonly further: number;
  /** All types of which some name a backup event, those with the most events first. */
  readonly naming: readonly IgnoredType[];
}

interface Count {
  events: number;
  names: string | null;
}

/**
 * Counts ignored events by type. Memory is bounded: of more than 10,000 names the first by code units are kept, so that
 * the order of reading changes nothing.
 */
export class IgnoredTypes {
  #counts = new Map<string, Count>();
  #dropped = 0;

  /** @param names a type of backup event that its text names */
  add(eventType: string, names: string | null): void {
    const name = clip(eventType, maxName).toWellFormed();
    const count = this.#counts.get(name);
    if (count === undefined) {
      this.#counts.set(name, { events: 1, names });
      if (this.#counts.size >= 2 * maxNames) this.#drop();
    } else {
      count.events += 1;
      if (names !== null && (count.names === null || compareText(names, count.names) < 0))
        count.names = names;
    }
  }

  result(): IgnoredEvents {
    this.#drop();
    const all = [...this.#counts].map(([eventType, { events, names }]) => ({ eventType, events, names }));
    all.sort((a, b) => b.events - a.events || compareText(a.eventType, b.eventType));
    const others = all.slice(maxReported).reduce((sum, { events }) => sum + events, 0);
    return {
      types: all.slice(0, maxReported),
      further: this.#dropped + others,
      naming: all.filter(({ names }) => names !== null),
    };
  }

  /** What is dropped once never comes back: the names that are kept only get smaller. */
  #drop(): void {
    if (this.#counts.size <= maxNames) return;
    const sorted = [...this.#counts].sort(([a], [b]) => compareText(a, b));
    this.#counts = new Map(sorted.slice(0, maxNames));
    for (const [, { events }] of sorted.slice(maxNames)) this.#dropped += events;
  }
}
