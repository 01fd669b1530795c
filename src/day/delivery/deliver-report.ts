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

/** What became of everything that a plan sends of one revision. */
export interface Deliveries {
  /** Of the whole report; null: the plan sends no mail. */
  readonly delivery: Delivery | null;
  readonly sliceDeliveries: readonly SliceDelivery[];
  /** What became of each channel. */
  readonly notices: readonly ChannelNotice[];
}

export interface Delivery {
  readonly kind: 'delivered' | 'already-delivered' | 'refused';
  /** Where the message lies, for transports that keep it. */
  readonly location: string | null;
}

export type SliceDelivery = Delivery & { readonly name: string };

export interface ChannelNotice {
  readonly name: string;
  /** not-due: it is for trouble alone, and there is none. */
  readonly kind: NoticeKind;
}

export interface DeliveryOptions {
  /**
   * A person asks for the mail again, whoever has it. With `to`, the whole report goes to these addresses and to nobody
   * else; null: everything goes to all, and channels are notified that were not.
   */
  readonly byHand?: { readonly to: readonly string[] | null };
  /** A person runs the day again: who was refused is asked once more, though others have it. */
  readonly retriesRefused?: boolean;
}

/**
 * The whole report to the plan's recipients, each part to its own, then the channels. One that fails does not keep the
 * others back: the first error is thrown when all were tried, and what became of each stands in the ledger.
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

/** What the mail says, rendered when the first channel asks for it. */
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
