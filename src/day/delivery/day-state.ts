import { slugOfPartWorkbook } from '../../model/artefact-names.js';
import type { DayState } from '../../model/day-state.js';
import type { DeliveryRecord } from '../../model/delivery.js';
import type { Manifest } from '../../model/manifest.js';
import type { Archive } from '../../ports/archive.js';
import type { Channel } from '../../ports/delivery.js';
import { isReport } from '../revisions/list-reported.js';
import { mustNotBeNewer, readRevisions, revisionPrefix } from '../revisions/read-revisions.js';
import {
  type DeliveryAttempt,
  lastAcceptance,
  openClaimsOf,
  recipientsReached,
  recordsOf,
  withholdingOf,
} from './delivery-attempts.js';
import type { MailSettings } from './delivery-context.js';
import { type UnreadableDelivery, deliveryReader } from './delivery-files.js';
import { type MessageKey, channelRoute, mailRoute, messageIdOf } from './message-key.js';

/** The part of a plan that says who is notified of its reports. */
export interface NotifyingPlan {
  readonly name: string;
  readonly mail: Pick<MailSettings, 'from' | 'to'> | null;
  readonly channels: readonly Pick<Channel, 'name'>[];
}

/** How often a message that was always refused is tried, if its transport delivered other messages of the revision. */
const maxRefusedTries = 3;

/**
 * The state of a day, from the list of its archived files, its manifest and the small files of its deliveries; no report is
 * read. A report that was made before its day was over is not the report of that day, which is missing then; so is a day
 * whose newest revision has a damaged manifest.
 *
 * The messages of a revision are the whole report, one for each archived workbook of a part, and one for each channel. A
 * message is delivered again if
 * - it was never tried: it has neither a claim nor a record;
 * - a claim has no record, and one of its recipients has not accepted since: the process was stopped, or still sends;
 * - all recipients were refused, for example because the mail server was down or the password wrong. It is tried again
 *   until the transport delivers something. If the mail server has taken other mails, it is tried three times: then it is
 *   the recipients who are at fault, and the records name them. Each channel is a transport of its own: it is tried until it
 *   takes the message.
 * A message is done when one of its recipients has accepted it, or when its record says that nothing was to be sent. The
 * others may have been refused: the record names them, and only `resend` or a run by hand tries them again.
 */
export async function dayState(archive: Archive, plan: NotifyingPlan, date: string): Promise<DayState> {
  const day = await readRevisions(archive, plan.name, date);
  mustNotBeNewer(day);
  const { newest, damaged } = day;
  // It is made again, under the next number.
  if (!isReport(newest, damaged)) return 'missing';
  const { isDone } = await readDeliveries(archive, owingPlan(plan, newest.manifest), date, newest.revision);
  return isDone ? 'done' : 'undelivered';
}

/**
 * The plan, without routes that were configured after the revision was made: they are not owed it. Of a revision that does
 * not say by which routes it was to be delivered, all are owed.
 */
export function owingPlan<P extends NotifyingPlan>(plan: P, { routes }: Pick<Manifest, 'routes'>): P {
  if (routes === undefined) return plan;
  const mail = routes.includes(mailRoute) ? plan.mail : null;
  return { ...plan, mail, channels: plan.channels.filter(({ name }) => routes.includes(channelRoute(name))) };
}

/** A message of a revision, without its number. */
export interface OwedMessage {
  /** Of a part; null: the whole report. */
  readonly slug: string | null;
  readonly route: string;
}

export interface DeliveriesSoFar {
  readonly isDone: boolean;
  /** What has still to be delivered. */
  readonly owed: readonly OwedMessage[];
  /** Whether a recipient was refused and has not accepted since. */
  readonly hasOpenRefusal: boolean;
  /** The record of the mail of the whole report, once somebody accepted it; null: nobody has. */
  readonly mail: DeliveryRecord | null;
  /** Files of the ledger that cannot be read; they count as missing. */
  readonly unreadable: readonly UnreadableDelivery[];
}

/** What the ledger of a revision says about all messages that the plan would send. */
export async function readDeliveries(
  archive: Archive,
  plan: NotifyingPlan,
  date: string,
  revision: number,
): Promise<DeliveriesSoFar> {
  const prefix = revisionPrefix(plan.name, date, revision);
  const unreadable: UnreadableDelivery[] = [];
  const attempts = await deliveryReader(archive, prefix, (file) => void unreadable.push(file))();
  const slugs = plan.mail === null ? [] : await archivedSlugs(archive, prefix);
  const messageId = (slug: string | null): string =>
    messageIdOf({ plan: plan.name, date, revision }, slug, plan.mail?.from ?? null);
  const whole = { messageId: messageId(null), route: mailRoute, slug: null };
  const messages: readonly MessageOfPlan[] = [
    ...(plan.mail === null ? [] : [{ ...whole, to: plan.mail.to }]),
    ...slugs.map((slug) => ({ messageId: messageId(slug), route: mailRoute, slug, to: null })),
    ...plan.channels.map(({ name }) => ({ ...whole, route: channelRoute(name), to: null })),
  ];
  const owed = messages.filter((message) => !isSettled(attempts, message));
  return {
    hasOpenRefusal: messages.some((message) => hasOpenRefusal(attempts, message)),
    isDone: owed.length === 0,
    owed: owed.map(({ slug, route }) => ({ slug, route })),
    mail: lastAcceptance(recordsOf(attempts, whole)) ?? null,
    unreadable,
  };
}

interface MessageOfPlan extends MessageKey, OwedMessage {
  /** null: not known, so everybody who accepted it counts. */
  readonly to: readonly string[] | null;
}

/** Slugs of the parts whose workbooks are in a revision. */
export async function archivedSlugs(archive: Archive, prefix: string): Promise<readonly string[]> {
  const entries = await archive.list(prefix);
  return entries.flatMap(({ key }) => slugOfPartWorkbook(key.slice(prefix.length)) ?? []);
}

function hasOpenRefusal(attempts: readonly DeliveryAttempt[], message: MessageKey): boolean {
  const records = recordsOf(attempts, message);
  const reached = recipientsReached(records);
  return records.some(({ refused }) => refused.some(({ recipient }) => !reached.has(recipient)));
}

function isSettled(attempts: readonly DeliveryAttempt[], message: MessageOfPlan): boolean {
  const isMeant = (recipient: string): boolean => message.to === null || message.to.includes(recipient);
  if (withholdingOf(attempts, message, isMeant) !== null) return true;
  const records = recordsOf(attempts, message);
  const reached = recipientsReached(records);
  const isUnderWay = openClaimsOf(attempts, message).some(({ recipients }) =>
    recipients.some((recipient) => isMeant(recipient) && !reached.has(recipient)),
  );
  if (isUnderWay) return false;
  if ([...reached].some(isMeant)) return true;
  const refusals = records.filter(({ refused }) => refused.some(({ recipient }) => isMeant(recipient)));
  const transport = refusals.at(-1)?.transport;
  const isTransportUp = attempts.some(
    ({ record }) =>
      record !== null &&
      record.transport === transport &&
      (record.route ?? mailRoute) === message.route &&
      record.accepted.length > 0,
  );
  return isTransportUp && refusals.length >= maxRefusedTries;
}
