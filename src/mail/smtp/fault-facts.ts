import type { SmtpOptions } from './smtp-options.js';

/** Why a message was not accepted, by the server or on the way to it. */
export interface SmtpFault {
  /** transient (RFC 3463): a later attempt may succeed. too-large: a smaller message might be taken. */
  readonly kind: 'transient' | 'permanent' | 'too-large';
  /** session: every other message would fail as well. message: only this one, or this recipient. */
  readonly reach: 'session' | 'message';
  /** On one line, without secrets. */
  readonly words: string;
  /** What to do next. */
  readonly hint: string | null;
}

export type ServerFacts = Pick<SmtpOptions, 'host' | 'port' | 'security' | 'username' | 'password'>;

/** Properties of nodemailer's errors; those of sockets have only a code. */
export interface ErrorFacts {
  readonly code: string;
  readonly timeoutType: string | null;
  /** The SMTP command that the error answers: `RCPT TO`. */
  readonly command: string;
  readonly reply: string | null;
  readonly message: string;
}
