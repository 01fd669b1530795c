import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, reportDayOf } from '../../src/base/civil-dates.js';
import { loadConfiguration } from '../../src/config/load.js';
import { dayState } from '../../src/day/delivery/day-state.js';
import { redeliver } from '../../src/day/delivery/redeliver.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import type { DayResult } from '../../src/day/report-plan.js';
import { listCommitted } from '../../src/day/revisions/list-committed.js';
import { findNewestRevision } from '../../src/day/revisions/read-revisions.js';
import { recallMemory } from '../../src/day/revisions/recall-memory.js';
import type { Manifest } from '../../src/model/manifest.js';
import type { ReportDay } from '../../src/model/report-day.js';
import { packageRoot } from '../../src/package-root.js';
import type { Archive } from '../../src/ports/archive.js';
import { readArchivedDay } from '../../src/preview/archived-day.js';
import { archivedBackupCompliance } from '../../src/reports/backup-compliance/backup-compliance.js';
import { archivedMemory } from '../../src/reports/backup-compliance/document/memory-of-archive.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type WiredPlan, wirePlan } from '../../src/wiring/wire-plan.js';
import { copyFolder } from '../support/copy-folder.js';
import { HttpListener } from '../support/http-listener.js';
import { quiet } from '../support/judge-day.js';
import { type MailSink, openMailSink } from '../support/mail-sink.js';
import { oneLine, oneLineMail } from '../support/run-here.js';
import { sleeplessClock } from '../support/sleepless-clock.js';
import { themeHere } from '../support/theme-here.js';

// The fixture's README.md says what happened on each day.
const fixture = fileURLToPath(new URL('test/archives/fixtures/archive-0.1/', packageRoot));
const name = 'demo-company';
const archived = { name, kind: archivedBackupCompliance };
const timezone = 'America/New_York';
const lastDate = '2026-11-07';
const nextDate = '2026-11-08';
const hourMs = 3_600_000;

const newestRevisions: Readonly<Record<string, readonly [number, DailyReport['status']]>> = {
  '2026-10-25': [1, 'COMPLETE'],
  '2026-10-26': [1, 'COMPLETE'],
  '2026-10-27': [1, 'INCOMPLETE'],
  '2026-10-28': [1, 'COMPLETE'],
  '2026-10-29': [3, 'COMPLETE'],
  '2026-10-30': [2, 'COMPLETE'],
  '2026-10-31': [1, 'COMPLETE'],
  '2026-11-01': [1, 'COMPLETE'],
  '2026-11-02': [1, 'COMPLETE'],
  '2026-11-03': [1, 'COMPLETE'],
  '2026-11-04': [2, 'COMPLETE'],
  '2026-11-05': [2, 'COMPLETE'],
  '2026-11-06': [1, 'COMPLETE'],
  '2026-11-07': [1, 'COMPLETE'],
};
const dates = Object.keys(newestRevisions);

const waiver = `waivers:
  - match: { name: "ORDPRD*" }
    reason: its recovery area is being enlarged
    approvedBy: ciso@example.com
    expires: 2026-11-20
`;

const whole = (date: string) => `<${name}.${date}.r1@example.com>`;
const slice = (date: string) => `<${name}.${date}.r1.storage-team@example.com>`;
const told = (date: string) => [
  ['/ops', whole(date)],
  ['/pager', whole(date)],
];

describe('an archive that version 0.1 wrote', () => {
  let folder: string;
  let wired: WiredPlan;
  let archive: Archive;
  let sink: MailSink;
  let webhooks: HttpListener;

  beforeAll(async () => {
    sink = await openMailSink();
    webhooks = await HttpListener.start();
    process.env['OPS_WEBHOOK'] = `http://${webhooks.host}/ops`;
    process.env['PAGER_WEBHOOK'] = `http://${webhooks.host}/pager`;
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archive-of-0.1-'));
    copyFolder(fixture, folder);
    await configure((text) => text);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  afterAll(async () => {
    delete process.env['OPS_WEBHOOK'];
    delete process.env['PAGER_WEBHOOK'];
    await webhooks.close();
    await sink.close();
  });

  /** As it was committed, but for the port of the mail server. */
  async function configure(change: (text: string) => string): Promise<void> {
    const text = await readFile(join(fixture, 'backup-report.yaml'), 'utf8');
    const path = join(folder, 'backup-report.yaml');
    await writeFile(path, change(text.replace('port: 2525', `port: ${sink.port}`)));
    const { plan, ports, ...rest } = await wirePlan(await loadConfiguration(path), quiet, themeHere);
    // Files of a fresh copy may be younger than that: who waits for a lease moves the clock.
    const clock = sleeplessClock(Date.parse('2026-11-09T15:00:00Z'));
    wired = { ...rest, plan, ports: { ...ports, clock, renderers: ports.renderers.map(oneLine) } };
    archive = ports.archive;
  }

  function make(date: string): Promise<DayResult> {
    const day = dayAt(date);
    // What the mails say is for those that are delivered from the archive.
    const ports = { ...wired.ports, mailRenderer: oneLineMail };
    return makeDailyReport(wired.plan, { day, generatedAtMs: day.cutOffMs + 6 * hourMs }, ports);
  }

  /** What was sent meanwhile: mails in order, and the channels that were told. */
  async function sentBy(work: () => Promise<unknown>) {
    const [mails, posts] = [sink.mails.length, webhooks.heard.length];
    await work();
    return {
      mails: sink.mails
        .slice(mails)
        .map(({ messageId, recipients, resent }) => ({ messageId, recipients, resent })),
      posts: webhooks.heard.slice(posts).map(({ url, body }) => [url, JSON.parse(body).id]),
    };
  }

  const deliver = (date: string, options = {}) => redeliver(wired.plan, date, wired.ports, options);

  const stateOf = (date: string) =>
    dayState(archive, { ...wired.plan, channels: wired.ports.channels }, date);

  /** Digest of every file by key. */
  /** All but the log of the plan, which this version begins with the first day that it makes: every report gets its leaf. */
  async function contents(prefix = `${name}/`): Promise<ReadonlyMap<string, string>> {
    const files = new Map<string, string>();
    for (const { key } of await archive.list(prefix)) {
      if (/^[^/]+\/log\/|\/checkpoint\.txt$/.test(key)) continue;
      files.set(key, sha256((await archive.read(key)) ?? new Uint8Array()));
    }
    return files;
  }

  async function manifests(): Promise<ReadonlyMap<string, Manifest>> {
    const found = new Map<string, Manifest>();
    for (const { key } of await archive.list(`${name}/`)) {
      if (!key.endsWith('/manifest.json')) continue;
      found.set(key, JSON.parse(Buffer.from((await archive.read(key)) ?? []).toString('utf8')) as Manifest);
    }
    return found;
  }

  describe('is read', () => {
    it('with all its days and the newest revision of each', async () => {
      const listed = await listCommitted(archive, name, '2026-10-01', '2026-11-30');
      expect([...listed].sort()).toEqual(dates);
      for (const date of dates) {
        const newest = await findNewestRevision(archive, name, date);
        const { report, revision } = await readArchivedDay(archive, archived, date);
        expect([date, newest?.revision, newest?.manifest.status]).toEqual([date, ...newestOf(date)]);
        expect([report.reportDay.date, revision, report.status]).toEqual([date, ...newestOf(date)]);
      }
      expect((await readArchivedDay(archive, archived, null)).report.reportDay.date).toBe(lastDate);
    });

    it('file by file as its manifests have it, each manifest with those that it names', async () => {
      const files = await contents();
      const found = await manifests();
      expect(found.size).toBe(18);
      for (const [key, { artefacts, previousManifest, supersedes }] of found) {
        const prefix = key.slice(0, -'manifest.json'.length);
        const superseded = prefix.replace(/r\d+\/$/, `r${supersedes?.revision}/manifest.json`);
        const named = [
          ...artefacts.map((each) => [`${prefix}${each.name}`, each.sha256] as const),
          ...(previousManifest === null ? [] : [[previousManifest.key, previousManifest.sha256] as const]),
          ...(supersedes === null ? [] : [[superseded, supersedes.manifestSha256] as const]),
        ];
        expect(named.filter(([file, digest]) => files.get(file) !== digest)).toEqual([]);
      }
      expect(found.get(`${name}/2026/10/30/r2/manifest.json`)?.unfinishedRevisions).toEqual([1]);
    });

    it('as memory by the day after each', async () => {
      for (const date of dates) {
        const next = dayAt(addDays(date, 1));
        const plan = {
          ...wired.plan,
          kind: { name: 'backup-compliance', lookbackDays: 7, memory: archivedMemory },
        };
        const { memory, previous, faults, bridged } = await recallMemory(archive, plan, next, quiet);
        expect([memory?.date, previous?.revision]).toEqual([date, newestOf(date)[0]]);
        expect({ faults, bridged }).toEqual({ faults: [], bridged: [] });
        expect([...(memory?.resources.values() ?? [])].length).toBeGreaterThan(10);
      }
    });

    it('with what became of its deliveries', async () => {
      const states = Object.fromEntries(
        await Promise.all(dates.map(async (date) => [date, await stateOf(date)])),
      );
      const undelivered = { '2026-11-02': 'undelivered', '2026-11-03': 'undelivered' };
      expect(states).toEqual({ ...Object.fromEntries(dates.map((date) => [date, 'done'])), ...undelivered });
    });
  });

  describe('is continued', () => {
    it('by the next day, which goes on from the last committed revision', async () => {
      const expected = JSON.parse(await readFile(join(fixture, `expected-${nextDate}.json`), 'utf8'));
      const before = await findNewestRevision(archive, name, lastDate);
      const { kind, revision } = await make(nextDate);
      expect([kind, revision]).toEqual(['committed', 1]);

      const made = await findNewestRevision(archive, name, nextDate);
      expect(made?.manifest.previousManifest).toEqual({
        key: `${name}/2026/11/07/r1/manifest.json`,
        sha256: before?.manifestSha256,
      });
      const { report } = await readArchivedDay(archive, archived, nextDate);
      expect(report.previousReport?.contentDigest).toBe(before?.manifest.contentDigest);
      expect(essence(report)).toEqual(expected);
    });

    it.each(['2026-11-05', '2026-11-06', lastDate])(
      'by nothing where %s is made of the same input again',
      async (date) => {
        const before = await contents();
        const sent = await sentBy(async () => {
          const { kind, revision } = await make(date);
          expect([kind, revision]).toEqual(['unchanged', newestOf(date)[0]]);
        });
        expect(sent).toEqual({ mails: [], posts: [] });
        expect(await contents()).toEqual(before);
      },
    );

    it.each<readonly [what: string, change: (text: string) => string]>([
      ['in another language', (text) => `${text}\nlanguage: de\n`],
      ['with own templates and words', (text) => `${text}\ntemplates: ./own\n`],
      ['with rules in other words', (text) => text.replace('moves to a managed service', 'is moved soon')],
    ])('by nothing where it is made again %s', async (_what, change) => {
      await mkdir(join(folder, 'own/messages/en'), { recursive: true });
      await writeFile(join(folder, 'own/messages/en/own.yaml'), 'outcome: { FAILED: Broken }\n');
      await configure(change);
      const before = await contents();
      const sent = await sentBy(async () => {
        for (const date of ['2026-11-05', '2026-11-06', lastDate]) {
          const { kind, revision } = await make(date);
          expect([kind, revision]).toEqual(['unchanged', newestOf(date)[0]]);
        }
      });
      expect(sent).toEqual({ mails: [], posts: [] });
      expect(await contents()).toEqual(before);
    });

    it('by a revision where a verdict is another one', async () => {
      await configure((text) => text.replace('maxAge: 26h', 'maxAge: 1h'));
      expect(await make('2026-11-06')).toMatchObject({ kind: 'committed', revision: 2 });
    });

    it('by a revision where its report can be read no more', async () => {
      const path = join(folder, `archive/${name}/2026/11/06/r1/jobs.ndjson.gz`);
      await writeFile(path, 'damaged');
      expect(await make('2026-11-06')).toMatchObject({ kind: 'committed', revision: 2 });
    });

    it('by a revision that leaves the unfinished one before it and names it', async () => {
      const before = await contents();
      await configure((text) => text.replace('waivers:\n', waiver));
      const { kind, revision } = await make(lastDate);
      expect([kind, revision]).toEqual(['committed', 3]);

      const newest = await findNewestRevision(archive, name, lastDate);
      expect(newest?.manifest.unfinishedRevisions).toEqual([2]);
      expect(newest?.manifest.supersedes).toMatchObject({
        revision: 1,
        reason: 'the configuration changed; another version of the program made it',
        manifestSha256: before.get(`${name}/2026/11/07/r1/manifest.json`),
      });
      const after = await contents();
      expect([...before].filter(([key, digest]) => after.get(key) !== digest)).toEqual([]);
      expect([...after.keys()].filter((key) => key.includes('/11/07/r2/'))).toEqual([
        `${name}/2026/11/07/r2/report.json`,
      ]);
    });
  });

  describe('is delivered', () => {
    const everybody = ['dba-oncall@example.com', 'audit@example.com'];

    it('where it never was, once', async () => {
      const date = '2026-11-03';
      expect(await sentBy(() => deliver(date))).toEqual({
        mails: [
          { messageId: whole(date), recipients: everybody, resent: null },
          { messageId: slice(date), recipients: ['storage@example.com'], resent: null },
        ],
        posts: told(date),
      });
      expect(await stateOf(date)).toBe('done');
      expect(await sentBy(() => deliver(date))).toEqual({ mails: [], posts: [] });
    });

    it('under the same Message-ID and with a note where a claim has no record', async () => {
      const date = '2026-11-02';
      const resent = 'attempt 2; attempt 1 of 2026-11-03T11:00:20Z has no record';
      expect(await sentBy(() => deliver(date))).toEqual({
        mails: [
          { messageId: whole(date), recipients: everybody, resent },
          { messageId: slice(date), recipients: ['storage@example.com'], resent: null },
        ],
        posts: told(date),
      });
      expect(await stateOf(date)).toBe('done');
    });

    it('to whom was refused alone, where a person runs the day again', async () => {
      const date = '2026-10-31';
      // The plan of that day made no slices.
      await configure((text) => text.replace(/recipients:[^]*(?=archive:)/, ''));
      expect(await sentBy(() => deliver(date))).toEqual({ mails: [], posts: [] });
      expect(await sentBy(() => deliver(date, { retriesRefused: true }))).toEqual({
        mails: [{ messageId: whole(date), recipients: ['audit@example.com'], resent: null }],
        posts: [],
      });
      expect(await sentBy(() => deliver(date, { retriesRefused: true }))).toEqual({ mails: [], posts: [] });
    });

    it('to nobody where that was withheld or everybody has it', async () => {
      const others = dates.filter((date) => !['2026-11-02', '2026-11-03'].includes(date));
      const before = await contents();
      const sent = await sentBy(async () => {
        for (const date of others) await deliver(date);
      });
      expect(sent).toEqual({ mails: [], posts: [] });
      expect(await contents()).toEqual(before);
    });

    it('by hand although it was withheld', async () => {
      const date = '2026-11-01';
      expect(await sentBy(() => deliver(date, { byHand: { to: null } }))).toMatchObject({
        mails: [
          { messageId: whole(date), recipients: everybody, resent: 'by hand' },
          // The rules of today make a slice of it.
          { messageId: slice(date), recipients: ['storage@example.com'], resent: 'by hand' },
        ],
      });
    });
  });
});

function dayAt(date: string): ReportDay {
  const day = reportDayOf(date, timezone);
  if (day === undefined) throw new Error(`${date} is no day`);
  return day;
}

function newestOf(date: string): readonly [number, DailyReport['status']] {
  const newest = newestRevisions[date];
  if (newest === undefined) throw new Error(`${date} is not of the fixture`);
  return newest;
}

/** Fields that version 0.1 did not have, each behind what it is a field of; `*`: of whatever. */
const laterFields = new Set([
  'report.ignoredTypes',
  'report.furtherIgnored',
  'report.silence',
  'report.lifeCycles',
  'report.formerFacts',
  'sources.inputs',
  'sources.pulse',
  'resources.recoveryPoints',
  'resources.byBackupType',
  'trend.jobs',
  'lastKnown.sources',
  'lastKnown.life',
  '*.measuredSeconds',
  '*.thresholdSeconds',
]);

function withoutLaterFields(value: unknown, of: string): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutLaterFields(each, of));
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).filter(
    ([field]) => !laterFields.has(`${of}.${field}`) && !laterFields.has(`*.${field}`),
  );
  return Object.fromEntries(known.map(([field, held]) => [field, withoutLaterFields(held, field)]));
}

/**
 * What must stay as it was. The digest is of the whole report, but for the version that made it and for the fields that
 * version 0.1 did not have.
 */
function essence(report: DailyReport): object {
  const { tool: _, ...rest } = report;
  const { totals, jobTotals, followUp, previousReport, resources } = report;
  return {
    reportSha256: sha256(JSON.stringify(withoutLaterFields(rest, 'report'))),
    totals,
    jobTotals,
    comparedWith: followUp.comparedWith,
    newlyBad: followUp.newlyBad.map(({ resourceName }) => resourceName),
    resolved: followUp.resolved.map(({ resourceName }) => resourceName),
    previousReport,
    resources: resources.map(
      ({ resourceName, outcome, compliance, consecutiveBadDays, badSince, firstReported }) => ({
        resourceName,
        outcome,
        compliance,
        consecutiveBadDays,
        badSince,
        firstReported,
      }),
    ),
  };
}

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
