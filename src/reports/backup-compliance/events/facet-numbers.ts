import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { PostedFacets, PostedTables } from './posted-events.js';

/** Beyond so many, events with other facets are left to the collecting thread: a hostile input may have any number. */
const maxFacets = 200_000;

/** Facets of one resource that are compared. */
const comparedFacets = 8;

interface KnownFacets {
  readonly event: BackupEvent;
  readonly region: string | null;
  readonly number: number;
}

/** Numbers what many events have in common, so that each of it is posted once. */
export class FacetNumbers {
  readonly #types = new ObjectNumbers<BackupEvent['type']>();
  readonly #tags = new ObjectNumbers<ResourceRef['tags']>();
  readonly #resources = new ObjectNumbers<ResourceRef>();
  readonly #results = new ObjectNumbers<BackupEvent['result']>();
  readonly #traits = new ObjectNumbers<BackupEvent['traits']>();
  readonly #ofResource = new Map<ResourceRef, KnownFacets[]>();
  #fresh: PostedFacets[] = [];
  #count = 0;

  /** @param region where it happened @returns undefined where there are too many different ones */
  numberOf(event: BackupEvent, region: string | null): number | undefined {
    const known = this.#ofResource.get(event.resource) ?? [];
    for (const each of known) if (isSame(each, event, region)) return each.number;
    if (this.#count >= maxFacets || known.length >= comparedFacets) return undefined;
    const number = this.#count;
    this.#count += 1;
    if (known.length === 0) this.#ofResource.set(event.resource, known);
    known.push({ event, region, number });
    this.#fresh.push(this.#posted(event, region));
    return number;
  }

  /** What was numbered since the last call. */
  takeFresh(): PostedTables {
    const facets = this.#fresh;
    this.#fresh = [];
    const resources = this.#resources.takeFresh().map(({ tags, ...named }) => {
      return { named, tags: this.#tags.numberOf(tags) };
    });
    return {
      types: this.#types.takeFresh(),
      tags: this.#tags.takeFresh(),
      resources,
      results: this.#results.takeFresh(),
      traits: this.#traits.takeFresh(),
      facets,
    };
  }

  #posted(event: BackupEvent, region: string | null): PostedFacets {
    const { message, condition, principal, settings = null } = event;
    return {
      type: this.#types.numberOf(event.type),
      resource: this.#resources.numberOf(event.resource),
      result: this.#results.numberOf(event.result),
      traits: this.#traits.numberOf(event.traits),
      message,
      condition,
      principal,
      settings,
      region,
    };
  }
}

/** The parser shares equal types, results and traits, so identity is enough here. */
function isSame(known: KnownFacets, told: BackupEvent, region: string | null): boolean {
  const { event } = known;
  return (
    event.type === told.type &&
    event.result === told.result &&
    event.traits === told.traits &&
    event.message === told.message &&
    event.condition === told.condition &&
    event.principal === told.principal &&
    event.settings === told.settings &&
    known.region === region
  );
}

class ObjectNumbers<T extends object> {
  readonly #numbers = new Map<T, number>();
  #fresh: T[] = [];

  numberOf(object: T): number {
    const known = this.#numbers.get(object);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(object, number);
    this.#fresh.push(object);
    return number;
  }

  takeFresh(): readonly T[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}
