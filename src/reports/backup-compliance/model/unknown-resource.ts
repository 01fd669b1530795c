const prefix = 'unknown:';

/** Placeholder id for the protected resource of events that name none. */
export function unknownResourceId(family: string): string {
  return `${prefix}${family}`;
}

/** Whether it is such a placeholder: it has no history, and may stand for several resources. */
export function isUnknown({ resourceId }: { readonly resourceId: string }): boolean {
  return resourceId.startsWith(prefix);
}
