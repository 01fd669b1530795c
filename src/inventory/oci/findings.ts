import { compareText } from '../../base/text-order.js';
import { explainError, isUsageFailure } from '../../errors.js';
import { OciCallError, isRefusal } from '../../oci/oci-error.js';
import type { RefusedCompartment } from './inventoried-resource.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** What a call is about. */
export interface Spot {
  /** More than one for a call that answers for all of them, as Identity does. */
  readonly regions: readonly string[];
  /** null for a call that concerns no single compartment: it cannot be refused, its failure is a fault. */
  readonly compartmentId: string | null;
  /** A refusal hides compartments that cannot be named then, so it is also a fault. */
  readonly hidesOthers?: boolean;
}

/** A spot in one compartment. */
export interface CompartmentSpot extends Spot {
  readonly compartmentId: string;
}

/** Failures that differ only in the single resource and the request id: reported once, with their number. */
interface Failures {
  readonly words: string;
  count: number;
}

interface Refusal {
  readonly compartmentId: string;
  readonly region: string;
  readonly reasons: Map<string, Failures>;
}

/** Collects what went wrong while reading continues. */
export class Findings {
  readonly #refused = new Map<string, Refusal>();
  readonly #faults = new Map<string, Failures>();

  /** null if the work failed, which is recorded. Throws only Failure('usage'). */
  async attempt<T>(spot: Spot, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.#note(spot, error);
      return null;
    }
  }

  /** Records what makes the inventory incomplete; a repetition of the same `kind` at the same spot is only counted. */
  fault(spot: Spot, words: string, kind = words): void {
    addTo(this.#faults, atSpot(spot, kind), atSpot(spot, words));
  }

  /** Sorted by compartmentId and region. */
  refused(): RefusedCompartment[] {
    const all = Array.from(this.#refused.values(), ({ compartmentId, region, reasons }) => ({
      compartmentId,
      region,
      reason: inWords(reasons).join('; '),
    }));
    return all.sort(
      (a, b) => compareText(a.compartmentId, b.compartmentId) || compareText(a.region, b.region),
    );
  }

  /** Sorted. */
  faults(): string[] {
    return inWords(this.#faults);
  }

  #note(spot: Spot, error: unknown): void {
    if (isUsageFailure(error)) throw error;
    if (!(error instanceof OciCallError)) return this.fault(spot, explainError(error));
    const kind = `${error.service} ${error.operation} ${error.status} ${error.code}`;
    if (!isRefusal(error) || spot.compartmentId === null || spot.hidesOthers === true) {
      this.fault(spot, error.message, kind);
    }
    if (!isRefusal(error) || spot.compartmentId === null) return;
    const compartmentId = spot.compartmentId.toLowerCase();
    for (const region of spot.regions) {
      const key = `${compartmentId} ${region}`;
      const refusal = this.#refused.get(key) ?? { compartmentId, region, reasons: new Map() };
      this.#refused.set(key, refusal);
      addTo(refusal.reasons, kind, error.message);
    }
  }
}

/** `eu-frankfurt-1, compartment ocid1…: …` */
function atSpot({ regions, compartmentId }: Spot, why: string): string {
  const all = regions.join(' and ');
  if (compartmentId === null) return `${all}: ${why}`;
  return reasonWords('ofCompartment', { regions: all, compartment: compartmentId.toLowerCase(), why });
}

function addTo(all: Map<string, Failures>, kind: string, words: string): void {
  const known = all.get(kind);
  if (known === undefined) all.set(kind, { words, count: 1 });
  else known.count += 1;
}

function inWords(all: ReadonlyMap<string, Failures>): string[] {
  const words = Array.from(all.values(), (each) =>
    each.count === 1 ? each.words : reasonWords('andMoreLikeIt', { why: each.words, number: each.count - 1 }),
  );
  return words.sort();
}
