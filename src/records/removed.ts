/** Stands where a secret stood. */
export const removed = '[removed]';
