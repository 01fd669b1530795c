import type { Archive, Channel, Clock, Log, Mailer } from '../../ports.js';
import { channelRoute, mailRoute, messageIdOf } from './delivery-files.js';
import { openLedger } from './delivery-ledger.js';
import type { DeliverableRevision, DeliveryPlan } from './deliver-report.js';

/**
 * Writes into the ledger that nobody is to be told of a revision, so that a schedule which finds it later does not send
 * what a person decided not to send. `resend` sends it all the same.
 */
export async function withholdDelivery(
  { mail }: DeliveryPlan,
  { report, revision, prefix, slices }: DeliverableRevision,
  ports: {
    readonly mailer: Mailer | null;
    readonly channels: readonly Channel[];
    readonly archive: Archive;
    readonly clock: Clock;
    readonly log: Log;
  },
): Promise<void> {
  const { mailer, channels } = ports;
  const ledger = openLedger(prefix, ports);
  const names = { plan: report.plan, date: report.reportDay.date, revision };
  const idOf = (slug: string | null): string => messageIdOf(names, slug, mail?.from ?? null);
  if (mail !== null && mailer !== null) {
    for (const slug of [null, ...slices.map(({ slice }) => slice.slug)]) {
      await ledger.withhold({ messageId: idOf(slug), route: mailRoute, transport: mailer.type });
    }
  }
  for (const { name, type } of channels) {
    await ledger.withhold({ messageId: idOf(null), route: channelRoute(name), transport: type });
  }
}
