/** How a call ended. `unknown`: the record does not say. */
export const auditResults = ['succeeded', 'refused', 'failed', 'unknown'] as const;

export type AuditResult = (typeof auditResults)[number];

/** Not authenticated, not allowed, and what a service answers so that nobody learns what exists. */
const refusals: ReadonlySet<string> = new Set(['401', '403', '404']);

/** @param status of HTTP, as text; null: the record has none */
export function resultOfStatus(status: string | null): AuditResult {
  if (status === null) return 'unknown';
  if (/^[23]\d\d$/.test(status)) return 'succeeded';
  if (refusals.has(status)) return 'refused';
  return /^[45]\d\d$/.test(status) ? 'failed' : 'unknown';
}
