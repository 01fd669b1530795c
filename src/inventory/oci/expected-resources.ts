import { sha256Hex } from '../../base/digest.js';
import { compareText } from '../../base/text-order.js';
import type { ProtectedResource, Protection } from '../../model/protected-resource.js';
import type { Inventory, InventoryReading } from '../../ports/inventory.js';
import type { OciInventoryReading, RefusedCompartment } from './inventoried-resource.js';
import type { OciInventory } from './oci-inventory.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** Expects a backup of every resource that exists according to OCI's own services. */
export function createOciExpectation(inventory: OciInventory): Inventory {
  return {
    type: inventory.type,
    description: inventory.description,
    expectedResources: async (observed) => expectation(await inventory.read(), observed),
    // Written by expectation(); its digest was checked.
    readBack: (content) => JSON.parse(Buffer.from(content).toString('utf8')) as ProtectedResource[],
  };
}

/** The types that the inventory would list if it could read everything. */
const readableTypes = new Set(['database', 'autonomous-database', 'volume', 'boot-volume', 'volume-group']);

/**
 * If a compartment could not be read, or a call failed, resources known from events and earlier reports are expected as
 * well: they are not absent, their protection is unknown.
 */
function expectation(
  { resources, refused, faults }: OciInventoryReading,
  observed: readonly ProtectedResource[],
): InventoryReading {
  const listed = new Set(resources.map(({ resourceId }) => resourceId));
  const refusals = new Map(refused.map((each) => [each.compartmentId, each]));
  const hidden = observed.flatMap((resource) => {
    if (listed.has(resource.resourceId)) return [];
    if (refusals.has(resource.compartmentId ?? ''))
      return [{ ...resource, ...unknownMembership, protection: unknownForRefusal }];
    return faults.length > 0 && readableTypes.has(resource.resourceType)
      ? [{ ...resource, ...unknownMembership, protection: unknownForFaults }]
      : [];
  });
  const all = [...resources, ...hidden].sort((a, b) => compareText(a.resourceId, b.resourceId));
  const bytes = Buffer.from(JSON.stringify(all));
  return {
    resources: all,
    isNamed: true,
    faults: [...faults, ...refused.map(refusalInWords)],
    digest: sha256Hex(bytes),
    content: { bytes, mediaType: 'application/json' },
  };
}

/** Which group it was in before, it may still be in. */
const unknownMembership = { isMembershipUnknown: true } as const;

const unknownForRefusal: Protection = {
  enabled: null,
  means: reasonWords('compartmentNotAllowed'),
  retentionDays: null,
  destination: null,
};

const unknownForFaults: Protection = { ...unknownForRefusal, means: reasonWords('inventoryNotWhole') };

function refusalInWords({ compartmentId, region, reason }: RefusedCompartment): string {
  return reasonWords('compartmentNotRead', { compartment: compartmentId, region, why: reason });
}
