import { terminalText } from '../../../base/terminal-text.js';
import type { BackupJob } from '../model/backup-job.js';
import type { ControlResult, ResourceCompliance } from '../model/resource-compliance.js';
import { controlNames } from '../model/verdict.js';
import type { ResourceCase } from './resource-case.js';

/** The verdict of a resource and what it rests on, for a person at a terminal. */
export function linesOfResource({ resource, policy, jobs, incidents, changes }: ResourceCase): string[] {
  return [
    `  outcome    ${resource.outcome}`,
    `  verdict    ${resource.compliance}${badSince(resource)}`,
    ...waiverLines(resource.waiver),
    `  policy     ${policyWords(resource.policy, policy)}`,
    `  last good  ${resource.lastSuccessTime ?? 'no successful backup is known'}`,
    ...pointsLine(resource.recoveryPoints),
    ...resource.findings.map((words) => `  finding    ${terminalText(words, Number.POSITIVE_INFINITY)}`),
    '',
    '  controls',
    ...controlNames.flatMap((name) => controlLines(name, resource.controls[name])),
    '',
    `  jobs of the day${jobs.length === 0 ? ': none' : ''}`,
    ...jobs.map(jobLine),
    ...sectionOf(
      'incidents',
      incidents.map(
        ({ state, condition, openedAt, clearedAt }) =>
          `${state} ${terminalText(condition)}, ${openedAt ?? 'begin unknown'} to ${clearedAt ?? 'the cut-off'}`,
      ),
    ),
    ...sectionOf(
      'changes of the day',
      changes.map(
        ({ time, what, state }) =>
          `${time} ${terminalText(what)}${state === null ? '' : `: ${terminalText(state)}`}`,
      ),
    ),
  ];
}

function badSince({ consecutiveBadDays, badSince: since }: ResourceCase['resource']): string {
  if (since === null || consecutiveBadDays < 2) return '';
  return `, for ${consecutiveBadDays} reports in a row, since ${since}`;
}

/** What is left of its backups; nothing for a report of a version that counted none. */
function pointsLine(points: ResourceCompliance['recoveryPoints']): string[] {
  if (points === undefined) return [];
  const { count, newest, oldest } = points;
  return [`  points     ${count === 0 ? 'none known' : `${count} known, ${oldest} to ${newest}`}`];
}

function waiverLines(waiver: ResourceCase['resource']['waiver']): string[] {
  if (waiver === null) return [];
  const { reason, approvedBy, expires } = waiver;
  return [
    `  waived     until ${expires} by ${terminalText(approvedBy)}: ${terminalText(reason)} (changes no verdict)`,
  ];
}

function policyWords(name: string, policy: ResourceCase['policy']): string {
  if (policy === null) return terminalText(name);
  const { match, cadence, maxAge, maxDuration } = policy;
  return `${terminalText(name)} (${terminalText(match)}): ${cadence}, at most ${maxAge} old, at most ${maxDuration} long`;
}

function controlLines(name: string, { verdict, reason, measured, threshold }: ControlResult): string[] {
  const against = threshold === null ? '' : `, demanded ${threshold}`;
  const numbers = measured === null ? '' : ` (${measured}${against})`;
  return [`    ${verdict.padEnd(15)} ${name.padEnd(20)} ${terminalText(reason)}${numbers}`];
}

function jobLine({ status, state, kind, startTime, endTime, backupType, statusMessage }: BackupJob): string {
  const word = state === null || state === status ? '' : ` (${terminalText(state)})`;
  const type = backupType === null ? '' : `, ${terminalText(backupType)}`;
  const message = statusMessage === null ? '' : `: ${terminalText(statusMessage)}`;
  return `    ${status}${word}  ${kind}${type}, ${startTime ?? 'begin unknown'} to ${endTime ?? 'not ended'}${message}`;
}

function sectionOf(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `  ${title}`, ...lines.map((line) => `    ${line}`)];
}
