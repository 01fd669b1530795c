import { z } from 'zod';
import type { Place } from '../../oci/connection.js';
import type { InventoriedType, Sighting } from './inventoried-resource.js';
import type { Compartment } from './read-compartments.js';
import { type Surroundings, pageLimit, readList } from './read-list.js';
import { summarySchema, toSighting } from './summary-schema.js';

/** Our type names and those of Resource Search. */
const searchedTypes: Readonly<Record<InventoriedType, string>> = {
  database: 'Database',
  'autonomous-database': 'AutonomousDatabase',
  volume: 'Volume',
  'boot-volume': 'BootVolume',
};

/** Keeps a query far below any length limit. */
const compartmentsPerQuery = 50;

/**
 * What Resource Search finds in one region, without settings. It silently omits what the caller may not see, and may
 * lag some minutes behind the services. A failure is a fault that concerns no single compartment.
 */
export async function searchResources(
  surroundings: Surroundings,
  { at, region }: { readonly at: Place; readonly region: string },
  compartments: readonly Compartment[],
  types: readonly InventoriedType[],
): Promise<Sighting[]> {
  const { default: sdk } = await import('oci-resourcesearch');
  const client = surroundings.connection.place(
    at,
    ({ params, configuration }) => new sdk.ResourceSearchClient(params, configuration),
  );
  const schema = sightingSchema(types);
  const found: Sighting[] = [];
  for (let start = 0; start < compartments.length; start += compartmentsPerQuery) {
    const query = queryFor(compartments.slice(start, start + compartmentsPerQuery), types);
    const sightings = await readList(surroundings, {
      spot: { regions: [region], compartmentId: null },
      call: { service: 'ResourceSearch', operation: 'searchResources' },
      schema,
      getPage: async (parameter) => {
        const searchDetails = { type: 'Structured' as const, query };
        const answer = await client.searchResources({ searchDetails, limit: pageLimit, ...parameter });
        return { items: answer.resourceSummaryCollection.items ?? [], next: answer.opcNextPage };
      },
    });
    found.push(...sightings);
  }
  return found;
}

/** https://docs.oracle.com/iaas/Content/Search/Concepts/querysyntax.htm */
function queryFor(compartments: readonly Compartment[], types: readonly InventoriedType[]): string {
  const names = types.map((type) => searchedTypes[type]).join(', ');
  const conditions = compartments.map(({ id }) => `compartmentId = '${id}'`).join(' || ');
  return `query ${names} resources where ${conditions}`;
}

function sightingSchema(types: readonly InventoriedType[]): z.ZodType<Sighting> {
  const typeOf = new Map(types.map((type) => [searchedTypes[type].toLowerCase(), type]));
  const resourceType = z.string().transform((word, context) => {
    const type = typeOf.get(word.toLowerCase());
    if (type !== undefined) return type;
    context.addIssue(`${word} was not asked for`);
    return z.NEVER;
  });
  return summarySchema.extend({ identifier: z.string().min(1), resourceType }).transform((summary) =>
    toSighting(summary, {
      resourceId: summary.identifier,
      resourceType: summary.resourceType,
      name: summary.displayName,
      protection: null,
    }),
  );
}
