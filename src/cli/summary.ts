import { count } from '../base/english.js';
import { terminalText } from '../base/terminal-text.js';
import type { Delivery } from '../day/delivery/deliver-report.js';
import type { DayResult } from '../day/report-plan.js';

const maxReasons = 10;

const revisionWords = { committed: '', unchanged: ', unchanged', kept: ', kept: it was COMPLETE' } as const;

/**
 * A summary of the day for a person at a terminal, in a few lines.
 *
 * @param summary lines from the kind of report
 */
export function summariseDay(result: DayResult, summary: readonly string[]): string {
  const { report, revision, kind, location, delivery, sliceDeliveries, notices } = result;
  const lines = [...summary];
  for (const reason of report.statusReasons.slice(0, maxReasons)) lines.push(`  INCOMPLETE ${reason}`);
  const more = report.statusReasons.length - maxReasons;
  if (more > 0) lines.push(`  INCOMPLETE and ${count(more, 'more reason')}, all in report.json`);
  lines.push(`  report     ${location} (revision ${revision}${revisionWords[kind]})`);
  if (delivery !== null) lines.push(`  mail       ${deliveryWords(delivery)}`);
  for (const each of sliceDeliveries) {
    lines.push(`  mail       ${terminalText(each.name)}: ${deliveryWords(each)}`);
  }
  for (const { name, kind: what } of notices) lines.push(`  channel    ${terminalText(name)}: ${what}`);
  return lines.join('\n');
}

function deliveryWords({ kind, location }: Delivery): string {
  return location === null ? kind : `${kind}: ${location}`;
}
