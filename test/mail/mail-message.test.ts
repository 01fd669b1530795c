import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ParsedMail, simpleParser } from 'mailparser';
import { deliverMail } from '../../src/day/delivery/deliver-mail.js';
import { openDelivery } from '../../src/day/delivery/delivery-context.js';
import { createOutboxMailer } from '../../src/mail/outbox/outbox-mailer.js';
import { noBranding, openTheme } from '../../src/renderers/theme.js';
import { backupMail } from '../support/backup-renderers.js';
import { deliveredKind } from '../support/delivered-kind.js';
import { mailFleet } from '../support/mail-fleet.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import { decodePng } from '../support/png.js';
import { englishTheme } from '../support/theme.js';
import { english } from '../support/judge-day.js';

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20"/></svg>';
const logo = { mediaType: 'image/svg+xml', base64: Buffer.from(svg).toString('base64') };
const theme = openTheme({ ...englishTheme.data, branding: { ...noBranding, company: 'Example', logo } });

describe('the message of a day, from the report to the outbox', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mail-message-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  async function deliver(outbox: string): Promise<{ readonly raw: Buffer; readonly mail: ParsedMail }> {
    const path = join(directory, 'report.xlsx');
    await writeFile(path, 'workbook');
    const report = mailFleet('en');
    const workbook = { name: 'report.xlsx', path, bytes: 8, sha256: '', mediaType: 'application/x-workbook' };
    const to = ['ops@example.com'];
    const mail = {
      from: 'reports@example.com',
      to,
      attachWorkbook: true,
      maxMessageBytes: 2_000_000,
      linkExpiresMs: null,
    };
    const mailer = createOutboxMailer(join(directory, outbox));
    const context = openDelivery(
      { name: report.plan, mail, kind: deliveredKind(), language: english },
      {
        report,
        revision: 1,
        prefix: 'daily-backup/2026/11/19/r1/',
        supersedes: null,
        workbook,
        parts: [],
      },
      {
        archive: createMemoryArchive(),
        mailer,
        mailRenderer: backupMail(theme),
        channels: [],
        clock: { nowMs: () => 0, sleep: async () => undefined },
        log: { info: () => undefined, warn: () => undefined },
      },
    );
    const { record } = await deliverMail(
      { ...context, mail: { ...mail, mailer } },
      { report, slug: null, to, workbook, byHand: false },
    );
    const raw = await readFile(record.location ?? '');
    return { raw, mail: await simpleParser(raw, { keepCidLinks: true }) };
  }

  it('has every picture that it shows, and shows every picture that it has', async () => {
    const { mail } = await deliver('out');
    const shown = [...(mail.html || '').matchAll(/src="cid:([^"]+)"/g)].map(([, cid]) => cid);
    const pictures = mail.attachments.filter(({ related }) => related);
    expect(shown).toHaveLength(1);
    expect(pictures.map(({ cid }) => cid).sort()).toEqual(shown.sort());
    for (const { content } of pictures) expect(decodePng(content).width).toBeGreaterThan(100);
  });

  it('nests its parts as mail clients want them', async () => {
    const { raw, mail } = await deliver('out');
    const types = [...raw.toString('latin1').matchAll(/^Content-Type:\s+([^;\s]+)/gm)].map(
      ([, type]) => type,
    );
    expect(types).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/png',
      'application/x-workbook',
    ]);
    expect(mail.text).toContain('=== Exceptions (3) ===');
    expect(mail.attachments.filter(({ related }) => !related).map(({ filename }) => filename)).toEqual([
      'daily-backup-2026-11-19-report.xlsx',
    ]);
  });

  it('has the same bytes each time', async () => {
    expect((await deliver('one')).raw.equals((await deliver('two')).raw)).toBe(true);
  });
});
