import type { ReportHead } from '../../model/report-head.js';
import type { MailContent } from '../../ports.js';
import { deliverMail } from './deliver-mail.js';
import { type NoticeKind, deliverNotice } from './deliver-notice.js';
import {
  type DeliverableRevision,
  type DeliveryContext,
  type DeliveryPlan,
  type DeliveryPorts,
  openDelivery,
} from './delivery-context.js';
import type { MailRequest } from './draft-mail.js';

/** The results of delivering one revision. */
export interface Deliveries {
  /** The mail of the whole report; null: the plan sends no mail. */
  readonly delivery: Delivery | null;
  readonly sliceDeliveries: readonly SliceDelivery[];
  /** One for each channel. */
  readonly notices: readonly ChannelNotice[];
}

export interface Delivery {
  readonly kind: 'delivered' | 'already-delivered' | 'refused';
  /** Where the message is stored, for transports that keep it. */
  readonly location: string | null;
}

export type SliceDelivery = Delivery & { readonly name: string };

export interface ChannelNotice {
  readonly name: string;
  /** not-due: it is only for trouble, and there is none. */
  readonly kind: NoticeKind;
}

export interface DeliveryOptions {
  /**
   * A person asks for the mail again, even for those who have it. With `to`, the whole report goes to these addresses
   * only; null: everything goes to everybody, and channels that were not notified yet are.
   */
  readonly byHand?: { readonly to: readonly string[] | null };
  /** A person runs the day again: recipients who were refused are tried once more, even if others have it. */
  readonly retriesRefused?: boolean;
}

/**
 * Sends the whole report to the plan's recipients, each part to its own, and then notifies the channels. A failure does
 * not stop the rest: the first error is thrown after all were tried, and the ledger has the result of each.
 */
export async function deliverReport<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  delivered: DeliverableRevision<R>,
  ports: DeliveryPorts<R>,
  { byHand }: DeliveryOptions = {},
): Promise<Deliveries> {
  const context = openDelivery(plan, delivered, ports);
  const { failures, attempt } = collectFailures();
  const send = (mail: Omit<MailRequest<R>, 'byHand'>): Promise<Delivery | null> =>
    attempt(() => sendMail(context, { ...mail, byHand: byHand !== undefined }));
  const chosen = byHand?.to ?? null;

  const { report, workbook } = delivered;
  const delivery = await send({ report, slug: null, to: chosen ?? plan.mail?.to ?? [], workbook });

  const sliceDeliveries: SliceDelivery[] = [];
  for (const { name, ...part } of chosen === null ? delivered.parts : []) {
    const sent = await send(part);
    if (sent !== null) sliceDeliveries.push({ name, ...sent });
  }

  const notices: ChannelNotice[] = [];
  const content = renderOnce(context);
  for (const channel of chosen === null ? ports.channels : []) {
    const kind = await attempt(() => deliverNotice(context, channel, content));
    if (kind !== null) notices.push({ name: channel.name, kind });
  }
  if (failures.length > 0) throw failures[0];
  return { delivery, sliceDeliveries, notices };
}

/** null: the plan sends no mail. */
async function sendMail<R extends ReportHead>(
  context: DeliveryContext<R>,
  request: MailRequest<R>,
): Promise<Delivery | null> {
  const { mail, ports } = context;
  if (mail === null) return null;
  const { kind, record } = await deliverMail({ ...context, mail }, request);
  const { messageId, location } = record;
  ports.log.info({ kind, messageId, location }, 'mail handed over');
  return { kind, location };
}

/** The content of the mail, rendered when the first channel needs it. */
function renderOnce<R extends ReportHead>({
  delivered,
  location,
  ports,
}: DeliveryContext<R>): () => Promise<MailContent> {
  const { report, revision, supersedes } = delivered;
  let rendering: Promise<MailContent> | undefined;
  return () =>
    (rendering ??= ports.mailRenderer.renderMail({
      report,
      revision,
      supersedes,
      location,
      attached: false,
    }));
}

function collectFailures() {
  const failures: unknown[] = [];
  return {
    failures,
    async attempt<T>(work: () => Promise<T>): Promise<T | null> {
      try {
        return await work();
      } catch (error) {
        failures.push(error);
        return null;
      }
    },
  };
}
