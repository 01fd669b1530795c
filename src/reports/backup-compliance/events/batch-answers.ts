import type { TakenRecord, ThreadReading } from '../../record-reading.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import { elementAt } from './number-column.js';
import { type PostedEvents, type PostedFacets, leftOver } from './posted-events.js';

/** @param region where it happened @param number of its record in the evidence */
export type CollectEvent = (event: BackupEvent, region: string | null, number: number) => TakenRecord;

/** Every field that the parser sets: one that is not posted would be missing on large days alone. */
type ParsedEventFields = Required<Omit<BackupEvent, 'witnesses'>>;

type Facets = Omit<
  ParsedEventFields,
  'eventId' | 'timeMs' | 'subjectId' | 'createdMs' | 'expiresMs' | 'sizeBytes'
>;

/** What one thread has numbered so far (PostedTables), put together again. */
class ThreadTables {
  readonly #types: BackupEvent['type'][] = [];
  readonly #tags: ResourceRef['tags'][] = [];
  readonly #resources: ResourceRef[] = [];
  readonly #results: BackupEvent['result'][] = [];
  readonly #traits: BackupEvent['traits'][] = [];
  readonly #facets: { readonly shared: Facets; readonly region: string | null }[] = [];

  add({ types, tags, resources, results, traits, facets }: PostedEvents['fresh']): void {
    for (const each of types) this.#types.push(each);
    for (const each of tags) this.#tags.push(each);
    for (const { named, tags: number } of resources) this.#resources.push(this.#tagged(named, number));
    for (const each of results) this.#results.push(each);
    for (const each of traits) this.#traits.push(each);
    for (const each of facets) this.#facets.push({ shared: this.#sharedOf(each), region: each.region });
  }

  facets(number: number): { readonly shared: Facets; readonly region: string | null } {
    return elementAt(this.#facets, number);
  }

  /** With its fields in the order in which the parser writes them: tellings are compared by their text. */
  #tagged(named: Omit<ResourceRef, 'tags'>, number: number): ResourceRef {
    const { resourceId, resourceType, resourceName, compartmentId, compartmentName, ...rest } = named;
    const tags = elementAt(this.#tags, number);
    return { resourceId, resourceType, resourceName, compartmentId, compartmentName, tags, ...rest };
  }

  #sharedOf({ type, resource, result, traits, ...others }: PostedFacets): Facets {
    const { message, condition, principal, settings } = others;
    return {
      type: elementAt(this.#types, type),
      resource: elementAt(this.#resources, resource),
      result: elementAt(this.#results, result),
      traits: elementAt(this.#traits, traits),
      message,
      condition,
      principal,
      settings: settings ?? null,
    };
  }
}

/** How the answers of `createBatchReader` are collected, for each thread. */
export function eventAnswers(collect: CollectEvent): ThreadReading['openAnswers'] {
  return () => {
    const tables = new ThreadTables();
    return (answer) => {
      // Posted by createBatchReader of this very version.
      const posted = answer as PostedEvents;
      tables.add(posted.fresh);
      return {
        take(index, number) {
          const facets = elementAt(posted.facets, index);
          if (facets === leftOver) return null;
          const { shared, region } = tables.facets(facets);
          return collect(eventOf(posted, index, shared), region, number);
        },
      };
    };
  };
}

function eventOf(posted: PostedEvents, index: number, shared: Facets): ParsedEventFields {
  const { type, resource, result, traits, message, condition, principal, settings } = shared;
  return {
    eventId: elementAt(posted.eventIds, index),
    type,
    timeMs: elementAt(posted.times, index),
    subjectId: elementAt(posted.subjectIds, index),
    resource,
    createdMs: known(elementAt(posted.created, index)),
    expiresMs: known(elementAt(posted.expires, index)),
    sizeBytes: known(elementAt(posted.sizes, index)),
    result,
    traits,
    message,
    condition,
    principal,
    settings,
  };
}

function known(ms: number): number | null {
  return Number.isNaN(ms) ? null : ms;
}
