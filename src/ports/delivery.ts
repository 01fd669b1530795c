import type { ReportHead, ReportStanding } from '../model/report-head.js';
import type { Finding } from './finding.js';
import type { MailContent, NoticeContent } from './mail-renderer.js';

export interface MailMessage extends MailContent {
  readonly from: string;
  /** The To header: everybody the message is for, the same in every copy. */
  readonly to: readonly string[];
  /** The recipients of this attempt: those of `to` who do not have it yet. */
  readonly recipients: readonly string[];
  /** Text of the X-Resent header, where an earlier attempt may have been delivered; null otherwise. */
  readonly resent: string | null;
  /** With angle brackets. Deterministic, so that a resend is recognisable. */
  readonly messageId: string;
  /** ISO 8601 UTC. */
  readonly date: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly path: string;
    readonly contentType: string;
  }[];
}

export interface SendResult {
  readonly accepted: readonly string[];
  readonly refused: readonly { readonly recipient: string; readonly reason: string }[];
  /** Where the message is stored, for transports that keep it. */
  readonly location: string | null;
}

/**
 * Hands one message over to `recipients`.
 *
 * - Retries transient refusals, within its own deadline; never permanent ones.
 * - Throws Failure('delivery') when no recipient was accepted, MessageTooLarge when a smaller message might be.
 * - `claimMs` is the longest that `send` may wait for the server; the archive's lease is added to it. Until then nobody
 *   else sends the same message.
 */
export interface Mailer {
  readonly type: string;
  readonly claimMs: number;
  send(message: MailMessage): Promise<SendResult>;
  /** Checks whether the server would accept mail, for `doctor`. Sends nothing. */
  diagnose(): Promise<readonly Finding[]>;
}

/** What a channel says about a report, in the language of the plan. */
export interface Notice extends NoticeContent {
  /** Where a person finds the report: a path or a URL. */
  readonly location: string;
  readonly standing: ReportStanding;
  readonly report: ReportHead;
  readonly revision: number;
  /** The Message-ID of the mail: the same for every attempt. */
  readonly id: string;
  /** The report of trouble that the channel was told of and that stands no more. Absent: this is no all clear. */
  readonly revokes?: { readonly date: string; readonly revision: number };
}

/** Notifies somebody of a report by other means than mail. Throws Failure('delivery') where it is refused. */
export interface Channel {
  readonly name: string;
  readonly type: string;
  /** trouble: only for reports whose standing is not good, and for one that revokes what it was told. */
  readonly when: 'always' | 'trouble';
  /** The longest that `notify` takes. */
  readonly claimMs: number;
  notify(notice: Notice): Promise<void>;
}

/** Shows an outside monitor that the job is alive. Never throws: it must not make a report fail. */
export interface Heartbeat {
  ping(signal: 'start' | 'success' | 'failure', words: string): Promise<void>;
}
