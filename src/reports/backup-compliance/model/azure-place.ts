import { cloudOf } from '../../../model/resource-types.js';

/** Where a resource of Azure is; null: its rows do not say it. */
export interface AzurePlace {
  readonly subscriptionId: string | null;
  readonly resourceGroup: string | null;
  /** Name of the vault that backs it up. */
  readonly vault: string | null;
  /** As Azure names it: `westeurope`. */
  readonly region: string | null;
}

/** Ids of Azure Resource Manager, in lower case. */
const vaultPath = /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/providers\/[^/]+\/[^/]+\/([^/]+)/;
/** The region that an item's id begins with: `westeurope;900001;vm-app01`. */
const regionOfItemId = /^([a-z][a-z0-9]{2,40});/;

/** The place that the ids of a resource tell, so that reports of every age tell it alike; null: it is not in Azure. */
export function azurePlaceOf(resource: {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly compartmentId: string | null;
  readonly compartmentName: string | null;
}): AzurePlace | null {
  if (cloudOf(resource) !== 'azure') return null;
  const { compartmentName, compartmentId } = resource;
  const [, subscriptionId = null, resourceGroup = null, vault = null] =
    vaultPath.exec(compartmentId?.toLowerCase() ?? '') ?? [];
  const region = regionOfItemId.exec(resource.resourceId.toLowerCase())?.[1] ?? null;
  return { subscriptionId, resourceGroup, vault: compartmentName ?? vault, region };
}
