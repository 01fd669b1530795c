import type { DayResult } from '../day/report-plan.js';
import type { Deliveries } from '../day/delivery/deliver-report.js';

/** The exit codes that a report can end with, the worst first. */
const byWeight = [1, 4, 3, 5, 0];

/**
 * The exit code of a day: a refused recipient weighs more than an incomplete report, and what is not known more than
 * what is not compliant. A waived resource is an accepted exception.
 *
 * @param fails whether the day is to fail for what it says of the resources
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

/** What became of each mail and notice: delivered, refused … */
export function kindsOf({ delivery, sliceDeliveries, notices }: Deliveries): readonly string[] {
  return [delivery, ...sliceDeliveries, ...notices].flatMap((each) => each?.kind ?? []);
}

export function worstOf(codes: readonly number[]): number {
  return byWeight.find((code) => codes.includes(code)) ?? 0;
}
