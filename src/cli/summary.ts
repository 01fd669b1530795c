import { count } from '../base/english.js';
import type { DayResult } from '../day/report-plan.js';
import { deliveryLines, linkLines, sendAgainLines, templateLines } from './delivery-lines.js';
import { signatureLines } from './signature-lines.js';

const maxReasons = 10;

const revisionWords = { committed: '', unchanged: ', unchanged', kept: ', kept: it was COMPLETE' } as const;

/**
 * A summary of the day for a person at a terminal, in a few lines.
 *
 * @param summary lines from the kind of report
 * @param config of the plan, for the line that sends what was not delivered
 */
export function summariseDay(result: DayResult, summary: readonly string[], config?: string): string {
  const { report, revision, kind, location } = result;
  const lines = [...summary];
  for (const reason of report.statusReasons.slice(0, maxReasons)) lines.push(`  INCOMPLETE ${reason}`);
  const more = report.statusReasons.length - maxReasons;
  if (more > 0) lines.push(`  INCOMPLETE and ${count(more, 'more reason')}, all in report.json`);
  lines.push(`  report     ${location} (revision ${revision}${revisionWords[kind]})`);
  lines.push(...signatureLines(result.signature));
  lines.push(...linkLines(result), ...deliveryLines(result), ...templateLines(result, config));
  lines.push(...sendAgainLines(result, report.reportDay.date, config));
  return lines.join('\n');
}
