import { createHash } from 'node:crypto';

/**
 * The fragment of a link to a resource on the page: `r-1f3a9c0b2d4e`. The same every day, so that a link in a ticket
 * works with the next day's report; 48 bits, so that a collision among a million resources is unlikely.
 */
export function resourceAnchor(resourceId: string): string {
  return `r-${createHash('sha256').update(resourceId, 'utf8').digest('hex').slice(0, 12)}`;
}

/** Returns the anchor of a listed resource; null for one that is not on the page. */
export type ResourceLinks = (resourceId: string) => string | null;

/** @param listed in the table of all resources */
export function resourceLinks(listed: readonly { readonly resourceId: string }[]): ResourceLinks {
  const anchors = new Map(listed.map(({ resourceId }) => [resourceId, resourceAnchor(resourceId)]));
  return (resourceId) => anchors.get(resourceId) ?? null;
}
