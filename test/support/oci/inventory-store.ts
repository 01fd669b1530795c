/** A resource as its service tells of it, any further fields included. */
export interface StoredResource {
  readonly id: string;
  readonly compartmentId: string;
  readonly lifecycleState: string;
  readonly timeCreated: string;
  readonly freeformTags: Readonly<Record<string, string>>;
  readonly definedTags: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly [field: string]: unknown;
}

/** Who knows a resource: the search is behind at times, and does not know everything. */
export type KnownTo = 'both' | 'search' | 'service';

export type ResourceKind = 'Database' | 'AutonomousDatabase' | 'Volume' | 'BootVolume';

interface Entry {
  readonly kind: ResourceKind;
  readonly resource: StoredResource;
  readonly knownTo: KnownTo;
}

export interface StoredCompartment {
  readonly id: string;
  /** The parent's OCID. */
  readonly compartmentId: string;
  readonly name: string;
  readonly lifecycleState: string;
}

export interface StoredSubscription {
  readonly regionKey: string;
  readonly regionName: string;
  readonly status: string;
  readonly isHomeRegion: boolean;
}

export interface StoredSchedule {
  readonly period: string;
  readonly backupType: string;
  readonly retentionSeconds: number;
  /** `STRUCTURED`: the day and the hour below hold; `NUMERIC_SECONDS`: offsetSeconds does. */
  readonly offsetType?: string;
  readonly offsetSeconds?: number;
  readonly dayOfWeek?: string;
  readonly dayOfMonth?: number;
  readonly month?: string;
  readonly hourOfDay?: number;
  readonly timeZone?: string;
}

export interface StoredPolicy {
  readonly id: string;
  readonly displayName: string;
  readonly schedules: readonly StoredSchedule[];
  readonly [field: string]: unknown;
}

/** What a test says of a resource; the rest has plain values. */
export type ResourceFields = Partial<StoredResource> & {
  readonly id: string;
  readonly compartmentId: string;
};

/** What one region of the stand-in holds that can be backed up. */
export class InventoryStore {
  readonly compartments: StoredCompartment[] = [];
  /** Those that the tenancy uses. */
  readonly regions: StoredSubscription[] = [];
  /** Whether they may not be listed. */
  deniesRegions = false;
  readonly policies = new Map<string, StoredPolicy>();
  /** OCID of a volume or volume group to that of a policy. */
  readonly assignments = new Map<string, string>();
  /** Calls about them are answered by 404; the search leaves out what they hold. */
  readonly denied = new Set<string>();
  /** Longest page, whatever a request asks for. */
  pageSize = 2;
  /** Lists come the other way round. */
  isReversed = false;

  readonly #entries: Entry[] = [];
  readonly #groups: StoredResource[] = [];

  addCompartment(id: string, name: string, parent: string, lifecycleState = 'ACTIVE'): void {
    this.compartments.push({ id, name, compartmentId: parent, lifecycleState });
  }

  /** `dbHomeId` is made up where it is not given; homes exist by their databases. */
  addDatabase(fields: ResourceFields, knownTo: KnownTo = 'both'): void {
    const name = fields.id.slice(fields.id.lastIndexOf('.') + 1).toUpperCase();
    const dbHomeId = fields.id.replace('ocid1.database.', 'ocid1.dbhome.');
    this.#add('Database', { dbHomeId, dbName: name, dbUniqueName: `${name}_1`, ...fields }, knownTo);
  }

  addAutonomousDatabase(fields: ResourceFields, knownTo: KnownTo = 'both'): void {
    this.#add('AutonomousDatabase', fields, knownTo);
  }

  addVolume(fields: ResourceFields, knownTo: KnownTo = 'both'): void {
    this.#add('Volume', fields, knownTo);
  }

  addBootVolume(fields: ResourceFields, knownTo: KnownTo = 'both'): void {
    this.#add('BootVolume', fields, knownTo);
  }

  /** The volumes and boot volumes in it are given by their OCIDs, as the service lists them. */
  addVolumeGroup(fields: ResourceFields & { readonly volumeIds: readonly string[] }): void {
    this.#groups.push({
      ...plainFields(fields.id),
      availabilityDomain: 'Uocm:PHX-AD-1',
      sizeInMBs: 51_200,
      ...fields,
    });
  }

  groupsIn(compartmentId: string): readonly StoredResource[] {
    const groups = this.#groups.filter((each) => each.compartmentId === compartmentId);
    return this.isReversed ? groups.reverse() : groups;
  }

  addPolicy(id: string, displayName: string, schedules: readonly StoredSchedule[], more: object = {}): void {
    this.policies.set(id, { id, displayName, schedules, ...more });
  }

  /** What a service lists of a compartment. */
  listed(kind: ResourceKind, compartmentId: string): readonly StoredResource[] {
    return this.#select((entry) => entry.kind === kind && entry.knownTo !== 'search')
      .map(({ resource }) => resource)
      .filter((resource) => resource.compartmentId === compartmentId);
  }

  /** What the search knows, with its kinds. */
  searched(): readonly { readonly kind: ResourceKind; readonly resource: StoredResource }[] {
    return this.#select(
      ({ knownTo, resource }) => knownTo !== 'service' && !this.denied.has(resource.compartmentId),
    );
  }

  /** Whether calls about this resource are refused because of the compartment that it is in. */
  isDenied(resourceId: string): boolean {
    const entry = this.#entries.find(({ resource }) => resource.id === resourceId);
    return entry !== undefined && this.denied.has(entry.resource.compartmentId);
  }

  #select(filter: (entry: Entry) => boolean): Entry[] {
    const selected = this.#entries.filter((entry) => filter(entry));
    return this.isReversed ? selected.reverse() : selected;
  }

  #add(kind: ResourceKind, fields: ResourceFields, knownTo: KnownTo): void {
    this.#entries.push({ kind, resource: { ...plainFields(fields.id), ...fields }, knownTo });
  }
}

/** What every resource has. */
function plainFields(id: string) {
  return {
    displayName: id.slice(id.lastIndexOf('.') + 1),
    lifecycleState: 'AVAILABLE',
    timeCreated: '2026-01-02T03:04:05.678Z',
    freeformTags: {},
    definedTags: {},
  };
}
