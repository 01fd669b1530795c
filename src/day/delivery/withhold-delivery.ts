import type { ReportHead } from '../../model/report-head.js';
import { archivedSlugs } from './day-state.js';
import {
  type DeliverableRevision,
  type DeliveryPlan,
  type DeliveryPorts,
  openDelivery,
} from './delivery-context.js';
import { channelRoute, mailRoute } from './message-key.js';

/**
 * Records in the ledger that nobody is to be notified of a revision, so that a schedule that finds it later does not
 * send what a person decided not to send. `resend` still sends it.
 */
export async function withholdDelivery<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  delivered: DeliverableRevision<R>,
  ports: DeliveryPorts<R>,
): Promise<void> {
  const { ledger, mail, messageId } = openDelivery(plan, delivered, ports);
  if (mail !== null) {
    for (const slug of [null, ...delivered.parts.map((part) => part.slug)]) {
      await ledger.withhold({ messageId: messageId(slug), route: mailRoute, transport: mail.mailer.type });
    }
  }
  for (const { name, type } of ports.channels) {
    await ledger.withhold({ messageId: messageId(null), route: channelRoute(name), transport: type });
  }
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
