import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simpleParser } from 'mailparser';
import type { SmtpOptions } from '../../src/mail/smtp/smtp-options.js';
import type { MailMessage } from '../../src/ports/delivery.js';
import { checkDkim } from '../support/smtp-dkim.js';
import { mailMessage, smtpMailer } from '../support/smtp-mail.js';
import { type ReceivedMail, Relay, type RelayOptions } from '../support/smtp-relay.js';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const relays: Relay[] = [];
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'smtp-message-'));
});

afterAll(async () => {
  for (const relay of relays) await relay.close();
  await rm(directory, { recursive: true });
});

/** Sends to a server of its own and gives what it received. */
async function deliver(
  message: MailMessage,
  overrides: Partial<SmtpOptions> = {},
  options: RelayOptions = {},
): Promise<ReceivedMail> {
  const relay = await Relay.start(options);
  relays.push(relay);
  await smtpMailer(relay.port, { security: 'none', ...overrides }).send(message);
  const [received] = relay.received;
  if (received === undefined) throw new Error('nothing came');
  return received;
}

function longestLineOf(raw: Buffer): number {
  return Math.max(
    ...raw
      .toString('latin1')
      .split('\r\n')
      .map(({ length }) => length),
  );
}

function headerNames(raw: Buffer): string[] {
  const head = raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
  return head.split('\r\n').flatMap((line) => /^([^\s:]+):/.exec(line)?.[1] ?? []);
}

describe('the message at the other end', () => {
  it.concurrent('is what was sent: heads, both texts, pictures and the workbook byte for byte', async () => {
    const workbook = randomBytes(300_000);
    const picture = randomBytes(3000);
    const path = join(directory, 'report.xlsx');
    await writeFile(path, workbook);
    const message = mailMessage({
      html: '<p>größer <img src="cid:status.1@backup-report"></p>\n',
      inline: [
        { cid: 'status.1@backup-report', filename: 's.png', contentType: 'image/png', bytes: picture },
      ],
      attachments: [{ filename: 'daily-backup-2026-11-19-report.xlsx', path, contentType: workbookType }],
    });
    const { raw } = await deliver(message, { security: 'starttls' });
    const mail = await simpleParser(raw, { keepCidLinks: true });

    expect(mail.subject).toBe(message.subject);
    expect(mail.messageId).toBe(message.messageId);
    expect(mail.date?.toISOString()).toBe(message.date);
    expect(mail.from?.text).toBe('"Backup reports" <backup-reports@example.com>');
    expect([mail.html, mail.text]).toEqual([message.html, message.text]);
    const digests = mail.attachments.map(({ content }) => createHash('sha256').update(content).digest('hex'));
    expect(digests).toEqual(
      [picture, workbook].map((each) => createHash('sha256').update(each).digest('hex')),
    );
    expect(mail.attachments[1]).toMatchObject({
      filename: 'daily-backup-2026-11-19-report.xlsx',
      contentType: workbookType,
      contentDisposition: 'attachment',
    });
  });

  it.concurrent('keeps lines of dots alone, and the line that looks like the end', async () => {
    const text = `${['.', '..', '.\r', 'QUIT', '...', '.'].join('\n')}\n`;
    const { raw } = await deliver(mailMessage({ text }));
    expect((await simpleParser(raw)).text).toBe(text.replaceAll('\r', ''));
  });

  it.concurrent('has no line of more than 998 bytes, whatever is in it', async () => {
    const long = 'x'.repeat(5000);
    const message = mailMessage({
      subject: `Report ${long}`,
      html: `<p>${long}</p>`,
      text: `${long} größer ${long}\n`,
      to: Array.from({ length: 200 }, (_, index) => `Person Number ${index} <person-${index}@example.com>`),
    });
    const { raw } = await deliver(message);
    expect(longestLineOf(raw)).toBeLessThanOrEqual(998);
    const mail = await simpleParser(raw);
    expect([mail.html, mail.text]).toEqual([message.html, message.text]);
    expect(mail.subject?.replaceAll(/\s/g, '')).toBe(`Report${long}`);
  });

  it.concurrent('lets no text begin a header or end the message', async () => {
    const plain = await deliver(mailMessage());
    const { raw, to } = await deliver(
      mailMessage({
        subject: 'x\r\nBcc: thief@example.net\r\n\r\nbody\r\n.\r\nMAIL FROM:<a@b>',
        messageId: '<a\r\nX-Evil: 1@example.com>',
        to: ['Ops\u2028X-Evil: 2 <ops@example.com>'],
      }),
    );
    expect(headerNames(raw)).toEqual(headerNames(plain.raw));
    expect(to).toEqual(['ops@example.com']);
  });

  it.concurrent('is not sent for a sender that is no address', async () => {
    const from = 'A\r\nX-Evil: 2 <backup-reports@example.com>';
    await expect(deliver(mailMessage({ from }))).rejects.toThrow(
      'the sender is not a mail address: A X-Evil: 2 <backup-reports@example.com>',
    );
  });

  it.concurrent('says that it is sent again', async () => {
    const { raw } = await deliver(mailMessage({ resent: 'attempt 2\r\nBcc: x@example.net' }));
    expect(raw.toString()).toMatch(/^X-Resent: attempt 2 Bcc: x@example\.net\r$/m);
  });
});

describe('a signature (DKIM)', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const dkim = { domain: 'example.com', selector: 'reports2026', privateKey };

  it.concurrent('holds for the head and the body, also with dots and trailing spaces', async () => {
    const { raw } = await deliver(mailMessage({ text: '.\n..\nspaces   \n\n\n' }), { dkim });
    const facts = checkDkim(raw, publicKey);
    expect(facts).toMatchObject({
      domain: 'example.com',
      selector: 'reports2026',
      bodyHolds: true,
      signatureHolds: true,
    });
    expect(facts.signed).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id']));
  });

  it.concurrent('does not hold once the message is another', async () => {
    const { raw } = await deliver(mailMessage(), { dkim });
    const forged = (from: string, to: string): Buffer =>
      Buffer.from(raw.toString('latin1').replace(from, to), 'latin1');
    expect(checkDkim(forged('3 failed, 1 missed', '0 failed, 0 missed'), publicKey).signatureHolds).toBe(
      false,
    );
    expect(checkDkim(forged('\r\n\r\n--', '\r\n\r\n-+'), publicKey).bodyHolds).toBe(false);
  });
});

describe('addresses beyond ASCII', () => {
  it.concurrent('go as ASCII where only the domain is', async () => {
    const to = ['Büro <buero@büro.example>'];
    const mail = await deliver(mailMessage({ to, from: 'Müller <reports@bücher.example>' }));
    // The server shows them in Unicode again; SMTPUTF8 would be asked for if they had come so.
    expect(mail).toMatchObject({ from: 'reports@bücher.example', to: ['buero@büro.example'], utf8: false });
    expect(mail.raw.toString()).toMatch(/^From: =\?UTF-8\?.* <reports@xn--bcher-kva\.example>\r$/m);
    expect(mail.raw.toString()).toMatch(/^To: =\?UTF-8\?.* <buero@xn--bro-hoa\.example>\r$/m);
  });

  it.concurrent('ask for SMTPUTF8 only where they need it', async () => {
    const to = ['ops@example.com', 'jörg@example.com'];
    const mail = await deliver(mailMessage({ to }));
    expect(mail).toMatchObject({ to, utf8: true });
    expect(await deliver(mailMessage())).toMatchObject({ utf8: false });
  });

  it.concurrent('are refused by a server that takes none; the others have it', async () => {
    const relay = await Relay.start({ offersUtf8: false });
    relays.push(relay);
    const to = ['ops@example.com', 'jörg@example.com'];
    const { accepted, refused } = await smtpMailer(relay.port, { security: 'none' }).send(
      mailMessage({ to }),
    );
    expect(accepted).toEqual(['ops@example.com']);
    expect(refused).toEqual([{ recipient: 'jörg@example.com', reason: expect.stringContaining('SMTPUTF8') }]);
    expect(relay.asked).toEqual(['ops@example.com']);
  });
});
