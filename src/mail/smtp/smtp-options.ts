import type { Clock } from '../../ports/clock.js';
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
  /** The name that this machine introduces itself with. undefined: its host name. */
  readonly name?: string | undefined;
  readonly connectionTimeoutMs: number;
  /** For the greeting and for each step until mail can be sent. */
  readonly greetingTimeoutMs: number;
  /** Longest silence of the server. */
  readonly socketTimeoutMs: number;
  /** No attempt begins later than this after the first. */
  readonly deadlineMs: number;
  /** Before the second attempt; each later wait twice as long, up to a minute, with jitter. */
  readonly firstDelayMs: number;
  /** Most recipients per transaction. */
  readonly maxRecipients: number;
  readonly dkim: SigningKey | null;
}

/** What retries depend on. Only differences of `nowMs` matter, so a monotonic clock is best. */
export interface Timing extends Clock {
  /** At least 0, below 1. */
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
