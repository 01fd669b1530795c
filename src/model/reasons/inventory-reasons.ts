/** Why the inventory is not complete. */
export const inventoryReasons = {
  compartmentNotRead: 'the compartment {compartment} in {region} could not be read: {why}',
  ofCompartment: '{regions}, compartment {compartment}: {why}',
  andMoreLikeIt: '{why}, and {number#} more like it',
  itemNotUnderstood: 'an item cannot be understood: {issues}',
  answerNotUnderstood: 'its answer cannot be understood: {issues}',
  pageAgain: 'it names a page as the next one that was read already',
  protectedAutomatic: 'automatic backup',
  protectedOfGroup: '{means} of its volume group',
  protectedByClone: 'none: a refreshable clone',
  policyNoSchedule: '{means}, which has no schedule',
  compartmentNotAllowed: 'its compartment may not be read',
  inventoryNotWhole: 'the inventory could not be read whole',
  notInInventoryNow: 'the inventory does not name it any more',
  protectedByPolicy: 'backup policy {name}',
  protectedByNothing: 'none',
  protectedUnknown: 'unknown',
} as const;
