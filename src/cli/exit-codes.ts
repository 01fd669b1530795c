import type { Deliveries } from '../day/delivery/deliver-report.js';
import type { DayResult } from '../day/report-plan.js';

/** The exit codes of a day, worst first. */
const worstFirst = [1, 4, 3, 5, 0];

/**
 * The exit code of a day. A refused recipient is worse than an incomplete report, and an incomplete report is worse than
 * a non-compliant one. A waived resource is an accepted exception.
 *
 * @param fails whether the day counts as failed because of its verdicts
 */
export function exitCodeOf(result: DayResult, fails = false): number {
  const { report } = result;
  if (kindsOf(result).includes('refused')) return 4;
  if (report.status === 'INCOMPLETE') return 3;
  return fails ? 5 : 0;
}

export function exitCodeOfDeliveries(deliveries: Deliveries): number {
  return kindsOf(deliveries).includes('refused') ? 4 : 0;
}

/** The result of each mail and notice: delivered, refused … */
export function kindsOf({ delivery, sliceDeliveries, notices }: Deliveries): readonly string[] {
  return [delivery, ...sliceDeliveries, ...notices].flatMap((each) => each?.kind ?? []);
}

export function worstOf(codes: readonly number[]): number {
  return worstFirst.find((code) => codes.includes(code)) ?? 0;
}
