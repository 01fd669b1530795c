import { explainError, Failure } from '../../errors.js';
import type { ReportHead } from '../../model/report-head.js';
import { templateFaultText } from '../../model/template-fault.js';
import type { MailMessage } from '../../ports/delivery.js';
import type { MailContent, WorkbookLink } from '../../ports/mail-renderer.js';
import type { StagedArtefact } from '../artefacts/describe-artefact.js';
import type { DeliveryContext } from './delivery-context.js';
import { estimateMessageBytes } from './message-size.js';

/** For a plan that sends mail. */
export interface MailContext<R extends ReportHead> extends DeliveryContext<R> {
  readonly mail: NonNullable<DeliveryContext<R>['mail']>;
}

/** One mail of a revision: the whole report for the plan's recipients, or a part for its own. */
export interface MailRequest<R extends ReportHead> {
  readonly report: R;
  /** The part that the report is; null: the whole report. */
  readonly slug: string | null;
  /** null: it has no page of its own, and the mail leads to that of the whole report. Absent: it has one. */
  readonly page?: StagedArtefact | null;
  readonly to: readonly string[];
  /** null: there is none. */
  readonly workbook: StagedArtefact | null;
  /** A person asks for it: sent to all of `to`, even if they have it. */
  readonly byHand: boolean;
}

/** A message without what depends on the attempt. */
export type MailDraft = Omit<MailMessage, 'recipients' | 'resent'>;

/** Attaches the workbook if the plan asks for it and the message stays small enough. */
export async function draftMail<R extends ReportHead>(
  context: MailContext<R>,
  request: MailRequest<R>,
): Promise<MailDraft> {
  const { mail, fields, ports } = context;
  const { workbook, to } = request;
  if (workbook === null || !mail.attachWorkbook) return draftUnattached(context, request);
  const content = await renderMailOf(context, request, { attached: true, link: null });
  const { maxMessageBytes } = mail;
  if (estimateMessageBytes(content, to, [workbook]) > maxMessageBytes) {
    ports.log.info({ ...fields, maxMessageBytes }, 'mail: too large to attach the workbook');
    return draftUnattached(context, request);
  }
  const { name, path, mediaType } = workbook;
  // The name shows the day, because readers keep many such files in one folder.
  const filename = `${fields.plan}-${fields.date}-${name}`;
  const attachments = [{ filename, path, contentType: mediaType }];
  return { ...headOf(context, request), ...content, attachments };
}

/** Without the workbook: with a link to it, or its location. */
export async function draftUnattached<R extends ReportHead>(
  context: MailContext<R>,
  request: MailRequest<R>,
): Promise<MailDraft> {
  const link = await shareWorkbook(context, request.workbook);
  const content = await renderMailOf(context, request, { attached: false, link });
  return { ...headOf(context, request), ...content, attachments: [] };
}

function headOf<R extends ReportHead>(
  { mail, messageId }: MailContext<R>,
  { to, slug, report }: MailRequest<R>,
): Pick<MailMessage, 'from' | 'to' | 'messageId' | 'date'> {
  return { from: mail.from, to, messageId: messageId(slug), date: report.generatedAt };
}

/** The mail of the whole report or of a part. Templates that could not be used for it are noted in the context. */
export async function renderMailOf<R extends ReportHead>(
  { delivered, location: ofWhole, locationOfPart, ports, templateFaults, fields }: DeliveryContext<R>,
  { report, slug, page }: Pick<MailRequest<R>, 'report' | 'slug' | 'page'>,
  workbook: { readonly attached: boolean; readonly link?: WorkbookLink | null },
): Promise<MailContent> {
  const { revision, supersedes, templateFaults: ofReport = [], checkpoint } = delivered;
  const location = slug === null || page === null ? ofWhole : locationOfPart(slug);
  const printed = checkpoint === undefined ? {} : { checkpoint };
  const input = { report, revision, supersedes, location, ...workbook, ...printed, templateFaults: ofReport };
  const { templateFaults: found = [], ...content } = await ports.mailRenderer.renderMail(input);
  for (const fault of found) {
    const text = templateFaultText(fault);
    if (templateFaults.has(text)) continue;
    templateFaults.set(text, fault);
    ports.log.warn({ ...fields, ...fault }, 'mail: the shipped template is used instead');
  }
  return content;
}

/** null: there is no link, and the mail says where the workbook is. */
async function shareWorkbook<R extends ReportHead>(
  { mail, delivered, ports, fields }: MailContext<R>,
  workbook: StagedArtefact | null,
): Promise<WorkbookLink | null> {
  const { archive, clock, log } = ports;
  if (workbook === null || mail.linkExpiresMs === null || archive.share === undefined) return null;
  const expiresMs = clock.nowMs() + mail.linkExpiresMs;
  const { plan, date, revision } = fields;
  try {
    const name = `${plan} ${date} r${revision} ${workbook.name}`;
    return { url: await archive.share(`${delivered.prefix}${workbook.name}`, name, expiresMs), expiresMs };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    log.warn({ ...fields, reason: explainError(error) }, 'mail: no link to the workbook');
    return null;
  }
}
