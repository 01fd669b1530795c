import {
  type BackfillDay,
  type BackfillRequest,
  checkRange,
  daysOf,
  runBackfill,
} from '../backfill/run-backfill.js';
import { loadConfiguration } from '../config/load.js';
import { Failure, Stopped } from '../errors.js';
import { generationTime } from '../wiring/generation-time.js';
import { wirePlan } from '../wiring/wire-plan.js';
import { showProgress } from './backfill-progress.js';
import {
  type BackfillTally,
  exitCodeOfDay,
  summariseBackfill,
  tallyOf,
  worstOf,
} from './backfill-summary.js';
import { type Output, createLog, reportFailure } from './output.js';
import { dayFor } from './run.js';

export interface BackfillOptions {
  readonly config: string;
  readonly from: string;
  readonly to: string;
  readonly missing?: boolean;
  readonly revise?: boolean;
  readonly mail?: boolean;
  readonly shard?: string;
  readonly ahead: number;
  readonly writeEmpty?: boolean;
  readonly json?: boolean;
  readonly logLevel?: string;
}

/** `backup-report backfill`: the reports of a range of days. Returns the exit code, the worst of the days. */
export async function backfill(options: BackfillOptions, output: Output): Promise<number> {
  const shard = parseShard(options.shard);
  const mode = modeOf(options);
  if (mode === 'revise' && shard.of > 1) {
    throw new Failure('usage', '--shard goes with --missing alone: revisions follow from each other', {
      hints: ['Run --revise as one process.'],
    });
  }
  const loaded = await loadConfiguration(options.config);
  // On a terminal the bar tells how far it is.
  const isTerminal = process.stderr.isTTY;
  const log = await createLog(options.logLevel ?? (isTerminal ? 'warn' : 'info'));
  const { plan, ports, timezone } = await wirePlan(loaded, log);
  const { from, to } = options;
  dayFor(from, timezone);
  dayFor(to, timezone);
  checkRange({ from, to, timezone }, ports.clock.nowMs());
  const stop = new AbortController();
  const request: BackfillRequest = {
    from,
    to,
    timezone,
    mode,
    notify: options.mail === true,
    shard,
    ahead: options.ahead,
    writesEmpty: options.writeEmpty === true,
    generatedAtMs: () => generationTime(process.env, ports.clock.nowMs()),
    signal: stop.signal,
  };
  const ownDays = daysOf(request).filter((_day, index) => index % shard.of === shard.index - 1).length;
  const progress = showProgress(plan.name, ownDays, isTerminal && options.json !== true);
  const days: BackfillDay[] = [];
  let failed = 0;
  const stopListening = stopOnSignals(stop, output);
  try {
    for await (const day of runBackfill(plan, request, ports)) {
      days.push(day);
      progress.advance(day);
    }
  } catch (error) {
    progress.end();
    if (error instanceof Stopped) output.note('backup-report: stopped; run the same again to go on');
    failed = error instanceof Stopped ? 130 : reportFailure(error, output);
  } finally {
    progress.end();
    stopListening();
  }
  const tally = tallyOf(days, ownDays);
  output.answer(
    options.json === true
      ? JSON.stringify(answerOf(tally, days))
      : summariseBackfill(plan.name, request, tally, days),
  );
  return failed === 0 ? worstOf(days.map(exitCodeOfDay)) : failed;
}

function modeOf({ missing, revise }: BackfillOptions): BackfillRequest['mode'] {
  if (missing === true && revise === true) {
    throw new Failure('usage', '--missing and --revise: only one of the two can be meant');
  }
  return revise === true ? 'revise' : 'missing';
}

/** `2/10` */
function parseShard(text: string | undefined): BackfillRequest['shard'] {
  if (text === undefined) return { index: 1, of: 1 };
  const [, index = 0, of = 0] = (/^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= of) return { index, of };
  throw new Failure('usage', `--shard ${text}: not understood`, {
    hints: ['Write which of how many: 1/10 in the first of ten processes, 10/10 in the last.'],
  });
}

/** The first signal lets the stage at hand end, the second ends the process. */
function stopOnSignals(stop: AbortController, output: Output): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const listener = (): void => {
    output.note('backup-report: stopping after the stage at hand; once more stops at once');
    stop.abort(new Stopped());
    stopListening();
  };
  const stopListening = (): void => {
    for (const signal of signals) process.off(signal, listener);
  };
  for (const signal of signals) process.once(signal, listener);
  return stopListening;
}

function answerOf(tally: BackfillTally, days: readonly BackfillDay[]): object {
  return { ...tally, days: days.map(dayAnswer) };
}

function dayAnswer(day: BackfillDay): object {
  const exitCode = exitCodeOfDay(day);
  if (day.kind !== 'made') return { ...day, exitCode };
  const { report, revision, kind, location } = day.result;
  const { status, totals, controlTotals } = report;
  return { date: day.date, kind, exitCode, revision, status, totals, controlTotals, location };
}
