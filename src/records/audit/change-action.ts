/** What a change did. `other`: its verb is not known, or says nothing. */
export const changeActions = ['created', 'updated', 'deleted', 'other'] as const;

export type ChangeAction = (typeof changeActions)[number];

/** How the name of an operation begins, and what such an operation does. The first that fits counts. */
const actionsByName: readonly (readonly [RegExp, ChangeAction])[] = [
  [/^Cancel\w*Deletion$/i, 'updated'],
  [/^Schedule\w*Deletion$/i, 'deleted'],
  [/^(?:BulkDelete|Delete|Terminate|Purge|Remove|Drop|Destroy)/i, 'deleted'],
  [/^(?:Create|Launch|Provision|Add|Copy|Clone|Import|Upload|Generate|Register)/i, 'created'],
  [/^(?:Update|Change|Modify|Set|Enable|Disable|Rename|Move|Attach|Detach|Restore|Resize)/i, 'updated'],
  [/^(?:Rotate|Reset|Start|Stop|Restart|Reboot|Switchover|Failover|Activate|Deactivate)/i, 'updated'],
  [/^(?:Cancel|Configure|Edit|Patch|Upgrade|Migrate|InstanceAction|Assign|Unassign)/i, 'updated'],
];

const actionsByVerb: ReadonlyMap<string, ChangeAction> = new Map([
  ['DELETE', 'deleted'],
  ['PUT', 'updated'],
  ['PATCH', 'updated'],
]);

/**
 * What an operation did to its resource, by its name and else by its verb. A POST may do anything.
 *
 * @param verb in upper case; null: the record has none, and what it did is not known
 */
export function actionOf(verb: string | null, eventName: string): ChangeAction {
  if (verb === null) return 'other';
  const named = actionsByName.find(([pattern]) => pattern.test(eventName))?.[1];
  return named ?? actionsByVerb.get(verb) ?? 'other';
}
