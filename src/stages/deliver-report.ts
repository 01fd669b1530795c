import type { DailyReport } from '../model/daily-report.js';
import type { Superseding } from '../model/manifest.js';
import type { Slice } from '../model/slice.js';
import type { Archive, Channel, Clock, Log, MailRenderer, Mailer } from '../ports.js';
import { deliverMail } from './deliver-mail.js';
import type { StagedArtefact } from './describe-artefact.js';

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
}

export interface Delivery {
  readonly kind: 'delivered' | 'already-delivered' | 'refused';
  readonly location: string | null;
}

export type SliceDelivery = Delivery & { readonly name: string };

export interface DeliveryPorts {
  readonly mailer: Mailer | null;
  readonly mailRenderer: MailRenderer;
  readonly channels: readonly Channel[];
  readonly archive: Archive;
  readonly clock: Clock;
  readonly log: Log;
}

/** The whole report to the plan's recipients, each slice to its own. One that fails does not keep the others back. */
export async function deliverReport(
  plan: DeliveryPlan,
  { report, revision, prefix, workbook, slices }: DeliverableRevision,
  { mailer, mailRenderer, archive, clock, log }: DeliveryPorts,
): Promise<Deliveries> {
  if (mailer === null || plan.mail === null) return { delivery: null, sliceDeliveries: [] };
  const { from, attachWorkbook, maxMessageBytes } = plan.mail;
  const failures: unknown[] = [];
  const send = async (
    part: DailyReport,
    slug: string | null,
    to: readonly string[],
    file: StagedArtefact | null,
  ): Promise<Delivery | null> => {
    const attachments = attachWorkbook && file !== null ? [file] : [];
    try {
      const { kind, record } = await deliverMail(
        { report: part, slug, revision, prefix, from, to, attachments, maxMessageBytes },
        { archive, mailer, mailRenderer, clock, log },
      );
      log.info({ kind, messageId: record.messageId, location: record.location }, 'mail handed over');
      return { kind, location: record.location };
    } catch (error) {
      failures.push(error);
      return null;
    }
  };
  const delivery = await send(report, null, plan.mail.to, workbook);
  const sliceDeliveries: SliceDelivery[] = [];
  for (const { slice, report: part, workbook: file } of slices) {
    const sent = await send(part, slice.slug, slice.to, file);
    if (sent !== null) sliceDeliveries.push({ name: slice.name, ...sent });
  }
  if (failures.length > 0) throw failures[0];
  return { delivery, sliceDeliveries };
}
