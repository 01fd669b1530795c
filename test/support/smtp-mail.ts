import { Failure } from '../../src/errors.js';
import { createSmtpMailer } from '../../src/mail/smtp/smtp-mailer.js';
import type { SmtpOptions, Timing } from '../../src/mail/smtp/smtp-options.js';
import type { Mailer, MailMessage } from '../../src/ports/delivery.js';
import { memoryLog, type LoggedLine } from './oci-connection.js';
import { authority } from './smtp-relay.js';

/** A clock that only sleeping moves. */
export class FakeTiming implements Timing {
  readonly slept: number[] = [];
  #nowMs = 0;

  nowMs(): number {
    return this.#nowMs;
  }

  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.#nowMs += ms;
    await Promise.resolve();
  }

  /** Half of the chance: each wait has three quarters of its full length. */
  random(): number {
    return 0.5;
  }
}

export interface TestMailer extends Mailer {
  readonly timing: FakeTiming;
  readonly logged: readonly LoggedLine[];
}

/** A mailer that trusts the authority of the tests, and waits by a clock of its own. */
export function smtpMailer(port: number, overrides: Partial<SmtpOptions> = {}): TestMailer {
  const options: SmtpOptions = {
    host: '127.0.0.1',
    port,
    security: 'starttls',
    ca: authority(),
    connectionTimeoutMs: 60_000,
    greetingTimeoutMs: 60_000,
    socketTimeoutMs: 60_000,
    deadlineMs: 300_000,
    firstDelayMs: 2000,
    maxRecipients: 50,
    dkim: null,
    ...overrides,
  };
  const timing = new FakeTiming();
  const logged: LoggedLine[] = [];
  return { ...createSmtpMailer(options, timing, memoryLog(logged)), timing, logged };
}

export function mailMessage(overrides: Partial<MailMessage> = {}): MailMessage {
  const to = overrides.to ?? ['ops@example.com', 'DBA team <dba@example.com>'];
  return {
    from: 'Backup reports <backup-reports@example.com>',
    to,
    recipients: to,
    resent: null,
    subject: '[NON-COMPLIANT] Backup report 2026-11-19: 3 failed, 1 missed of 412',
    html: '<!doctype html>\n<p>3 failed – größer als 1 = ✗</p>\n',
    text: '3 failed\n.\n..two\nFrom here on: größer = ✗\n',
    messageId: '<daily-backup.2026-11-19.r1@example.com>',
    date: '2026-11-20T11:00:00.000Z',
    attachments: [],
    inline: [],
    ...overrides,
  };
}

/** What a call that must fail throws. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
