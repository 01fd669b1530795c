import { terminalText } from '../../../../base/terminal-text.js';
import type { DailyReport } from '../../model/daily-report.js';
import { isColdStart } from '../face-notes.js';
import { verdictWords } from '../../model/report-verdict.js';

const shownFindings = 3;

/** The day in a few lines of English, for a person at a terminal. */
export function summaryOf(report: DailyReport): readonly string[] {
  const { totals, reportDay, jobTotals } = report;
  const outcomes = Object.entries(totals.byOutcome).filter(([, number]) => number > 0);
  return [
    `${verdictWords(report)}  ${report.plan}  ${reportDay.date} (${reportDay.timezone}, ${reportDay.hours} h)`,
    ...sliceLines(report),
    ...coldStartLines(report),
    `  resources  ${totals.expected} expected = ${totals.compliant} compliant + ${totals.nonCompliant} non-compliant + ${totals.unknown} unknown + ${totals.notApplicable} not applicable`,
    ...(totals.compliancePercent === null ? [`  compliance ${nothingDue(totals.expected)}`] : []),
    `  outcomes   ${outcomes.map(([outcome, number]) => `${number} ${inWords(outcome)}`).join(', ') || 'none'}`,
    ...apartLines(report),
    ...followUpLines(report),
    `  jobs       ${jobTotals.total}`,
    ...findingLines(report),
  ];
}

/** `NON-COMPLIANT              40 of 48 compliant` */
export function verdictLineOf(report: DailyReport): string {
  const { compliant, expected, compliancePercent } = report.totals;
  const counts = compliancePercent === null ? nothingDue(expected) : `${compliant} of ${expected} compliant`;
  return `${verdictWords(report).padEnd(26)} ${counts}`;
}

/** The output of `run --json`, except what happened to the revision. */
export function answerOf(report: DailyReport): object {
  const { plan, status, statusReasons, totals, jobTotals, followUp, findings } = report;
  return { plan, date: report.reportDay.date, status, statusReasons, totals, jobTotals, followUp, findings };
}

/** A cold start does not know what it does not see. That a day has not settled is a finding. */
function coldStartLines(report: DailyReport): readonly string[] {
  if (!isColdStart(report)) return [];
  const { inventory, knownSince } = report;
  const what =
    inventory.type === 'observed'
      ? 'resources that have been silent since before'
      : 'whatever happened before';
  const are = inventory.type === 'observed' ? 'are' : 'is';
  const since = `${knownSince.slice(0, 10)} ${knownSince.slice(11, 16)} UTC`;
  return [`  cold start ${what} ${since} ${are} not known`];
}

/** 0 of 0 is no share of anything. */
function nothingDue(expected: number): string {
  return expected === 0
    ? 'nothing was due: no resource is expected'
    : `nothing was due for any of ${expected}`;
}

function sliceLines({ slice }: DailyReport): readonly string[] {
  if (slice === null) return [];
  return [`  slice      '${terminalText(slice.name)}': ${slice.resources} of ${slice.ofResources} resources`];
}

/** What is counted outside the verdicts, or not judged at all. */
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
  const first = findings.filter(({ kind }) => kind === 'not-settled');
  const others = findings.filter(({ kind }) => kind !== 'not-settled');
  const lines = [...first, ...others]
    .slice(0, shownFindings)
    .map(({ words }) => `  finding    ${terminalText(words)}`);
  const more = findings.length - shownFindings;
  return more > 0 ? [...lines, `  finding    and ${more} more, all in the report`] : lines;
}

function inWords(outcome: string): string {
  return outcome.toLowerCase().replaceAll('_', ' ');
}
