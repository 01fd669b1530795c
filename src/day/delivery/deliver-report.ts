import type { DailyReport } from '../../reports/backup-compliance/model/daily-report.js';
import type { Superseding } from '../../model/manifest.js';
import type { Slice } from '../../reports/backup-compliance/model/slice.js';
import type { Archive, Channel, Clock, Log, MailContent, MailRenderer, Mailer } from '../../ports.js';
import { deliverMail } from './deliver-mail.js';
import { type NoticeKind, deliverNotice } from './deliver-notice.js';
import { messageIdOf } from './delivery-files.js';
import { openLedger } from './delivery-ledger.js';
import type { StagedArtefact } from '../artefacts/describe-artefact.js';

export interface DeliveryPlan {
  readonly mail: {
    readonly from: string;
    readonly to: readonly string[];
    readonly attachWorkbook: boolean;
    readonly maxMessageBytes: number;
    /** How long a link holds that whoever has it may follow; null: only where it lies is said. */
    readonly linkExpiresMs: number | null;
  } | null;
}

/** A slice with its workbook, where one was rendered. */
export interface RenderedSlice {
  readonly slice: Slice;
  readonly report: DailyReport;
  readonly workbook: StagedArtefact | null;
}

/** One committed revision, as it is told of. */
export interface DeliverableRevision {
  readonly report: DailyReport;
  readonly revision: number;
  /** In the archive; ends in `/`. */
  readonly prefix: string;
  readonly supersedes: Superseding | null;
  readonly workbook: StagedArtefact | null;
  readonly slices: readonly RenderedSlice[];
}

export interface Deliveries {
  /** Of the whole report; null: the plan sends no mail. */
  readonly delivery: Delivery | null;
  readonly sliceDeliveries: readonly SliceDelivery[];
  /** What became of each channel. */
  readonly notices: readonly ChannelNotice[];
}

export interface Delivery {
  readonly kind: 'delivered' | 'already-delivered' | 'refused';
  readonly location: string | null;
}

export type SliceDelivery = Delivery & { readonly name: string };

export interface ChannelNotice {
  readonly name: string;
  /** not-due: it is for trouble alone, and there is none. */
  readonly kind: NoticeKind;
}

export interface DeliveryPorts {
  readonly mailer: Mailer | null;
  readonly mailRenderer: MailRenderer;
  readonly channels: readonly Channel[];
  readonly archive: Archive;
  readonly clock: Clock;
  readonly log: Log;
}

export interface DeliveryOptions {
  /**
   * A person asks for the mail again, whoever has it. With `to`, the whole report goes to these addresses and to nobody
   * else; null: everything goes to all, and channels are told that were not.
   */
  readonly byHand?: { readonly to: readonly string[] | null };
  /** A person runs the day again: who was refused is asked once more, though others have it. */
  readonly retriesRefused?: boolean;
}

/**
 * The whole report to the plan's recipients, each slice to its own, then the channels. One that fails does not keep the
 * others back: the first error is thrown when all were tried, and what became of each stands in the ledger.
 */
export async function deliverReport(
  plan: DeliveryPlan,
  delivered: DeliverableRevision,
  ports: DeliveryPorts,
  { byHand }: DeliveryOptions = {},
): Promise<Deliveries> {
  const { mailer, mailRenderer, channels, archive, clock, log } = ports;
  const { report, revision, prefix, supersedes, workbook, slices } = delivered;
  const ledger = openLedger(prefix, { archive, clock, log });
  const { failures, attempt } = collectFailures();
  const chosen = byHand?.to ?? null;

  const send = async (
    part: DailyReport,
    slug: string | null,
    to: readonly string[],
    file: StagedArtefact | null,
  ): Promise<Delivery | null> => {
    if (mailer === null || plan.mail === null) return null;
    const { from, attachWorkbook, maxMessageBytes, linkExpiresMs } = plan.mail;
    const isShared = file !== null && linkExpiresMs !== null;
    const request = {
      report: part,
      slug,
      revision,
      supersedes,
      prefix,
      from,
      to,
      attachments: attachWorkbook && file !== null ? [file] : [],
      maxMessageBytes,
      share: isShared ? { artefact: file.name, expiresMs: linkExpiresMs } : null,
      byHand: byHand !== undefined,
    };
    return attempt(async () => {
      const { kind, record } = await deliverMail(request, {
        ledger,
        archive,
        mailer,
        mailRenderer,
        clock,
        log,
      });
      log.info({ kind, messageId: record.messageId, location: record.location }, 'mail handed over');
      return { kind, location: record.location };
    });
  };

  const delivery = await send(report, null, chosen ?? plan.mail?.to ?? [], workbook);
  const sliceDeliveries: SliceDelivery[] = [];
  for (const { slice, report: part, workbook: file } of chosen === null ? slices : []) {
    const sent = await send(part, slice.slug, slice.to, file);
    if (sent !== null) sliceDeliveries.push({ name: slice.name, ...sent });
  }

  const notices: ChannelNotice[] = [];
  const location = archive.locate(`${prefix}report.html`);
  let rendering: Promise<MailContent> | undefined;
  const content = (): Promise<MailContent> =>
    (rendering ??= mailRenderer.renderMail({ report, revision, supersedes, location, attached: false }));
  const { plan: name, reportDay } = report;
  const id = messageIdOf({ plan: name, date: reportDay.date, revision }, null, plan.mail?.from ?? null);
  for (const channel of chosen === null ? channels : []) {
    const request = { report, revision, id, location, content };
    const kind = await attempt(() => deliverNotice(channel, request, { ledger, log }));
    if (kind !== null) notices.push({ name: channel.name, kind });
  }
  if (failures.length > 0) throw failures[0];
  return { delivery, sliceDeliveries, notices };
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
