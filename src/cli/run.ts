import { addDays, dateAt } from '../base/civil-dates.js';
import { loadPlan } from '../wiring/load-plan.js';
import { makeDailyReport } from '../day/make-daily-report.js';
import type { DayResult } from '../day/report-plan.js';
import {
  type LateSignatures,
  isSomethingUnsigned,
  lateDays,
  nothingLate,
  signLate,
} from '../day/signatures/sign-late.js';
import { type LateStamps, isSomethingUnstamped, stampLate } from '../day/signatures/stamp-late.js';
import { Failure, explainError } from '../errors.js';
import type { FailingCounts } from '../model/failing-counts.js';
import { severities } from '../model/severity.js';
import { templateFaultText } from '../model/template-fault.js';
import type { Heartbeat } from '../ports/delivery.js';
import { generationTime } from '../wiring/generation-time.js';
import { wireHeartbeat } from '../wiring/wire-channels.js';
import { type WiredPlan, wirePlan } from '../wiring/wire-plan.js';
import { deliveriesAnswer, failedRoutes, noteFailedDeliveries } from './delivery-lines.js';
import { exitCodeOf, worstOf } from './exit-codes.js';
import { type Output, createLog } from './output.js';
import { runIdentity } from './run-id.js';
import { begunDayFor } from '../model/named-day.js';
import {
  lateSignatureLines,
  lateSignaturesAnswer,
  noteLateUnsigned,
  noteUnsigned,
  unsignedWords,
} from './signature-lines.js';
import { noteUnstamped, stampLines, stampsAnswer } from './stamp-lines.js';
import { summariseDay } from './summary.js';

export interface RunOptions {
  readonly config: string;
  readonly date?: string;
  readonly json?: boolean;
  readonly failOn?: string;
  readonly logLevel: string;
}

/**
 * `backup-report run`: one report day, yesterday by default. Returns the exit code.
 *
 * @param wire turns the configuration into adapters
 */
export async function run(options: RunOptions, output: Output, wire = wirePlan): Promise<number> {
  const failOn = options.failOn === undefined ? null : parseFailOn(options.failOn);
  const loaded = await loadPlan(options.config);
  const log = await createLog(options.logLevel);
  const wired = await wire(loaded, log);
  const { plan, ports, timezone } = wired;
  const nowMs = ports.clock.nowMs();
  const day = begunDayFor(options.date ?? addDays(dateAt(nowMs, timezone), -1), timezone, nowMs);
  const generatedAtMs = generationTime(process.env, nowMs, day);
  const { result, late, stamps } = await withHeartbeat(
    wireHeartbeat(loaded.configuration, log),
    `${plan.name} ${day.date}`,
    async () => {
      const made = await makeDailyReport(plan, { day, generatedAtMs, retriesRefused: true }, ports);
      const signed = await signEarlier(made, wired);
      return { result: made, late: signed, stamps: await stampMade(made, wired) };
    },
  );
  const { report } = result;
  output.answer(
    options.json === true
      ? JSON.stringify({
          ...runIdentity(output),
          ...runAnswer(result, plan.kind.answerOf(report)),
          ...lateSignaturesAnswer(late),
          ...stampsAnswer(stamps),
        })
      : [
          summariseDay(result, plan.kind.summaryOf(report), options.config),
          ...lateSignatureLines(late),
          ...stampLines(stamps),
        ].join('\n'),
  );
  noteFailedDeliveries(result, output);
  noteUnsigned(result.signature, output);
  noteLateUnsigned(late, output);
  noteUnstamped(stamps, output);
  const code = exitCodeOf(result, failOn !== null && plan.kind.hasFailing(report, failOn));
  return worstOf([code, exitCodeOfLate(late, stamps)]);
}

/** What earlier runs could not sign is signed now. Where this run could not sign its own report, it is not tried again. */
async function signEarlier(
  { signature, report }: DayResult,
  { plan, ports, timezone }: WiredPlan,
): Promise<LateSignatures> {
  if (signature?.kind === 'unsigned') return nothingLate;
  const days = lateDays(ports.clock.nowMs(), timezone, report.reportDay.date);
  return signLate(plan, { ...days, which: 'asked' }, ports);
}

/** The report that was made gets its time stamp, and those of the last days that have none. */
async function stampMade({ report }: DayResult, { plan, ports, timezone }: WiredPlan): Promise<LateStamps> {
  const days = lateDays(ports.clock.nowMs(), timezone, report.reportDay.date);
  return stampLate(plan.name, days, ports);
}

function exitCodeOfLate(late: LateSignatures, stamps: LateStamps): number {
  return isSomethingUnsigned(late) || isSomethingUnstamped(stamps) ? 4 : 0;
}

/**
 * What counts, for `non-compliant`, `unknown` or one of them with a severity: `unknown:high`.
 *
 * @throws Failure('usage') for anything else
 */
function parseFailOn(text: string): FailingCounts {
  const [, verdict, severity = 'low'] = /^(non-compliant|unknown)(?::([a-z]+))?$/.exec(text) ?? [];
  const position = severities.findIndex((each) => each === severity);
  if ((verdict === 'non-compliant' || verdict === 'unknown') && position >= 0) {
    return { verdict, severities: new Set(severities.slice(0, position + 1)) };
  }
  throw new Failure('usage', `--fail-on ${text}: not understood`, {
    hints: [
      'Write non-compliant, or unknown where what cannot be said counts, too.',
      `Either with a severity, if you like: non-compliant:high (${severities.join(', ')}).`,
    ],
  });
}

interface RunResult {
  readonly result: DayResult;
  readonly late: LateSignatures;
  readonly stamps: LateStamps;
}

/** Tells an outside monitor that the job started, and how it ended. */
async function withHeartbeat(
  heartbeat: Heartbeat,
  what: string,
  make: () => Promise<RunResult>,
): Promise<RunResult> {
  await heartbeat.ping('start', what);
  try {
    const made = await make();
    const { result, late, stamps } = made;
    const code = worstOf([exitCodeOf(result), exitCodeOfLate(late, stamps)]);
    const unsigned = [
      ...unsignedWords(result.signature),
      ...lateSignatureLines(late),
      ...stampLines(stamps),
    ].map((line) => `\n${line.trim()}`);
    const failed = failedRoutes(result).map((route) => `\n${route}`);
    const faults = (result.templateFaults ?? []).map((fault) => `\ntemplate ${templateFaultText(fault)}`);
    const words = [`${what}: ${result.report.status}, exit ${code}`, ...failed, ...faults, ...unsigned].join(
      '',
    );
    await heartbeat.ping(code === 0 ? 'success' : 'failure', words);
    return made;
  } catch (error) {
    await heartbeat.ping('failure', `${what}: ${explainError(error)}`);
    throw error;
  }
}

/** The answer with `--json`. */
function runAnswer(result: DayResult, answer: object): object {
  const { revision, kind, location, link, artefacts, signature } = result;
  const place = { location, ...(link !== undefined && { link }) };
  return { ...answer, revision, kind, ...place, artefacts, signature, ...deliveriesAnswer(result) };
}
