import type { DayState } from '../../model/day-state.js';
import type { DeliveryRecord } from '../../model/manifest.js';
import type { Archive, Channel } from '../../ports.js';
import {
  type DeliveryAttempt,
  type LetterId,
  channelRoute,
  deliveryReader,
  isWithheldSince,
  mailRoute,
  messageIdOf,
  openClaimsOf,
  recordsOf,
} from './delivery-files.js';
import type { DeliveryPlan } from './deliver-report.js';
import { listRevisions, revisionPrefix } from '../revisions/read-revisions.js';

/** What of a plan says who is told of its reports. */
export interface ToldPlan extends DeliveryPlan {
  readonly name: string;
  readonly channels: readonly Pick<Channel, 'name'>[];
}

/** So often a letter is tried that everybody refused, where other mail of the revision went out the same way. */
const triesOfRefused = 3;

const noLog = { info: () => undefined, warn: () => undefined };

/**
 * How far a day has come, from the archive's list of it and the few small files of its deliveries; no report is read.
 *
 * The letters of a revision are the whole report, one for each workbook of a slice beside it, and one for each channel.
 * A letter is delivered again where
 * - it was never tried: there is neither claim nor record of it;
 * - a claim has no record and somebody whom it names has not accepted since: a process was stopped, or is sending now;
 * - everybody refused it, because the mail server was down or the password wrong, say. That goes on for as long as
 *   nothing at all was accepted by that way, and ends after three attempts where other letters were: then it is the
 *   recipients, who are in the records.
 * It is done when somebody of its recipients has accepted it (who was refused beside them stands in the record and is not
 * tried for ever; `resend` sends to them), or when its record says that nothing was to be sent.
 */
export async function dayState(archive: Archive, plan: ToldPlan, date: string): Promise<DayState> {
  const revision = (await listRevisions(archive, plan.name, date)).findLast(
    (each) => each.hasManifest,
  )?.revision;
  if (revision === undefined) return 'missing';
  const { isDone } = await readDeliveries(archive, plan, date, revision);
  return isDone ? 'done' : 'undelivered';
}

export interface DeliveriesSoFar {
  readonly isDone: boolean;
  /** Whether somebody was refused and has not accepted it since. */
  readonly leavesOut: boolean;
  /** The record by which the whole report was accepted; null: there is none. */
  readonly mail: DeliveryRecord | null;
}

/** What the ledger of a revision says of all letters that the plan would send of it. */
export async function readDeliveries(
  archive: Archive,
  plan: ToldPlan,
  date: string,
  revision: number,
): Promise<DeliveriesSoFar> {
  const prefix = revisionPrefix(plan.name, date, revision);
  const attempts = await deliveryReader(archive, prefix, noLog)();
  const names = { plan: plan.name, date, revision };
  const from = plan.mail?.from ?? null;
  const whole = { messageId: messageIdOf(names, null, from), route: mailRoute };
  const slugs = plan.mail === null ? [] : await sliceSlugs(archive, prefix);
  const letters: readonly (LetterId & { readonly to: readonly string[] | null })[] = [
    ...(plan.mail === null ? [] : [{ ...whole, to: plan.mail.to }]),
    ...slugs.map((slug) => ({ messageId: messageIdOf(names, slug, from), route: mailRoute, to: null })),
    ...plan.channels.map(({ name }) => ({ ...whole, route: channelRoute(name), to: null })),
  ];
  return {
    leavesOut: letters.some((letter) => leavesOut(attempts, letter)),
    isDone: letters.every((letter) => isSettled(attempts, letter, letter.to)),
    mail: recordsOf(attempts, whole).findLast(({ accepted }) => accepted.length > 0) ?? null,
  };
}

/** Of the slices whose workbooks lie in a revision. */
export async function sliceSlugs(archive: Archive, prefix: string): Promise<readonly string[]> {
  return (await archive.list(prefix)).flatMap(
    ({ key }) => /^slice-([a-z0-9-]+)\.xlsx$/.exec(key.slice(prefix.length))?.[1] ?? [],
  );
}

function leavesOut(attempts: readonly DeliveryAttempt[], letter: LetterId): boolean {
  const records = recordsOf(attempts, letter);
  const accepted = new Set(records.flatMap((record) => record.accepted));
  return records.some(({ refused }) => refused.some(({ recipient }) => !accepted.has(recipient)));
}

/** @param to null: whoever accepted it is one of those whom it was for */
function isSettled(
  attempts: readonly DeliveryAttempt[],
  letter: LetterId,
  to: readonly string[] | null,
): boolean {
  const records = recordsOf(attempts, letter);
  const accepted = new Set(records.flatMap((record) => record.accepted));
  const isMeant = (recipient: string): boolean => to === null || to.includes(recipient);
  if (isWithheldSince(attempts, letter)) return true;
  const isCrash = openClaimsOf(attempts, letter).some(({ recipients }) =>
    recipients.some((recipient) => isMeant(recipient) && !accepted.has(recipient)),
  );
  if (isCrash) return false;
  if ([...accepted].some(isMeant)) return true;
  const refusals = records.filter(({ refused }) => refused.some(({ recipient }) => isMeant(recipient)));
  const transport = refusals.at(-1)?.transport;
  const isTransportUp = attempts.some(
    ({ record }) => record !== null && record.transport === transport && record.accepted.length > 0,
  );
  return isTransportUp && refusals.length >= triesOfRefused;
}
