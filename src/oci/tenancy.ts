import type { IdentityClient, requests } from 'oci-identity';
import { z } from 'zod';
import { explainError, isUsageFailure } from '../errors.js';
import { CallsSpentError } from '../http/call-gate.js';
import type { OciConnection, Place } from './connection.js';
import { listPages } from './list-pages.js';

const service = 'Identity';
/** The longest page that Identity allows. */
const limit = 1000;

/** A compartment as Identity lists it. */
export interface TenancyCompartment {
  /** As written by the service: calls need it that way. */
  readonly id: string;
  readonly name: string;
  /** null: not told. */
  readonly parentId: string | null;
  /** It is gone, but listed for as long as the service remembers it. */
  readonly isDeleted: boolean;
}

/** What could be listed, and why that is not all, in words; null: it is. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly fault: string | null;
}

const compartmentSchema = z
  .object({
    id: z.string().min(1),
    name: z.string(),
    compartmentId: z.string().nullish(),
    lifecycleState: z.string().nullish(),
  })
  .transform(({ id, name, compartmentId, lifecycleState }) => ({
    id,
    name,
    parentId: compartmentId ?? null,
    isDeleted: lifecycleState?.toUpperCase() === 'DELETED',
  }));

const subscriptionSchema = z.object({ regionName: z.string().min(1), status: z.string().nullish() });

/** Identity of a tenancy. It answers the same in every region. */
export interface TenancyDirectory {
  /** Every compartment below the root, deleted ones included. */
  compartments(): Promise<Listed<TenancyCompartment>>;
  /** Identifiers of the regions that the tenancy uses: us-ashburn-1. */
  regions(): Promise<Listed<string>>;
}

/**
 * What fails is told in the result. Both throw CallsSpentError, and Failure('usage') if OCI does not accept the credentials.
 *
 * @param tenancy OCID
 */
export async function openTenancy(
  connection: OciConnection,
  at: Place,
  tenancy: string,
): Promise<TenancyDirectory> {
  const { default: sdk } = await import('oci-identity');
  const client = connection.place(
    at,
    ({ params, configuration }) => new sdk.IdentityClient(params, configuration),
  );
  const access = sdk.requests.ListCompartmentsRequest.AccessLevel.Any;
  return {
    compartments: () =>
      collect(compartmentSchema, pagesOfCompartments(connection, client, { tenancy, access })),
    regions: () => collect(subscriptionSchema, regionsOf(connection, client, tenancy)).then(namesOf),
  };
}

async function* pagesOfCompartments(
  connection: OciConnection,
  client: IdentityClient,
  {
    tenancy,
    access,
  }: {
    readonly tenancy: string;
    readonly access: requests.ListCompartmentsRequest.AccessLevel;
  },
): AsyncGenerator<readonly unknown[]> {
  const call = { service, operation: 'listCompartments' };
  const pages = listPages(connection, call, async (parameter) => {
    const answer = await client.listCompartments({
      compartmentId: tenancy,
      compartmentIdInSubtree: true,
      accessLevel: access,
      limit,
      ...parameter,
    });
    return { items: answer.items, next: answer.opcNextPage };
  });
  for await (const { items } of pages) yield items;
}

async function* regionsOf(
  connection: OciConnection,
  client: IdentityClient,
  tenancyId: string,
): AsyncGenerator<readonly unknown[]> {
  yield (await connection.call(() => client.listRegionSubscriptions({ tenancyId }))).items;
}

/** One that is still being set up cannot be called. */
function namesOf({ items, fault }: Listed<z.infer<typeof subscriptionSchema>>): Listed<string> {
  const ready = items.filter(({ status }) => status?.toUpperCase() !== 'IN_PROGRESS');
  return { items: ready.map(({ regionName }) => regionName), fault };
}

async function collect<T>(
  schema: z.ZodType<T>,
  pages: AsyncIterable<readonly unknown[]>,
): Promise<Listed<T>> {
  const items: T[] = [];
  try {
    for await (const page of pages) items.push(...z.array(schema).parse(page));
    return { items, fault: null };
  } catch (error) {
    if (isUsageFailure(error) || error instanceof CallsSpentError) throw error;
    return { items, fault: error instanceof z.ZodError ? z.prettifyError(error) : explainError(error) };
  }
}
