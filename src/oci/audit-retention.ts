import { toIso } from '../base/instants.js';
import { dayMs } from '../base/time-units.js';
import { explainError, isUsageFailure } from '../errors.js';
import { reasonWords } from '../model/reasons/reason-words.js';
import { CallsSpentError } from '../http/call-gate.js';
import type { OciConnection, Place } from './connection.js';

/** No tenancy can keep records for fewer days: AuditClient, Configuration.retentionPeriodDays. */
export const leastRetentionDays = 90;

/** How long Audit keeps records, in days; null: not known, and `fault` says why. */
export interface AuditRetention {
  readonly days: number | null;
  readonly fault: string | null;
}

/** Asks Audit how long it keeps records. A failure is told in the result. Throws CallsSpentError and Failure('usage'). */
export async function readAuditRetention(
  connection: OciConnection,
  at: Place,
  tenancy: string,
): Promise<AuditRetention> {
  const { default: sdk } = await import('oci-audit');
  const client = connection.place(
    at,
    ({ params, configuration }) => new sdk.AuditClient(params, configuration),
  );
  try {
    const answer = await connection.call(() => client.getConfiguration({ compartmentId: tenancy }));
    const days: unknown = answer.configuration.retentionPeriodDays;
    if (typeof days === 'number' && days > 0) return { days, fault: null };
    return { days: null, fault: 'Audit getConfiguration: retentionPeriodDays is missing' };
  } catch (error) {
    if (isUsageFailure(error) || error instanceof CallsSpentError) throw error;
    return { days: null, fault: explainError(error) };
  }
}

/** Why records from `fromMs` on may be gone; null: they are not. Both in epoch milliseconds. */
export function retentionShortfall(
  { days, fault }: AuditRetention,
  fromMs: number,
  nowMs: number,
): string | null {
  if (fromMs >= nowMs - (days ?? leastRetentionDays) * dayMs) return null;
  const from = toIso(fromMs);
  if (days !== null) return reasonWords('auditRetentionShort', { days, from });
  return reasonWords('auditRetentionUnknown', { days: leastRetentionDays, from, why: fault ?? '' });
}
