import type { BlockstorageClient } from 'oci-core';
import { z } from 'zod';
import type { CompartmentSpot } from './findings.js';
import type { InventoriedResource, Sighting, VolumeGroups } from './inventoried-resource.js';
import { type Surroundings, pageLimit, readListAsFarAsPossible } from './read-list.js';
import { optionalText } from './summary-schema.js';

/** https://docs.oracle.com/iaas/api/#/en/iaas/latest/VolumeGroup/: volumeIds has volumes and boot volumes alike. */
const groupSchema = z.object({
  id: z.string().min(1),
  lifecycleState: optionalText,
  volumeIds: z.array(z.string()),
});

/** The volume groups of compartments; their members may be in others. Those that are gone are left out. */
export async function readVolumeGroups(
  surroundings: Surroundings,
  client: BlockstorageClient,
  spots: readonly CompartmentSpot[],
): Promise<VolumeGroups> {
  const ofMember = new Map<string, string>();
  let areWhole = true;
  for (const spot of spots) {
    const { compartmentId } = spot;
    const { items, isWhole } = await readListAsFarAsPossible(surroundings, {
      spot,
      call: { service: 'Blockstorage', operation: 'listVolumeGroups' },
      schema: groupSchema,
      getPage: async (parameter) => {
        const answer = await client.listVolumeGroups({ compartmentId, limit: pageLimit, ...parameter });
        return { items: answer.items, next: answer.opcNextPage };
      },
    });
    if (!isWhole) areWhole = false;
    for (const { id, volumeIds } of items.filter(isThere)) {
      for (const volumeId of volumeIds) ofMember.set(volumeId.toLowerCase(), id);
    }
  }
  return { ofMember, areWhole };
}

function isThere({ lifecycleState }: z.infer<typeof groupSchema>): boolean {
  return lifecycleState?.toUpperCase().startsWith('TERMINAT') !== true;
}

/** The volumes with the groups that they are in, whoever knows of it; or that this is not known. */
export function withGroups(
  resources: readonly InventoriedResource[],
  sightings: readonly Sighting[],
  { ofMember, areWhole }: VolumeGroups,
): InventoriedResource[] {
  const told = new Map(sightings.map(({ resourceId, volumeGroupId }) => [resourceId, volumeGroupId ?? null]));
  return resources.map((resource) => {
    const { resourceId, resourceType } = resource;
    const memberOf = told.get(resourceId) ?? ofMember.get(resourceId)?.toLowerCase();
    if (memberOf !== undefined) return { ...resource, memberOf };
    const isVolume = resourceType === 'volume' || resourceType === 'boot-volume';
    return isVolume && !areWhole ? { ...resource, isMembershipUnknown: true } : resource;
  });
}
