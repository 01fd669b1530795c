import { loadPlan } from '../wiring/load-plan.js';
import { Failure } from '../errors.js';
import { type Period, daysPeriod, monthPeriod, mostPeriodDays, quarterPeriod } from '../model/period.js';
import { templateFaultText } from '../model/template-fault.js';
import { terminalText } from '../base/terminal-text.js';
import { makePeriodReport } from '../periods/make-period.js';
import type { PeriodDelivery, PeriodResult } from '../periods/period-plan.js';
import { generationTime } from '../wiring/generation-time.js';
import { wirePeriods } from '../wiring/wire-periods.js';
import { wirePlan } from '../wiring/wire-plan.js';
import { exitCodeOfPeriod } from './exit-codes.js';
import { type Output, createLog } from './output.js';
import { runIdentity } from './run-id.js';
import { dayFor } from '../model/named-day.js';
import {
  lateSignatureLines,
  lateSignaturesAnswer,
  noteLateUnsigned,
  noteUnsigned,
  signatureLines,
} from './signature-lines.js';
import { noteUnstamped, stampLines, stampsAnswer } from './stamp-lines.js';

export interface PeriodOptions {
  readonly config: string;
  readonly month?: string;
  readonly quarter?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
  readonly logLevel: string;
}

/**
 * `backup-report period`: the report of a month, a quarter or any days in a row, of archived days alone. Returns the exit
 * code: 3 where a day is missing or INCOMPLETE, 4 where a recipient was refused, or a signature or a time stamp is owed.
 *
 * @param wire turns the configuration into adapters
 */
export async function period(options: PeriodOptions, output: Output, wire = wirePlan): Promise<number> {
  const loaded = await loadPlan(options.config);
  const wired = await wire(loaded, await createLog(options.logLevel));
  const { timezone } = wired;
  const asked = periodAsked(options, timezone);
  const { plan, ports } = await wirePeriods(loaded, wired);
  const nowMs = ports.clock.nowMs();
  const generatedAtMs = generationTime(process.env, nowMs, null);
  const result = await makePeriodReport(plan, { period: asked, generatedAtMs }, ports);
  output.answer(
    options.json === true
      ? JSON.stringify({
          ...runIdentity(output),
          ...plan.kind.answerOf(result.report),
          ...revisionAnswer(result),
        })
      : [...plan.kind.summaryOf(result.report), ...revisionLines(result)].join('\n'),
  );
  noteFaults(result, output);
  noteUnsigned(result.signature, output);
  noteLateUnsigned(result.late, output);
  noteUnstamped(result.stamps, output);
  return exitCodeOfPeriod(result);
}

/**
 * The one period that was asked for.
 *
 * @throws Failure('usage') for none, for several, and for what is no period
 */
function periodAsked({ month, quarter, from, to }: PeriodOptions, timezone: string): Period {
  const isOfDays = from !== undefined || to !== undefined;
  if ([month !== undefined, quarter !== undefined, isOfDays].filter(Boolean).length !== 1) {
    throw new Failure('usage', 'name one period: --month, --quarter, or --from and --to', {
      hints: [
        'backup-report period --month 2026-11',
        'backup-report period --from 2026-11-01 --to 2026-11-08',
      ],
    });
  }
  if (month !== undefined) return readPeriod('--month', month, monthPeriod(month), '2026-11');
  if (quarter !== undefined) return readPeriod('--quarter', quarter, quarterPeriod(quarter), '2026-Q4');
  if (from === undefined || to === undefined) {
    throw new Failure(
      'usage',
      `--${from === undefined ? 'from' : 'to'} is missing: name the first and the last day`,
    );
  }
  const first = dayFor(from, timezone, '--from').date;
  const last = dayFor(to, timezone, '--to').date;
  const found = daysPeriod(first, last);
  if (found !== undefined) return found;
  throw new Failure('usage', `--from ${first} --to ${last}: not a period`, {
    hints: [`The first day comes first, and a period has at most ${mostPeriodDays} days.`],
  });
}

function readPeriod(option: string, written: string, found: Period | undefined, example: string): Period {
  if (found !== undefined) return found;
  throw new Failure('usage', `${option} ${written}: not understood`, { hints: [`Write it as ${example}.`] });
}

function revisionAnswer({
  revision,
  kind,
  location,
  link,
  artefacts,
  delivery,
  templateFaults,
  signature,
  late,
  stamps,
}: PeriodResult): object {
  return {
    revision,
    kind,
    location,
    ...(link !== undefined && { link }),
    artefacts,
    ...(signature !== undefined && { signature }),
    delivery,
    ...lateSignaturesAnswer(late),
    ...stampsAnswer(stamps),
    ...(templateFaults.length > 0 && { templateFaults }),
  };
}

function revisionLines(result: PeriodResult): readonly string[] {
  const { revision, kind, location, link, delivery, signature, late, stamps } = result;
  const words = kind === 'committed' ? 'archived' : 'unchanged, nothing was written';
  return [
    `  revision   ${revision} (${words})`,
    `  report     ${location}`,
    ...(link === undefined ? [] : [`  link       ${link}`]),
    ...signatureLines(signature),
    ...lateSignatureLines(late),
    ...stampLines(stamps),
    ...(delivery === null ? [] : [`  mail       ${mailWords(delivery)}`]),
  ];
}

const wordsOfDelivery: Readonly<Record<PeriodDelivery['kind'], string>> = {
  delivered: 'delivered',
  'already-delivered': 'delivered before, not sent again',
  withheld: 'not sent: it counts what the revision before it did',
  refused: 'refused',
  failed: 'failed',
};

function mailWords({ kind, location }: PeriodDelivery): string {
  return `${wordsOfDelivery[kind]}${location === null ? '' : `: ${location}`}`;
}

function noteFaults({ delivery, templateFaults }: PeriodResult, output: Output): void {
  for (const reason of delivery?.reasons ?? []) output.note(`backup-report: mail: ${terminalText(reason)}`);
  if (delivery?.kind === 'refused' || delivery?.kind === 'failed') {
    output.note('  -> Run the same command again: it goes to those who do not have it.');
  }
  for (const fault of templateFaults) {
    output.note(`backup-report: template ${terminalText(templateFaultText(fault), 500)}`);
  }
}
