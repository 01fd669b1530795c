import { toIso } from '../../../base/instants.js';

const prefix = 'unknown:';

/** Name of a resource that its event does not name. */
export const unknownName = 'resource unknown';

/** Longest end of a backup's id that is shown in place of a name. */
const shownLength = 12;

interface NamedRef {
  readonly resourceId: string;
  readonly resourceName: string;
}

/** Placeholder for the protected resource of an event that names none; `name` is what it calls it, if anything. */
export function unknownResource(family: string, name: string | undefined): NamedRef {
  return { resourceId: `${prefix}${family}`, resourceName: name ?? unknownName };
}

/**
 * The resource of one job that names none: it stands for itself alone.
 *
 * @param backup the backup's own OCID, or what else stands for it
 * @param timeMs of its end, or of its begin: one backup may be attempted again
 */
export function unknownResourceOfJob<Ref extends NamedRef>(
  resource: Ref,
  backup: string,
  timeMs: number,
): Ref {
  const { resourceId, resourceName } = resource;
  const last = backup.split('.').at(-1) ?? backup;
  const shown = last.length > shownLength ? `…${last.slice(-shownLength)}` : last;
  const called = resourceName === unknownName ? shown : `${resourceName}, ${shown}`;
  return {
    ...resource,
    resourceId: `${resourceId}:${backup}@${toIso(timeMs)}`,
    resourceName: `${unknownName} (${called})`,
  };
}

/** Whether it is such a placeholder: it has no history, and is gone with its day. */
export function isUnknown({ resourceId }: { readonly resourceId: string }): boolean {
  return resourceId.startsWith(prefix);
}
