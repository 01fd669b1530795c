import { loadPlan } from '../wiring/load-plan.js';
import { addressValue } from '../config/values.js';
import { redeliver } from '../day/delivery/redeliver.js';
import type { ReportPlace } from '../day/delivery/report-place.js';
import { Failure } from '../errors.js';
import { wirePlan } from '../wiring/wire-plan.js';
import {
  deliveriesAnswer,
  deliveryLines,
  linkLines,
  noteFailedDeliveries,
  sendAgainLines,
  templateLines,
} from './delivery-lines.js';
import { exitCodeOfDeliveries } from './exit-codes.js';
import { type Output, createLog } from './output.js';
import { runIdentity } from './run-id.js';
import { begunDayFor } from '../model/named-day.js';

export interface ResendOptions {
  readonly config: string;
  readonly date: string;
  readonly to?: readonly string[];
  readonly json?: boolean;
  readonly logLevel: string;
}

/**
 * `backup-report resend`: sends the mail of an archived day again, to everybody or to some addresses. Reads only the
 * archive. Returns the exit code: 4 when a recipient was refused.
 */
export async function resend(options: ResendOptions, output: Output): Promise<number> {
  const to = options.to ?? null;
  if (to !== null) mustBeAddresses(to);
  const loaded = await loadPlan(options.config);
  const { plan, ports, timezone } = await wirePlan(loaded, await createLog(options.logLevel));
  const { date } = begunDayFor(options.date, timezone, ports.clock.nowMs());
  if (plan.mail === null && (to !== null || ports.channels.length === 0)) {
    throw new Failure('usage', `the plan ${plan.name} sends no mail: mail.type is none`);
  }
  const resent = await redeliver(plan, date, ports, { byHand: { to } });
  const named = { plan: plan.name, date, revision: resent.revision };
  const lines = [
    `${plan.name}  ${date}  revision ${resent.revision}`,
    ...placeLines(resent),
    ...deliveryLines(resent, 'whole report'),
    ...templateLines(resent, options.config),
    ...sendAgainLines(resent, date, options.config),
  ];
  const json = { ...named, ...linkedPlace(resent), ...deliveriesAnswer(resent) };
  output.answer(
    options.json === true ? JSON.stringify({ ...runIdentity(output), ...json }) : lines.join('\n'),
  );
  noteFailedDeliveries(resent, output);
  return exitCodeOfDeliveries(resent);
}

/** Where the report is, for a plan whose archive a browser finds: the mails of others name it by its link. */
function linkedPlace({ location, link }: ReportPlace): Partial<ReportPlace> {
  return link === undefined ? {} : { location, link };
}

function placeLines(resent: ReportPlace): readonly string[] {
  return resent.link === undefined ? [] : [`  report     ${resent.location}`, ...linkLines(resent)];
}

function mustBeAddresses(to: readonly string[]): void {
  const wrong = to.find((each) => !addressValue.safeParse(each).success);
  if (wrong === undefined) return;
  throw new Failure('usage', `--to ${JSON.stringify(wrong)}: not a mail address`, {
    hints: ['Write it as ops@example.com.'],
  });
}
