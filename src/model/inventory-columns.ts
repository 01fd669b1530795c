/** The columns of an inventory in a file, in CSV and YAML alike; all but the first two are optional. */
export const inventoryColumns = [
  'resourceId',
  'resourceType',
  'resourceName',
  'compartment',
  'compartmentId',
  'owner',
  'tags',
  'created',
  'memberOf',
] as const;

export type InventoryColumn = (typeof inventoryColumns)[number];
