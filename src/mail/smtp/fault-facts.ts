import type { SmtpOptions } from './smtp-options.js';

/** Why a message was not taken, by the server or on the way to it. */
export interface SmtpFault {
  /** transient (RFC 3463): a later attempt may succeed. too-large: a smaller message might be taken. */
  readonly kind: 'transient' | 'permanent' | 'too-large';
  /** session: no other message fares better now. message: this one, or this recipient. */
  readonly reach: 'session' | 'message';
  /** On one line, and without a secret. */
  readonly words: string;
  /** What to do next. */
  readonly hint: string | null;
}

export type ServerFacts = Pick<SmtpOptions, 'host' | 'port' | 'security' | 'username' | 'password'>;

/** What errors of nodemailer have; those of sockets have a code alone. */
export interface ErrorFacts {
  readonly code: string;
  readonly timeoutType: string | null;
  /** Of SMTP, in whose answer the error lies: `RCPT TO`. */
  readonly command: string;
  readonly reply: string | null;
  readonly message: string;
}
