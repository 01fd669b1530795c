import { Failure } from '../../errors.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Channel, MailContent, Notice } from '../../ports.js';
import type { DeliveryContext } from './delivery-context.js';
import { recordRefusal, recordSent } from './delivery-ledger.js';
import { channelRoute } from './message-key.js';

export type NoticeKind = 'delivered' | 'already-delivered' | 'refused' | 'not-due';

/* Limits of a notice, which is the mail's text up to its first list. */
const noticeLines = 20;
const noticeChars = 1500;

/**
 * Notifies a channel of a revision, once; the ledger knows whether it was. not-due: the channel is only for trouble and
 * there is none, which the ledger records, too. Throws what the channel throws, after recording it.
 *
 * @param content of the mail; called only if the channel is to be notified
 */
export async function deliverNotice<R extends ReportHead>(
  context: DeliveryContext<R>,
  channel: Channel,
  content: () => Promise<Pick<MailContent, 'subject' | 'text'>>,
): Promise<NoticeKind> {
  const { delivered, kind, ledger, location, ports, messageId } = context;
  const { report, revision } = delivered;
  const { name, type: transport, claimMs } = channel;
  const id = messageId(null);
  const message = { messageId: id, route: channelRoute(name), transport };
  const standing = kind.standingOf(report);
  if (channel.when === 'trouble' && standing.level === 'good') {
    await ledger.withhold(message);
    return 'not-due';
  }
  const addressed = { ...message, recipients: [name], claimMs, byHand: false };
  const outcome = await ledger.claim(addressed, async () => noticeText(await content()));
  const { log } = ports;
  const fields = { ...context.fields, channel: name };
  if (outcome.kind === 'accepted') {
    log.info({ ...fields, attempt: outcome.record.attempt }, 'channel: notified before, not notified again');
    return 'already-delivered';
  }
  if (outcome.kind === 'refused-meanwhile') return 'refused';

  const { claim, prepared } = outcome;
  const notice: Notice = { ...prepared, location, standing, report, revision, id };
  try {
    await channel.notify(notice);
  } catch (error) {
    if (error instanceof Failure) await recordRefusal(ledger, claim, error.message, log);
    throw error;
  }
  await recordSent(ledger, claim, { accepted: [name], refused: [], location: null }, log);
  log.info({ ...fields, type: transport }, 'channel: notified');
  return 'delivered';
}

function noticeText({
  subject,
  text,
}: Pick<MailContent, 'subject' | 'text'>): Pick<Notice, 'title' | 'text'> {
  const head = text.split(/\n=== /, 1)[0] ?? '';
  const lines = head
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .split('\n')
    .slice(0, noticeLines)
    .join('\n');
  const characters = [...lines];
  const isShort = characters.length <= noticeChars;
  return { title: subject, text: isShort ? lines : `${characters.slice(0, noticeChars).join('')}…` };
}
