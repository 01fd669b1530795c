import { createHash } from 'node:crypto';

/**
 * By what a link finds a resource on a page: `r-1f3a9c0b2d4e`. The same on every day, so that a link of a ticket works
 * with tomorrow's report; 48 bits, so that among a million resources two with the same are not to be expected.
 */
export function resourceAnchor(resourceId: string): string {
  return `r-${createHash('sha256').update(resourceId, 'utf8').digest('hex').slice(0, 12)}`;
}

/** Gives the anchor of a resource that the page lists; null for one that a link would not find. */
export type ResourceLinks = (resourceId: string) => string | null;

/** @param listed of the table of all resources */
export function resourceLinks(listed: readonly { readonly resourceId: string }[]): ResourceLinks {
  const anchors = new Map(listed.map(({ resourceId }) => [resourceId, resourceAnchor(resourceId)]));
  return (resourceId) => anchors.get(resourceId) ?? null;
}
