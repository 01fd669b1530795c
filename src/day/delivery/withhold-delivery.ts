import type { ReportHead } from '../../model/report-head.js';
import { findNewestRevision } from '../revisions/read-revisions.js';
import {
  type DeliveriesSoFar,
  type OwedMessage,
  archivedSlugs,
  owingPlan,
  readDeliveries,
} from './day-state.js';
import {
  type DeliverableRevision,
  type DeliveryPlan,
  type DeliveryPorts,
  openDelivery,
} from './delivery-context.js';
import { channelRoute, mailRoute } from './message-key.js';

/**
 * The messages of the newest committed revision of a day that nobody has yet, and that the ledger does not withhold. A day
 * without a report owes nothing.
 */
export async function owedMessages<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  date: string,
  ports: Pick<DeliveryPorts<R>, 'archive' | 'channels'>,
): Promise<readonly OwedMessage[]> {
  return (await whatIsOwed(plan, date, ports)).owed;
}

const nothing = { owed: [], unreadable: [] };

/** The same, with the files of the ledger that cannot be read: they count as missing. */
export async function whatIsOwed<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  date: string,
  { archive, channels }: Pick<DeliveryPorts<R>, 'archive' | 'channels'>,
): Promise<Pick<DeliveriesSoFar, 'owed' | 'unreadable'>> {
  if (plan.mail === null && channels.length === 0) return nothing;
  const newest = await findNewestRevision(archive, plan.name, date);
  if (newest === null) return nothing;
  const owing = owingPlan({ ...plan, channels }, newest.manifest);
  return readDeliveries(archive, owing, date, newest.revision);
}

/**
 * Records in the ledger that nobody is to be notified of a revision, so that a schedule that finds it later does not
 * send what a person decided not to send. `resend` still sends it. Called before the revision is committed: a process that
 * is stopped in between leaves nothing that looks unsent.
 *
 * What the revision before it still owes, this one owes in its place: what one run was to send, another does not take back.
 */
export async function withholdDelivery<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  delivered: DeliverableRevision<R>,
  ports: DeliveryPorts<R>,
): Promise<void> {
  const { ledger, mail, messageId, fields } = openDelivery(plan, delivered, ports);
  const owed = await owedMessages(plan, fields.date, ports);
  if (owed.length > 0) {
    ports.log.warn(
      { ...fields, messages: owed.length },
      'delivery: what the revision before owes is not withheld',
    );
  }
  const withhold = async ({ slug, route }: OwedMessage, transport: string): Promise<void> => {
    if (owed.some((each) => each.slug === slug && each.route === route)) return;
    await ledger.withhold({ messageId: messageId(slug), route, transport });
  };
  const slugs = mail === null ? [] : [null, ...delivered.parts.map((part) => part.slug)];
  for (const slug of slugs) await withhold({ slug, route: mailRoute }, mail?.mailer.type ?? '');
  for (const { name, type } of ports.channels)
    await withhold({ slug: null, route: channelRoute(name) }, type);
}

/**
 * Records in the ledger that archived parts for which there is no rule any more are sent to nobody. Otherwise the day
 * would never be done.
 */
export async function withholdUnroutedParts<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  delivered: DeliverableRevision<R>,
  ports: DeliveryPorts<R>,
): Promise<void> {
  const { ledger, mail, messageId, fields } = openDelivery(plan, delivered, ports);
  if (mail === null) return;
  const routed = new Set(delivered.parts.map((part) => part.slug));
  const slugs = await archivedSlugs(ports.archive, delivered.prefix);
  const unrouted = slugs.filter((slug) => !routed.has(slug));
  if (unrouted.length === 0) return;
  ports.log.warn({ ...fields, slices: unrouted.length }, 'mail: slices that no rule sends to anybody now');
  for (const slug of unrouted) {
    await ledger.withhold({ messageId: messageId(slug), route: mailRoute, transport: mail.mailer.type });
  }
}
