import type { Deliveries } from '../day/delivery/deliver-report.js';
import type { DayResult } from '../day/report-plan.js';
import { isSomethingUnsigned } from '../day/signatures/sign-late.js';
import { isSomethingUnstamped } from '../day/signatures/stamp-late.js';
import type { PeriodResult } from '../periods/period-plan.js';

/** The exit codes of a day, worst first. */
const worstFirst = [1, 4, 3, 5, 0];

/**
 * The exit code of a day. A delivery that failed or is still owed, a template that could not be used, or a report that is to be
 * signed and is not, is worse than an incomplete report, and that is worse than a non-compliant one. A waived resource is an accepted exception.
 *
 * @param fails whether the day counts as failed because of its verdicts
 */
export function exitCodeOf(result: DayResult, fails = false): number {
  const { report } = result;
  const delivered = exitCodeOfDeliveries(result);
  if (delivered !== 0) return delivered;
  if (result.signature?.kind === 'unsigned') return 4;
  if (report.status === 'INCOMPLETE') return 3;
  return fails ? 5 : 0;
}

/**
 * 1 for a fault of the program itself; 4 also where a template of the company's own could not be used, or something is wrong
 * with the log of the plan.
 */
export function exitCodeOfDeliveries(deliveries: Deliveries): number {
  if (deliveries.unexpected !== undefined) return 1;
  const hasFaults = deliveries.templateFaults !== undefined || deliveries.logFaults !== undefined;
  return isDelivered(deliveries) && !hasFaults ? 0 : 4;
}

/** Whether everybody who is to be told was. */
export function isDelivered(deliveries: Deliveries): boolean {
  if (deliveries.unexpected !== undefined || deliveries.isOwed === true) return false;
  return !kindsOf(deliveries).some((kind) => kind === 'refused' || kind === 'failed');
}

/** The result of each mail and notice: delivered, refused … */
export function kindsOf({ delivery, sliceDeliveries, notices }: Deliveries): readonly string[] {
  return [delivery, ...sliceDeliveries, ...notices].flatMap((each) => each?.kind ?? []);
}

export function worstOf(codes: readonly number[]): number {
  return worstFirst.find((code) => codes.includes(code)) ?? 0;
}

/** 4 where somebody did not get the mail, a template could not be used, or a signature or a time stamp is owed; 3 where a day is missing or INCOMPLETE. */
export function exitCodeOfPeriod(result: PeriodResult): number {
  const { delivery, templateFaults, report, signature, late, stamps } = result;
  if (signature?.kind === 'unsigned' || isSomethingUnsigned(late) || isSomethingUnstamped(stamps)) return 4;
  if (delivery?.kind === 'refused' || delivery?.kind === 'failed' || templateFaults.length > 0) return 4;
  return report.status === 'INCOMPLETE' ? 3 : 0;
}
