import { describe, expect, it } from 'vitest';
import type { BackfillDay, BackfillRequest } from '../../src/backfill/run-backfill.js';
import { exitCodeOfDay, tallyOf } from '../../src/cli/backfill-summary.js';
import { worstOf } from '../../src/cli/exit-codes.js';
import { dayState } from '../../src/day/delivery/day-state.js';
import { redeliver } from '../../src/day/delivery/redeliver.js';
import type { DayPorts } from '../../src/day/report-plan.js';
import { Failure } from '../../src/errors.js';
import type { Archive } from '../../src/ports/archive.js';
import type { Channel, MailMessage, Mailer } from '../../src/ports/delivery.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { backfillPlan, backfillPorts, backupsOf, collect } from '../support/backfill-plan.js';
import { acceptedBy, keepingMailer } from '../support/committed-day.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import { memorySource } from '../support/memory-source.js';

const from = '2026-03-20';
const to = '2026-03-21';
const range = { from, to };
const dates = [from, to];
const one = { from, to: from };
const sources = [memorySource(backupsOf(from, 2, ['SALES']))];
const mail = {
  from: 'reports@example.com',
  to: ['ops@example.com'],
  attachWorkbook: false,
  maxMessageBytes: 1_000_000,
  linkExpiresMs: null,
};
const plan = { ...backfillPlan, mail };

/** What came, over all processes. */
interface Heard {
  readonly mails: MailMessage[];
  readonly notices: string[];
}

/** The ports of one process, which is killed before its n-th write or message; Infinity: never. */
function processOf(archive: Archive, heard: Heard, killAt: number): DayPorts<DailyReport> {
  let left = killAt;
  const live = (isStep: boolean): void => {
    if (isStep) left -= 1;
    if (left <= 0) throw new Error('killed');
  };
  const mailer: Mailer = keepingMailer([], async (message) => {
    live(true);
    heard.mails.push(message);
    live(true);
    return acceptedBy(message.recipients);
  });
  const ops: Channel = {
    name: 'ops',
    type: 'test',
    when: 'always',
    claimMs: 0,
    notify: async ({ id }) => {
      live(true);
      heard.notices.push(id);
    },
  };
  const mortal: Archive = {
    ...archive,
    create: async (...args) => {
      live(true);
      return archive.create(...args);
    },
    read: async (key) => {
      live(false);
      return archive.read(key);
    },
    list: async (prefix) => {
      live(false);
      return archive.list(prefix);
    },
  };
  // A claim ends at once, so that nobody waits for one of a killed process.
  return backfillPorts({ archive: mortal, mailer: { ...mailer, claimMs: 0 }, channels: [ops], sources });
}

async function codeOf(
  ports: DayPorts<DailyReport>,
  over: Partial<BackfillRequest> = {},
): Promise<{ readonly code: number; readonly days: readonly BackfillDay[] }> {
  const days = await collect(ports, { ...range, ...over }, plan);
  return { code: worstOf(days.map(exitCodeOfDay)), days };
}

const heardNothing = (): Heard => ({ mails: [], notices: [] });
const idsOf = (date: string): string => `<test.${date}.r1@example.com>`;

describe('backfill --mail, killed before any of its writes and messages', () => {
  it('delivers each day of the next run that is there and was not delivered', async () => {
    const killed: number[] = [];
    for (let killAt = 1; ; killAt += 2) {
      const archive = createMemoryArchive();
      const heard = heardNothing();
      const isDead = await codeOf(processOf(archive, heard, killAt), { notify: true }).then(
        ({ code }) => code !== 0,
        () => true,
      );
      if (!isDead) break;
      killed.push(killAt);
      const again = await codeOf(processOf(archive, heard, Infinity), { notify: true });
      expect([killAt, again.code]).toEqual([killAt, 0]);
      for (const date of dates) {
        const mails = heard.mails.filter(({ messageId }) => messageId.includes(date));
        const newest = mails.at(-1)?.messageId ?? 'no mail';
        expect([killAt, date, new Set(mails.map(({ messageId }) => messageId)).size]).toEqual([
          killAt,
          date,
          1,
        ]);
        expect(heard.notices).toContain(newest);
        expect(await dayState(archive, { ...plan, channels: [{ name: 'ops' }] }, date)).toBe('done');
      }
    }
    expect(killed.length).toBeGreaterThan(10);
  });
});

describe('backfill without --mail, killed before any of its writes', () => {
  it('leaves nothing that looks unsent, and nobody is told of it by a later run or schedule', async () => {
    let kills = 0;
    for (let killAt = 1; ; killAt += 1) {
      const archive = createMemoryArchive();
      const heard = heardNothing();
      const isDead = await codeOf(processOf(archive, heard, killAt), one).then(
        () => false,
        () => true,
      );
      if (!isDead) break;
      kills += 1;
      const state = await dayState(archive, { ...plan, channels: [{ name: 'ops' }] }, from);
      expect([killAt, ['missing', 'done'].includes(state)]).toEqual([killAt, true]);
      const { code } = await codeOf(processOf(archive, heard, Infinity), { ...one, notify: true });
      expect(code).toBe(0);
      expect([killAt, heard.mails.length]).toEqual([killAt, state === 'missing' ? 1 : 0]);
    }
    expect(kills).toBeGreaterThan(6);
  });
});

async function undelivered(): Promise<{ readonly archive: Archive; readonly heard: Heard }> {
  const archive = createMemoryArchive();
  const heard = heardNothing();
  const down = keepingMailer([], () => Promise.reject(new Failure('delivery', 'the server is down')));
  const ports = { ...processOf(archive, heard, Infinity), mailer: down };
  expect((await codeOf(ports, { notify: true })).code).toBe(4);
  return { archive, heard };
}

describe('a day that is there and was not delivered', () => {
  it.each(['missing', 'revise'] as const)('never counts as done without --mail (%s)', async (mode) => {
    const { archive, heard } = await undelivered();
    const { code, days } = await codeOf(processOf(archive, heard, Infinity), { mode });
    expect([code, tallyOf(days, 2).undelivered, heard.mails]).toEqual([4, 2, []]);
  });

  it.each(['missing', 'revise'] as const)('is delivered with --mail (%s)', async (mode) => {
    const { archive, heard } = await undelivered();
    const { code } = await codeOf(processOf(archive, heard, Infinity), { mode, notify: true });
    expect([code, heard.mails.map(({ messageId }) => messageId)]).toEqual([0, dates.map(idsOf)]);
  });

  it('is owed by the revision that replaces it, and only what it owes', async () => {
    const { archive, heard } = await undelivered();
    const more = [memorySource(backupsOf(from, 2, ['SALES', 'HR']))];
    const ports = { ...processOf(archive, heard, Infinity), sources: more };
    const { code } = await codeOf(ports, { mode: 'revise' });
    expect([code, heard.mails, heard.notices]).toEqual([4, [], dates.map(idsOf)]);

    expect((await codeOf(ports, { notify: true })).code).toBe(0);
    expect(heard.mails.map(({ messageId }) => messageId)).toEqual(
      dates.map((date) => idsOf(date).replace('.r1', '.r2')),
    );
    expect(heard.notices).toHaveLength(2);
  });
});

describe('a day that nobody was to be told of', () => {
  it('stays withheld, also where it is sent to somebody by hand', async () => {
    const archive = createMemoryArchive();
    const heard = heardNothing();
    const ports = processOf(archive, heard, Infinity);
    await codeOf(ports);
    expect((await codeOf(ports, { notify: true })).code).toBe(0);
    expect([heard.mails, heard.notices]).toEqual([[], []]);

    await redeliver(plan, from, ports, { byHand: { to: ['auditor@example.com'] } });
    await codeOf(ports, { notify: true });
    expect(heard.mails.map(({ recipients }) => recipients)).toEqual([['auditor@example.com']]);
  });
});

/** The days are made by a plan without a channel; the mail server is down where `isDown`. */
async function madeBefore({ isDown }: { readonly isDown: boolean }) {
  const archive = createMemoryArchive();
  const heard = heardNothing();
  const down = keepingMailer([], () => Promise.reject(new Failure('delivery', 'the server is down')));
  const ports = processOf(archive, heard, Infinity);
  const before = { ...ports, channels: [], ...(isDown ? { mailer: down } : {}) };
  expect((await codeOf(before, { notify: true })).code).toBe(isDown ? 4 : 0);
  heard.mails.length = 0;
  return { archive, heard, ports };
}
const stateOf = (archive: Archive) => dayState(archive, { ...plan, channels: [{ name: 'ops' }] }, from);

describe('a route that is configured after a day was made', () => {
  it.each([true, false])('is not owed it, and gets no old report (notify: %s)', async (notify) => {
    const { archive, heard, ports } = await madeBefore({ isDown: false });
    expect(await stateOf(archive)).toBe('done');
    for (const mode of ['missing', 'revise'] as const) {
      expect((await codeOf(ports, { mode, notify })).code).toBe(0);
    }
    expect([heard.mails, heard.notices]).toEqual([[], []]);
  });

  it('gets nothing where another route is owed its message', async () => {
    const { archive, heard, ports } = await madeBefore({ isDown: true });
    expect(await stateOf(archive)).toBe('undelivered');
    expect((await codeOf(ports, { notify: true })).code).toBe(0);
    expect([heard.mails.map(({ messageId }) => messageId), heard.notices]).toEqual([dates.map(idsOf), []]);
    expect(await stateOf(archive)).toBe('done');
  });

  it('gets the report where a person runs the day again, or sends it', async () => {
    const { heard, ports } = await madeBefore({ isDown: false });
    await redeliver(plan, from, ports, { retriesRefused: true });
    await redeliver(plan, to, ports, { byHand: { to: null } });
    expect(heard.notices).toEqual(dates.map(idsOf));
  });

  it('is owed it by a manifest that does not say by which routes it was to be delivered', async () => {
    const { archive, heard, ports } = await madeBefore({ isDown: false });
    const old: Archive = { ...archive, read: async (key) => withoutRoutes(await archive.read(key), key) };
    expect(await stateOf(old)).toBe('undelivered');
    expect((await codeOf({ ...ports, archive: old }, { notify: true })).code).toBe(0);
    expect(heard.notices).toEqual(dates.map(idsOf));
  });
});

function withoutRoutes(bytes: Uint8Array | null, key: string): Uint8Array | null {
  if (bytes === null || !key.endsWith('manifest.json')) return bytes;
  const { routes: _, ...manifest } = JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>;
  return Buffer.from(JSON.stringify(manifest));
}
