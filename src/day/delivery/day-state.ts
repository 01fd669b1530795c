import type { DayState } from '../../model/day-state.js';
import { slugOfPartWorkbook } from '../../model/artefact-names.js';
import type { DeliveryRecord } from '../../model/delivery.js';
import type { Archive, Channel } from '../../ports.js';
import { listRevisions, revisionPrefix } from '../revisions/read-revisions.js';
import {
  type DeliveryAttempt,
  isWithheld,
  lastAcceptance,
  openClaimsOf,
  recipientsReached,
  recordsOf,
} from './delivery-attempts.js';
import type { MailSettings } from './delivery-context.js';
import { deliveryReader } from './delivery-files.js';
import { type MessageKey, channelRoute, mailRoute, messageIdOf } from './message-key.js';

/** What of a plan says who is notified of its reports. */
export interface NotifyingPlan {
  readonly name: string;
  readonly mail: Pick<MailSettings, 'from' | 'to'> | null;
  readonly channels: readonly Pick<Channel, 'name'>[];
}

/** So often a message is tried that everybody refused, where other mail of the revision went out the same way. */
const triesOfRefused = 3;

const noLog = { info: () => undefined, warn: () => undefined };

/**
 * How far a day has come, from the archive's list of it and the few small files of its deliveries; no report is read.
 *
 * The messages of a revision are the whole report, one for each workbook of a part beside it, and one for each channel.
 * A message is delivered again where
 * - it was never tried: there is neither claim nor record of it;
 * - a claim has no record and somebody whom it names has not accepted since: a process was stopped, or is sending now;
 * - everybody refused it, because the mail server was down or the password wrong, say. That goes on for as long as
 *   nothing at all was accepted by that way, and ends after three attempts where other messages were: then it is the
 *   recipients, who are in the records.
 * It is done when somebody of its recipients has accepted it (who was refused beside them stands in the record and is not
 * tried for ever; `resend` sends to them), or when its record says that nothing was to be sent.
 */
export async function dayState(archive: Archive, plan: NotifyingPlan, date: string): Promise<DayState> {
  const revisions = await listRevisions(archive, plan.name, date);
  const revision = revisions.findLast(({ hasManifest }) => hasManifest)?.revision;
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

/** What the ledger of a revision says of all messages that the plan would send of it. */
export async function readDeliveries(
  archive: Archive,
  plan: NotifyingPlan,
  date: string,
  revision: number,
): Promise<DeliveriesSoFar> {
  const prefix = revisionPrefix(plan.name, date, revision);
  const attempts = await deliveryReader(archive, prefix, noLog)();
  const slugs = plan.mail === null ? [] : await archivedSlugs(archive, prefix);
  const messageId = (slug: string | null): string =>
    messageIdOf({ plan: plan.name, date, revision }, slug, plan.mail?.from ?? null);
  const whole = { messageId: messageId(null), route: mailRoute };
  const messages: readonly MessageOfPlan[] = [
    ...(plan.mail === null ? [] : [{ ...whole, to: plan.mail.to }]),
    ...slugs.map((slug) => ({ messageId: messageId(slug), route: mailRoute, to: null })),
    ...plan.channels.map(({ name }) => ({ ...whole, route: channelRoute(name), to: null })),
  ];
  return {
    leavesOut: messages.some((message) => leavesOut(attempts, message)),
    isDone: messages.every((message) => isSettled(attempts, message)),
    mail: lastAcceptance(recordsOf(attempts, whole)) ?? null,
  };
}

interface MessageOfPlan extends MessageKey {
  /** null: whoever accepted it is one of those whom it was for. */
  readonly to: readonly string[] | null;
}

/** Of the parts whose workbooks lie in a revision. */
export async function archivedSlugs(archive: Archive, prefix: string): Promise<readonly string[]> {
  const entries = await archive.list(prefix);
  return entries.flatMap(({ key }) => slugOfPartWorkbook(key.slice(prefix.length)) ?? []);
}

function leavesOut(attempts: readonly DeliveryAttempt[], message: MessageKey): boolean {
  const records = recordsOf(attempts, message);
  const reached = recipientsReached(records);
  return records.some(({ refused }) => refused.some(({ recipient }) => !reached.has(recipient)));
}

function isSettled(attempts: readonly DeliveryAttempt[], message: MessageOfPlan): boolean {
  if (isWithheld(attempts, message)) return true;
  const records = recordsOf(attempts, message);
  const reached = recipientsReached(records);
  const isMeant = (recipient: string): boolean => message.to === null || message.to.includes(recipient);
  const isUnderWay = openClaimsOf(attempts, message).some(({ recipients }) =>
    recipients.some((recipient) => isMeant(recipient) && !reached.has(recipient)),
  );
  if (isUnderWay) return false;
  if ([...reached].some(isMeant)) return true;
  const refusals = records.filter(({ refused }) => refused.some(({ recipient }) => isMeant(recipient)));
  const transport = refusals.at(-1)?.transport;
  const isTransportUp = attempts.some(
    ({ record }) => record !== null && record.transport === transport && record.accepted.length > 0,
  );
  return isTransportUp && refusals.length >= triesOfRefused;
}
