import { uniqueFaults } from '../day/artefacts/render-with-shipped.js';
import { estimateMessageBytes } from '../day/delivery/message-size.js';
import { locateFile } from '../day/delivery/report-place.js';
import { Failure } from '../errors.js';
import { artefactNames } from '../model/artefact-names.js';
import type { PeriodHead } from '../model/period-head.js';
import type { MailMessage } from '../ports/delivery.js';
import type { MailContent } from '../ports/mail-renderer.js';
import type { DeliverablePeriod } from './deliverable-period.js';
import type { PeriodPlan, PeriodPorts } from './period-plan.js';

/** A message without what depends on the attempt. */
export type PeriodMailDraft = Omit<MailMessage, 'recipients' | 'resent' | 'messageId'>;

/** Attaches the workbook if the plan asks for it, it may be, and the message stays small enough. */
export async function draftPeriodMail<P extends PeriodHead>(
  plan: PeriodPlan<P>,
  delivered: DeliverablePeriod<P>,
  ports: PeriodPorts<P>,
  mayAttach: boolean,
): Promise<PeriodMailDraft> {
  const { mail } = plan;
  if (mail === null) throw new Failure('delivery', `the plan ${plan.name} sends no mail`);
  const { report, artefacts } = delivered;
  const head = { from: mail.from, to: mail.to, date: report.generatedAt };
  const workbook = artefacts.find(({ name }) => name === artefactNames.workbook);
  if (mayAttach && mail.attachWorkbook && workbook !== undefined) {
    const content = await contentOf(plan, delivered, ports, true);
    if (estimateMessageBytes(content, mail.to, [workbook]) <= mail.maxMessageBytes) {
      // The name shows the period, because readers keep many such files in one folder.
      const filename = `${plan.name}-${report.period.label}-${workbook.name}`;
      const { path, mediaType: contentType } = workbook;
      return { ...head, ...content, attachments: [{ filename, path, contentType }] };
    }
    const { maxMessageBytes } = mail;
    ports.log.info({ plan: plan.name, maxMessageBytes }, 'period: too large to attach the workbook');
  }
  return { ...head, ...(await contentOf(plan, delivered, ports, false)), attachments: [] };
}

async function contentOf<P extends PeriodHead>(
  plan: PeriodPlan<P>,
  { report, committed, templateFaults }: DeliverablePeriod<P>,
  { archive, mailRenderer }: PeriodPorts<P>,
  attached: boolean,
): Promise<MailContent> {
  const { revision, prefix, manifest } = committed;
  const location = locateFile(plan, archive, `${prefix}${artefactNames.page}`);
  const input = { report, revision, supersedes: manifest.supersedes, location, attached };
  const { templateFaults: found = [], ...content } = await mailRenderer.renderMail({
    ...input,
    templateFaults: [...templateFaults],
  });
  templateFaults.splice(0, templateFaults.length, ...uniqueFaults([...templateFaults, ...found]));
  return content;
}
