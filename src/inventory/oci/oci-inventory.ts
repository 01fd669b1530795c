import { Failure } from '../../errors.js';
import type { OciConnection, Place } from '../../oci/connection.js';
import { type CompartmentSpot, Findings } from './findings.js';
import type {
  InventoriedResource,
  InventoriedType,
  OciInventoryReading,
  Sighting,
} from './inventoried-resource.js';
import { digestResources, joinRegions, mergeSightings } from './merge-sightings.js';
import { type Compartment, type CompartmentChoice, readCompartments } from './read-compartments.js';
import { openDatabaseService, readAutonomousDatabases, readDatabases } from './read-databases.js';
import type { Surroundings } from './read-list.js';
import { withGroups } from './read-volume-groups.js';
import { type VolumeService, openVolumeService, readVolumes } from './read-volumes.js';
import { searchResources } from './search-resources.js';

export interface OciInventoryOptions extends CompartmentChoice {
  /** At least one. An endpoint is used for all services there. */
  readonly regions: readonly Place[];
  /** OCIDs of compartments or of the tenancy; at least one. */
  readonly compartments: readonly string[];
  readonly includeSubcompartments: boolean;
  /** All four if not set. */
  readonly resourceTypes?: readonly InventoriedType[] | undefined;
}

export interface OciInventory {
  readonly type: 'oci';
  readonly description: string;
  /**
   * What exists and how it is protected, read anew on each call. Throws only Failure('usage'): anything else that could
   * not be read is reported in the result, along with what could.
   */
  read(): Promise<OciInventoryReading>;
}

/** A place and its name in the result. */
interface NamedPlace {
  readonly at: Place;
  readonly region: string;
}

type CompartmentReader = (compartment: Compartment) => Promise<Sighting[]>;

const allTypes: readonly InventoriedType[] = ['database', 'autonomous-database', 'volume', 'boot-volume'];

const compartmentOcid = /^ocid1\.(?:compartment|tenancy)\.[\w.-]+$/i;

/**
 * The inventory according to OCI's own services: the union of what Resource Search finds and what the services list,
 * with the services' settings.
 *
 * @throws Failure('usage') if a place is unknown or a compartment is not an OCID
 */
export function createOciInventory(connection: OciConnection, options: OciInventoryOptions): OciInventory {
  checkOptions(options);
  const places = options.regions.map((at) => ({ at, region: regionOf(connection, at) }));
  const types = allTypes.filter((type) => (options.resourceTypes ?? allTypes).includes(type));
  return {
    type: 'oci',
    description: describe(options, places, types),
    read: () => readRegions(connection, options, places, types),
  };
}

function checkOptions({ regions, compartments }: OciInventoryOptions): void {
  if (regions.length === 0) throw new Failure('usage', 'the inventory names no region');
  if (compartments.length === 0) throw new Failure('usage', 'the inventory names no compartment');
  const wrong = compartments.filter((id) => !compartmentOcid.test(id));
  if (wrong.length === 0) return;
  throw new Failure('usage', `the inventory names what is no OCID of a compartment: ${wrong.join(', ')}`, {
    hints: ['They look like ocid1.compartment.oc1..aaaa…, or ocid1.tenancy.oc1..aaaa… for the root.'],
  });
}

/** The region of a client; for a place with only an endpoint, its host. */
function regionOf(connection: OciConnection, at: Place): string {
  connection.checkPlace(at);
  if (at.region !== undefined) return connection.longRegion(at.region);
  if (at.endpoint !== undefined) return at.endpoint.replace(/^https?:\/\//, '');
  return connection.place(at, () => ({ endpoint: '', regionId: '' })).regionId;
}

function describe(
  { compartments, includeSubcompartments }: OciInventoryOptions,
  places: readonly NamedPlace[],
  types: readonly InventoriedType[],
): string {
  const below = includeSubcompartments ? ' and below' : '';
  const regions = places.map(({ region }) => region).join(', ');
  return `${types.join(', ')} resources that OCI lists in ${compartments.join(', ')}${below}, in ${regions}`;
}

async function readRegions(
  connection: OciConnection,
  options: OciInventoryOptions,
  places: readonly NamedPlace[],
  types: readonly InventoriedType[],
): Promise<OciInventoryReading> {
  const findings = new Findings();
  const surroundings: Surroundings = { connection, findings };
  const regions = places.map(({ region }) => region);
  const compartments = await readCompartments(surroundings, options.regions[0] ?? {}, regions, options);
  const all: InventoriedResource[] = [];
  for (const place of places) all.push(...(await readRegion(surroundings, place, compartments, types)));
  const resources = joinRegions(all);
  return {
    resources,
    refused: findings.refused(),
    faults: findings.faults(),
    digest: digestResources(resources),
  };
}

async function readRegion(
  surroundings: Surroundings,
  place: NamedPlace,
  compartments: readonly Compartment[],
  types: readonly InventoriedType[],
): Promise<InventoriedResource[]> {
  const ofSearch = await searchResources(surroundings, place, compartments, types);
  const spots = compartments.map(({ id }) => ({ regions: [place.region], compartmentId: id }));
  const volumes = types.some(isVolumeType) ? await openVolumeService(surroundings, place.at, spots) : null;
  const readers = await openReaders(surroundings, place, { types, volumes });
  const ofServices: Sighting[] = [];
  for (const compartment of compartments) {
    for (const read of readers) ofServices.push(...(await read(compartment)));
  }
  const names = new Map(compartments.map(({ id, name }) => [id.toLowerCase(), name]));
  const resources = mergeSightings(ofServices, ofSearch, place.region, names);
  return volumes === null ? resources : withGroups(resources, ofServices, volumes.groups);
}

function isVolumeType(type: InventoriedType): boolean {
  return type === 'volume' || type === 'boot-volume';
}

interface WantedTypes {
  readonly types: readonly InventoriedType[];
  /** null: volumes are not wanted. */
  readonly volumes: VolumeService | null;
}

/** A reader for each type. The SDK's packages are large, so only those needed are loaded. */
async function openReaders(
  surroundings: Surroundings,
  { at, region }: NamedPlace,
  { types, volumes }: WantedTypes,
): Promise<CompartmentReader[]> {
  const readers: CompartmentReader[] = [];
  const spotOf = ({ id }: Compartment): CompartmentSpot => ({ regions: [region], compartmentId: id });
  if (types.includes('database') || types.includes('autonomous-database')) {
    const client = await openDatabaseService(surroundings, at);
    if (types.includes('database')) readers.push((each) => readDatabases(surroundings, client, spotOf(each)));
    if (types.includes('autonomous-database')) {
      readers.push((each) => readAutonomousDatabases(surroundings, client, spotOf(each)));
    }
  }
  if (volumes !== null) {
    for (const type of ['volume', 'boot-volume'] as const) {
      if (!types.includes(type)) continue;
      readers.push((each) => readVolumes(surroundings, volumes, type, spotOf(each)));
    }
  }
  return readers;
}
