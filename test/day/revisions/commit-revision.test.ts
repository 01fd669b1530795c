import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StagedArtefact } from '../../../src/day/artefacts/describe-artefact.js';
import { type CommitRequest, commitRevision } from '../../../src/day/revisions/commit-revision.js';
import { findNewestRevision, readRevisions } from '../../../src/day/revisions/read-revisions.js';
import type { Manifest } from '../../../src/model/manifest.js';
import type { Archive } from '../../../src/ports/archive.js';
import type { Clock } from '../../../src/ports/clock.js';
import { createMemoryArchive, type MemoryArchive } from '../../support/memory-archive.js';

const startMs = Date.parse('2026-11-20T11:00:00.000Z');
const leaseMs = 60_000;
const day = 'daily-backup/2026/11/19';
const noLog = { info: () => undefined, warn: () => undefined };

interface ManualClock extends Clock {
  readonly slept: number[];
  /** Runs when the clock passes the instant, before the sleeper wakes. */
  at(ms: number, what: () => Promise<unknown>): void;
  advance(ms: number): void;
}

function manualClock(): ManualClock {
  let nowMs = startMs;
  const slept: number[] = [];
  let plans: { ms: number; what: () => Promise<unknown> }[] = [];
  return {
    slept,
    nowMs: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
    at: (ms, what) => {
      plans.push({ ms, what });
    },
    async sleep(ms) {
      slept.push(ms);
      nowMs += ms;
      const due = plans.filter((plan) => plan.ms <= nowMs);
      plans = plans.filter((plan) => plan.ms > nowMs);
      for (const plan of due) await plan.what();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    },
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function manifestOf(date: string, contentDigest: string): Manifest {
  const controlTotals = { read: 1, used: 1, duplicate: 0, outside: 0, ignored: 0, rejected: 0 };
  return {
    schemaVersion: 2,
    plan: 'daily-backup',
    date,
    timezone: 'UTC',
    windowStart: `${date}T00:00:00.000Z`,
    cutOff: `${date}T24:00:00.000Z`,
    revision: 0,
    supersedes: null,
    unfinishedRevisions: [],
    generatedAt: '2026-11-20T11:00:00.000Z',
    tool: { name: 'oci-backup-reporter', version: '0.0.0' },
    nodeVersion: 'v20',
    runtime: { icu: null, timeZones: null, zlib: null },
    principal: 'test',
    status: 'COMPLETE',
    contentDigest,
    contentDigestVersion: 2,
    configurationDigest: '0',
    inventoryDigest: '0',
    madeBy: {},
    controlTotals,
    sources: [],
    previousManifest: null,
    artefacts: [],
  };
}

const firstManifest: Manifest = { ...manifestOf('2026-11-19', 'one'), revision: 1 };

describe('commitRevision', () => {
  let directory: string;
  let clock: ManualClock;
  let archive: MemoryArchive;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'commit-revision-'));
    clock = manualClock();
    archive = createMemoryArchive({ nowMs: clock.nowMs });
  });

  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  async function artefact(name: string, content: string, who: string): Promise<StagedArtefact> {
    const path = join(directory, `${who}-${name}`);
    const bytes = Buffer.from(content);
    await writeFile(path, bytes);
    return { name, path, bytes: bytes.length, sha256: sha256(bytes), mediaType: 'application/octet-stream' };
  }

  async function request(contentDigest: string, date = '2026-11-19'): Promise<CommitRequest> {
    const artefacts: StagedArtefact[] = [];
    for (const name of ['report.json', 'report.html', 'report.xlsx']) {
      artefacts.push(await artefact(name, `${name} ${contentDigest}`, contentDigest));
    }
    return {
      plan: 'daily-backup',
      date,
      previous: null,
      known: null,
      contentDigest,
      madeBy: [],
      artefacts,
      manifest: (facts) => ({
        ...manifestOf(date, contentDigest),
        ...facts,
        artefacts: artefacts.map(({ path: _path, ...entry }) => entry),
      }),
      leaseMs,
      supersede: async ({ revision, manifestSha256 }) => ({
        revision,
        manifestSha256,
        reason: 'the content changed',
        changes: [],
        changesTotal: 0,
      }),
    };
  }

  async function commit(contentDigest: string, where: Archive = archive, date = '2026-11-19') {
    return commitRevision(await request(contentDigest, date), { archive: where, clock, log: noLog });
  }

  /** What a process leaves that died after its claim. */
  async function claimOnly(revision: number, where: Archive = archive): Promise<void> {
    await where.create(`${day}/r${revision}/report.json`, { bytes: Buffer.from('{}') }, 'application/json');
  }

  it('writes report.json first and the manifest last', async () => {
    const result = await commit('one');

    expect(result).toMatchObject({ kind: 'committed', revision: 1, prefix: `${day}/r1/` });
    const names = ['report.json', 'report.html', 'report.xlsx', 'manifest.json'];
    expect(archive.keys()).toEqual(names.map((name) => `${day}/r1/${name}`));
    expect(result.manifest).toMatchObject({
      supersedes: null,
      unfinishedRevisions: [],
      previousManifest: null,
    });
  });

  it('writes the manifest as JSON that a person can read', async () => {
    const { manifest } = await commit('one');

    const text = Buffer.from((await archive.read(`${day}/r1/manifest.json`)) ?? []).toString('utf8');
    expect(text).toBe(`${JSON.stringify(manifest, null, 2)}\n`);
  });

  it('writes nothing when the newest revision says the same', async () => {
    const first = await commit('one');
    const before = archive.attempts.length;
    const second = await commit('one');

    expect(second).toEqual({ ...first, kind: 'unchanged' });
    expect(archive.attempts).toHaveLength(before);
  });

  it('supersedes the newest revision when the content is another', async () => {
    await commit('one');
    const bytes = (await archive.read(`${day}/r1/manifest.json`)) ?? Buffer.alloc(0);
    const { revision, manifest } = await commit('two');

    expect(revision).toBe(2);
    expect(manifest.supersedes).toEqual({
      revision: 1,
      manifestSha256: sha256(bytes),
      reason: 'the content changed',
      changes: [],
      changesTotal: 0,
    });
  });

  it('compares with the newest revision only, so that a return to old content is a revision', async () => {
    await commit('one');
    await commit('two');
    const third = await commit('one');

    expect(third).toMatchObject({ kind: 'committed', revision: 3 });
    expect(third.manifest.supersedes?.revision).toBe(2);
  });

  it('names the manifest of the revision that it goes on from', async () => {
    await commit('one', archive, '2026-11-18');
    await commit('two', archive, '2026-11-18');
    const key = 'daily-backup/2026/11/18/r2/manifest.json';
    const previous = await findNewestRevision(archive, 'daily-backup', '2026-11-18');
    const next = { ...(await request('three')), previous };
    const { manifest } = await commitRevision(next, { archive, clock, log: noLog });

    expect(manifest.previousManifest).toEqual({
      key,
      sha256: sha256((await archive.read(key)) ?? Buffer.alloc(0)),
    });
  });

  it('leaves the revision of a crash, takes the next number and names the crash', async () => {
    await commit('one');
    await claimOnly(2);
    clock.advance(leaseMs);
    const { revision, manifest } = await commit('two');

    expect(revision).toBe(3);
    expect(manifest.unfinishedRevisions).toEqual([2]);
    expect(manifest.supersedes?.revision).toBe(1);
    expect(clock.slept).toEqual([]);
    expect((await archive.list(`${day}/r2/`)).map((entry) => entry.key)).toEqual([`${day}/r2/report.json`]);
  });

  it('writes nothing after a crash when the newest manifest says the same', async () => {
    await commit('one');
    await claimOnly(2);

    expect(await commit('one')).toMatchObject({ kind: 'unchanged', revision: 1 });
  });

  it('does not wait for an unfinished revision below the newest manifest', async () => {
    await claimOnly(1);
    clock.advance(leaseMs);
    await commit('one');
    clock.advance(-leaseMs);
    const { revision, manifest } = await commit('two');

    expect(revision).toBe(3);
    expect(manifest.unfinishedRevisions).toEqual([1]);
    expect(clock.slept).toEqual([]);
  });

  it('waits for another process until its lease ends, in steps of at most a second', async () => {
    await claimOnly(1);
    clock.advance(20_000);
    const { revision, manifest } = await commit('one');

    expect(revision).toBe(2);
    expect(manifest.unfinishedRevisions).toEqual([1]);
    expect(Math.max(...clock.slept)).toBeLessThanOrEqual(1000);
    const waited = clock.slept.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThanOrEqual(leaseMs - 20_000);
    expect(waited).toBeLessThan(leaseMs - 20_000 + 1000);
  });

  it('counts the lease from the youngest file, so that a slow writer is not overtaken', async () => {
    await claimOnly(1);
    clock.at(startMs + 50_000, async () => {
      await archive.create(`${day}/r1/report.html`, { bytes: Buffer.from('x') }, 'text/html');
    });
    await commit('one');

    expect(clock.nowMs() - startMs).toBeGreaterThanOrEqual(50_000 + leaseMs);
  });

  it('waits no longer than a lease for files that are dated in the future', async () => {
    const ahead = createMemoryArchive({ nowMs: () => startMs + 3_600_000 });
    await claimOnly(1, ahead);
    const { revision } = await commit('one', ahead);

    expect(revision).toBe(2);
    expect(clock.nowMs() - startMs).toBeLessThan(leaseMs + 1000);
  });

  it('takes the result of the process it waited for', async () => {
    await claimOnly(1);
    const bytes = Buffer.from(JSON.stringify({ ...manifestOf('2026-11-19', 'one'), revision: 1 }));
    clock.at(startMs + 5000, () => archive.create(`${day}/r1/manifest.json`, { bytes }, 'application/json'));

    expect(await commit('one')).toMatchObject({ kind: 'unchanged', revision: 1 });
    expect(clock.nowMs() - startMs).toBeLessThan(7000);
  });

  it.each(['one', 'two'])('lets one of two processes go first (the other has content %s)', async (other) => {
    const slow = createMemoryArchive({
      nowMs: clock.nowMs,
      beforeCreate: () =>
        new Promise((resolve) => {
          setImmediate(resolve);
        }),
    });
    const ports = { archive: slow, clock, log: noLog };
    // The clock runs as fast as it is asked; the other's files are read from a disk that takes its time.
    const patient = { leaseMs: 30 * 24 * 3_600_000 };
    const requests = [await request('one'), await request(other)] as const;
    const [first, second] = await Promise.all([
      commitRevision({ ...requests[0], ...patient }, ports),
      commitRevision({ ...requests[1], ...patient }, ports),
    ]);

    const manifests = slow.keys().filter((key) => key.endsWith('/manifest.json'));
    expect(manifests).toHaveLength(other === 'one' ? 1 : 2);
    expect([first.revision, second.revision].sort()).toEqual(other === 'one' ? [1, 1] : [1, 2]);
    expect([first.manifest.unfinishedRevisions, second.manifest.unfinishedRevisions]).toEqual([[], []]);
  });

  it('gives way when its own lease has ended and a later revision is there', async () => {
    const stolen = createMemoryArchive({
      nowMs: clock.nowMs,
      beforeCreate: async (key, inner) => {
        if (key !== `${day}/r1/report.xlsx`) return;
        // This process sleeps (a suspended machine), another one takes over and says something else.
        clock.advance(leaseMs);
        await commit('two', inner);
      },
    });
    const result = await commit('one', stolen);

    expect(result).toMatchObject({ kind: 'committed', revision: 3 });
    expect(result.manifest).toMatchObject({ unfinishedRevisions: [1], supersedes: { revision: 2 } });
    expect(stolen.keys()).not.toContain(`${day}/r1/manifest.json`);
  });

  it.each([
    ['the same: nothing is written', 'one', { kind: 'unchanged', revision: 1 }],
    ['something else: it is replaced', 'two', { kind: 'committed', revision: 3 }],
  ] as const)(
    'finds an earlier revision finished after all, that says %s',
    async (_says, content, expected) => {
      const late = createMemoryArchive({
        nowMs: clock.nowMs,
        beforeCreate: async (key, inner) => {
          if (key !== `${day}/r2/report.xlsx`) return;
          // Its process slept for longer than its lease, just before the manifest, and goes on.
          const bytes = Buffer.from(JSON.stringify(firstManifest));
          await inner.create(`${day}/r1/manifest.json`, { bytes }, 'application/json');
        },
      });
      await claimOnly(1, late);
      clock.advance(leaseMs);

      expect(await commit(content, late)).toMatchObject(expected);
      expect(late.keys()).not.toContain(`${day}/r2/manifest.json`);
      expect(clock.slept).toEqual([]);
    },
  );

  it('does not wait for its own revision that was overtaken', async () => {
    const stolen = createMemoryArchive({
      nowMs: clock.nowMs,
      beforeCreate: async (key, inner) => {
        if (key !== `${day}/r1/report.xlsx`) return;
        await claimOnly(2, inner);
        clock.advance(leaseMs);
      },
    });
    const result = await commit('one', stolen);

    expect(result).toMatchObject({ kind: 'committed', revision: 3 });
    expect(result.manifest.unfinishedRevisions).toEqual([1, 2]);
    expect(clock.slept).toEqual([]);
  });

  it('takes the number after the highest, whatever is missing below', async () => {
    await claimOnly(7);
    clock.advance(leaseMs);

    expect((await commit('one')).revision).toBe(8);
  });

  it('stops with words when others are always first', async () => {
    let wins = 0;
    const contested = createMemoryArchive({
      nowMs: clock.nowMs,
      beforeCreate: async (key, inner) => {
        if (!key.endsWith('/report.json') || wins > 40) return;
        wins += 1;
        if (wins % 2 === 1) await inner.create(key, { bytes: Buffer.from('theirs') }, 'application/json');
        clock.advance(leaseMs);
      },
    });

    await expect(commit('one', contested)).rejects.toMatchObject({ kind: 'storage', retryable: true });
  });

  it.each(['report.xlsx', 'manifest.json'])('does not commit over a foreign %s', async (name) => {
    const foreign = createMemoryArchive({
      nowMs: clock.nowMs,
      beforeCreate: async (key, inner) => {
        if (key !== `${day}/r1/report.html`) return;
        await inner.create(`${day}/r1/${name}`, { bytes: Buffer.from('{}') }, 'application/json');
      },
    });

    await expect(commit('one', foreign)).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringContaining(`${day}/r1/${name}`),
    });
  });

  it.each([
    ['half of it', '{"schemaVersion": 1, "plan"'],
    ['empty', ''],
    ['not text', Buffer.from([0xff, 0xfe, 0x00])],
    ['without a digest', JSON.stringify({ ...firstManifest, contentDigest: undefined })],
    ['of another day', JSON.stringify({ ...firstManifest, date: '2026-11-01' })],
    ['of another revision', JSON.stringify({ ...firstManifest, revision: 7 })],
  ])('leaves a manifest that is %s, and its number stays taken', async (_what, content) => {
    const key = `${day}/r1/manifest.json`;
    await archive.create(key, { bytes: Buffer.from(content) }, 'application/json');
    const place = ['daily-backup', '2026-11-19'] as const;
    expect(await readRevisions(archive, ...place)).toMatchObject({
      newest: null,
      damaged: [{ revision: 1, key }],
      unfinished: [],
    });
    expect(await commit('one')).toMatchObject({ kind: 'committed', revision: 2 });
    expect(Buffer.from((await archive.read(key)) ?? [])).toEqual(Buffer.from(content));
    expect(await readRevisions(archive, ...place)).toMatchObject({ newest: { revision: 2 }, damaged: [] });
  });

  it('never supersedes a manifest of a later schema', async () => {
    const key = `${day}/r1/manifest.json`;
    const content = JSON.stringify({ ...firstManifest, schemaVersion: 3, contentDigest: undefined });
    await archive.create(key, { bytes: Buffer.from(content) }, 'application/json');
    await expect(commit('one')).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringContaining(`${key}: a newer version of this program wrote it (format 3)`),
    });
    expect(archive.keys()).toEqual([key]);
  });

  it('finds the newest revision by number, not by name, and passes over other files of the day', async () => {
    for (let index = 1; index <= 11; index += 1) await commit(`content ${index}`);
    for (const name of ['r12/report.json', 'notes.txt', 'r0/manifest.json', 'rx/manifest.json', 'r13.txt']) {
      await archive.create(`${day}/${name}`, { bytes: Buffer.from('x') }, 'text/plain');
    }
    const newest = await findNewestRevision(archive, 'daily-backup', '2026-11-19');

    expect(newest).toMatchObject({
      revision: 11,
      prefix: `${day}/r11/`,
      manifestKey: `${day}/r11/manifest.json`,
    });
    expect(newest?.manifestSha256).toBe(
      sha256((await archive.read(`${day}/r11/manifest.json`)) ?? Buffer.alloc(0)),
    );
  });

  it('finds nothing where no manifest is', async () => {
    await claimOnly(1);

    expect(await findNewestRevision(archive, 'daily-backup', '2026-11-19')).toBeNull();
  });
});
