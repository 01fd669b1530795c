import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export interface SunkMail {
  readonly messageId: string;
  /** X-Resent; null where there is none. */
  readonly resent: string | null;
  readonly subject: string;
  readonly recipients: readonly string[];
}

/** A mail server on loopback that takes everything and keeps what it accepted. */
export interface MailSink {
  readonly port: number;
  readonly mails: readonly SunkMail[];
  close(): Promise<void>;
}

export async function openMailSink(): Promise<MailSink> {
  const mails: SunkMail[] = [];
  async function keep(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const { messageId = '', headers, subject = '' } = await simpleParser(await buffer(stream));
    const resent = headers.get('x-resent');
    mails.push({
      messageId,
      resent: typeof resent === 'string' ? resent : null,
      subject,
      recipients: session.envelope.rcptTo.map(({ address }) => address),
    });
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, callback) => callbackify(keep)(stream, session, callback),
  });
  // A client that was killed tears its connection.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
