import type { BlockstorageClient } from 'oci-core';
import { z } from 'zod';
import type { Protection } from '../../model/protected-resource.js';
import type { Place } from '../../oci/connection.js';
import type { CompartmentSpot, Spot } from './findings.js';
import { type Sighting, type VolumeGroups, noProtection, unknownProtection } from './inventoried-resource.js';
import { type Surroundings, inBatches, pageLimit, readList } from './read-list.js';
import { readVolumeGroups } from './read-volume-groups.js';
import { optionalText, summarySchema, toSighting } from './summary-schema.js';
import { VolumePolicies } from './volume-policies.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

const volumeSchema = summarySchema.extend({ id: z.string().min(1), volumeGroupId: optionalText });

type Volume = z.infer<typeof volumeSchema>;

/** The block storage of one region. */
export interface VolumeService {
  readonly client: BlockstorageClient;
  readonly policies: VolumePolicies;
  readonly groups: VolumeGroups;
}

/** Reads the groups of the compartments first: what backs a volume up may be assigned to its group. */
export async function openVolumeService(
  surroundings: Surroundings,
  at: Place,
  spots: readonly CompartmentSpot[],
): Promise<VolumeService> {
  const { connection } = surroundings;
  const { default: sdk } = await import('oci-core');
  const client = connection.place(
    at,
    ({ params, configuration }) => new sdk.BlockstorageClient(params, configuration),
  );
  const groups = await readVolumeGroups(surroundings, client, spots);
  return { client, groups, policies: new VolumePolicies(connection, client) };
}

/** The volumes or boot volumes of a compartment, in all its availability domains. */
export async function readVolumes(
  surroundings: Surroundings,
  { client, policies, groups }: VolumeService,
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
  return inBatches(volumes, async (volume) => {
    // The group's list is what is backed up; the volume's own field may be missing.
    const groupId = groups.ofMember.get(volume.id.toLowerCase()) ?? volume.volumeGroupId;
    const protection = await volumeProtectionOf(
      surroundings,
      policies,
      { ...volume, volumeGroupId: groupId },
      spot,
    );
    const own = { resourceId: volume.id, resourceType, name: volume.displayName, protection };
    return { ...toSighting(volume, own), volumeGroupId: groupId?.toLowerCase() ?? null };
  });
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
    return ofGroup === null
      ? noProtection
      : { ...ofGroup, means: reasonWords('protectedOfGroup', { means: ofGroup.means }) };
  });
  return protection ?? unknownProtection;
}
