import { checkRange, daysOf, daysOfShard, type Shard } from '../backfill/backfill-range.js';
import { type BackfillDay, type BackfillRequest, runBackfill } from '../backfill/run-backfill.js';
import { loadPlan } from '../wiring/load-plan.js';
import {
  type LateSignatures,
  isSomethingUnsigned,
  nothingLate,
  signLate,
} from '../day/signatures/sign-late.js';
import { isSomethingUnstamped, nothingStamped, stampLate } from '../day/signatures/stamp-late.js';
import { Failure, Stopped } from '../errors.js';
import type { ReportKind } from '../reports/report-kind.js';
import { fixedTime } from '../wiring/generation-time.js';
import { type WiredPlan, wirePlan } from '../wiring/wire-plan.js';
import { type BackfillProgress, showProgress } from './backfill-progress.js';
import { type BackfillTally, exitCodeOfDay, summariseBackfill, tallyOf } from './backfill-summary.js';
import { failureAnswer } from './failure-answer.js';
import { deliveriesAnswer } from './delivery-lines.js';
import { worstOf } from './exit-codes.js';
import { type Output, createLog, reportFailure } from './output.js';
import { runIdentity } from './run-id.js';
import { dayFor } from '../model/named-day.js';
import { lateSignatureLines, lateSignaturesAnswer, noteLateUnsigned } from './signature-lines.js';
import { noteUnstamped, stampLines, stampsAnswer } from './stamp-lines.js';

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
  const mode = modeOf(options, shard);
  const loaded = await loadPlan(options.config);
  // On a terminal the progress bar takes the place of the log's info lines.
  const isTerminal = process.stderr.isTTY;
  const log = await createLog(options.logLevel ?? (isTerminal ? 'warn' : 'info'));
  const wired = await wirePlan(loaded, log);
  const { plan, ports, timezone } = wired;
  const range = {
    from: dayFor(options.from, timezone, '--from').date,
    to: dayFor(options.to, timezone, '--to').date,
    timezone,
  };
  checkRange(range, ports.clock.nowMs());
  const fixedMs = fixedTime(process.env, ports.clock.nowMs(), daysOf(range).at(-1) ?? null);
  const request: BackfillRequest = {
    ...range,
    mode,
    notify: options.mail === true,
    shard,
    ahead: options.ahead,
    writesEmpty: options.writeEmpty === true,
    generatedAtMs: () => fixedMs ?? ports.clock.nowMs(),
  };
  const number = daysOfShard(daysOf(range), shard).length;
  const progress = showProgress(plan.name, number, isTerminal && options.json !== true);
  const { days, failureCode, failure } = await followDays(
    (signal) => runBackfill(plan, { ...request, signal }, ports),
    progress,
    output,
  );
  const tally = tallyOf(days, number);
  const late = failureCode === null ? await signRange(days, range, wired) : nothingLate;
  const stamps = failureCode === null ? await stampLate(plan.name, range, ports) : nothingStamped;
  output.answer(
    options.json === true
      ? JSON.stringify({
          ...runIdentity(output),
          ...backfillAnswer(tally, days, plan.kind),
          ...lateSignaturesAnswer(late),
          ...stampsAnswer(stamps),
          ...failure,
        })
      : [
          summariseBackfill(plan.name, { ...request, config: options.config }, tally, days),
          ...lateSignatureLines(late),
          ...stampLines(stamps),
        ].join('\n'),
  );
  for (const day of days) noteFaults(day, output);
  noteLateUnsigned(late, output);
  noteUnstamped(stamps, output);
  const isLate = isSomethingUnsigned(late) || isSomethingUnstamped(stamps);
  return failureCode ?? worstOf([...days.map(exitCodeOfDay), isLate ? 4 : 0]);
}

/** What earlier runs could not sign of the range. Where its own days could not be signed, it is not tried again. */
async function signRange(
  days: readonly BackfillDay[],
  { from, to }: Pick<BackfillRequest, 'from' | 'to'>,
  { plan, ports }: WiredPlan,
): Promise<LateSignatures> {
  if (days.some((day) => day.kind === 'made' && day.result.signature?.kind === 'unsigned'))
    return nothingLate;
  return signLate(plan, { from, to, which: 'asked' }, ports);
}

/** `2/10` */
function parseShard(text: string | undefined): Shard {
  if (text === undefined) return { index: 1, of: 1 };
  const [, index = 0, of = 0] = (/^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= of) return { index, of };
  throw new Failure('usage', `--shard ${text}: not understood`, {
    hints: ['Write which of how many: 1/10 in the first of ten processes, 10/10 in the last.'],
  });
}

function modeOf({ missing, revise }: BackfillOptions, shard: Shard): BackfillRequest['mode'] {
  if (missing === true && revise === true) {
    throw new Failure('usage', '--missing and --revise cannot be combined');
  }
  if (revise === true && shard.of > 1) {
    throw new Failure('usage', '--shard works only with --missing: each revision builds on the one before', {
      hints: ['Run --revise as one process.'],
    });
  }
  return revise === true ? 'revise' : 'missing';
}

interface Followed {
  readonly days: readonly BackfillDay[];
  /** Exit code of a signal or a failure; null: it came to its end. */
  readonly failureCode: number | null;
  /** The failure, for a program. */
  readonly failure?: object;
}

/** Collects the days until the end, a signal or a failure. */
async function followDays(
  run: (signal: AbortSignal) => AsyncIterable<BackfillDay>,
  progress: BackfillProgress,
  output: Output,
): Promise<Followed> {
  const days: BackfillDay[] = [];
  const stop = new AbortController();
  const stopListening = stopOnSignals(stop, output);
  try {
    for await (const day of run(stop.signal)) {
      days.push(day);
      progress.advance(day);
    }
    return { days, failureCode: null };
  } catch (error) {
    progress.end();
    if (!(error instanceof Stopped)) {
      const failureCode = reportFailure(error, output);
      return { days, failureCode, failure: JSON.parse(failureAnswer(error, failureCode)) as object };
    }
    output.note('backup-report: stopped; run the same command again to resume');
    return { days, failureCode: 130 };
  } finally {
    progress.end();
    stopListening();
  }
}

/** Faults of the program in deliveries, which the answer cannot hold. */
function noteFaults(day: BackfillDay, output: Output): void {
  const deliveries = day.kind === 'there' ? day.deliveries : day.kind === 'made' ? day.result : null;
  for (const error of deliveries?.unexpected ?? []) reportFailure(error, output);
}

/** The first signal lets the current stage finish, the second ends the process. */
function stopOnSignals(stop: AbortController, output: Output): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const listener = (): void => {
    output.note('backup-report: stopping after the current stage; a second signal stops at once');
    stop.abort(new Stopped());
    stopListening();
  };
  const stopListening = (): void => {
    for (const signal of signals) process.off(signal, listener);
  };
  for (const signal of signals) process.once(signal, listener);
  return stopListening;
}

/** The answer to `--json`. */
function backfillAnswer(tally: BackfillTally, days: readonly BackfillDay[], kind: ReportKind): object {
  return { ...tally, days: days.map((day) => dayAnswer(day, kind)) };
}

function dayAnswer(day: BackfillDay, { standingOf }: ReportKind): object {
  const exitCode = exitCodeOfDay(day);
  if (day.kind === 'no-events' || day.kind === 'newer') return { ...day, exitCode };
  if (day.kind === 'there') {
    const { deliveries, ...there } = day;
    return { ...there, ...deliveriesAnswer(deliveries), exitCode };
  }
  const { report, revision, kind, location, signature } = day.result;
  const { status, controlTotals } = report;
  const { totals } = standingOf(report);
  const made = {
    revision,
    status,
    totals,
    controlTotals,
    location,
    signature,
    ...deliveriesAnswer(day.result),
  };
  return { date: day.date, kind, exitCode, ...made };
}
