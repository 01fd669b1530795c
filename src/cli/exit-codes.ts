import type { Deliveries } from '../day/delivery/deliver-report.js';
import type { DayResult } from '../day/make-daily-report.js';
import { type Severity, severities } from '../reports/backup-compliance/model/policy.js';

/** The exit codes that a report can end with, the worst first. */
const byWeight = [1, 4, 3, 5, 0];

/**
 * The exit code of a day: a refused recipient weighs more than an incomplete report, and what is not known more than
 * what is not compliant. A waived resource is an accepted exception.
 *
 * @param failOn the least severity of a non-compliant resource that counts; undefined: none does
 */
export function exitCodeOf(result: DayResult, failOn?: Severity): number {
  const { report } = result;
  if (kindsOf(result).includes('refused')) return 4;
  if (report.status === 'INCOMPLETE') return 3;
  if (failOn === undefined) return 0;
  const counted = new Set(severities.slice(0, severities.indexOf(failOn) + 1));
  const fails = report.resources.some(
    ({ compliance, waiver, severity }) =>
      compliance === 'NON_COMPLIANT' && waiver === null && counted.has(severity),
  );
  return fails ? 5 : 0;
}

export function exitCodeOfDeliveries(deliveries: Deliveries): number {
  return kindsOf(deliveries).includes('refused') ? 4 : 0;
}

/** What became of each mail and notice: delivered, refused … */
export function kindsOf({ delivery, sliceDeliveries, notices }: Deliveries): readonly string[] {
  return [delivery, ...sliceDeliveries, ...notices].flatMap((each) => each?.kind ?? []);
}

export function worstOf(codes: readonly number[]): number {
  return byWeight.find((code) => codes.includes(code)) ?? 0;
}
