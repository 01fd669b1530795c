import type { IdentityClient, requests } from 'oci-identity';
import { z } from 'zod';
import { compareText } from '../../base/text-order.js';
import type { Place } from '../../oci/connection.js';
import { type Surroundings, pageLimit, parseAnswer, readList } from './read-list.js';

const service = 'Identity';

type AccessLevel = requests.ListCompartmentsRequest.AccessLevel;

export interface Compartment {
  /** As originally written: calls need it that way. */
  readonly id: string;
  /** null if it could not be read. */
  readonly name: string | null;
}

export interface CompartmentChoice {
  readonly compartments: readonly string[];
  readonly includeSubcompartments: boolean;
}

const compartmentSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  lifecycleState: z.string().nullish(),
});

/** One traversal of Identity, which answers the same in every region. */
interface Walk {
  readonly surroundings: Surroundings;
  readonly client: IdentityClient;
  readonly access: AccessLevel;
  readonly regions: readonly string[];
  /** By OCID in lower case. */
  readonly found: Map<string, Compartment>;
  /** OCIDs in lower case of those whose children have been requested. */
  readonly walked: Set<string>;
}

/**
 * The chosen compartments, with everything below them if so chosen, sorted by OCID. One that cannot be read stays,
 * without a name, and is recorded as refused in all regions. Throws only Failure('usage').
 */
export async function readCompartments(
  surroundings: Surroundings,
  at: Place,
  regions: readonly string[],
  choice: CompartmentChoice,
): Promise<Compartment[]> {
  const { default: sdk } = await import('oci-identity');
  const client = surroundings.connection.place(
    at,
    ({ params, configuration }) => new sdk.IdentityClient(params, configuration),
  );
  const access = sdk.requests.ListCompartmentsRequest.AccessLevel.Any;
  const walk: Walk = { surroundings, client, access, regions, found: new Map(), walked: new Set() };
  for (const id of choice.compartments) {
    const key = id.toLowerCase();
    if (!walk.found.has(key)) walk.found.set(key, await readCompartment(walk, id));
    if (choice.includeSubcompartments) await walkBelow(walk, id);
  }
  return [...walk.found.values()].sort((a, b) => compareText(a.id.toLowerCase(), b.id.toLowerCase()));
}

async function readCompartment(walk: Walk, id: string): Promise<Compartment> {
  const { connection, findings } = walk.surroundings;
  const call = { service, operation: 'getCompartment' };
  const name = await findings.attempt({ regions: walk.regions, compartmentId: id }, async () => {
    const { compartment } = await connection.call(() => walk.client.getCompartment({ compartmentId: id }));
    return parseAnswer(call, compartmentSchema, compartment).name;
  });
  return { id, name };
}

/** Identity lists a whole subtree only for the tenancy; below a compartment it lists the next level. */
async function walkBelow(walk: Walk, top: string): Promise<void> {
  const isTenancy = top.toLowerCase().startsWith('ocid1.tenancy.');
  const parents = [top];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    if (walk.walked.has(parent.toLowerCase())) continue;
    walk.walked.add(parent.toLowerCase());
    for (const child of await listChildren(walk, parent, isTenancy)) {
      const key = child.id.toLowerCase();
      if (!walk.found.has(key)) walk.found.set(key, child);
      if (!isTenancy) parents.push(child.id);
    }
  }
}

async function listChildren(walk: Walk, parent: string, inSubtree: boolean): Promise<Compartment[]> {
  const items = await readList(walk.surroundings, {
    spot: { regions: walk.regions, compartmentId: parent, hidesOthers: true },
    call: { service, operation: 'listCompartments' },
    schema: compartmentSchema,
    getPage: async (parameter) => {
      const answer = await walk.client.listCompartments({
        compartmentId: parent,
        compartmentIdInSubtree: inSubtree,
        accessLevel: walk.access,
        limit: pageLimit,
        ...parameter,
      });
      return { items: answer.items, next: answer.opcNextPage };
    },
  });
  return items
    .filter(({ lifecycleState }) => lifecycleState?.toUpperCase() !== 'DELETED')
    .map(({ id, name }) => ({ id, name }));
}
