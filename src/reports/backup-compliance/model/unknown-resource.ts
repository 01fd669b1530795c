const prefix = 'unknown:';

/** The id that stands for the protected resource where an event names none. */
export function unknownResourceId(family: string): string {
  return `${prefix}${family}`;
}

/** Whether it stands for resources that nobody knows: they have no history, and are never one resource. */
export function isUnknown({ resourceId }: { readonly resourceId: string }): boolean {
  return resourceId.startsWith(prefix);
}
