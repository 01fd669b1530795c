import type { BackupEvent, ResourceRef } from '../model/backup-event.js';

/** What many events have in common. Objects are numbers in the tables of their thread. */
export interface PostedFacets extends Pick<BackupEvent, 'message' | 'condition' | 'principal' | 'settings'> {
  readonly type: number;
  readonly resource: number;
  readonly result: number;
  readonly traits: number;
  /** Where it happened. */
  readonly region: string | null;
}

/** A resource without its tags, which it shares with others. */
export interface PostedResource {
  readonly named: Omit<ResourceRef, 'tags'>;
  readonly tags: number;
}

/** Entries of the tables that no answer before had, in the order of their numbers. */
export interface PostedTables {
  readonly types: readonly BackupEvent['type'][];
  readonly tags: readonly ResourceRef['tags'][];
  readonly resources: readonly PostedResource[];
  readonly results: readonly BackupEvent['result'][];
  readonly traits: readonly BackupEvent['traits'][];
  readonly facets: readonly PostedFacets[];
}

/** In place of the number of facets: the record is left to the collecting thread. */
export const leftOver = -1;

/** The events of one batch, from the thread that read it: one row a record, in columns. */
export interface PostedEvents {
  readonly fresh: PostedTables;
  /** The number of its facets; `leftOver`: the other columns say nothing of it. */
  readonly facets: Int32Array;
  /** Epoch milliseconds. */
  readonly times: Float64Array;
  /** NaN: unknown, here and below. */
  readonly created: Float64Array;
  readonly expires: Float64Array;
  /** In bytes. */
  readonly sizes: Float64Array;
  readonly eventIds: readonly string[];
  readonly subjectIds: readonly (string | null)[];
}
