import { resolve } from 'node:path';
import type { LoadedConfiguration } from '../config/load.js';
import type { Configuration } from '../config/schema.js';
import type { ReportPlan } from '../day/report-plan.js';
import { createOutboxMailer } from '../mail/outbox/outbox-mailer.js';
import type { Mailer } from '../ports/delivery.js';
import type { Log } from '../ports/log.js';
import { systemClock } from './system-clock.js';
import { type OciParts, requireOci } from './wire-oci.js';

/** The mail settings of the plan; null: it sends no mail. */
export function mailOptionsOf({ mail }: Configuration): ReportPlan['mail'] {
  if (mail.type === 'none') return null;
  return {
    from: mail.from,
    to: mail.to,
    attachWorkbook: mail.attach.includes('xlsx'),
    maxMessageBytes: mail.maxMessageBytes,
    linkExpiresMs: mail.link.type === 'archive' ? null : mail.link.expires,
  };
}

/** The mailer. The lease is added to its claims, for the time that the archive takes to record an attempt. */
export async function wireMailer(
  loaded: LoadedConfiguration,
  oci: OciParts | null,
  log: Log,
): Promise<Mailer | null> {
  const mailer = await chooseMailer(loaded, oci, log);
  return mailer && { ...mailer, claimMs: mailer.claimMs + loaded.configuration.archive.lease };
}

async function chooseMailer(
  { configuration, directory }: LoadedConfiguration,
  oci: OciParts | null,
  log: Log,
): Promise<Mailer | null> {
  const { mail } = configuration;
  if (mail.type === 'none') return null;
  if (mail.type === 'outbox') return createOutboxMailer(resolve(directory, mail.directory));
  if (mail.type === 'email-delivery') {
    const { createEmailDeliveryMailer } = await import('../mail/email-delivery/email-delivery-mailer.js');
    const { connection, http } = requireOci(oci);
    return createEmailDeliveryMailer(connection, mail, http);
  }
  return wireSmtp(mail, directory, log);
}

async function wireSmtp(
  mail: Extract<Configuration['mail'], { type: 'smtp' }>,
  directory: string,
  log: Log,
): Promise<Mailer> {
  const { createSmtpMailer } = await import('../mail/smtp/smtp-mailer.js');
  const { readSigningKey } = await import('../mail/smtp/key-files.js');
  const { readAuthorities } = await import('../http/authorities.js');
  const { ca, dkim, connectionTimeout, greetingTimeout, socketTimeout, deadline, firstDelay, ...rest } = mail;
  const keyOf = ({ keyFile, privateKey = '' }: NonNullable<typeof dkim>): Promise<string> =>
    readSigningKey(keyFile === undefined ? { pem: privateKey } : { path: resolve(directory, keyFile) });
  return createSmtpMailer(
    {
      ...rest,
      ca: ca === undefined ? null : await readAuthorities('mail.ca', resolve(directory, ca)),
      dkim: dkim === undefined ? null : { ...dkim, privateKey: await keyOf(dkim) },
      connectionTimeoutMs: connectionTimeout,
      greetingTimeoutMs: greetingTimeout,
      socketTimeoutMs: socketTimeout,
      deadlineMs: deadline,
      firstDelayMs: firstDelay,
    },
    // A monotonic clock: setting the wall clock must not change a deadline.
    { nowMs: () => performance.now(), sleep: systemClock.sleep, random: Math.random },
    log,
  );
}
