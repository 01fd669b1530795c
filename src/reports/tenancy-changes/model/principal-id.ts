import type { AuditCaller } from '../../../records/audit/audit-call.js';

/** What a principal is known by from day to day: its OCID, else its name; null: nobody is told. */
export function principalIdOf({
  principalId,
  principalName,
}: Pick<AuditCaller, 'principalId' | 'principalName'>): string | null {
  return principalId?.toLowerCase() ?? principalName;
}
