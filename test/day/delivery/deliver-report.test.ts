import { beforeEach, describe, expect, it } from 'vitest';
import { type DeliveryOptions, deliverReport } from '../../../src/day/delivery/deliver-report.js';
import type {
  DeliverableRevision,
  DeliveryPlan,
  DeliveryPorts,
} from '../../../src/day/delivery/delivery-context.js';
import { Failure } from '../../../src/errors.js';
import type { DeliveryRecord } from '../../../src/model/delivery.js';
import type { Channel, MailMessage, Notice } from '../../../src/ports/delivery.js';
import type { MailRenderer } from '../../../src/ports/mail-renderer.js';
import type { DailyReport } from '../../../src/reports/backup-compliance/model/daily-report.js';
import { acceptedBy, keepingMailer, plainMailRenderer } from '../../support/committed-day.js';
import { deliveredKind } from '../../support/delivered-kind.js';
import { createMemoryArchive, type MemoryArchive } from '../../support/memory-archive.js';
import { failedResource, reportOf, sampleResource } from '../../support/sample-report.js';
import { type SleeplessClock, sleeplessClock } from '../../support/sleepless-clock.js';
import { english } from '../../support/judge-day.js';

type Ports = DeliveryPorts<DailyReport>;

const prefix = 'daily-backup/2026/11/19/r1/';
const whole = reportOf([failedResource({ resourceName: 'ORDERS' }), sampleResource()]);
const fine = reportOf([sampleResource()]);
const plan: DeliveryPlan<DailyReport> = {
  name: 'daily-backup',
  kind: deliveredKind(),
  language: english,
  mail: {
    from: 'reports@example.com',
    to: ['ops@example.com', 'boss@example.com'],
    attachWorkbook: false,
    maxMessageBytes: 2_000_000,
    linkExpiresMs: null,
  },
};
const noMail = { ...plan, mail: null };
const down = new Failure('delivery', 'the mail server is down', { retryable: true });

describe('deliverReport', () => {
  let archive: MemoryArchive;
  let clock: SleeplessClock;
  let sent: MailMessage[];
  let notices: { readonly channel: string; readonly notice: Notice }[];

  beforeEach(() => {
    clock = sleeplessClock(Date.parse('2026-11-20T06:00:00.000Z'));
    archive = createMemoryArchive();
    sent = [];
    notices = [];
  });

  function revisionOf(
    report: DailyReport = whole,
    slices: readonly string[] = [],
  ): DeliverableRevision<DailyReport> {
    return {
      report,
      revision: 1,
      prefix,
      supersedes: null,
      workbook: null,
      parts: slices.map((slug) => ({
        name: `team ${slug}`,
        slug,
        to: [`${slug}@example.com`],
        report: { ...report, slice: { name: `team ${slug}`, resources: 1, ofResources: 2 } },
        workbook: null,
      })),
    };
  }

  function ports(over: Partial<Ports> = {}): Ports {
    const log = { info: () => undefined, warn: () => undefined };
    const mailer = keepingMailer(sent);
    return { mailer, mailRenderer: plainMailRenderer, channels: [], archive, clock, log, ...over };
  }

  function channel(name: string, over: Partial<Channel> = {}): Channel {
    return {
      name,
      type: 'test-channel',
      when: 'always',
      claimMs: 60_000,
      notify: async (notice) => void notices.push({ channel: name, notice }),
      ...over,
    };
  }

  async function records(): Promise<DeliveryRecord[]> {
    const keys = archive.keys().filter((key) => /delivery-\d+\.json$/.test(key));
    const read = async (key: string): Promise<DeliveryRecord> =>
      JSON.parse(Buffer.from((await archive.read(key)) ?? []).toString());
    return Promise.all(keys.map(read));
  }

  const deliver = (over: Partial<Ports> = {}, options: DeliveryOptions = {}) =>
    deliverReport(plan, revisionOf(), ports(over), options);

  it('mails the whole to all, each slice to its own, and then tells the channels', async () => {
    const result = await deliverReport(
      plan,
      revisionOf(whole, ['dba', 'net']),
      ports({ channels: [channel('ops')] }),
    );

    expect(sent.map(({ subject, to }) => [subject, to])).toEqual([
      ['whole r1', ['ops@example.com', 'boss@example.com']],
      ['team dba r1', ['dba@example.com']],
      ['team net r1', ['net@example.com']],
    ]);
    expect(result).toEqual({
      delivery: { kind: 'delivered', location: null },
      sliceDeliveries: [
        { name: 'team dba', kind: 'delivered', location: null },
        { name: 'team net', kind: 'delivered', location: null },
      ],
      notices: [{ name: 'ops', kind: 'delivered' }],
    });
    expect((await records()).map(({ route, accepted }) => [route, accepted])).toEqual([
      ['mail', ['ops@example.com', 'boss@example.com']],
      ['mail', ['dba@example.com']],
      ['mail', ['net@example.com']],
      ['channel:ops', ['ops']],
    ]);
  });

  it('tells a channel the subject and the beginning of the mail, where the report lies, and how bad it is', async () => {
    await deliver({ channels: [channel('ops')] });

    expect(notices).toEqual([
      {
        channel: 'ops',
        notice: {
          title: 'whole r1',
          text: 'Compliant: 1\nJobs: 14',
          details: {},
          location: `memory:${prefix}report.html`,
          standing: { level: 'bad', verdict: 'NON-COMPLIANT', totals: whole.totals },
          report: whole,
          revision: 1,
          id: '<daily-backup.2026-11-19.r1@example.com>',
        },
      },
    ]);
  });

  it.each([
    ['good', fine],
    ['bad', whole],
    ['bad', { ...whole, status: 'INCOMPLETE' } as DailyReport],
    ['warning', { ...fine, status: 'INCOMPLETE' } as DailyReport],
    ['warning', reportOf([sampleResource({ compliance: 'UNKNOWN', outcome: 'UNKNOWN' })])],
    ['warning', reportOf([])],
  ])('stands %s', async (standing, report) => {
    await deliverReport(noMail, revisionOf(report), ports({ channels: [channel('ops')] }));

    expect(notices[0]?.notice.standing.level).toBe(standing);
  });

  it('tells a channel for trouble nothing of a good report, says so in the ledger, and tells it of a bad one', async () => {
    const channels = [channel('trouble', { when: 'trouble' })];
    const first = await deliverReport(noMail, revisionOf(fine), ports({ channels }));
    await deliverReport(noMail, revisionOf(fine), ports({ channels }));

    expect(first.notices).toEqual([{ name: 'trouble', kind: 'not-due' }]);
    expect(notices).toEqual([]);
    expect(await records()).toMatchObject([{ route: 'channel:trouble', accepted: [], refused: [] }]);

    const later = { ...revisionOf(whole), revision: 2, prefix: prefix.replace('r1', 'r2') };
    const told = await deliverReport(noMail, later, ports({ channels }));
    expect(told.notices).toEqual([{ name: 'trouble', kind: 'delivered' }]);
  });

  it('tells a channel for trouble of what is neither bad nor good', async () => {
    const channels = [channel('trouble', { when: 'trouble' })];
    const incomplete: DailyReport = { ...fine, status: 'INCOMPLETE' };
    const { notices: told } = await deliverReport(noMail, revisionOf(incomplete), ports({ channels }));

    expect(told).toEqual([{ name: 'trouble', kind: 'delivered' }]);
  });

  it.each([
    [undefined, `memory:${prefix}report.html`],
    ['https://reports.example.com/b', 'https://reports.example.com/b/daily-backup/2026/11/19/r1/report.html'],
  ])('leads mail and channels to the report where a browser finds it at %s', async (publicUrl, location) => {
    const told: unknown[] = [];
    const mailRenderer: MailRenderer<DailyReport> = {
      renderMail: async (input) => {
        told.push(input.location);
        return { subject: 's', html: '', text: '', inline: [] };
      },
    };
    const own = ports({ mailRenderer, channels: [channel('ops')] });
    await deliverReport({ ...plan, publicUrl }, revisionOf(), own);

    expect([...told, notices[0]?.notice.location]).toEqual([location, location, location]);
  });

  it.each([
    [undefined, `memory:${prefix}`],
    ['https://reports.example.com/b', 'https://reports.example.com/b/daily-backup/2026/11/19/r1/'],
  ])('leads the mail of a slice to its own page, at %s', async (publicUrl, folder) => {
    const told: unknown[] = [];
    const mailRenderer: MailRenderer<DailyReport> = {
      renderMail: async ({ report, location }) => {
        told.push([report.slice?.name ?? 'whole', location]);
        return { subject: 's', html: '', text: '', inline: [] };
      },
    };
    const revision = revisionOf(whole, ['dba', 'net']);
    // A revision of 0.1 has no page for a slice.
    const parts = revision.parts.map((part) => (part.slug === 'net' ? { ...part, page: null } : part));
    await deliverReport({ ...plan, publicUrl }, { ...revision, parts }, ports({ mailRenderer }));

    expect(told).toEqual([
      ['whole', `${folder}report.html`],
      ['team dba', `${folder}slice-dba.html`],
      ['team net', `${folder}report.html`],
    ]);
  });

  it.each([
    ['20 lines', 'line\n'.repeat(30), `${'line\n'.repeat(19)}line`],
    ['no gaps', '\n\na\n\n\n\nb\n\n', 'a\n\nb'],
    ['1500 characters', '\u{1f4be}'.repeat(1500), '\u{1f4be}'.repeat(1500)],
    ['1500 characters and a sign', '\u{1f4be}'.repeat(1501), `${'\u{1f4be}'.repeat(1500)}…`],
  ])('tells a channel the beginning of a long mail: %s', async (_what, text, expected) => {
    const mailRenderer = { renderMail: async () => ({ subject: 's', html: '', text, inline: [] }) };
    await deliver({ mailRenderer, channels: [channel('ops')] });

    expect(notices[0]?.notice.text).toBe(expected);
  });

  it('renders what channels are told once for all of them', async () => {
    let rendered = 0;
    const mailRenderer = {
      renderMail: async () => ((rendered += 1), { subject: 's', html: '', text: '', inline: [] }),
    };
    await deliverReport(
      noMail,
      revisionOf(),
      ports({ mailRenderer, channels: [channel('a'), channel('b')] }),
    );

    expect([rendered, notices.length]).toEqual([1, 2]);
  });

  it('claims a notice for as long as its channel takes, and takes no bug for a refusal', async () => {
    const broken = channel('ops', { notify: () => Promise.reject(new TypeError('bug')) });
    const { notices: told, unexpected } = await deliverReport(
      noMail,
      revisionOf(),
      ports({ channels: [broken, channel('other')] }),
    );

    expect(told).toEqual([
      { name: 'ops', kind: 'failed', reason: 'bug' },
      { name: 'other', kind: 'delivered' },
    ]);
    expect(unexpected).toEqual([new TypeError('bug')]);
    expect((await records()).map(({ route }) => route)).toEqual(['channel:other']);
    const claim = JSON.parse(
      Buffer.from((await archive.read(`${prefix}delivery-1.claim.json`)) ?? []).toString(),
    );
    expect(Date.parse(claim.expires) - Date.parse(claim.time)).toBe(60_000);
  });

  it('tells of a channel as refused where another process heard that while this one waited', async () => {
    const refusing = channel('ops', {
      notify: async () => {
        await clock.sleep(5000);
        throw new Failure('delivery', '410');
      },
    });
    const both = await Promise.all(
      [1, 2].map(() => deliverReport(noMail, revisionOf(), ports({ channels: [refusing] }))),
    );

    expect(both.flatMap(({ notices: told }) => told)).toEqual(
      expect.arrayContaining([
        { name: 'ops', kind: 'refused', reason: '410' },
        { name: 'ops', kind: 'refused', refused: [{ recipient: 'ops', reason: '410' }] },
      ]),
    );
    expect(await records()).toHaveLength(1);
  });

  it('counts a recipient that was refused beside others as refused', async () => {
    const mailer = keepingMailer(sent, async ({ recipients }) => ({
      accepted: recipients.slice(1),
      refused: recipients.slice(0, 1).map((recipient) => ({ recipient, reason: '550' })),
      location: null,
    }));

    expect((await deliver({ mailer })).delivery?.kind).toBe('refused');
  });

  it('tells nobody twice', async () => {
    const channels = [channel('ops'), channel('pager')];
    await deliver({ channels });
    const again = await deliver({ channels });

    expect([sent.length, notices.length]).toEqual([1, 2]);
    expect(again).toEqual({
      delivery: { kind: 'already-delivered', location: null },
      sliceDeliveries: [],
      notices: [
        { name: 'ops', kind: 'already-delivered' },
        { name: 'pager', kind: 'already-delivered' },
      ],
    });
  });

  it('sends once when several processes deliver the same revision at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, () =>
        deliverReport(plan, revisionOf(whole, ['dba']), ports({ channels: [channel('ops')] })),
      ),
    );

    expect(sent.map(({ subject }) => subject).sort()).toEqual(['team dba r1', 'whole r1']);
    expect(notices).toHaveLength(1);
    const kinds = all.map(({ delivery }) => delivery?.kind).sort();
    expect(kinds).toEqual([...Array.from({ length: 9 }, () => 'already-delivered'), 'delivered']);
  });

  it('keeps nobody back for one that fails: each failure is a part of the result, and of the ledger', async () => {
    const mailer = keepingMailer(sent, async ({ recipients }) => {
      if (recipients.length === 2) throw down;
      return acceptedBy(recipients);
    });
    const broken = channel('broken', {
      notify: () => Promise.reject(new Failure('delivery', '410', { hints: ['Look at the URL.'] })),
    });
    const told = await deliverReport(
      plan,
      revisionOf(whole, ['dba']),
      ports({ mailer, channels: [broken, channel('ops')] }),
    );

    expect(told).toEqual({
      delivery: { kind: 'refused', location: null, reason: 'the mail server is down' },
      sliceDeliveries: [{ name: 'team dba', kind: 'delivered', location: null }],
      notices: [
        { name: 'broken', kind: 'refused', reason: '410', hints: ['Look at the URL.'] },
        { name: 'ops', kind: 'delivered' },
      ],
    });
    expect(notices.map(({ channel: name }) => name)).toEqual(['ops']);
    expect(
      (await records()).map(({ route, accepted, refused }) => [route, accepted, refused.length]),
    ).toEqual([
      ['mail', [], 2],
      ['mail', ['dba@example.com'], 0],
      ['channel:broken', [], 1],
      ['channel:ops', ['ops'], 0],
    ]);
  });

  it('sends again after a crash between the mail and its record, under the same id and with a note', async () => {
    const crashing = keepingMailer(sent, () => Promise.reject(new Error('the process is gone')));
    expect((await deliver({ mailer: crashing })).unexpected).toEqual([new Error('the process is gone')]);
    const { delivery } = await deliver();

    expect(delivery?.kind).toBe('delivered');
    expect(sent.map(({ messageId, resent }) => [messageId, resent])).toEqual([
      ['<daily-backup.2026-11-19.r1@example.com>', null],
      [
        '<daily-backup.2026-11-19.r1@example.com>',
        'attempt 2; attempt 1 of 2026-11-20T06:00:00Z has no record',
      ],
    ]);
  });

  it('fails when the mail is out and the record refused, warns, and sends once more later', async () => {
    let isFull = true;
    archive = createMemoryArchive({
      beforeCreate: async (key) => {
        if (isFull && !key.includes('claim')) throw new Failure('storage', 'no space left');
      },
    });
    const warnings: string[] = [];
    const log = {
      info: () => undefined,
      warn: (_fields: unknown, message: string) => warnings.push(message),
    };
    expect((await deliver({ log })).delivery).toMatchObject({ kind: 'failed', reason: 'no space left' });
    expect(warnings).toEqual(['delivery: accepted, but not recorded', 'delivery: not delivered']);

    isFull = false;
    expect((await deliver()).delivery?.kind).toBe('delivered');
    expect(sent.map(({ resent }) => resent !== null)).toEqual([false, true]);
    expect((await deliver()).delivery?.kind).toBe('already-delivered');
  });

  it('tells channels where the plan sends no mail', async () => {
    const result = await deliverReport(
      noMail,
      revisionOf(whole, ['dba']),
      ports({ mailer: null, channels: [channel('ops')] }),
    );

    expect(result).toEqual({
      delivery: null,
      sliceDeliveries: [],
      notices: [{ name: 'ops', kind: 'delivered' }],
    });
    expect(notices[0]?.notice.id).toBe('<daily-backup.2026-11-19.r1@localhost>');
  });

  describe('by hand', () => {
    it('sends everything to all again, under the same ids, and tells no channel that was told', async () => {
      const over = { channels: [channel('ops')] };
      await deliverReport(plan, revisionOf(whole, ['dba']), ports(over));
      const byHand = { byHand: { to: null } };
      const again = await deliverReport(plan, revisionOf(whole, ['dba']), ports(over), byHand);

      expect(
        sent.slice(2).map(({ messageId, recipients, resent }) => [messageId, recipients, resent]),
      ).toEqual([
        [sent[0]?.messageId, ['ops@example.com', 'boss@example.com'], 'by hand'],
        [sent[1]?.messageId, ['dba@example.com'], 'by hand'],
      ]);
      expect(again.delivery?.kind).toBe('delivered');
      expect(notices).toHaveLength(1);
    });

    it('sends the whole report alone to an address', async () => {
      const over = { channels: [channel('ops')] };
      const byHand = { byHand: { to: ['auditor@example.com'] } };
      const { sliceDeliveries } = await deliverReport(plan, revisionOf(whole, ['dba']), ports(over), byHand);

      expect(sent.map(({ recipients, to }) => [recipients, to])).toEqual([
        [['auditor@example.com'], ['auditor@example.com']],
      ]);
      expect([sliceDeliveries, notices]).toEqual([[], []]);
      // Those of the plan have not had it.
      await deliver();
      expect(sent[1]?.recipients).toEqual(['ops@example.com', 'boss@example.com']);
    });
  });
});
