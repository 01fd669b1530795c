import type { ProtectedResource, Protection } from '../../model/protected-resource.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** Types of resources that OCI's own services list, named as in the events. */
export type InventoriedType = 'database' | 'autonomous-database' | 'volume' | 'boot-volume';

/** A resource as known to OCI itself. */
export interface InventoriedResource extends ProtectedResource {
  readonly resourceType: InventoriedType;
  /** An additional name, if it has one: the short name of a database. */
  readonly displayName: string | null;
  readonly protection: Protection;
  readonly createdTime: string | null;
  /** As the service writes it, in upper case. */
  readonly lifecycleState: string | null;
  readonly region: string;
}

/** A compartment that could not be read completely for lack of permissions. Its OCID is in lower case. */
export interface RefusedCompartment {
  readonly compartmentId: string;
  readonly region: string;
  readonly reason: string;
}

export interface OciInventoryReading {
  /** Sorted by resourceId. */
  readonly resources: readonly InventoriedResource[];
  /** Sorted by compartmentId and region. `resources` may have some or none of what they contain. */
  readonly refused: readonly RefusedCompartment[];
  /** Everything else that makes the inventory incomplete, one sentence each, sorted. */
  readonly faults: readonly string[];
  /** sha-256 hex of the resources as canonical JSON. */
  readonly digest: string;
}

/** What one service reports about a resource; null if it does not say. */
export interface Sighting {
  readonly resourceId: string;
  readonly resourceType: InventoriedType;
  readonly name: string | null;
  readonly otherName: string | null;
  readonly compartmentId: string;
  readonly tags: Readonly<Record<string, string>>;
  /** ISO 8601 UTC. */
  readonly createdTime: string | null;
  readonly lifecycleState: string | null;
  /** null: this service does not know the settings. */
  readonly protection: Protection | null;
  /** OCID of the volume group that it is in, in lower case; null: none is known. */
  readonly volumeGroupId?: string | null;
}

/** The volume groups of a region. */
export interface VolumeGroups {
  /** OCID of the group as originally written, by the OCID of each member in lower case. */
  readonly ofMember: ReadonlyMap<string, string>;
  /** False: some could not be read, so that a volume that is in none of them may be in another. */
  readonly areWhole: boolean;
}

export const unknownProtection: Protection = {
  enabled: null,
  means: reasonWords('protectedUnknown'),
  retentionDays: null,
  destination: null,
};

export const noProtection: Protection = {
  enabled: false,
  means: reasonWords('protectedByNothing'),
  retentionDays: null,
  destination: null,
};
