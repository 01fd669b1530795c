import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simpleParser } from 'mailparser';
import { MessageTooLarge } from '../../src/errors.js';
import { createEmailDeliveryMailer } from '../../src/mail/email-delivery/email-delivery-mailer.js';
import type { Mailer } from '../../src/ports/delivery.js';
import { quickHttp } from '../support/oci-connection.js';
import { EmailDelivery } from '../support/oci/email-delivery.js';
import { mailMessage } from '../support/smtp-mail.js';

let service: EmailDelivery;

beforeEach(async () => {
  service = await EmailDelivery.start();
});

afterEach(() => service.close());

async function makeMailer(user?: string): Promise<Mailer> {
  const { url: endpoint, compartmentId } = service;
  const { from } = mailMessage();
  const options = { endpoint, compartmentId, from, maxRecipients: 50 };
  return createEmailDeliveryMailer(await service.connect(quickHttp, user), options, quickHttp);
}

const message = mailMessage();
const [ops = '', dba = ''] = message.to;

describe('email-delivery', () => {
  it('hands over the message as it is, signed, with bare addresses', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'email-delivery-'));
    const path = join(directory, 'report.xlsx');
    const workbook = randomBytes(100_000);
    await writeFile(path, workbook);
    const attachments = [{ filename: 'report.xlsx', path, contentType: 'application/x-workbook' }];
    const sent = { ...message, attachments };
    expect(await (await makeMailer()).send(sent)).toEqual({
      accepted: [ops, dba],
      refused: [],
      location: null,
    });
    await rm(directory, { recursive: true });

    expect(service.submitted).toMatchObject([
      {
        sender: 'backup-reports@example.com',
        recipients: ['ops@example.com', 'dba@example.com'],
        contentType: 'message/rfc822',
      },
    ]);
    const mail = await simpleParser(service.submitted[0]?.raw ?? '');
    expect([mail.messageId, mail.subject, mail.text]).toEqual([
      message.messageId,
      message.subject,
      message.text,
    ]);
    const [attached] = mail.attachments;
    expect(
      createHash('sha256')
        .update(attached?.content ?? '')
        .digest('hex'),
    ).toBe(createHash('sha256').update(workbook).digest('hex'));
  });

  it('sends the same message in turns of 50', async () => {
    const to = Array.from({ length: 120 }, (_, index) => `person-${index}@example.com`);
    expect(await (await makeMailer()).send(mailMessage({ to }))).toMatchObject({ accepted: to, refused: [] });
    const [first, ...others] = service.submitted;
    expect(service.submitted.map(({ recipients }) => recipients.length)).toEqual([50, 50, 20]);
    for (const { raw } of others) expect(raw.equals(first?.raw ?? Buffer.alloc(0))).toBe(true);
  });

  it.each([
    ['429', { status: 429, code: 'TooManyRequests' }],
    ['503', { status: 503 }],
    ['a reset connection', { kind: 'reset' }],
  ] as const)('sends after %s', async (_what, fault) => {
    service.faults.next('submitRawEmail', fault);
    expect(await (await makeMailer()).send(message)).toMatchObject({ accepted: [ops, dba] });
    expect(service.submitted).toHaveLength(1);
  });

  it('sends again under the same id where the answer was lost', async () => {
    service.faults.next('submitRawEmail', { kind: 'torn-after-effect' });
    await (await makeMailer()).send(message);
    const [first, second, ...more] = service.submitted;
    expect(more).toEqual([]);
    expect(second?.raw.equals(first?.raw ?? Buffer.alloc(0))).toBe(true);
  });

  it('tells of recipients on the suppression list', async () => {
    service.suppressed.add('dba@example.com');
    expect(await (await makeMailer()).send(message)).toMatchObject({
      accepted: [ops],
      refused: [{ recipient: dba, reason: expect.stringContaining('suppression list') }],
    });
    service.suppressed.add('ops@example.com');
    await expect((await makeMailer()).send(message)).rejects.toThrow(
      /^cannot send mail: ops@example\.com: .*suppression list.*\(and 1 more\)$/,
    );
  });

  it('tells of addresses that the service does not take', async () => {
    const to = ['ops@example.com', 'jörg@example.com', '"a,b"@example.com'];
    const { accepted, refused } = await (await makeMailer()).send(mailMessage({ to }));
    expect(accepted).toEqual(['ops@example.com']);
    expect(refused.map(({ recipient }) => recipient)).toEqual(to.slice(1));
    // The head names all: what it is made of must be said.
    expect(service.submitted[0]?.contentType).toBe('message/global');
    expect((await simpleParser(service.submitted[0]?.raw ?? '')).headers.get('to')).toMatchObject({
      text: expect.stringContaining('jörg@example.com'),
    });
  });

  it('tells a message that is too large from other refusals', async () => {
    service.maxBytes = 500;
    const sending = (await makeMailer()).send(message);
    await expect(sending).rejects.toBeInstanceOf(MessageTooLarge);
    await expect(sending).rejects.toThrow(/413 PayloadTooLarge: The message exceeds the limit of 500 bytes/);
  });

  it('says what to do where the sender is not approved', async () => {
    service.approvedSenders.clear();
    const sending = (await makeMailer()).send(message);
    await expect(sending).rejects.toThrow(
      /EmailDP submitRawEmail answered 404 NotAuthorizedOrNotFound.*opc-request-id/,
    );
    await expect(sending).rejects.toMatchObject({
      kind: 'delivery',
      retryable: false,
      hints: expect.arrayContaining(['mail.from must be an approved sender in this region.']),
    });
    expect(service.requests).toBe(1);
  });

  it('keeps what was accepted when a later turn fails, and tries no other', async () => {
    const to = Array.from({ length: 120 }, (_, index) => `person-${index}@example.com`);
    const isSecond = (): boolean => service.submitted.length === 1;
    service.faults.next(isSecond, { status: 503 }, quickHttp.attempts);
    const { accepted, refused } = await (await makeMailer()).send(mailMessage({ to }));
    expect([accepted, refused.map(({ recipient }) => recipient)]).toEqual([to.slice(0, 50), to.slice(50)]);
    expect(refused.at(-1)?.reason).toContain('503');
    expect(service.requests).toBe(1 + quickHttp.attempts);
  });

  it('is a fault of the configuration where OCI never accepted the credentials', async () => {
    const mailer = await makeMailer('ocid1.user.oc1..stranger');
    await expect(mailer.send(message)).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('does not accept the credentials'),
    });
    expect(await mailer.diagnose()).toMatchObject([
      { state: 'failed', words: expect.stringContaining('401') },
    ]);
  });

  it('is looked at without sending anything', async () => {
    const mailer = await makeMailer();
    expect(await mailer.diagnose()).toEqual([
      {
        check: 'mail service',
        state: 'ok',
        words: expect.stringContaining('answers, signed in as'),
        advice: null,
      },
    ]);
    expect([service.requests, service.submitted]).toEqual([1, []]);
    await service.close();
    expect(await mailer.diagnose()).toMatchObject([
      {
        state: 'failed',
        words: expect.stringContaining('ECONNREFUSED'),
        advice: expect.stringContaining('mail.region'),
      },
    ]);
  });
});
