import { count } from '../base/english.js';
import { toIso } from '../base/instants.js';
import { terminalText } from '../base/terminal-text.js';
import { loadPlan } from '../wiring/load-plan.js';
import type { ForwardResult } from '../forward/forward-records.js';
import { forwardRecords } from '../forward/forward-records.js';
import { wireForward } from '../wiring/wire-forward.js';
import { worstOf } from './exit-codes.js';
import { type Output, createLog } from './output.js';
import { runIdentity } from './run-id.js';

export interface ForwardOptions {
  readonly config: string;
  readonly json?: boolean;
  readonly logLevel: string;
}

/**
 * `backup-report forward`: sends what the plan's sources have collected since the last time to a log of OCI Logging. Returns the exit
 * code: 3 where not everything could be read, 4 where the log did not take or may not have everything.
 */
export async function forward(options: ForwardOptions, output: Output): Promise<number> {
  const loaded = await loadPlan(options.config, { secretsOf: ['redactKey'] });
  const { plan, ports } = await wireForward(loaded, await createLog(options.logLevel));
  const result = await forwardRecords(plan, ports);
  const { location } = ports.sink;
  output.answer(
    options.json === true
      ? JSON.stringify({ ...runIdentity(output), ...answerOf(result, location) })
      : linesOf(result, location).join('\n'),
  );
  return exitCodeOfForward(result);
}

/** 3 where the reading is not complete; 4 where the log does not have everything, or may not. */
export function exitCodeOfForward({
  reasons,
  rejected,
  unavailable,
  batches,
  readBack,
}: ForwardResult): number {
  const isMissing =
    unavailable !== null ||
    batches.some(({ refused, unknown }) => refused.length + unknown.length > 0) ||
    readBack.some(({ found }) => found !== null && found.none.length > 0);
  return worstOf([isMissing ? 4 : 0, reasons.length + rejected > 0 ? 3 : 0]);
}

function answerOf(result: ForwardResult, log: string): object {
  const { collected, records, there, rejected, resumed, reasons, unavailable, readBack } = result;
  return {
    log,
    collected: { from: toIso(collected.fromMs), to: toIso(collected.toMs) },
    records,
    forwarded: forwardedBy(result),
    there,
    rejected,
    refused: result.batches.flatMap(({ refused }) => refused),
    possiblyTwice: result.batches.reduce((sum, { possiblyTwice }) => sum + possiblyTwice.length, 0),
    unknown: result.batches.flatMap(({ unknown }) => unknown),
    batches: result.batches.length,
    resumed,
    readBack,
    complete: reasons.length === 0 && rejected === 0,
    reasons,
    unavailable,
  };
}

function forwardedBy({ batches }: ForwardResult): number {
  return batches.reduce((sum, { accepted }) => sum + accepted, 0);
}

function linesOf(result: ForwardResult, log: string): readonly string[] {
  const { collected, batches, records, there, rejected, resumed, reasons, unavailable, readBack, isFirst } =
    result;
  const refused = batches.reduce((sum, each) => sum + each.refused.length, 0);
  const twice = batches.reduce((sum, { possiblyTwice }) => sum + possiblyTwice.length, 0);
  const unknown = batches.reduce((sum, each) => sum + each.unknown.length, 0);
  const span = `collected from ${toIso(collected.fromMs)} to ${toIso(collected.toMs)}`;
  const lines = [
    `${count(forwardedBy(result), 'record')} forwarded to ${terminalText(log)} in ${count(batches.length, 'batch', 'batches')}`,
    `  ${count(records, 'record')} read, ${span}; ${there} of them were there already`,
  ];
  if (isFirst)
    lines.push('  nothing was forwarded before: forward.since in the configuration says where it begins');
  if (resumed > 0)
    lines.push(
      `  ${count(resumed, 'batch', 'batches')} of a run that was stopped: sent again with the same ids`,
    );
  if (twice > 0) lines.push(`  ${count(twice, 'record')} possibly twice in the log: an answer was lost`);
  if (refused > 0)
    lines.push(
      `  ${count(refused, 'record')} refused by the log: see the files *.refused.ndjson.gz of its journal`,
    );
  if (unknown > 0)
    lines.push(
      `  ${count(unknown, 'record')} of a run that was stopped are given no more: nobody knows whether the log has them`,
    );
  for (const each of readBack) lines.push(`  ${readBackInWords(each)}`);
  if (rejected > 0) lines.push(`  not forwarded, because nobody can read them: ${count(rejected, 'record')}`);
  for (const reason of reasons) lines.push(`  not everything was read: ${terminalText(reason)}`);
  if (unavailable !== null) {
    lines.push(`  the log did not take everything: ${terminalText(unavailable.words)}`);
    lines.push('  -> Nothing is lost: the next run goes on from here.');
  }
  return lines;
}

function readBackInWords({ batch, found, doubt }: ForwardResult['readBack'][number]): string {
  if (found === null) return `batch ${batch} is not counted in the log yet: ${terminalText(doubt ?? '')}`;
  const { once, several, none } = found;
  const words = [`${once} once`, `${several.length} more than once`, `${none.length} not found`];
  return `batch ${batch} counted in the log: ${words.join(', ')}`;
}
