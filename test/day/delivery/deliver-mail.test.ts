import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StagedArtefact } from '../../../src/day/artefacts/describe-artefact.js';
import { type MailResult, deliverMail } from '../../../src/day/delivery/deliver-mail.js';
import {
  type DeliveryPorts,
  type MailSettings,
  openDelivery,
} from '../../../src/day/delivery/delivery-context.js';
import { Failure, MessageTooLarge } from '../../../src/errors.js';
import { createOutboxMailer } from '../../../src/mail/outbox/outbox-mailer.js';
import type { MailMessage, SendResult } from '../../../src/ports/delivery.js';
import type { MailRenderer } from '../../../src/ports/mail-renderer.js';
import type { DailyReport } from '../../../src/reports/backup-compliance/model/daily-report.js';
import { deliveredKind } from '../../support/delivered-kind.js';
import { createMemoryArchive, type MemoryArchive } from '../../support/memory-archive.js';
import { english } from '../../support/judge-day.js';

const prefix = 'daily-backup/2026/11/19/r2/';
const nowMs = Date.parse('2026-11-20T11:00:07.000Z');
const noLog = { info: () => undefined, warn: () => undefined };

type Ports = DeliveryPorts<DailyReport>;

// deliverMail reads only these of the report; the renderer, which reads the rest, is a stand-in here.
const report = {
  plan: 'daily-backup',
  reportDay: { date: '2026-11-19' },
  generatedAt: '2026-11-20T11:00:00.000Z',
} as DailyReport;

const mailRenderer: MailRenderer<DailyReport> = {
  renderMail: async ({ location, attached, revision }) => ({
    subject: `Backup report r${revision}`,
    text: attached ? 'The workbook is attached.' : `The workbook is beside ${location}.`,
    html: '<p>Backup report</p>',
    inline: [],
  }),
};

const testMailer = { type: 'test', claimMs: 0, diagnose: async () => [] };

describe('deliverMail', () => {
  let directory: string;
  let archive: MemoryArchive;
  let sent: MailMessage[];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'deliver-mail-'));
    archive = createMemoryArchive();
    sent = [];
  });

  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  interface Request extends MailSettings {
    readonly slug: string | null;
    readonly workbook: StagedArtefact;
  }

  async function request(overrides: Partial<Request> = {}, bytes = 9000): Promise<Request> {
    const path = join(directory, 'report.xlsx');
    await writeFile(path, randomBytes(bytes));
    return {
      slug: null,
      from: 'Backup reports <backup-reports@example.com>',
      to: ['ops@example.com', 'dba@example.com'],
      workbook: { name: 'report.xlsx', path, bytes, sha256: '', mediaType: 'application/x-workbook' },
      attachWorkbook: true,
      maxMessageBytes: 2 * 1024 * 1024,
      linkExpiresMs: null,
      ...overrides,
    };
  }

  async function deliver({ slug, workbook, ...mail }: Request, asked: Ports): Promise<MailResult> {
    const plan = { name: report.plan, mail, kind: deliveredKind(), language: english };
    const delivered = { report, revision: 2, prefix, supersedes: null, workbook, parts: [] };
    const context = openDelivery(plan, delivered, asked);
    if (context.mail === null) throw new Error('the plan sends mail');
    const whole = { report, slug, to: mail.to, workbook, byHand: false };
    return deliverMail({ ...context, mail: context.mail }, whole);
  }

  /** A mailer that refuses these recipients. */
  function ports(refused: readonly string[] = [], overrides: Partial<Ports> = {}): Ports {
    const send = async (message: MailMessage): Promise<SendResult> => {
      sent.push(message);
      return {
        accepted: message.recipients.filter((recipient) => !refused.includes(recipient)),
        refused: message.recipients
          .filter((recipient) => refused.includes(recipient))
          .map((recipient) => ({ recipient, reason: '550 no such user' })),
        location: null,
      };
    };
    const clock = { nowMs: () => nowMs, sleep: async () => undefined };
    return {
      archive,
      mailer: { ...testMailer, send },
      mailRenderer,
      channels: [],
      clock,
      log: noLog,
      ...overrides,
    };
  }

  async function recordAt(attempt: number): Promise<unknown> {
    const bytes = await archive.read(`${prefix}delivery-${attempt}.json`);
    return bytes === null ? null : JSON.parse(Buffer.from(bytes).toString('utf8'));
  }

  it('sends the digest with the workbook and records the attempt', async () => {
    const { kind, record } = await deliver(await request(), ports());

    expect(kind).toBe('delivered');
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      subject: 'Backup report r2',
      text: 'The workbook is attached.',
      messageId: '<daily-backup.2026-11-19.r2@example.com>',
      date: '2026-11-20T11:00:00.000Z',
      attachments: [
        { filename: 'daily-backup-2026-11-19-report.xlsx', contentType: 'application/x-workbook' },
      ],
    });
    expect(record).toEqual({
      schemaVersion: 1,
      attempt: 1,
      time: '2026-11-20T11:00:07.000Z',
      messageId: '<daily-backup.2026-11-19.r2@example.com>',
      route: 'mail',
      transport: 'test',
      location: null,
      accepted: ['ops@example.com', 'dba@example.com'],
      refused: [],
    });
    expect(await recordAt(1)).toEqual(record);
  });

  it('says where the workbook is when it would make the message too large', async () => {
    await deliver(await request({ maxMessageBytes: 15_000 }), ports());

    expect(sent[0]?.attachments).toEqual([]);
    expect(sent[0]?.text).toBe(`The workbook is beside memory:${prefix}report.html.`);
  });

  it('counts the pictures of the mail among its bytes', async () => {
    const picture = { cid: 'a@b', filename: 'a.png', contentType: 'image/png', bytes: randomBytes(10_000) };
    const pictured: MailRenderer<DailyReport> = {
      renderMail: async (input) => ({ ...(await mailRenderer.renderMail(input)), inline: [picture] }),
    };
    await deliver(await request({ maxMessageBytes: 30_000 }), ports());
    await deliver(
      await request({ maxMessageBytes: 30_000, slug: 'a' }),
      ports([], { mailRenderer: pictured }),
    );

    expect(sent.map(({ attachments }) => attachments.length)).toEqual([1, 0]);
    expect(sent[1]?.inline).toEqual([picture]);
  });

  it('says where the workbook is when nothing is to be attached', async () => {
    await deliver(await request({ attachWorkbook: false }), ports());

    expect(sent[0]?.text).toContain('beside');
  });

  it.each([
    ['plain', 'x'.repeat(20_000)],
    ['all equals signs', '='.repeat(20_000)],
    ['not latin', '備'.repeat(20_000)],
    ['half latin', 'aé'.repeat(20_000)],
    ['short lines', 'a=\n'.repeat(10_000)],
  ])('never lets a message with a workbook be larger than allowed (text %s)', async (_what, text) => {
    const picture = { cid: 'a@b', filename: 'a.png', contentType: 'image/png', bytes: randomBytes(20_000) };
    const wordy: MailRenderer<DailyReport> = {
      renderMail: async () => ({ subject: 's', text, html: `<p>${text}</p>`, inline: [picture] }),
    };
    const withWorkbook: { message: MailMessage; maxMessageBytes: number }[] = [];
    for (let maxMessageBytes = 60_000; maxMessageBytes < 500_000; maxMessageBytes += 10_000) {
      const asked = await request({ maxMessageBytes }, 30_000);
      const own = { mailRenderer: wordy, archive: createMemoryArchive() };
      await deliver(asked, ports([], own));
      const message = sent.at(-1);
      if (message?.attachments.length === 1) withWorkbook.push({ message, maxMessageBytes });
    }

    // It is equally large under every limit, so that the lowest one is the one to be kept.
    const [tightest] = withWorkbook;
    if (tightest === undefined) throw new Error('no message had a workbook');
    const { location } = await createOutboxMailer(directory).send(tightest.message);
    const { size } = await stat(location ?? '');
    expect(size).toBeGreaterThan(60_000);
    expect(size).toBeLessThanOrEqual(tightest.maxMessageBytes);
  });

  it('does not send again what everybody has accepted', async () => {
    const first = await deliver(await request(), ports());
    const second = await deliver(await request(), ports());

    expect(second).toEqual({ kind: 'already-delivered', record: first.record });
    expect(sent).toHaveLength(1);
    expect(archive.keys()).toEqual([`${prefix}delivery-1.claim.json`, `${prefix}delivery-1.json`]);
  });

  it('records a refused recipient and tries only that one again', async () => {
    const first = await deliver(await request(), ports(['dba@example.com']));
    expect(first.kind).toBe('refused');
    expect(await recordAt(1)).toMatchObject({
      accepted: ['ops@example.com'],
      refused: [{ recipient: 'dba@example.com', reason: '550 no such user' }],
    });

    const second = await deliver(await request(), ports());
    expect(second).toMatchObject({
      kind: 'delivered',
      record: { attempt: 2, accepted: ['dba@example.com'] },
    });
    expect(sent[1]).toMatchObject({
      messageId: sent[0]?.messageId,
      to: ['ops@example.com', 'dba@example.com'],
      recipients: ['dba@example.com'],
      resent: null,
    });
    expect(await deliver(await request(), ports())).toMatchObject({ kind: 'already-delivered' });
  });

  it('sends to nobody when the refused recipient is no longer wanted', async () => {
    await deliver(await request(), ports(['dba@example.com']));
    const second = await deliver(await request({ to: ['ops@example.com'] }), ports());

    expect(second).toMatchObject({ kind: 'already-delivered', record: { attempt: 1 } });
    expect(sent).toHaveLength(1);
  });

  it('records that nobody accepted when the mailer fails, and fails', async () => {
    const failure = new Failure('delivery', 'cannot connect to the mail server', { retryable: true });
    const mailer = { ...testMailer, send: () => Promise.reject(failure) };

    await expect(deliver(await request(), ports([], { mailer }))).rejects.toBe(failure);
    expect(await recordAt(1)).toMatchObject({
      attempt: 1,
      accepted: [],
      refused: [
        { recipient: 'ops@example.com', reason: 'cannot connect to the mail server' },
        { recipient: 'dba@example.com', reason: 'cannot connect to the mail server' },
      ],
    });
    expect(await deliver(await request(), ports())).toMatchObject({
      kind: 'delivered',
      record: { attempt: 2 },
    });
    expect(sent[0]?.to).toEqual(['ops@example.com', 'dba@example.com']);
  });

  it('tells of the failed mail, not of the record that failed after it', async () => {
    const failure = new Failure('delivery', 'cannot connect to the mail server');
    const mailer = { ...testMailer, send: () => Promise.reject(failure) };
    const full = createMemoryArchive({
      beforeCreate: async (key) => {
        if (!key.includes('claim')) throw new Failure('storage', 'no space left');
      },
    });

    await expect(deliver(await request(), ports([], { mailer, archive: full }))).rejects.toBe(failure);
  });

  it('does not record a bug as a refusal, and sends again', async () => {
    const mailer = { ...testMailer, send: () => Promise.reject(new TypeError('bug')) };

    await expect(deliver(await request(), ports([], { mailer }))).rejects.toThrow(TypeError);
    expect(archive.keys()).toEqual([`${prefix}delivery-1.claim.json`]);
    expect((await deliver(await request(), ports())).kind).toBe('delivered');
  });

  it.each([
    ['the outbox cannot be written', new Failure('storage', 'no space left')],
    ['the configuration is wrong', new Failure('usage', 'the key file is not there')],
  ])('records as refused only what the server refused, not that %s', async (_what, failure) => {
    const mailer = { ...testMailer, send: () => Promise.reject(failure) };

    await expect(deliver(await request(), ports([], { mailer }))).rejects.toBe(failure);
    expect(archive.keys()).toEqual([`${prefix}delivery-1.claim.json`]);
    expect((await deliver(await request(), ports())).kind).toBe('delivered');
    expect(sent[0]?.resent).toContain('attempt 1 of');
  });

  it('does not record as refused that the mail without the workbook cannot be rendered', async () => {
    const mailer = { ...testMailer, send: () => Promise.reject(new MessageTooLarge('552 too large')) };
    const failure = new Failure('usage', 'the template is wrong');
    const attachedOnly: MailRenderer<DailyReport> = {
      renderMail: async (input) => {
        if (!input.attached) throw failure;
        return mailRenderer.renderMail(input);
      },
    };
    const asked = ports([], { mailer, mailRenderer: attachedOnly });

    await expect(deliver(await request(), asked)).rejects.toBe(failure);
    expect(archive.keys()).toEqual([`${prefix}delivery-1.claim.json`]);
  });

  it('does not send twice what is too large without the workbook', async () => {
    const send = async (message: MailMessage): Promise<SendResult> => {
      sent.push(message);
      throw new MessageTooLarge('552 message too large');
    };
    const asked = ports([], { mailer: { ...testMailer, send } });

    await expect(deliver(await request({ attachWorkbook: false }), asked)).rejects.toThrow('552');
    expect(sent).toHaveLength(1);
  });

  it('does not send while rendering or sharing fails for a reason that nobody foresaw', async () => {
    const sharing = Object.assign(archive, { share: () => Promise.reject(new TypeError('bug')) });
    const asked = request({ attachWorkbook: false, linkExpiresMs: 1000 });

    await expect(deliver(await asked, ports([], { archive: sharing }))).rejects.toThrow(TypeError);
    expect(sent).toEqual([]);
  });

  it('makes no link where the plan wants none', async () => {
    const sharing = Object.assign(archive, {
      share: () => Promise.reject(new TypeError('not to be called')),
    });
    await deliver(await request({ attachWorkbook: false }), ports([], { archive: sharing }));

    expect(sent).toHaveLength(1);
  });

  it('sends nothing when no attempt can be claimed', async () => {
    const full = createMemoryArchive({
      beforeCreate: () => Promise.reject(new Failure('storage', 'no space left')),
    });

    await expect(deliver(await request(), ports([], { archive: full }))).rejects.toThrow('no space left');
    expect(sent).toEqual([]);
  });

  it('sends without the workbook what the server does not take with it, as the same attempt', async () => {
    const send = async (message: MailMessage): Promise<SendResult> => {
      sent.push(message);
      if (message.attachments.length > 0) throw new MessageTooLarge('552 message too large');
      return { accepted: message.recipients, refused: [], location: null };
    };
    const { kind, record } = await deliver(await request(), ports([], { mailer: { ...testMailer, send } }));

    expect({ kind, attempt: record.attempt }).toEqual({ kind: 'delivered', attempt: 1 });
    expect(sent.map(({ attachments }) => attachments.length)).toEqual([1, 0]);
    expect(sent[1]?.text).toContain('beside');
    expect(archive.keys()).toEqual([`${prefix}delivery-1.claim.json`, `${prefix}delivery-1.json`]);
  });

  it('records as refused what the server does not take without the workbook either', async () => {
    const mailer = {
      ...testMailer,
      send: () => Promise.reject(new MessageTooLarge('552 message too large')),
    };

    await expect(deliver(await request(), ports([], { mailer }))).rejects.toBeInstanceOf(MessageTooLarge);
    expect(await recordAt(1)).toMatchObject({ accepted: [], refused: [{}, {}] });
  });

  describe('where the workbook is not attached and may be shared', () => {
    const linkExpiresMs = 7 * 86_400_000;
    const linked: MailRenderer<DailyReport> = {
      renderMail: async ({ link }) => ({ subject: 's', html: '', text: JSON.stringify(link), inline: [] }),
    };

    it('has a link that expires', async () => {
      const shared: unknown[] = [];
      const sharing = Object.assign(archive, {
        share: async (...asked: unknown[]) => {
          shared.push(asked);
          return 'https://objects.example/p/secret/report.xlsx';
        },
      });
      const asked = await request({ maxMessageBytes: 15_000, linkExpiresMs });
      const { record } = await deliver(asked, ports([], { mailRenderer: linked, archive: sharing }));

      const expiresMs = nowMs + linkExpiresMs;
      expect(JSON.parse(sent[0]?.text ?? '')).toEqual({
        url: 'https://objects.example/p/secret/report.xlsx',
        expiresMs,
      });
      expect(shared).toEqual([[`${prefix}report.xlsx`, 'daily-backup 2026-11-19 r2 report.xlsx', expiresMs]]);
      expect(JSON.stringify(record)).not.toContain('secret');
    });

    it('makes no link where the workbook is attached', async () => {
      const sharing = Object.assign(archive, { share: () => Promise.reject(new Error('not to be called')) });
      await deliver(await request({ linkExpiresMs }), ports([], { archive: sharing }));

      expect(sent[0]?.attachments).toHaveLength(1);
    });

    it('says where it lies when sharing is refused, and warns', async () => {
      const warnings: string[] = [];
      const log = { ...noLog, warn: (_fields: unknown, message: string) => warnings.push(message) };
      const sharing = Object.assign(archive, {
        share: () => Promise.reject(new Failure('storage', 'cannot share: 404')),
      });
      const asked = await request({ attachWorkbook: false, linkExpiresMs });
      const { kind } = await deliver(asked, ports([], { archive: sharing, log }));

      expect(kind).toBe('delivered');
      expect(sent[0]?.text).toContain('beside');
      expect(warnings).toEqual(['mail: no link to the workbook']);
    });
  });

  it('sends again, and says so, when a delivery record cannot be read', async () => {
    await archive.create(`${prefix}delivery-1.json`, { bytes: Buffer.from('{"att') }, 'application/json');
    const warnings: string[] = [];
    const log = { ...noLog, warn: (_fields: unknown, message: string) => warnings.push(message) };
    const { kind, record } = await deliver(await request(), ports([], { log }));

    expect({ kind, attempt: record.attempt }).toEqual({ kind: 'delivered', attempt: 2 });
    expect(warnings).toEqual(['delivery: a record cannot be read']);
  });

  it.each([
    ['a@example.com', 'example.com'],
    ['"x@y" <a@mail.example.com>', 'mail.example.com'],
    ['a@bücher.example', 'xn--bcher-kva.example'],
    ['nobody', 'localhost'],
  ])('takes the domain of the Message-ID from %s', async (from, domain) => {
    await deliver(await request({ from }), ports());

    expect(sent[0]?.messageId).toBe(`<daily-backup.2026-11-19.r2@${domain}>`);
  });
});
