import { Failure } from '../../errors.js';
import type { DailyReport } from '../../reports/backup-compliance/model/daily-report.js';
import { reportVerdict } from '../../reports/backup-compliance/model/report-verdict.js';
import type { Channel, Log, MailContent, Notice } from '../../ports.js';
import { channelRoute } from './delivery-files.js';
import { type DeliveryLedger, recordRefusal, recordSent } from './delivery-ledger.js';

export interface NoticeRequest {
  readonly report: DailyReport;
  readonly revision: number;
  /** The Message-ID of the mail. */
  readonly id: string;
  /** Where a person finds the report. */
  readonly location: string;
  /** What the mail says; asked for only where something is to be told. */
  readonly content: () => Promise<Pick<MailContent, 'subject' | 'text'>>;
}

export type NoticeKind = 'delivered' | 'already-delivered' | 'refused' | 'not-due';

/** Of the mail's text, what stands before its first list. */
const noticeLines = 20;
const noticeChars = 1500;

/**
 * Tells a channel of a revision, once; the ledger knows whether it was told. not-due: the channel is for trouble alone and
 * there is none, which the ledger knows as well. Throws what the channel throws, after recording it.
 */
export async function deliverNotice(
  channel: Channel,
  { report, revision, id, location, content }: NoticeRequest,
  { ledger, log }: { readonly ledger: DeliveryLedger; readonly log: Log },
): Promise<NoticeKind> {
  const { name, type: transport, claimMs } = channel;
  const letter = { messageId: id, route: channelRoute(name), transport };
  if (channel.when === 'trouble' && isFine(report)) {
    await ledger.withhold(letter);
    return 'not-due';
  }
  const fields = { plan: report.plan, date: report.reportDay.date, revision, channel: name };
  const turn = await ledger.take({ ...letter, recipients: [name], claimMs, byHand: false }, async () => {
    const { subject, text } = await content();
    return { title: subject, text: beginningOf(text) };
  });
  if (turn.kind === 'accepted') {
    log.info({ ...fields, attempt: turn.record.attempt }, 'channel: told before, not told again');
    return 'already-delivered';
  }
  if (turn.kind === 'told') return 'refused';

  const notice: Notice = { ...turn.prepared, location, standing: standingOf(report), report, revision, id };
  try {
    await channel.notify(notice);
  } catch (error) {
    if (error instanceof Failure) await recordRefusal(ledger, turn.claim, error.message, log);
    throw error;
  }
  await recordSent(ledger, turn.claim, { accepted: [name], refused: [], location: null }, log);
  log.info({ ...fields, type: transport }, 'channel: told');
  return 'delivered';
}

function isFine(report: DailyReport): boolean {
  return report.status === 'COMPLETE' && reportVerdict(report) === 'COMPLIANT';
}

/** As page and mail are coloured: what is only waived is not good, and what is not known never is. */
function standingOf(report: DailyReport): Notice['standing'] {
  if (reportVerdict(report) === 'NON-COMPLIANT') return 'bad';
  return isFine(report) ? 'good' : 'warning';
}

function beginningOf(text: string): string {
  const head = text.split(/\n=== /, 1)[0] ?? '';
  const lines = head
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .split('\n')
    .slice(0, noticeLines)
    .join('\n');
  const characters = [...lines];
  return characters.length <= noticeChars ? lines : `${characters.slice(0, noticeChars).join('')}…`;
}
