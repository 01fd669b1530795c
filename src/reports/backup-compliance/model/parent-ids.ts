/**
 * What a resource is in, from its service's point of view. `system`: the DB system or VM cluster of a database.
 * `container`: the autonomous container database, `cluster`: the autonomous VM cluster. `vault`: that of a key.
 */
export const parentLevels = ['system', 'container', 'cluster', 'vault'] as const;

export type ParentLevel = (typeof parentLevels)[number];

/** OCIDs in lower case of what a resource is in; a level that nothing told of is missing. */
export type ParentIds = Readonly<Partial<Record<ParentLevel, string>>>;

export const noParents: ParentIds = {};

export function areSameParents(a: ParentIds | undefined, b: ParentIds | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return parentLevels.every((level) => a[level] === b[level]);
}
