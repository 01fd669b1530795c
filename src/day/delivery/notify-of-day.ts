import type { ReportHead } from '../../model/report-head.js';
import { type Deliveries, type DeliveryOptions, deliverReport, nobodyNotified } from './deliver-report.js';
import type { DeliverableRevision, DeliveryPlan, DeliveryPorts } from './delivery-context.js';
import { deliverArchived } from './redeliver.js';
import { owedMessages } from './withhold-delivery.js';

/** Notifies of a revision that was just committed. */
export async function notifyOfCommitted<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  delivered: DeliverableRevision<R>,
  ports: DeliveryPorts<R>,
  notify: boolean,
): Promise<Deliveries> {
  if (notify) return deliverReport(plan, delivered, ports);
  return notNotified(plan, delivered.report.reportDay.date, ports);
}

/** Notifies those who were not notified of the report that a day keeps. */
export async function notifyOfKept<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  date: string,
  ports: DeliveryPorts<R>,
  { notify, ...options }: Pick<DeliveryOptions, 'retriesRefused'> & { readonly notify: boolean },
): Promise<Deliveries> {
  if (notify) return deliverArchived(plan, date, ports, options);
  return notNotified(plan, date, ports);
}

async function notNotified<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  date: string,
  ports: DeliveryPorts<R>,
): Promise<Deliveries> {
  const owed = await owedMessages(plan, date, ports);
  return owed.length > 0 ? { ...nobodyNotified, isOwed: true } : nobodyNotified;
}
