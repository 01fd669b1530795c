import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wirePeriodRenderers } from '../../src/wiring/wire-backup-compliance.js';
import { archiveTable, mailSettings, makePeriod, planName } from '../support/period-days.js';
import { smtpMailer } from '../support/smtp-mail.js';
import { Relay } from '../support/smtp-relay.js';
import { englishTheme } from '../support/theme.js';

const label = '2026-11-01_2026-11-02';
const table = { from: '2026-11-01', states: 'CC', resources: { a: '+F', b: '++' } };
const to = ['committee@example.com', 'gone@example.com'];

describe('the mail of a period over SMTP', () => {
  let relay: Relay;
  beforeEach(async () => {
    relay = await Relay.start();
  });
  afterEach(() => relay.close());

  it('says who was refused, and goes to them alone the next time', async () => {
    const archive = await archiveTable(table);
    const mailer = smtpMailer(relay.port);
    const settings = {
      sent: [],
      plan: { mail: { ...mailSettings, to } },
      ports: { ...wirePeriodRenderers(englishTheme), mailer },
    };
    relay.refuse('rcpt', 550, 'no such user', 1, 'gone@example.com');

    const first = await makePeriod(archive, label, settings);
    const second = await makePeriod(archive, label, settings);
    const third = await makePeriod(archive, label, settings);

    expect(first.delivery).toMatchObject({
      kind: 'refused',
      reasons: [expect.stringMatching(/^gone@example\.com: .*no such user/)],
    });
    expect([second.kind, second.delivery?.kind]).toStrictEqual(['unchanged', 'delivered']);
    expect(third.delivery?.kind).toBe('already-delivered');
    expect(relay.received.map((mail) => mail.to)).toStrictEqual([
      ['committee@example.com'],
      ['gone@example.com'],
    ]);
    const [raw = '', again = ''] = relay.received.map((mail) => unfolded(mail.raw));
    expect(/^Subject: (.*)$/m.exec(raw)?.[1]?.trim()).toBe(
      '[ATTAINMENT] Backups 2026-11-01 to 2026-11-02: 75.0% (3 of 4)',
    );
    expect(raw).toContain(`${planName}-${label}-report.xlsx`);
    const id = `Message-ID: <${planName}.period-${label}.r1@example.com>`;
    expect([raw, again].map((text) => text.includes(id))).toStrictEqual([true, true]);
  });

  it('is sent without the workbook where the message would be too large', async () => {
    const mailer = smtpMailer(relay.port);
    const plan = { mail: { ...mailSettings, maxMessageBytes: 10_000 } };
    const ports = { ...wirePeriodRenderers(englishTheme), mailer };

    const made = await makePeriod(await archiveTable(table), label, { sent: [], plan, ports });

    expect(made.delivery?.kind).toBe('delivered');
    const raw = relay.received[0]?.raw.toString() ?? '';
    expect(raw).not.toContain('filename=');
    expect(raw).toContain('in the archive');
  });

  it('says that it failed, is archived all the same, and is sent by the next run', async () => {
    const archive = await archiveTable(table);
    const settings = {
      sent: [],
      ports: { ...wirePeriodRenderers(englishTheme), mailer: smtpMailer(relay.port) },
    };
    relay.refuse('mail', 550, 'not from you');

    const first = await makePeriod(archive, label, settings);

    expect(first).toMatchObject({ kind: 'committed', delivery: { kind: 'failed' } });
    expect(await makePeriod(archive, label, settings)).toMatchObject({
      kind: 'unchanged',
      delivery: { kind: 'delivered' },
    });
  });
});

/** Headers on one line each. */
function unfolded(raw: Buffer): string {
  return raw.toString().replaceAll(/\r?\n[ \t]+/g, ' ');
}
