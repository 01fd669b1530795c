import { compareText } from '../../base/text-order.js';
import type { PassedOver } from '../../model/passed-over.js';

/** A hostile file may have any number of keys. */
const maxKeys = 50;
const maxCharacters = 80;

/**
 * Counts the keys beside events that were passed over. Only the first keys by name are held: whatever the order of
 * reading, the same ones remain, with all their counts.
 */
export class PassedOverKeys {
  readonly #counts = new Map<string, number>();
  #total = 0;

  add(keys: readonly string[]): void {
    for (const each of keys) {
      const key = each.slice(0, maxCharacters).toWellFormed();
      this.#total += 1;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
      if (this.#counts.size > maxKeys) this.#dropLast();
    }
  }

  /** null: none. */
  counts(): PassedOver | null {
    if (this.#total === 0) return null;
    const keys = [...this.#counts].map(([key, count]) => ({ key, count }));
    keys.sort((a, b) => compareText(a.key, b.key));
    return { keys, others: this.#total - keys.reduce((sum, { count }) => sum + count, 0) };
  }

  #dropLast(): void {
    let last = '';
    for (const key of this.#counts.keys()) if (compareText(key, last) > 0) last = key;
    this.#counts.delete(last);
  }
}
