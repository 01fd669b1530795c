import { createHash } from 'node:crypto';
import { compareText } from '../../../base/text-order.js';
import type { DataSafeEvent } from '../../../records/data-safe/read-event.js';
import type { ActivityLine } from '../model/activity.js';
import { PackedLines } from './packed-lines.js';

interface Held {
  readonly timeMs: number;
  /** Orders events of one instant, whatever was read first. */
  readonly fact: string;
  /** Of the text. */
  digest: string;
  block: number;
  start: number;
  end: number;
}

/** So many lines are unpacked at a time. */
const shelfLines = 2048;

/** Neighbours in time. */
interface Shelf {
  readonly held: readonly Held[];
  readonly packed: PackedLines;
}

/**
 * Every audit event of a window once, however many routes tell of it: events are the same where id, target, time and name are
 * equal. Of two texts of one the longer one is kept, because it tells more; of equal length the first by digest.
 */
export class HeldActivity {
  #lines = new PackedLines();
  readonly #held = new Map<string, Held>();
  readonly #ids = new Map<string, string>();
  #sharedIds = 0;
  #shelves: readonly Shelf[] | null = null;

  add(event: DataSafeEvent): 'used' | 'duplicate' {
    const fact = factOf(event);
    const text = JSON.stringify(event.fields);
    const digest = digestOf(text);
    const known = this.#held.get(fact);
    if (known !== undefined) {
      if (isBetter(text.length, digest, known)) Object.assign(known, { ...this.#lines.add(text), digest });
      return 'duplicate';
    }
    this.#held.set(fact, { timeMs: event.timeMs, fact, digest, ...this.#lines.add(text) });
    this.#noteId(digestOf(event.id.toLowerCase()), fact);
    return 'used';
  }

  /** Whether all that the event tells is known. */
  holds(event: DataSafeEvent): boolean {
    return this.#held.has(factOf(event));
  }

  get size(): number {
    return this.#held.size;
  }

  /** How many ids two different events share. */
  get sharedIds(): number {
    return this.#sharedIds;
  }

  /** In the order of time; made anew each time that they are read. */
  lines(): Iterable<ActivityLine> {
    this.#shelves ??= this.#arranged();
    const shelves = this.#shelves;
    return {
      *[Symbol.iterator]() {
        for (const { held, packed } of shelves) {
          // A text that JSON.stringify made.
          for (const { block, start, end } of held) {
            yield JSON.parse(packed.at(block, start, end)) as ActivityLine;
          }
          packed.release();
        }
      },
    };
  }

  /** Packs neighbours in time together: each block is then unpacked once, whatever was read first. No more are added. */
  #arranged(): readonly Shelf[] {
    const sorted = [...this.#held.values()].sort(
      (a, b) => a.timeMs - b.timeMs || compareText(a.fact, b.fact),
    );
    const shelves: Shelf[] = [];
    const shelfOf = new Map<Held, Shelf>();
    for (let from = 0; from < sorted.length; from += shelfLines) {
      const shelf = { held: sorted.slice(from, from + shelfLines), packed: new PackedLines(shelfLines) };
      for (const each of shelf.held) shelfOf.set(each, shelf);
      shelves.push(shelf);
    }
    for (const each of sorted.sort((a, b) => a.block - b.block || a.start - b.start)) {
      const text = this.#lines.at(each.block, each.start, each.end);
      Object.assign(each, shelfOf.get(each)?.packed.add(text));
    }
    this.#lines = new PackedLines();
    return shelves;
  }

  #noteId(id: string, fact: string): void {
    const first = this.#ids.get(id);
    if (first === undefined) this.#ids.set(id, fact);
    else if (first !== fact) this.#sharedIds += 1;
  }
}

function isBetter(length: number, digest: string, { start, end, digest: known }: Held): boolean {
  const before = end - start;
  return length > before || (length === before && compareText(digest, known) < 0);
}

function factOf({ id, targetId, timeMs, eventName, operation }: DataSafeEvent): string {
  return digestOf([id.toLowerCase(), targetId, timeMs, eventName ?? operation ?? ''].join('\n'));
}

/** Sixteen bytes, one a character: ids are long, and there are many. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('latin1');
}
