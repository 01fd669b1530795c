import type { BlockstorageClient } from 'oci-core';
import { z } from 'zod';
import type { Protection } from '../../model/protected-resource.js';
import type { Place } from '../../oci/connection.js';
import type { CompartmentSpot, Spot } from './findings.js';
import { type Sighting, noProtection, unknownProtection } from './inventoried-resource.js';
import { type Surroundings, inBatches, pageLimit, readList } from './read-list.js';
import { optionalText, summarySchema, toSighting } from './summary-schema.js';
import { VolumePolicies } from './volume-policies.js';

const volumeSchema = summarySchema.extend({ id: z.string().min(1), volumeGroupId: optionalText });

type Volume = z.infer<typeof volumeSchema>;

/** The block storage of one region. */
export interface VolumeService {
  readonly client: BlockstorageClient;
  readonly policies: VolumePolicies;
}

export async function openVolumeService({ connection }: Surroundings, at: Place): Promise<VolumeService> {
  const { default: sdk } = await import('oci-core');
  const client = connection.place(
    at,
    ({ params, configuration }) => new sdk.BlockstorageClient(params, configuration),
  );
  return { client, policies: new VolumePolicies(connection, client) };
}

/** The volumes or boot volumes of a compartment, in all its availability domains. */
export async function readVolumes(
  surroundings: Surroundings,
  { client, policies }: VolumeService,
  resourceType: 'volume' | 'boot-volume',
  spot: CompartmentSpot,
): Promise<Sighting[]> {
  const operation = resourceType === 'volume' ? 'listVolumes' : 'listBootVolumes';
  const { compartmentId } = spot;
  const volumes = await readList(surroundings, {
    spot,
    call: { service: 'Blockstorage', operation },
    schema: volumeSchema,
    getPage: async (parameter) => {
      const answer = await client[operation]({ compartmentId, limit: pageLimit, ...parameter });
      return { items: answer.items, next: answer.opcNextPage };
    },
  });
  return inBatches(volumes, async (volume) =>
    toSighting(volume, {
      resourceId: volume.id,
      resourceType,
      name: volume.displayName,
      protection: await volumeProtectionOf(surroundings, policies, volume, spot),
    }),
  );
}

async function volumeProtectionOf(
  { findings }: Surroundings,
  policies: VolumePolicies,
  volume: Volume,
  spot: Spot,
): Promise<Protection> {
  // A terminated volume has no policy, and asking for it would look like a refusal.
  if (volume.lifecycleState?.toUpperCase().startsWith('TERMINAT') === true) return unknownProtection;
  const protection = await findings.attempt(spot, async () => {
    const own = await policies.policyOf(volume.id);
    if (own !== null) return own;
    const ofGroup = volume.volumeGroupId === null ? null : await policies.policyOf(volume.volumeGroupId);
    return ofGroup === null ? noProtection : { ...ofGroup, means: `${ofGroup.means} of its volume group` };
  });
  return protection ?? unknownProtection;
}
