import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simpleParser } from 'mailparser';
import { MessageTooLarge } from '../../src/errors.js';
import type { SmtpOptions } from '../../src/mail/smtp/smtp-options.js';
import { backupMail } from '../support/backup-renderers.js';
import { mailFleet } from '../support/mail-fleet.js';
import { ImapDialogue } from '../support/smtp-imap.js';
import { mailMessage, smtpMailer, type TestMailer } from '../support/smtp-mail.js';
import { isPostfixThere, type PostOffice, startPostOffice } from '../support/smtp-postfix.js';
import { authority } from '../support/smtp-relay.js';
import { englishTheme } from '../support/theme.js';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const people = Array.from({ length: 60 }, (_, index) => `person-${index}@example.com`);

(isPostfixThere || process.env['CI'] === 'true' ? describe : describe.skip)('postfix and dovecot', () => {
  let directory: string;
  let office: PostOffice;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mail-postfix-'));
    office = await startPostOffice(['ops@example.com', 'dba@example.com', 'known@example.com', ...people]);
  });

  afterAll(async () => {
    await office.close();
    await rm(directory, { recursive: true });
  });

  function mailer(overrides: Partial<SmtpOptions> = {}): TestMailer {
    const { smtpPort, password } = office;
    return smtpMailer(smtpPort, { username: 'reporter@example.com', password, ...overrides });
  }

  async function inboxOf(user: string, count = 1): Promise<readonly Buffer[]> {
    const dialogue = await ImapDialogue.open(office.imapPort, authority(), user, office.password);
    const messages = await dialogue.messages(count);
    await dialogue.close();
    return messages;
  }

  it('take the mail of a report, and give it back as it was sent', async () => {
    const report = mailFleet('en');
    const content = await backupMail(englishTheme).renderMail({
      report,
      revision: 1,
      location: '/reports/daily-backup/2026/11/19/r1/',
      attached: true,
    });
    const workbook = randomBytes(1_000_000);
    const path = join(directory, 'report.xlsx');
    await writeFile(path, workbook);
    const attachments = [
      { filename: 'daily-backup-2026-11-19-report.xlsx', path, contentType: workbookType },
    ];
    const message = {
      ...mailMessage({ to: ['Ops <ops@example.com>', 'dba@example.com'] }),
      ...content,
      attachments,
    };
    expect(await mailer().send(message)).toMatchObject({ accepted: message.to, refused: [] });

    for (const user of ['ops@example.com', 'dba@example.com']) {
      const [raw, ...more] = await inboxOf(user);
      const mail = await simpleParser(raw ?? '', { keepCidLinks: true });
      expect(more).toEqual([]);
      expect([mail.messageId, mail.subject, mail.date?.toISOString()]).toEqual([
        message.messageId,
        content.subject,
        message.date,
      ]);
      expect([mail.html, mail.text]).toEqual([content.html, content.text]);
      expect(mail.headers.get('to')).toMatchObject({ text: '"Ops" <ops@example.com>, dba@example.com' });
      expect(String(mail.headers.get('received'))).toMatch(/ with ESMTPSA id /);
      const digests = mail.attachments.map((each) => createHash('sha256').update(each.content).digest('hex'));
      const sent = [...content.inline.map(({ bytes }) => bytes), workbook];
      expect(digests).toEqual(sent.map((bytes) => createHash('sha256').update(bytes).digest('hex')));
    }
  });

  it('refuse whom they do not know; the others have it', async () => {
    const to = ['unknown@example.com', 'known@example.com'];
    const { accepted, refused } = await mailer().send(mailMessage({ to }));
    expect(accepted).toEqual(['known@example.com']);
    expect(refused.find(({ recipient }) => recipient === 'unknown@example.com')?.reason).toMatch(
      /answered 550 5\.1\.1 <unknown@example\.com>: Recipient address rejected/,
    );
    expect(await inboxOf('known@example.com')).toHaveLength(1);
  });

  it('take fewer recipients at a time than they are given, and all have it once', async () => {
    const to = people;
    const sender = mailer();
    expect(await sender.send(mailMessage({ to }))).toMatchObject({ refused: [] });
    expect(sender.logged.map(({ fields }) => fields['reason'])).toEqual([
      expect.stringMatching(/452 4\.5\.3 Error: too many recipients/),
    ]);
    for (const user of [to[0], to[39], to[40], to[49], to[59]]) {
      expect(await inboxOf(user ?? '')).toHaveLength(1);
    }
  });

  it('refuse a message that is too large', async () => {
    const inline = [
      { cid: 'a@b', filename: 'a.png', contentType: 'image/png', bytes: randomBytes(office.maxBytes) },
    ];
    await expect(mailer().send(mailMessage({ inline }))).rejects.toBeInstanceOf(MessageTooLarge);
  });

  it('refuse a wrong password, nobody at all, and mail in clear', async () => {
    await expect(mailer({ password: 'wrong' }).send(mailMessage())).rejects.toThrow(
      /sign-in of .*: 535 5\.7\.8/,
    );
    await expect(smtpMailer(office.smtpPort).send(mailMessage())).rejects.toThrow(/answered 554 5\.7\.1/);
    const inClear = smtpMailer(office.smtpPort, { security: 'none' });
    await expect(inClear.send(mailMessage())).rejects.toThrow(
      /530 5\.7\.0 Must issue a STARTTLS command first/,
    );
  });

  it('are found well by doctor', async () => {
    expect(await mailer().diagnose()).toMatchObject([
      {
        state: 'ok',
        words: expect.stringMatching(
          /STARTTLS TLSv1\.3, signed in as reporter@example\.com, takes messages of up to 3000000 bytes$/,
        ),
      },
    ]);
  });
});
