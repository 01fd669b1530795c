import type { ReportHead } from '../../model/report-head.js';
import type { MailContent, NoticeContent } from '../../ports/mail-renderer.js';
import type { DeliveryContext } from './delivery-context.js';

/** @param before the report of trouble that it revokes for a channel; null: it is told of the report alone */
export type NoticeOf<R extends ReportHead> = (before: R | null) => Promise<NoticeContent>;

/* Limits of a notice that is the mail's text up to its first list. */
const noticeLines = 20;
const noticeChars = 1500;

export async function renderNotice<R extends ReportHead>(
  { delivered, location, ports }: DeliveryContext<R>,
  before: R | null,
): Promise<NoticeContent> {
  const { report, revision, supersedes } = delivered;
  const { mailRenderer } = ports;
  const input = { report, revision, supersedes, location };
  if (mailRenderer.renderNotice !== undefined) return mailRenderer.renderNotice({ ...input, before });
  return beginningOf(await mailRenderer.renderMail({ ...input, attached: false }));
}

function beginningOf({ subject, text }: MailContent): NoticeContent {
  const head = text.split(/\n=== /, 1)[0] ?? '';
  const lines = head
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .split('\n')
    .slice(0, noticeLines)
    .join('\n');
  const characters = [...lines];
  const isShort = characters.length <= noticeChars;
  const words = isShort ? lines : `${characters.slice(0, noticeChars).join('')}…`;
  return { title: subject, text: words, details: {} };
}
