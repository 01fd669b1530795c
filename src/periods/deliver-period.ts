import { lastAcceptance, recordsOf, withholdingOf } from '../day/delivery/delivery-attempts.js';
import { deliveryReader, logUnreadable } from '../day/delivery/delivery-files.js';
import { openLedger, recordRefusal, recordSent } from '../day/delivery/delivery-ledger.js';
import { type MessageKey, mailRoute, messageIdOf } from '../day/delivery/message-key.js';
import { Failure, MessageTooLarge, explainError } from '../errors.js';
import type { PeriodHead } from '../model/period-head.js';
import type { SendResult } from '../ports/delivery.js';
import type { CommittedDraft } from './commit-period.js';
import type { DeliverablePeriod } from './deliverable-period.js';
import { draftPeriodMail } from './draft-period-mail.js';
import type { PeriodDelivery, PeriodPlan, PeriodPorts } from './period-plan.js';
import type { CommittedPeriod } from './period-revisions.js';

/**
 * Mails a revision once to each of the plan's recipients; the ledger of the revision knows who has it. A failure is in the
 * result: the report is archived all the same, and the next run sends what is left.
 */
export async function deliverPeriod<P extends PeriodHead>(
  plan: PeriodPlan<P>,
  delivered: DeliverablePeriod<P>,
  ports: PeriodPorts<P>,
): Promise<PeriodDelivery | null> {
  const { mail } = plan;
  const { mailer, log } = ports;
  if (mail === null || mailer === null) return null;
  const { committed, report } = delivered;
  const ledger = openLedger(committed.prefix, ports);
  const fields = { plan: plan.name, period: report.period.label, revision: committed.revision };
  try {
    const message = {
      ...messageOf(plan, report.period.label, committed.revision),
      transport: mailer.type,
      recipients: mail.to,
      claimMs: mailer.claimMs,
      byHand: false,
      mayBeWithheld: true,
    };
    const outcome = await ledger.claim(message, () => draftPeriodMail(plan, delivered, ports, true));
    if (outcome.kind === 'accepted') return { kind: 'already-delivered', ...whereOf(outcome.record) };
    if (outcome.kind === 'withheld') return { kind: 'withheld', reasons: [], location: null };
    if (outcome.kind === 'refused-meanwhile') return { kind: 'refused', ...whereOf(outcome.record) };
    const { claim, resent, prepared } = outcome;
    let sent: SendResult;
    try {
      const send = (draft: typeof prepared): Promise<SendResult> =>
        mailer.send({ ...draft, messageId: message.messageId, recipients: claim.recipients, resent });
      sent = await send(prepared).catch(async (error: unknown) => {
        if (!(error instanceof MessageTooLarge) || prepared.attachments.length === 0) throw error;
        return send(await draftPeriodMail(plan, delivered, ports, false));
      });
    } catch (error) {
      // Any other error leaves open what the server did: the claim stays open, and the mail is sent again.
      if (error instanceof Failure && error.kind === 'delivery') {
        await recordRefusal(ledger, claim, error.message, log);
      }
      throw error;
    }
    const record = await recordSent(ledger, claim, sent, log);
    const kind = record.refused.length > 0 ? 'refused' : 'delivered';
    log.info({ ...fields, kind, accepted: record.accepted.length }, 'period: mail handed over');
    return { kind, ...whereOf(record) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const reason = explainError(error);
    log.warn({ ...fields, reason }, 'period: mail failed');
    return { kind: 'failed', reasons: [reason], location: null };
  }
}

function whereOf({ location, refused }: SendResult): Pick<PeriodDelivery, 'reasons' | 'location'> {
  return { location, reasons: refused.map(({ recipient, reason }) => `${recipient}: ${reason}`) };
}

/**
 * Records, before the manifest stands, that a revision is not mailed: where it counts what the one before it did, and
 * that one's mail reached somebody or was not to be sent either.
 */
export async function withholdPeriod<P extends PeriodHead>(
  plan: PeriodPlan<P>,
  {
    draft,
    newest,
    countsDigest,
  }: {
    readonly draft: CommittedDraft;
    readonly newest: CommittedPeriod | null;
    readonly countsDigest: string;
  },
  ports: PeriodPorts<P>,
): Promise<void> {
  if (plan.mail === null || ports.mailer === null) return;
  if (newest === null || newest.manifest.countsDigest !== countsDigest) return;
  const { label } = draft.manifest.period;
  if (!(await wasTold(messageOf(plan, label, newest.revision), newest.prefix, ports))) return;
  const message = { ...messageOf(plan, label, draft.revision), transport: ports.mailer.type };
  await openLedger(draft.prefix, ports).withhold(message);
}

/** Whether everybody has the mail of a revision, or nobody is to be sent it. */
export async function wasMailed(
  plan: PeriodPlan,
  { prefix, revision, manifest }: CommittedPeriod,
  { archive, log, mailer }: Pick<PeriodPorts, 'archive' | 'log' | 'mailer'>,
): Promise<boolean> {
  const { mail } = plan;
  if (mail === null || mailer === null) return true;
  const message = messageOf(plan, manifest.period.label, revision);
  const attempts = await deliveryReader(archive, prefix, logUnreadable(log))();
  // Those who were refused are tried again by a person: a schedule would be refused each time.
  const tried = recordsOf(attempts, message);
  const isReached = lastAcceptance(tried) !== undefined;
  return isReached || withholdingOf(attempts, message, () => true) !== null;
}

async function wasTold(
  message: MessageKey,
  prefix: string,
  { archive, log }: Pick<PeriodPorts, 'archive' | 'log'>,
): Promise<boolean> {
  const attempts = await deliveryReader(archive, prefix, logUnreadable(log))();
  const isAccepted = lastAcceptance(recordsOf(attempts, message)) !== undefined;
  return isAccepted || withholdingOf(attempts, message, () => true) !== null;
}

function messageOf(
  { name, mail }: Pick<PeriodPlan, 'name' | 'mail'>,
  label: string,
  revision: number,
): MessageKey {
  const messageId = messageIdOf({ plan: name, date: `period-${label}`, revision }, null, mail?.from ?? null);
  return { messageId, route: mailRoute };
}
