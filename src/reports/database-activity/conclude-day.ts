import { sha256Hex } from '../../base/digest.js';
import type { Conclusion, DayInput, DayRecollection } from '../report-kind.js';
import { assembleActivity } from './document/assemble-report.js';
import type { ReadActivity } from './events/open-reading.js';
import { countActivity } from './facts/count-activity.js';
import type { ActivityOptions } from './model/activity-options.js';
import type { ActivityReport } from './model/activity-report.js';

/** Turns the audit events of a day into its report: count, list, and say of which targets there is no data. */
export async function concludeActivity(
  input: DayInput<ActivityReport, DayRecollection, ReadActivity>,
  options: ActivityOptions,
): Promise<Conclusion<ActivityReport>> {
  const lines = input.facts.held.lines();
  const counted = countActivity(lines, input.day);
  const report = assembleActivity({ ...input, counted, options });
  const { records, targets, withoutData } = report.totals;
  input.log.info({ records, targets, withoutData, status: report.status }, 'day counted');
  return { report, lines, parts: () => [], inventoryDigest: sha256Hex('') };
}
