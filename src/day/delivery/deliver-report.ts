import type { ReportHead } from '../../model/report-head.js';
import type { TemplateFault } from '../../model/template-fault.js';
import type { NoticeContent } from '../../ports/mail-renderer.js';
import { deliverMail } from './deliver-mail.js';
import { type NoticeKind, deliverNotice } from './deliver-notice.js';
import { type NoticeOf, renderNotice } from './render-notice.js';
import {
  type DeliverableRevision,
  type DeliveryContext,
  type DeliveryPlan,
  type DeliveryPorts,
  openDelivery,
} from './delivery-context.js';
import type { MailRequest } from './draft-mail.js';
import { type FailedRoute, type RouteFault, failedRouteOf, watchRoutes } from './route-results.js';

/** The results of delivering one revision. */
export interface Deliveries {
  /** The mail of the whole report; null: the plan sends no mail. */
  readonly delivery: Delivery | null;
  readonly sliceDeliveries: readonly SliceDelivery[];
  /** One for each channel. */
  readonly notices: readonly ChannelNotice[];
  /** Errors of the program itself; the other routes were tried all the same. Absent: there were none. */
  readonly unexpected?: readonly unknown[];
  /** Nobody was to be notified now, although an earlier run was to and did not come to it. Absent: nothing is owed. */
  readonly isOwed?: true;
  /** Templates of the company's own that could not be used for what was sent. Absent: there were none. */
  readonly templateFaults?: readonly TemplateFault[];
  /** What is wrong with the log of the plan, in English, and what to do next. Absent: nothing is. */
  readonly logFaults?: { readonly faults: readonly string[]; readonly hints: readonly string[] };
}

export interface Delivery extends RouteFault {
  /** withheld: the ledger says that nobody is to be told. */
  readonly kind: 'delivered' | 'already-delivered' | 'withheld' | FailedRoute['kind'];
  /** Where the message is stored, for transports that keep it. */
  readonly location: string | null;
}

export type SliceDelivery = Delivery & { readonly name: string };

export interface ChannelNotice extends RouteFault {
  readonly name: string;
  /** not-due: it is only for trouble, and there is none. */
  readonly kind: NoticeKind | FailedRoute['kind'];
  /** It was told that what it had been told of stands no more. Absent: it was told of the report. */
  readonly isAllClear?: true;
}

export interface DeliveryOptions {
  /**
   * A person asks for the mail again, even for those who have it. With `to`, the whole report goes to these addresses
   * only; null: everything goes to everybody, and channels that were not notified yet are.
   */
  readonly byHand?: { readonly to: readonly string[] | null };
  /**
   * A person runs the day again: recipients who were refused are tried once more, even if others have it, and routes that
   * were configured after the report was made get it.
   */
  readonly retriesRefused?: boolean;
}

/** For a run that was to notify nobody. */
export const nobodyNotified: Deliveries = { delivery: null, sliceDeliveries: [], notices: [] };

/**
 * Sends the whole report to the plan's recipients, each part to its own, and then notifies the channels. All of them are
 * tried: what failed is in the result, and the ledger has the result of each.
 */
export async function deliverReport<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  delivered: DeliverableRevision<R>,
  ports: DeliveryPorts<R>,
  { byHand }: DeliveryOptions = {},
): Promise<Deliveries> {
  const context = openDelivery(plan, delivered, ports);
  const watch = watchRoutes(ports.log, context.fields);
  const { mail } = context;
  const isByHand = byHand !== undefined;
  const send = async (route: string, request: Omit<MailRequest<R>, 'byHand'>): Promise<Delivery | null> => {
    if (mail === null) return null;
    const work = (): Promise<Delivery> => sendMail({ ...context, mail }, { ...request, byHand: isByHand });
    return { location: null, ...(await watch.attempt(route, work)) };
  };
  const chosen = byHand?.to ?? null;

  const { report, workbook } = delivered;
  const to = chosen ?? plan.mail?.to ?? [];
  const delivery = await send('mail', { report, slug: null, to, workbook });

  const sliceDeliveries: SliceDelivery[] = [];
  for (const { name, ...part } of chosen === null ? delivered.parts : []) {
    const sent = await send(`mail: ${name}`, part);
    if (sent !== null) sliceDeliveries.push({ name, ...sent });
  }

  const notices: ChannelNotice[] = [];
  const content = renderOnce(context);
  for (const channel of chosen === null ? ports.channels : []) {
    const { name } = channel;
    const told = await watch.attempt(`channel: ${name}`, () =>
      deliverNotice(context, channel, content, isByHand),
    );
    notices.push({ name, ...told });
  }
  const { unexpected } = watch;
  const templateFaults = [...context.templateFaults.values()];
  return {
    delivery,
    sliceDeliveries,
    notices,
    ...(unexpected.length === 0 ? {} : { unexpected }),
    ...(templateFaults.length === 0 ? {} : { templateFaults }),
  };
}

/** Where an archived report cannot even be read to be delivered: the result of each of its routes. */
export function undeliverable<R extends ReportHead>(
  { mail }: DeliveryPlan<R>,
  { channels }: DeliveryPorts<R>,
  error: unknown,
): Deliveries {
  const failed = failedRouteOf(error);
  return {
    delivery: mail === null ? null : { location: null, ...failed },
    sliceDeliveries: [],
    notices: channels.map(({ name }) => ({ name, ...failed })),
  };
}

async function sendMail<R extends ReportHead>(
  context: Parameters<typeof deliverMail<R>>[0],
  request: MailRequest<R>,
): Promise<Delivery> {
  const { kind, record } = await deliverMail(context, request);
  const { messageId, location, refused } = record;
  context.ports.log.info({ kind, messageId, location }, 'mail handed over');
  return { kind, location, ...(kind === 'refused' ? { refused } : {}) };
}

/** What channels are told: rendered when the first of them needs it, and apart for those to whom it is an all clear. */
function renderOnce<R extends ReportHead>(context: DeliveryContext<R>): NoticeOf<R> {
  let rendering: Promise<NoticeContent> | undefined;
  return (before) =>
    before === null ? (rendering ??= renderNotice(context, null)) : renderNotice(context, before);
}
