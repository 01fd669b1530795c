import { explainError } from '../../errors.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { isRefusal } from '../../oci/oci-error.js';

/** A region is left after so many lists in a row that failed for another reason than a missing right. */
const failuresInRow = 5;

/**
 * A region whose calls all fail must not use up the time of the others: each call is repeated for minutes, and there is one for every
 * compartment.
 */
export class FailingRegions {
  readonly #inRow = new Map<string, number>();
  readonly #left = new Map<string, { readonly why: string; unasked: number }>();

  /** Whether the region is not asked any more. If so, one more of its compartments is counted. */
  isLeft(region: string): boolean {
    const left = this.#left.get(region);
    if (left !== undefined) left.unasked += 1;
    return left !== undefined;
  }

  /** @param error what a list came to; null: it was read to its end */
  note(region: string, error: unknown): void {
    const answered = error === null || isRefusal(error);
    const failures = answered ? 0 : (this.#inRow.get(region) ?? 0) + 1;
    this.#inRow.set(region, failures);
    if (failures === failuresInRow) this.#left.set(region, { why: explainError(error), unasked: 0 });
  }

  reasons(): readonly string[] {
    return [...this.#left]
      .filter(([, { unasked }]) => unasked > 0)
      .map(([region, { why, unasked: number }]) => reasonWords('auditRegionLeft', { region, number, why }));
  }
}
