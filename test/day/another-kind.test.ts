import { writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { runBackfill } from '../../src/backfill/run-backfill.js';
import { dayState } from '../../src/day/delivery/day-state.js';
import { redeliver } from '../../src/day/delivery/redeliver.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import type { DayPorts, DayRequest, DayResult, ReportPlan } from '../../src/day/report-plan.js';
import { findNewestRevision } from '../../src/day/revisions/read-revisions.js';
import { Failure } from '../../src/errors.js';
import type { Mailer, MailMessage, Notice } from '../../src/ports/delivery.js';
import { keepingMailer } from '../support/committed-day.js';
import { english, quiet } from '../support/judge-day.js';
import { dayOf } from '../support/judge.js';
import { type LineCount, lineCountKind } from '../support/line-count-kind.js';
import { type MemoryArchive, createMemoryArchive } from '../support/memory-archive.js';
import { memorySource } from '../support/memory-source.js';

const today = '2026-11-19';

/** Another kind of report than that of backups, through the same machine: it knows nothing of what it makes. */
describe('a kind that counts lines', () => {
  let archive: MemoryArchive;
  let messages: MailMessage[];
  let notices: Notice[];

  beforeEach(() => {
    archive = createMemoryArchive();
    messages = [];
    notices = [];
  });

  const plan: ReportPlan<LineCount> = {
    name: 'lines',
    kind: lineCountKind,
    tolerateRejected: 0,
    language: english,
    configurationDigest: 'none',
    madeBy: [],
    tool: { name: 'oci-backup-reporter', version: '0.0.0' },
    principal: 'nobody',
    leaseMs: 0,
    mail: {
      from: 'reports@example.com',
      to: ['all@example.com'],
      attachWorkbook: true,
      maxMessageBytes: 1_000_000,
      linkExpiresMs: null,
    },
  };

  function portsOf(
    texts: readonly (readonly [date: string, text: string])[],
    mailer?: Mailer,
  ): DayPorts<LineCount> {
    const records = texts.map(([date, text]) => ({ text, time: `${date}T08:00:00Z` }));
    return {
      sources: [memorySource(records)],
      renderers: [
        {
          name: 'report.xlsx',
          mediaType: 'text/plain',
          render: async ({ report, lines }, path) => {
            let text = '';
            for await (const some of lines()) text += some;
            await writeFile(path, `${report.totals.lines} lines:\n${lines}`);
          },
        },
      ],
      archive,
      mailer: mailer ?? keepingMailer(messages),
      mailRenderer: {
        renderMail: async ({ report, revision, supersedes }) => ({
          subject: `${report.totals.lines} lines, r${revision}`,
          text: supersedes?.changes.map(({ subject, words }) => `${subject} ${words}`).join() ?? '',
          html: '',
          inline: [],
        }),
      },
      channels: [
        {
          name: 'chat',
          type: 'test',
          when: 'always',
          claimMs: 1,
          notify: async (notice) => void notices.push(notice),
        },
      ],
      clock: { nowMs: () => Date.parse('2026-12-01T00:00:00Z'), sleep: async () => undefined },
      log: quiet,
    };
  }

  async function make(
    ports: DayPorts<LineCount>,
    date = today,
    over: Partial<DayRequest<LineCount>> = {},
  ): Promise<DayResult<LineCount>> {
    const day = dayOf(date);
    return makeDailyReport(plan, { day, generatedAtMs: day.cutOffMs + 6 * 3_600_000, ...over }, ports);
  }

  it('is run: evidence, artefacts, manifest, mail to all, its part to its recipients, a notice', async () => {
    const { report, kind, delivery, sliceDeliveries } = await make(
      portsOf([
        [today, 'one'],
        [today, 'one'],
        [today, 'another line'],
        ['2026-11-01', 'long ago'],
      ]),
    );

    expect(kind).toBe('committed');
    expect(report.totals).toEqual({ lines: 2, linesBefore: null });
    expect(report.controlTotals).toMatchObject({ read: 4, used: 2, duplicate: 1, outside: 1 });
    expect(archive.keys().filter((key) => !key.includes('delivery'))).toEqual(
      [
        'report.json',
        'report.xlsx',
        'lines.ndjson.gz',
        'events.ndjson.gz',
        'slice-long-lines.xlsx',
        'manifest.json',
      ]
        .map((name) => `lines/2026/11/19/r1/${name}`)
        .concat('lines/log/0.json', 'lines/2026/11/19/r1/checkpoint.txt'),
    );
    expect(await fileOf('lines.ndjson.gz')).toBe(
      '{"text":"one","number":1}\n{"text":"another line","number":3}\n',
    );
    expect((await fileOf('events.ndjson.gz')).trimEnd().split('\n')).toHaveLength(4);
    expect([delivery?.kind, sliceDeliveries.map(({ name }) => name)]).toEqual(['delivered', ['Long lines']]);
    expect(messages.map(({ to, attachments }) => [to, attachments.length])).toEqual([
      [['all@example.com'], 1],
      [['long@example.com'], 1],
    ]);
    expect(notices).toMatchObject([{ standing: { level: 'good', verdict: '2 LINES' }, revision: 1 }]);
  });

  it('is run again with the same lines: nothing is written and nobody notified twice', async () => {
    await make(portsOf([[today, 'one']]));
    const keys = archive.keys().length;
    const { kind, revision } = await make(portsOf([[today, 'one']]));
    expect([kind, revision, archive.keys().length, messages.length]).toEqual(['unchanged', 1, keys, 1]);
  });

  it('is revised where the day says something else, and tells what changed', async () => {
    await make(portsOf([[today, 'one']]));
    const { kind, revision } = await make(
      portsOf([
        [today, 'one'],
        [today, 'two'],
      ]),
    );
    expect([kind, revision]).toEqual(['committed', 2]);
    const newest = await findNewestRevision(archive, 'lines', today);
    expect(newest?.manifest.supersedes).toMatchObject({
      revision: 1,
      changes: [{ subject: 'lines', words: '1 → 2' }],
    });
    expect(messages.at(-1)).toMatchObject({ subject: '2 lines, r2', text: 'lines 1 → 2' });
  });

  it('resumes from the day before, and bridges a day without a report', async () => {
    await make(portsOf([['2026-11-17', 'one']]), '2026-11-17');
    const { report } = await make(portsOf([['2026-11-18', 'of a day without a report']]));
    expect(report.totals.linesBefore).toBe(1);
    expect(report.findings).toMatchObject([{ kind: 'memory' }]);
    expect(report.controlTotals).toMatchObject({ used: 1 });
    const newest = await findNewestRevision(archive, 'lines', today);
    expect(newest?.manifest.previousManifest?.key).toBe('lines/2026/11/17/r1/manifest.json');
  });

  it('is vetoed before anything is archived', async () => {
    const request: Partial<DayRequest<LineCount>> = {
      veto: ({ totals }) => `${totals.lines} lines are too few`,
    };
    await expect(make(portsOf([]), today, request)).rejects.toThrow('0 lines are too few');
    expect(archive.keys()).toEqual([]);
  });

  it('is delivered later, and by hand, from the archive', async () => {
    const down = keepingMailer([], () => Promise.reject(new Failure('delivery', 'the server is down')));
    const ports = portsOf([[today, 'a long line']], down);
    expect((await make(ports)).delivery).toMatchObject({ kind: 'refused', reason: 'the server is down' });
    const state = (): Promise<string> => dayState(archive, { ...plan, channels: ports.channels }, today);
    expect(await state()).toBe('undelivered');

    const up = portsOf([]);
    const later = await redeliver(plan, today, up);
    expect([later.delivery?.kind, later.sliceDeliveries.length, await state()]).toEqual([
      'delivered',
      1,
      'done',
    ]);
    expect(messages.map(({ subject }) => subject)).toEqual(['1 lines, r1', '1 lines, r1']);

    await redeliver(plan, today, up, { byHand: { to: ['auditor@example.com'] } });
    expect(messages.at(-1)).toMatchObject({ recipients: ['auditor@example.com'] });
  });

  it('is backfilled, oldest day first', async () => {
    const dates = ['2026-11-17', '2026-11-18', '2026-11-19'];
    const ports = portsOf(dates.map((date) => [date, `line of ${date}`] as const));
    const request = {
      from: '2026-11-17',
      to: '2026-11-19',
      timezone: 'UTC',
      mode: 'missing',
      notify: false,
      shard: { index: 1, of: 1 },
      ahead: 1,
      writesEmpty: false,
      generatedAtMs: () => Date.parse('2026-12-01T00:00:00Z'),
    } as const;
    const made: unknown[] = [];
    for await (const day of runBackfill(plan, request, ports)) {
      made.push([day.date, day.kind, day.kind === 'made' ? day.result.report.totals : null]);
    }
    expect(made).toEqual([
      ['2026-11-17', 'made', { lines: 1, linesBefore: null }],
      ['2026-11-18', 'made', { lines: 1, linesBefore: 1 }],
      ['2026-11-19', 'made', { lines: 1, linesBefore: 1 }],
    ]);
    expect(messages).toEqual([]);
  });

  async function fileOf(name: string): Promise<string> {
    const bytes = await archive.read(`lines/2026/11/19/r1/${name}`);
    return gunzipSync(bytes ?? new Uint8Array()).toString('utf8');
  }
});
