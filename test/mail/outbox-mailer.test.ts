import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';
import { createOutboxMailer } from '../../src/mail/outbox/outbox-mailer.js';
import type { MailMessage } from '../../src/ports/delivery.js';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function message(overrides: Partial<MailMessage> = {}): MailMessage {
  return {
    from: 'Backup reports <backup-reports@example.com>',
    to: ['ops@example.com', 'dba@example.com'],
    subject: '[NON-COMPLIANT] Backup report 2026-11-19: 3 failed, 1 missed of 412',
    html: '<!doctype html>\n<p>3 failed – größer als 1 = ✗</p>\n',
    text: '3 failed\n.\nFrom here on: größer = ✗\n',
    messageId: '<daily-backup.2026-11-19.r1@example.com>',
    date: '2026-11-20T11:00:00.000Z',
    attachments: [],
    inline: [],
    recipients: overrides.to ?? ['ops@example.com', 'dba@example.com'],
    resent: null,
    ...overrides,
  };
}

function addresses(found: AddressObject | AddressObject[] | undefined): (string | undefined)[] {
  return [found ?? []].flat().flatMap((list) => list.value.map((entry) => entry.address));
}

function headerNames(raw: Buffer): string[] {
  const head = raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
  return head.split('\r\n').flatMap((line) => /^([^\s:]+):/.exec(line)?.[1] ?? []);
}

/** The media types of all parts, in order. */
function partTypes(raw: Buffer): string[] {
  return [...raw.toString('latin1').matchAll(/^Content-Type:\s+([^;\s]+)/gm)].map(([, type = '']) => type);
}

describe('outbox', () => {
  let directory: string;
  let outbox: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'outbox-'));
    outbox = join(directory, 'mail', 'out');
  });

  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  async function sendAndRead(
    sent: MailMessage,
  ): Promise<{ raw: Buffer; mail: ParsedMail; location: string }> {
    const { location } = await createOutboxMailer(outbox).send(sent);
    const raw = await readFile(location ?? '');
    return { raw, mail: await simpleParser(raw), location: location ?? '' };
  }

  it('writes one message that a mail reader understands', async () => {
    const workbook = randomBytes(100_000);
    const path = join(directory, 'report.xlsx');
    await writeFile(path, workbook);
    const sent = message({ attachments: [{ filename: 'report.xlsx', path, contentType: workbookType }] });
    const { mail, location } = await sendAndRead(sent);

    expect(location).toBe(join(outbox, 'daily-backup.2026-11-19.r1@example.com.eml'));
    expect(mail.subject).toBe(sent.subject);
    expect(mail.messageId).toBe(sent.messageId);
    expect(mail.date?.toISOString()).toBe(sent.date);
    expect(mail.from?.text).toBe('"Backup reports" <backup-reports@example.com>');
    expect(addresses(mail.to)).toEqual(sent.to);
    expect(mail.html).toBe(sent.html);
    expect(mail.text).toBe(sent.text);
    expect(mail.attachments).toHaveLength(1);
    expect(mail.attachments[0]).toMatchObject({ filename: 'report.xlsx', contentType: workbookType });
    expect(mail.attachments[0]?.content.equals(workbook)).toBe(true);
  });

  it('sends pictures beside the HTML that shows them, and the workbook apart from both', async () => {
    const path = join(directory, 'report.xlsx');
    await writeFile(path, randomBytes(500));
    const picture = { filename: 'status.png', contentType: 'image/png', bytes: randomBytes(300) };
    const { raw, mail } = await sendAndRead(
      message({
        html: '<p><img src="cid:status.1@backup-report"></p>',
        inline: [{ cid: 'status.1@backup-report', ...picture }],
        attachments: [{ filename: 'report.xlsx', path, contentType: workbookType }],
      }),
    );

    expect(partTypes(raw)).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/png',
      workbookType,
    ]);
    const [status, workbook] = mail.attachments;
    expect(status).toMatchObject({
      cid: 'status.1@backup-report',
      related: true,
      contentDisposition: 'inline',
      filename: 'status.png',
      contentType: 'image/png',
    });
    expect(status?.content.equals(picture.bytes)).toBe(true);
    expect(workbook).toMatchObject({ filename: 'report.xlsx', contentDisposition: 'attachment' });
  });

  it('writes the same bytes for the same picture', async () => {
    const inline = [{ cid: 'a@b', filename: 'a.png', contentType: 'image/png', bytes: randomBytes(300) }];
    const first = await sendAndRead(message({ inline }));
    const second = await sendAndRead(message({ inline }));

    expect(second.location).toBe(first.location);
    expect(await readdir(outbox)).toHaveLength(1);
  });

  it('lets no name of a picture begin a header', async () => {
    const picture = { cid: 'a@b', filename: 'a.png', contentType: 'image/png', bytes: randomBytes(30) };
    const plain = await sendAndRead(message({ messageId: '<plain@example.com>', inline: [picture] }));
    const evil = { ...picture, cid: 'a@b\r\nX-Evil: 1', filename: 'a.png\r\nX-Evil: 2' };
    const { raw } = await sendAndRead(message({ inline: [evil] }));

    expect(headerNames(raw)).toEqual(headerNames(plain.raw));
    expect(raw.toString('latin1')).not.toMatch(/^X-Evil/m);
  });

  it('says that every recipient accepted', async () => {
    const result = await createOutboxMailer(outbox).send(message());

    expect(result).toMatchObject({ accepted: ['ops@example.com', 'dba@example.com'], refused: [] });
  });

  it('ends every line with CR LF', async () => {
    const { raw } = await sendAndRead(message());

    expect(raw.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('writes the same bytes for the same message, and that only once', async () => {
    const path = join(directory, 'a.bin');
    await writeFile(path, randomBytes(5000));
    const sent = message({
      attachments: [{ filename: 'a.bin', path, contentType: 'application/octet-stream' }],
    });
    const first = await sendAndRead(sent);
    const second = await sendAndRead(sent);
    const elsewhere = await createOutboxMailer(join(directory, 'other')).send(sent);

    expect(second.location).toBe(first.location);
    expect(await readdir(outbox)).toHaveLength(1);
    expect(first.raw.equals(await readFile(elsewhere.location ?? ''))).toBe(true);
  });

  it('keeps a message with other bytes beside the first one', async () => {
    const locations: (string | null)[] = [];
    for (const text of ['one', 'two', 'three', 'two']) {
      locations.push((await createOutboxMailer(outbox).send(message({ text }))).location);
    }

    const name = 'daily-backup.2026-11-19.r1@example.com';
    const expected = [`${name}.eml`, `${name}-2.eml`, `${name}-3.eml`, `${name}-2.eml`];
    expect(locations).toEqual(expected.map((file) => join(outbox, file)));
    expect((await readdir(outbox)).sort()).toEqual([...new Set(expected)].sort());
  });

  it('lets no line break in a subject or an address begin a header', async () => {
    const plain = await sendAndRead(message({ messageId: '<plain@example.com>' }));
    const { raw, mail } = await sendAndRead(
      message({
        subject: 'x\r\nBcc: thief@example.net\r\n\r\n<b>body</b>',
        from: 'A\nX-Evil: 1 <a@example.com>',
        to: ['ops@example.com\r\nCc: thief@example.net', 'B\u2028X-Evil: 2 <b@example.com>'],
        messageId: '<a\r\nX-Evil: 3@example.com>',
      }),
    );

    expect(headerNames(raw)).toEqual(headerNames(plain.raw));
    expect(mail.subject).toBe('x Bcc: thief@example.net <b>body</b>');
    expect(mail.cc).toBeUndefined();
    expect(mail.bcc).toBeUndefined();
  });

  it('lets no text of an event add a part to the message', async () => {
    const first = await sendAndRead(message());
    const boundary = /boundary="(.+)"/.exec(first.raw.toString('latin1'))?.[1] ?? '';
    expect(boundary).not.toBe('');
    const text = `--${boundary}\nContent-Type: text/html\n\n<a href="https://example.net">here</a>\n--${boundary}--`;
    const { mail } = await sendAndRead(message({ text, html: '<p>honest</p>' }));

    expect(mail.html).toBe('<p>honest</p>');
    expect(mail.text?.trimEnd()).toBe(text);
    expect(mail.attachments).toEqual([]);
  });

  it.each([
    ['<../../etc/passwd@example.com>', '__.._etc_passwd@example.com.eml'],
    ['<a/b\\c\0d@exämple.com>', 'a_b_c_d@ex_mple.com.eml'],
    [`<${'x'.repeat(500)}@example.com>`, `${'x'.repeat(200)}.eml`],
    ['<>', 'message.eml'],
  ])('makes a harmless file name of %j', async (messageId, name) => {
    const { location } = await createOutboxMailer(outbox).send(message({ messageId }));

    expect(location).toBe(join(outbox, name));
  });

  it('leaves nothing when an attachment is missing, and names it', async () => {
    const path = join(directory, 'gone.xlsx');
    const sent = message({ attachments: [{ filename: 'report.xlsx', path, contentType: workbookType }] });

    await expect(createOutboxMailer(outbox).send(sent)).rejects.toMatchObject({
      kind: 'delivery',
      message: `cannot attach ${path}: it does not exist (ENOENT)`,
    });
  });

  it('leaves no half message when an attachment cannot be read to its end', async () => {
    const sent = message({ attachments: [{ filename: 'x', path: directory, contentType: workbookType }] });

    await expect(createOutboxMailer(outbox).send(sent)).rejects.toMatchObject({ kind: 'delivery' });
    expect(await readdir(outbox)).toEqual([]);
  });

  it('says in words that the outbox cannot be written', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');

    await expect(createOutboxMailer(join(file, 'outbox')).send(message())).rejects.toMatchObject({
      kind: 'delivery',
      message: expect.stringContaining('a part of the path is a file, not a directory (ENOTDIR)'),
      hints: [expect.stringContaining('free space')],
    });
  });

  it('keeps every one of many messages sent at once', async () => {
    const mailer = createOutboxMailer(outbox);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => mailer.send(message({ text: `text ${index % 5}` }))),
    );

    expect(new Set(results.map((result) => result.location)).size).toBe(5);
    expect(await readdir(outbox)).toHaveLength(5);
  });
});
