import { readFile, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { dayState } from '../../../src/day/delivery/day-state.js';
import { redeliver } from '../../../src/day/delivery/redeliver.js';
import { makeDailyReport } from '../../../src/day/make-daily-report.js';
import type { DayPorts, ReportPlan } from '../../../src/day/report-plan.js';
import { Failure } from '../../../src/errors.js';
import type { Channel, MailMessage } from '../../../src/ports/delivery.js';
import type { Renderer } from '../../../src/ports/renderer.js';
import type { DailyReport } from '../../../src/reports/backup-compliance/model/daily-report.js';
import { type Rules, noRules } from '../../../src/reports/backup-compliance/rules/rule-book.js';
import { backupsBy } from '../../support/backfill-plan.js';
import { commitDay, keepingMailer, plainMailRenderer } from '../../support/committed-day.js';
import { english } from '../../support/judge-day.js';
import { dayOf } from '../../support/judge.js';
import { createMemoryArchive, type MemoryArchive } from '../../support/memory-archive.js';
import { memorySource } from '../../support/memory-source.js';
import { backupOf } from '../../support/named-databases.js';
import { reportOf, sampleResource } from '../../support/sample-report.js';
import { type SleeplessClock, sleeplessClock } from '../../support/sleepless-clock.js';

const date = '2026-11-19';
const events = [backupOf('DB_1'), backupOf('DB_2', { state: 'FAILED' }), backupOf('APP_1')];
const log = { info: () => undefined, warn: () => undefined };
const rules: Rules = {
  ...noRules,
  recipients: [
    { name: 'Database Team', match: { name: ['DB_*'] }, to: ['dba@example.com'] },
    { name: 'Others', match: { name: ['*'] }, to: ['others@example.com'] },
  ],
};
const mail = {
  from: 'reports@example.com',
  to: ['ops@example.com'],
  attachWorkbook: true,
  maxMessageBytes: 2_000_000,
  linkExpiresMs: null,
};
const plan: ReportPlan<DailyReport> = {
  name: 'daily-backup',
  kind: backupsBy(rules),
  tolerateRejected: 0,
  language: english,
  configurationDigest: 'none',
  madeBy: [],
  tool: { name: 'oci-backup-reporter', version: '0.0.0' },
  principal: 'nobody',
  leaseMs: 0,
  mail,
};
const workbook: Renderer<DailyReport> = {
  name: 'report.xlsx',
  mediaType: 'application/x-workbook',
  async render({ report, lines }, path) {
    let text = '';
    for await (const some of lines()) text += some;
    await writeFile(path, `${report.slice?.name ?? 'whole'}\n${lines}`);
  },
};

const page: Renderer<DailyReport> = {
  name: 'report.html',
  mediaType: 'text/html',
  render: async ({ report }, path) => writeFile(path, report.slice?.name ?? 'whole'),
};

const plain = (text: string) => ({ subject: 's', html: '', text, inline: [] });

/** What a reader of the mail gets, attachments read while they are there. */
interface Received extends Pick<MailMessage, 'subject' | 'text' | 'html' | 'to' | 'messageId' | 'date'> {
  readonly files: readonly string[];
}

describe('an archived revision', () => {
  let archive: MemoryArchive;
  let clock: SleeplessClock;
  let received: Received[];

  beforeEach(() => {
    archive = createMemoryArchive();
    clock = sleeplessClock(dayOf(date, 'UTC').cutOffMs + 1);
    received = [];
  });

  const receiving = () =>
    keepingMailer([], async ({ subject, text, html, to, messageId, date: at, recipients, attachments }) => {
      const files = await Promise.all(attachments.map(({ path }) => readFile(path, 'utf8')));
      received.push({ subject, text, html, to, messageId, date: at, files });
      return { accepted: recipients, refused: [], location: 'the inbox' };
    });

  function ports(over: Partial<DayPorts<DailyReport>> = {}): DayPorts<DailyReport> {
    return {
      sources: [memorySource(events)],
      renderers: [workbook],
      archive,
      mailer: receiving(),
      mailRenderer: plainMailRenderer,
      channels: [],
      clock,
      log,
      ...over,
    };
  }

  async function run(over: Partial<DayPorts<DailyReport>> = {}): Promise<void> {
    const day = dayOf(date, 'UTC');
    await makeDailyReport(plan, { day, generatedAtMs: day.cutOffMs + 6 * 3_600_000 }, ports(over));
  }

  it('is delivered from the archive as the run that made it would have: whole and slices, with their workbooks', async () => {
    await run();
    const atOnce = received.splice(0);
    archive = createMemoryArchive();
    const mailer = keepingMailer([], () => Promise.reject(new Failure('delivery', 'the server is down')));
    await run({ mailer });
    expect(await dayState(archive, { ...plan, channels: [] }, date)).toBe('undelivered');

    const { delivery, sliceDeliveries, revision } = await redeliver(plan, date, ports());
    expect(received).toEqual(atOnce);
    expect(received.map(({ subject, files }) => [subject, files.length])).toEqual([
      ['whole r1', 1],
      ['Database Team r1', 1],
      ['Others r1', 1],
    ]);
    expect([delivery?.kind, sliceDeliveries.length, revision]).toEqual(['delivered', 2, 1]);
    expect(await dayState(archive, { ...plan, channels: [] }, date)).toBe('done');
  });

  it.each([
    ['its own page', [workbook, page], ['report.html', 'slice-database-team.html', 'slice-others.html']],
    ['the whole where it has none', [workbook], ['report.html', 'report.html', 'report.html']],
  ])('leads a slice to %s, at once, later and by hand', async (_, renderers, pages) => {
    const mailRenderer = { renderMail: async ({ location }: { location: string }) => plain(location) };
    const expected = pages.map((name) => archive.locate(`daily-backup/2026/11/19/r1/${name}`));
    await run({ renderers, mailRenderer });
    expect(received.splice(0).map(({ text }) => text)).toEqual(expected);

    archive = createMemoryArchive();
    const mailer = keepingMailer([], () => Promise.reject(new Failure('delivery', 'the server is down')));
    await run({ renderers, mailRenderer, mailer });
    await redeliver(plan, date, ports({ mailRenderer }));
    expect(received.splice(0).map(({ text }) => text)).toEqual(expected);

    await redeliver(plan, date, ports({ mailRenderer }), { byHand: { to: null } });
    expect(received.map(({ text }) => text)).toEqual(expected);
  });

  it('is not read again when everybody has it', async () => {
    await run();
    const reads: string[] = [];
    const watched = { ...archive, read: (key: string) => (reads.push(key), archive.read(key)) };
    const told = await redeliver(plan, date, ports({ archive: watched }));

    expect(told.delivery).toEqual({ kind: 'already-delivered', location: 'the inbox' });
    expect(received).toHaveLength(3);
    expect(reads.filter((key) => !/(manifest|delivery-\d+(\.claim)?)\.json$/.test(key))).toEqual([]);
  });

  it('is sent again by hand although everybody has it', async () => {
    await run();
    await redeliver(plan, date, ports(), { byHand: { to: null } });

    expect(received.slice(3)).toEqual(received.slice(0, 3));
  });

  it('says that it is revised', async () => {
    const report = reportOf([sampleResource()]);
    await commitDay(archive, report);
    const supersedes = {
      revision: 1,
      manifestSha256: '',
      reason: 'late events',
      changes: [],
      changesTotal: 0,
    };
    await commitDay(archive, report, { revision: 2, manifest: { supersedes } });
    await redeliver({ ...plan, kind: backupsBy(noRules) }, date, ports());

    expect(received.map(({ subject }) => subject)).toEqual(['whole r2 revised']);
  });

  it('is done where a slice of it belongs to no rule any more', async () => {
    await run({ mailer: keepingMailer([], () => Promise.reject(new Failure('delivery', 'down'))) }).catch(
      () => undefined,
    );
    const later = { ...plan, kind: backupsBy(noRules) };
    await redeliver(later, date, ports());

    expect(received.map(({ subject }) => subject)).toEqual(['whole r1']);
    expect(await dayState(archive, { ...later, channels: [] }, date)).toBe('done');
  });

  it('asks who was refused once more where a person runs the day again, and nobody who has it since', async () => {
    const refusing = keepingMailer([], async ({ recipients }) => ({
      accepted: recipients.filter((each) => each !== 'boss@example.com'),
      refused: recipients
        .filter((each) => each === 'boss@example.com')
        .map((recipient) => ({ recipient, reason: '550' })),
      location: null,
    }));
    const to = ['ops@example.com', 'boss@example.com'];
    const two = { ...plan, mail: { ...mail, to } };
    const day = dayOf(date, 'UTC');
    await makeDailyReport(two, { day, generatedAtMs: day.cutOffMs }, ports({ mailer: refusing }));

    await redeliver(two, date, ports());
    expect(received).toEqual([]);
    await redeliver(two, date, ports(), { retriesRefused: true });
    expect(received.map(({ subject }) => subject)).toEqual(['whole r1']);

    const watched = {
      ...archive,
      read: (key: string) =>
        key.endsWith('report.json') ? Promise.reject(new Error('not to be read')) : archive.read(key),
    };
    const { delivery } = await redeliver(two, date, ports({ archive: watched }), { retriesRefused: true });
    expect(delivery?.kind).toBe('already-delivered');
    expect(received).toHaveLength(1);
  });

  it('needs neither workbooks nor jobs where the plan sends no mail', async () => {
    await run({ mailer: null });
    const watched = {
      ...archive,
      read: (key: string) =>
        /xlsx|jobs/.test(key) ? Promise.reject(new Error('not to be read')) : archive.read(key),
    };
    const told: string[] = [];
    const channel: Channel = {
      name: 'ops',
      type: 'test',
      when: 'always',
      claimMs: 0,
      notify: async ({ id }) => void told.push(id),
    };
    const silent = { ...plan, mail: null };
    const { delivery, notices } = await redeliver(
      silent,
      date,
      ports({ archive: watched, mailer: null, channels: [channel] }),
      { retriesRefused: true },
    );

    expect([delivery, notices]).toEqual([null, [{ name: 'ops', kind: 'delivered' }]]);
    expect(told).toEqual(['<daily-backup.2026-11-19.r1@localhost>']);
  });

  it('is not sent when its jobs cannot be understood', async () => {
    const report = reportOf([sampleResource()]);
    const kind: ReportPlan['kind'] = {
      ...plan.kind,
      async partsOf(_report, lines) {
        for await (const line of lines()) JSON.parse(`${line}}`);
        return [];
      },
    };
    await commitDay(archive, report, { jobs: [{ status: 'SUCCEEDED' }] });

    await expect(redeliver({ ...plan, kind }, date, ports())).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringContaining('jobs.ndjson.gz: this version cannot read it'),
    });
  });

  it('goes to nobody whom a person decided not to notify, but for by hand', async () => {
    const day = dayOf(date, 'UTC');
    const ops: Channel = {
      name: 'ops',
      type: 'test',
      when: 'always',
      claimMs: 0,
      notify: () => Promise.reject(new Error('not to be notified')),
    };
    const all = ports({ channels: [ops] });
    await makeDailyReport(plan, { day, generatedAtMs: day.cutOffMs, notify: false }, all);
    expect(await dayState(archive, { ...plan, channels: [ops] }, date)).toBe('done');
    await redeliver(plan, date, all);
    expect(received).toEqual([]);

    await redeliver(plan, date, ports(), { byHand: { to: null } });
    expect(received.map(({ subject }) => subject)).toEqual(['whole r1', 'Database Team r1', 'Others r1']);
  });

  it('withholds no slice but those that no rule makes', async () => {
    await run({ mailer: null });
    const kind = backupsBy({ ...rules, recipients: rules.recipients.slice(0, 1) });
    await redeliver({ ...plan, kind }, date, ports());

    const claims = archive.keys().filter((key) => key.endsWith('.claim.json'));
    const ids = await Promise.all(
      claims.map(
        async (key) => JSON.parse(Buffer.from((await archive.read(key)) ?? []).toString()).messageId,
      ),
    );
    expect(ids.map((id: string) => /r1\.?([a-z-]*)@/.exec(id)?.[1])).toEqual(['others', '', 'database-team']);
  });

  it('sent by hand says nothing of a slice that belongs to no rule any more', async () => {
    const mailer = keepingMailer([], () => Promise.reject(new Failure('delivery', 'down')));
    await run({ mailer }).catch(() => undefined);
    const before = archive.keys().length;
    await redeliver({ ...plan, kind: backupsBy(noRules) }, date, ports(), { byHand: { to: null } });

    // The claim and the record of the whole report.
    expect(archive.keys()).toHaveLength(before + 2);
  });

  it.each(['report.json', 'report.xlsx', 'slice-database-team.xlsx', 'jobs.ndjson.gz'])(
    'is not sent when %s is not what its manifest names',
    async (name) => {
      await run({ mailer: null });
      const altered = {
        ...archive,
        read: async (key: string) => (key.endsWith(name) ? Buffer.from('altered') : archive.read(key)),
      };
      await expect(redeliver(plan, date, ports({ archive: altered }))).rejects.toMatchObject({
        kind: 'storage',
        message: expect.stringContaining(`${name}: it is not the one that its manifest names`),
      });
      expect(received).toEqual([]);
    },
  );

  it('that is not there is an error of usage', async () => {
    await expect(redeliver(plan, date, ports())).rejects.toMatchObject({ kind: 'usage' });
  });
});
