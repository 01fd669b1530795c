import type { Finding } from '../../ports/finding.js';
import { operationOf } from '../../records/audit/operation.js';

/**
 * What the types of the records say of how they are collected: the audit of a tenancy that lives is never empty, and ends
 * come with begins.
 *
 * @param days the time span that the records cover
 */
export function diagnoseAuditTypes(
  eventTypes: ReadonlyMap<string, number>,
  days: number,
): Omit<Finding, 'check'> {
  const numbers = { begin: 0, end: 0, single: 0 };
  const services = new Set<string>();
  for (const [type, number] of eventTypes) {
    const { phase, service } = operationOf(type, undefined);
    numbers[phase] += number;
    services.add(service.toLowerCase());
  }
  const total = numbers.begin + numbers.end + numbers.single;
  const words = `in ${days} days: ${total} records of ${services.size} services`;
  if (total === 0) {
    return {
      state: 'failed',
      words,
      advice:
        'The audit of a tenancy is never empty: check the right to read audit-events, and the compartments.',
    };
  }
  if (numbers.begin > 0 && numbers.end === 0) {
    return {
      state: 'warning',
      words: `${words}; begins of long operations, and never an end`,
      advice: 'Without ends nobody knows how long operations came out: collect the .end types as well.',
    };
  }
  return { state: 'ok', words, advice: null };
}
