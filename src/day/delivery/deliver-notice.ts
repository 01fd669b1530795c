import { Failure } from '../../errors.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Channel, SendResult } from '../../ports/delivery.js';
import { allClearText, findRevoked } from './all-clear.js';
import { readToldReport } from './read-tellings.js';
import type { NoticeOf } from './render-notice.js';
import type { DeliveryContext } from './delivery-context.js';
import { recordRefusal, recordSent } from './delivery-ledger.js';
import { channelRoute } from './message-key.js';

/** withheld: the ledger says that it is not to be told. not-due: it is only for trouble, and there is none. */
export type NoticeKind = 'delivered' | 'already-delivered' | 'withheld' | 'not-due';

export type NoticeResult =
  | { readonly kind: NoticeKind; readonly isAllClear?: true }
  | { readonly kind: 'refused'; readonly refused: SendResult['refused'] };

/**
 * Notifies a channel of a revision, once; the ledger knows whether it was. A channel that is only for trouble is told of a
 * good report where that revokes trouble that it was told of; otherwise it is not due, which the ledger records, too.
 * Throws what the channel throws, after recording it.
 *
 * @param content what it is told; called only if it is to be notified
 * @param isByHand a person asks for it, so it is told even if the ledger says that nobody is to be
 */
export async function deliverNotice<R extends ReportHead>(
  context: DeliveryContext<R>,
  channel: Channel,
  content: NoticeOf<R>,
  isByHand = false,
): Promise<NoticeResult> {
  const { delivered, kind, language, ledger, location, ports, messageId } = context;
  const { report, revision } = delivered;
  const { name, type: transport, claimMs } = channel;
  const id = messageId(null);
  const message = { messageId: id, route: channelRoute(name), transport };
  const standing = kind.standingOf(report);
  const isGood = channel.when === 'trouble' && standing.level === 'good';
  const revokes = isGood ? await findRevoked(context, message.route) : null;
  if (isGood && revokes === null) {
    await ledger.withhold(message);
    return { kind: 'not-due' };
  }
  const addressed = {
    ...message,
    recipients: [name],
    claimMs,
    byHand: false,
    mayBeWithheld: !isByHand,
    standing: standing.level,
  };
  const { log, archive } = ports;
  const place = { archive, kind, plan: context.fields.plan };
  const outcome = await ledger.claim(addressed, async () =>
    content(revokes && (await readToldReport(place, revokes.date, revokes.revision))),
  );
  const fields = { ...context.fields, channel: name };
  if (outcome.kind === 'accepted') {
    log.info({ ...fields, attempt: outcome.record.attempt }, 'channel: notified before, not notified again');
    return { kind: 'already-delivered' };
  }
  if (outcome.kind === 'withheld') return { kind: 'withheld' };
  if (outcome.kind === 'refused-meanwhile') return { kind: 'refused', refused: outcome.record.refused };

  const { claim, prepared } = outcome;
  const words = revokes === null ? prepared : { ...prepared, ...allClearText(prepared, revokes, language) };
  const notice = { ...words, location, standing, report, revision, id, ...(revokes && { revokes }) };
  try {
    await channel.notify(notice);
  } catch (error) {
    if (error instanceof Failure) await recordRefusal(ledger, claim, error.message, log);
    throw error;
  }
  await recordSent(ledger, claim, { accepted: [name], refused: [], location: null }, log);
  log.info({ ...fields, type: transport, ...(revokes && { revokes }) }, 'channel: notified');
  return { kind: 'delivered', ...(revokes && { isAllClear: true }) };
}
