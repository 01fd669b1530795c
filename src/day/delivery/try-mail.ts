import type { ReportHead } from '../../model/report-head.js';
import type { TemplateFault } from '../../model/template-fault.js';
import type { DeliveryPlan, DeliveryPorts } from './delivery-context.js';

/**
 * Templates of the company's own that cannot be used for the mail of a report, found before the report is archived: its
 * page and its manifest name them. The mail itself is made when it is sent.
 */
export async function tryMail<R extends ReportHead>(
  report: R,
  { mail }: Pick<DeliveryPlan<R>, 'mail'>,
  { mailRenderer, channels }: Pick<DeliveryPorts<R>, 'mailRenderer' | 'channels'>,
): Promise<readonly TemplateFault[]> {
  const isSent = mail !== null || channels.length > 0;
  if (!isSent || mailRenderer.hasOwn !== true) return [];
  const input = { report, revision: 1, location: '', attached: false, checkpoint: '\n' };
  return (await mailRenderer.renderMail(input)).templateFaults ?? [];
}
