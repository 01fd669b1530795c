import { count } from '../base/english.js';
import { terminalText } from '../base/terminal-text.js';
import { loadPlan } from '../wiring/load-plan.js';
import { type DayExplanation, explainDay } from '../day/explain/explain-day.js';
import { wirePlan } from '../wiring/wire-plan.js';
import { type Output, createLog } from './output.js';
import { dayFor } from '../model/named-day.js';

export interface ExplainResourceOptions {
  readonly config: string;
  /** Its OCID or its name. */
  readonly resource: string;
  readonly date: string;
  readonly json?: boolean;
  readonly logLevel: string;
}

/** `backup-report explain --resource X --date D`: why a resource has its outcome and its verdict. Returns the exit code. */
export async function explainResourceOfDay(
  { config, resource, date, json, logLevel }: ExplainResourceOptions,
  output: Output,
): Promise<number> {
  const loaded = await loadPlan(config, { secretsOf: [] });
  const { plan, ports, timezone } = await wirePlan(loaded, await createLog(logLevel));
  const day = dayFor(date, timezone);
  const explanation = await explainDay(ports.archive, plan, day.date, resource);
  const place = { plan: plan.name, date: day.date };
  output.answer(json === true ? JSON.stringify(answerOf(place, explanation)) : inWords(place, explanation));
  return explanation.status === 'COMPLETE' ? 0 : 3;
}

interface Place {
  readonly plan: string;
  readonly date: string;
}

function answerOf(place: Place, { subject, ...explanation }: DayExplanation): object {
  return { ...place, ...explanation, ...subject.answer };
}

function inWords(
  { plan, date }: Place,
  { subject, revision, status, statusReasons, records, rejected }: DayExplanation,
): string {
  return [
    `${terminalText(subject.name)}  ${subject.id}`,
    `  report     ${plan}  ${date}, revision ${revision}, ${status}`,
    ...statusReasons.map((reason) => `  INCOMPLETE ${terminalText(reason, Number.POSITIVE_INFINITY)}`),
    ...subject.lines,
    '',
    `  records${records.length === 0 ? ': none' : ''}`,
    ...records.map(
      ({ record, disposition, time, became, place }) =>
        `    ${String(record).padStart(6)}  ${disposition.padEnd(9)}  ${time ?? ''}  ${terminalText(became ?? '')}  ${terminalText(place)}`,
    ),
    ...(rejected === 0
      ? []
      : [`    ${count(rejected, 'record')} of the day could not be read: any may be about it`]),
  ].join('\n');
}
