import type { Clock } from '../../ports.js';
import type { SigningKey } from '../compose-message.js';

/** All times in milliseconds. */
export interface SmtpOptions {
  readonly host: string;
  /** undefined: 465 for tls, 587 for starttls, 25 for none. */
  readonly port?: number | undefined;
  /** none: nothing is encrypted, for a relay on this machine. */
  readonly security: 'starttls' | 'tls' | 'none';
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Certificates in PEM to trust instead of the system's. */
  readonly ca: string | null;
  /** What this machine calls itself. undefined: its host name. */
  readonly name?: string | undefined;
  readonly connectionTimeoutMs: number;
  /** For the greeting and for each step until mail can be sent. */
  readonly greetingTimeoutMs: number;
  /** Longest silence of the server. */
  readonly socketTimeoutMs: number;
  /** No attempt begins later than so long after the first. */
  readonly deadlineMs: number;
  /** Before the second attempt; each later wait is twice as long, up to a minute, with jitter. */
  readonly firstDelayMs: number;
  /** Most recipients of one transaction. */
  readonly maxRecipients: number;
  readonly dkim: SigningKey | null;
}

/** What the retries go by. Only differences of `nowMs` count, so a clock that nobody sets is best. */
export interface Timing extends Clock {
  /** From 0 up to 1. */
  random(): number;
}

export function portOf({ port, security }: Pick<SmtpOptions, 'port' | 'security'>): number {
  return port ?? { tls: 465, starttls: 587, none: 25 }[security];
}

/** `smtp.example.com:587` */
export function placeOf(options: Pick<SmtpOptions, 'host' | 'port' | 'security'>): string {
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return `${host}:${portOf(options)}`;
}
