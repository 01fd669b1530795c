import { explainError, Failure } from '../../errors.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import type { OciConnection, Place } from '../../oci/connection.js';
import { type TenancyCompartment, type TenancyDirectory, openTenancy } from '../../oci/tenancy.js';
import type { OciAuditOptions } from './options.js';

/** A region to be read, and its name in reports. */
export interface AuditRegion {
  readonly name: string;
  readonly at: Place;
}

/** A compartment to be read; the root is one. */
export type AuditCompartment = Pick<TenancyCompartment, 'id' | 'isDeleted'> & {
  /** null: it was not listed. */
  readonly name: string | null;
};

/** What a reading asks for. */
export interface AuditScope {
  readonly tenancy: string;
  readonly regions: readonly AuditRegion[];
  readonly compartments: readonly AuditCompartment[];
  /** Those that `excludeCompartments` names. */
  readonly excluded: readonly AuditCompartment[];
  /** Why there may be more regions or compartments, one sentence each. */
  readonly faults: readonly string[];
}

/**
 * @throws Failure('usage') if a place is unknown, or neither credentials nor options name the tenancy; CallsSpentError
 */
export async function openScope(connection: OciConnection, options: OciAuditOptions): Promise<AuditScope> {
  const tenancy = tenancyOf(connection, options);
  const directory = await openTenancy(connection, firstPlace(connection, options), tenancy);
  const faults: string[] = [];
  const regions = await regionsOf(connection, options, { directory, faults });
  const all = await compartmentsOf(directory, options, { tenancy, faults });
  const excludes = new Set(options.excludeCompartments.map((id) => id.toLowerCase()));
  const isExcluded = ({ id }: AuditCompartment): boolean => excludes.has(id.toLowerCase());
  return {
    tenancy,
    regions,
    compartments: all.filter((each) => !isExcluded(each)),
    excluded: all.filter(isExcluded),
    faults,
  };
}

/** The tenancy's OCID is that of the root compartment. */
function tenancyOf(
  { tenancy }: OciConnection,
  { compartments = [] }: Pick<OciAuditOptions, 'compartments'>,
): string {
  const known = tenancy ?? compartments.find((id) => /^ocid1\.tenancy\./i.test(id));
  if (known !== undefined) return known;
  throw new Failure(
    'usage',
    'the credentials do not tell their tenancy, so its compartments cannot be listed',
    { hints: ['Name the OCID of the tenancy in compartments of the source oci-audit.'] },
  );
}

/** Where Identity is asked: in the first of the regions, else in that of the credentials. */
function firstPlace(connection: OciConnection, options: OciAuditOptions): Place {
  const [region] = options.regions ?? [];
  if (region !== undefined) return placeOf(options, connection.longRegion(region));
  return placeOf(options, options.endpoint === undefined ? ownRegion(connection) : undefined);
}

/** Of the credentials. */
function ownRegion(connection: OciConnection): string {
  return connection.place({}, () => ({ endpoint: '', regionId: '' })).regionId;
}

function placeOf({ endpoint, endpointOf }: OciAuditOptions, region: string | undefined): Place {
  return { region, endpoint: endpoint ?? (region === undefined ? undefined : endpointOf?.(region)) };
}

interface Listing {
  readonly directory: TenancyDirectory;
  readonly faults: string[];
}

async function regionsOf(
  connection: OciConnection,
  options: OciAuditOptions,
  { directory, faults }: Listing,
): Promise<AuditRegion[]> {
  const { regions, endpoint } = options;
  if (regions !== undefined) {
    return regions.map((region) => {
      const name = connection.longRegion(region);
      return { name, at: placeOf(options, name) };
    });
  }
  if (endpoint !== undefined) {
    return [{ name: endpoint.replace(/^https?:\/\//, ''), at: placeOf(options, undefined) }];
  }
  const { items, fault } = await directory.regions();
  if (fault === null) return items.flatMap((name) => subscribed(connection, options, { name, faults }));
  const own = ownRegion(connection);
  faults.push(reasonWords('auditRegionsUnknown', { region: own, why: fault }));
  return [{ name: own, at: placeOf(options, own) }];
}

/** A region may be newer than the SDK. */
function subscribed(
  connection: OciConnection,
  options: OciAuditOptions,
  { name, faults }: { readonly name: string; readonly faults: string[] },
): AuditRegion[] {
  const at = placeOf(options, name);
  try {
    connection.checkPlace(at);
    return [{ name, at }];
  } catch (error) {
    faults.push(reasonWords('auditRegionNotRead', { region: name, why: explainError(error) }));
    return [];
  }
}

async function compartmentsOf(
  directory: TenancyDirectory,
  { compartments, includeSubcompartments }: OciAuditOptions,
  { tenancy, faults }: { readonly tenancy: string; readonly faults: string[] },
): Promise<AuditCompartment[]> {
  const root = { id: tenancy, name: 'root', parentId: null, isDeleted: false };
  const { items, fault } = await directory.compartments();
  if (fault !== null) faults.push(reasonWords('auditCompartmentsUnknown', { why: fault }));
  const all: (AuditCompartment & Pick<TenancyCompartment, 'parentId'>)[] = [
    root,
    ...items.filter(({ id }) => !isSame(id, tenancy)),
  ];
  if (compartments === undefined) return all;
  const named = compartments.map(
    (id) => all.find((each) => isSame(each.id, id)) ?? { ...root, id, name: null },
  );
  return includeSubcompartments ? withBelow(named, all) : named;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Each once: compartments may be named that are below another one. */
function withBelow<T extends Pick<TenancyCompartment, 'id' | 'parentId'>>(
  named: readonly T[],
  all: readonly T[],
): T[] {
  const below = new Map<string, T[]>();
  for (const each of all) {
    const parent = each.parentId?.toLowerCase() ?? '';
    const siblings = below.get(parent);
    if (siblings === undefined) below.set(parent, [each]);
    else siblings.push(each);
  }
  const found = new Map<string, T>();
  const open = [...named];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const id = each.id.toLowerCase();
    if (found.has(id)) continue;
    found.set(id, each);
    open.push(...(below.get(id) ?? []));
  }
  return [...found.values()];
}
