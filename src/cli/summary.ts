import { count } from '../base/english.js';
import { verdictWords } from '../reports/backup-compliance/model/report-verdict.js';
import type { DailyReport } from '../reports/backup-compliance/model/daily-report.js';
import type { DayResult } from '../day/make-daily-report.js';
import type { Delivery } from '../day/delivery/deliver-report.js';

const maxReasons = 10;
const maxFindings = 3;
/** Characters of a text that somebody typed. */
const maxTypedChars = 160;

const revisionWords = { committed: '', unchanged: ', unchanged', kept: ', kept: it was COMPLETE' } as const;

/** What a person at a terminal wants to know of the day, in a few lines. */
export function summariseDay(result: DayResult): string {
  const { report, revision, kind, location, delivery, sliceDeliveries, notices } = result;
  const { totals, reportDay, jobTotals } = report;
  const outcomes = Object.entries(totals.byOutcome).filter(([, number]) => number > 0);
  const lines = [
    `${verdictWords(report)}  ${report.plan}  ${reportDay.date} (${reportDay.timezone}, ${reportDay.hours} h)`,
    ...sliceLines(report),
    `  resources  ${totals.expected} expected = ${totals.compliant} compliant + ${totals.nonCompliant} non-compliant + ${totals.unknown} unknown + ${totals.notApplicable} not applicable`,
    `  outcomes   ${outcomes.map(([outcome, number]) => `${number} ${words(outcome)}`).join(', ') || 'none'}`,
    ...apartLines(report),
    ...followUpLines(report),
    `  jobs       ${jobTotals.total}`,
    ...findingLines(report),
  ];
  for (const reason of report.statusReasons.slice(0, maxReasons)) lines.push(`  INCOMPLETE ${reason}`);
  const more = report.statusReasons.length - maxReasons;
  if (more > 0) lines.push(`  INCOMPLETE and ${count(more, 'more reason')}, all in report.json`);
  lines.push(`  report     ${location} (revision ${revision}${revisionWords[kind]})`);
  if (delivery !== null) lines.push(`  mail       ${deliveryWords(delivery)}`);
  for (const each of sliceDeliveries) lines.push(`  mail       ${shown(each.name)}: ${deliveryWords(each)}`);
  for (const { name, kind: what } of notices) lines.push(`  channel    ${shown(name)}: ${what}`);
  return lines.join('\n');
}

function sliceLines({ slice }: DailyReport): readonly string[] {
  if (slice === null) return [];
  return [`  slice      '${shown(slice.name)}': ${slice.resources} of ${slice.ofResources} resources`];
}

/** What is counted apart from the verdicts, or not judged at all. */
function apartLines({ totals, notInInventory }: DailyReport): readonly string[] {
  const parts: string[] = [];
  if (totals.waived > 0) parts.push(`${totals.waived} waived (${totals.waivedBad} of them not good)`);
  if (totals.excluded > 0) parts.push(`${totals.excluded} excluded`);
  if (notInInventory.length > 0) parts.push(`${notInInventory.length} not in the inventory`);
  return parts.length === 0 ? [] : [`  apart      ${parts.join(', ')}`];
}

function followUpLines({ followUp }: DailyReport): readonly string[] {
  const { comparedWith, newlyBad, resolved } = followUp;
  if (comparedWith === null) return [];
  return [`  follow-up  ${newlyBad.length} new and ${resolved.length} resolved since ${comparedWith}`];
}

function findingLines({ findings }: DailyReport): readonly string[] {
  const lines = findings.slice(0, maxFindings).map(({ words: what }) => `  finding    ${shown(what)}`);
  const more = findings.length - maxFindings;
  return more > 0 ? [...lines, `  finding    and ${more} more, all in the report`] : lines;
}

function deliveryWords({ kind, location }: Delivery): string {
  return location === null ? kind : `${kind}: ${location}`;
}

/** A name must not steer the terminal, turn the line or fill the screen. */
function shown(text: string): string {
  // A character has at most two units: this is one character more than is shown.
  const line = text
    .slice(0, 2 * (maxTypedChars + 1))
    .toWellFormed()
    .replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, '\ufffd');
  const characters = Array.from(line);
  return characters.length <= maxTypedChars ? line : `${characters.slice(0, maxTypedChars).join('')}…`;
}

function words(outcome: string): string {
  return outcome.toLowerCase().replaceAll('_', ' ');
}
