import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../../src/archives/file-system/file-system-archive.js';
import { runBackfill } from '../../../src/backfill/run-backfill.js';
import { sha256Hex } from '../../../src/base/digest.js';
import { exitCodeOf } from '../../../src/cli/exit-codes.js';
import { checkLog } from '../../../src/day/log/check-log.js';
import { keepLog, logCommitted } from '../../../src/day/log/keep-log.js';
import { proveExtends } from '../../../src/day/log/prove-extends.js';
import { redeliver } from '../../../src/day/delivery/redeliver.js';
import { Failure } from '../../../src/errors.js';
import type { Archive } from '../../../src/ports/archive.js';
import type { MailMessage } from '../../../src/ports/delivery.js';
import { quiet } from '../../support/judge-day.js';
import { dayOf } from '../../support/judge.js';
import { emptyTree } from '../../../src/transparency-log/merkle-tree.js';
import {
  commitUnlogged,
  leavesOf,
  loggedPlan,
  loggedPorts,
  makeLogged,
  makeSigner,
} from '../../support/logged-plan.js';
import { createMemoryArchive } from '../../support/memory-archive.js';

class Crash extends Error {}

const unreachable = async (): Promise<never> => {
  throw new Failure('storage', 'the vault does not answer');
};

/** An archive whose process ends when this file is to be written. */
function crashingAt(pattern: RegExp) {
  let isLeft = true;
  return createMemoryArchive({
    beforeCreate: async (key) => {
      if (!isLeft || !pattern.test(key)) return;
      isLeft = false;
      throw new Crash();
    },
  });
}

const nothingWrong = { findings: [], notes: [] };
const checkpointOf = async (archive: Archive, day: string, revision = 1): Promise<string> =>
  Buffer.from((await archive.read(`lines/2026/11/${day}/r${revision}/checkpoint.txt`)) ?? []).toString();

describe('the log of a plan', () => {
  it('gets one leaf for each revision, and each mail the checkpoint up to its own', async () => {
    const archive = createMemoryArchive();
    const messages: MailMessage[] = [];
    await makeLogged(loggedPorts(archive, messages), '2026-11-18');
    const result = await makeLogged(loggedPorts(archive, messages), '2026-11-19');
    await makeLogged(loggedPorts(archive, messages, { extra: ['2026-11-18 late'] }), '2026-11-18');

    expect(await leavesOf(archive)).toEqual(['2026-11-18 r1', '2026-11-19 r1', '2026-11-18 r2']);
    expect(messages.map(({ text }) => text)).toEqual([
      await checkpointOf(archive, '18'),
      await checkpointOf(archive, '19'),
      // To all, and its part to its own recipients.
      await checkpointOf(archive, '18', 2),
      await checkpointOf(archive, '18', 2),
    ]);
    expect(messages.map(({ text }) => text.split('\n').slice(0, 2))).toEqual(
      ['1', '2', '3', '3'].map((size) => ['oci-backup-reporter/lines', size]),
    );
    expect([result.logFaults, exitCodeOf(result)]).toEqual([undefined, 0]);
    expect(await checkLog(archive, 'lines')).toEqual({ size: 3, ...nothingWrong });
    for (const { text } of messages) {
      expect(await proveExtends(archive, 'lines', text)).toMatchObject({ kind: 'extends', now: 3 });
    }
  });

  it('has a leaf that names the manifest, after which it is written, and no time', async () => {
    const archive = createMemoryArchive();
    await makeLogged(loggedPorts(archive), '2026-11-19');
    const manifest = (await archive.read('lines/2026/11/19/r1/manifest.json'))!;
    const leaf = JSON.parse(Buffer.from((await archive.read('lines/log/0.json'))!).toString());
    expect(leaf).toEqual({
      schemaVersion: 1,
      number: 0,
      plan: 'lines',
      date: '2026-11-19',
      revision: 1,
      manifestKey: 'lines/2026/11/19/r1/manifest.json',
      manifestSha256: sha256Hex(manifest),
      before: [],
    });
    const names = archive.keys().map((key) => key.split('/').slice(1).join('/'));
    const after = names.slice(names.indexOf('2026/11/19/r1/manifest.json') + 1);
    expect(after.slice(0, 2)).toEqual(['log/0.json', '2026/11/19/r1/checkpoint.txt']);
  });

  it('is written with one create for each leaf and each checkpoint', async () => {
    const archive = createMemoryArchive();
    for (const date of ['2026-11-18', '2026-11-19']) await makeLogged(loggedPorts(archive), date);
    await makeLogged(loggedPorts(archive), '2026-11-19');
    const ofLog = archive.attempts.filter((key) => /\/log\/|checkpoint/.test(key));
    expect(ofLog).toHaveLength(4);
  });

  it('reads the names of the day’s month, and not of other years', async () => {
    const listed: string[] = [];
    const memory = createMemoryArchive();
    const archive: Archive = {
      ...memory,
      list: async (prefix) => {
        listed.push(prefix);
        return memory.list(prefix);
      },
    };
    await makeLogged(loggedPorts(archive), '2026-11-18');
    listed.length = 0;
    await makeLogged(loggedPorts(archive), '2026-11-19');
    expect(listed).toContain('lines/2026/11/');
    expect(listed).not.toContain('lines/');
  });

  it.each([
    ['the leaf', /\/log\/1\.json$/],
    ['the checkpoint', /11\/19\/r1\/checkpoint\.txt$/],
  ])('is completed by the run of another day after a crash before %s', async (_what, pattern) => {
    const archive = crashingAt(pattern);
    const messages: MailMessage[] = [];
    await makeLogged(loggedPorts(archive), '2026-11-18');
    await expect(makeLogged(loggedPorts(archive), '2026-11-19')).rejects.toThrow(Crash);
    await makeLogged(loggedPorts(archive, messages), '2026-11-20');

    expect(await leavesOf(archive)).toEqual(['2026-11-18 r1', '2026-11-19 r1', '2026-11-20 r1']);
    expect(await checkLog(archive, 'lines')).toEqual({ size: 3, ...nothingWrong });
    expect(await checkpointOf(archive, '19')).toMatch(/^oci-backup-reporter\/lines\n2\n/);
    expect(messages[0]?.text).toBe(await checkpointOf(archive, '20'));
  });

  it('is completed by the same day, and its mail that was never sent has the checkpoint', async () => {
    const archive = crashingAt(/\/log\/0\.json$/);
    const messages: MailMessage[] = [];
    await expect(makeLogged(loggedPorts(archive), '2026-11-19')).rejects.toThrow(Crash);
    expect((await makeLogged(loggedPorts(archive, messages), '2026-11-19')).kind).toBe('unchanged');
    expect(messages[0]?.text).toBe(await checkpointOf(archive, '19'));
    expect(await leavesOf(archive)).toEqual(['2026-11-19 r1']);
  });

  it('is completed by a backfill of any days, and before its own', async () => {
    const archive = createMemoryArchive();
    await makeLogged(loggedPorts(archive), '2026-11-20');
    await commitUnlogged(archive, '2025-03-04');
    const request = {
      from: dayOf('2026-11-18').date,
      to: '2026-11-19',
      timezone: 'UTC',
      mode: 'missing',
      notify: false,
      shard: { index: 1, of: 1 },
      ahead: 1,
      writesEmpty: false,
      generatedAtMs: () => Date.parse('2026-12-01T00:00:00Z'),
    } as const;
    const days = [];
    for await (const day of runBackfill(loggedPlan, request, loggedPorts(archive))) days.push(day.kind);
    expect(days).toEqual(['made', 'made']);
    expect(await leavesOf(archive)).toEqual([
      '2026-11-20 r1',
      '2025-03-04 r1',
      '2026-11-18 r1',
      '2026-11-19 r1',
    ]);
    expect(await checkLog(archive, 'lines')).toEqual({ size: 4, ...nothingWrong });
  });

  it('has all revisions of an archive that was made before there were logs, in order of day and number', async () => {
    const archive = createMemoryArchive();
    const before = ['2026-11-02', '2025-12-31', '2026-01-01'];
    for (const date of before) await commitUnlogged(archive, date);
    await commitUnlogged(archive, '2025-12-31', 2);
    await makeLogged(loggedPorts(archive), '2026-11-19');
    expect(await leavesOf(archive)).toEqual([
      '2025-12-31 r1',
      '2025-12-31 r2',
      '2026-01-01 r1',
      '2026-11-02 r1',
      '2026-11-19 r1',
    ]);
    expect(await checkLog(archive, 'lines')).toEqual({ size: 5, ...nothingWrong });
  });

  it('looks through the whole plan once in 32 leaves, for what no month shows', async () => {
    const archive = createMemoryArchive();
    const ports = { archive, log: quiet };
    for (let leaf = 0; leaf < 31; leaf += 1) {
      const committed = await commitUnlogged(archive, `2026-10-${String(leaf + 1).padStart(2, '0')}`);
      await keepLog('lines', { monthsOf: [committed.date] }, ports);
    }
    await commitUnlogged(archive, '2025-03-04');
    await makeLogged(loggedPorts(archive), '2026-11-18');
    expect(await leavesOf(archive)).toHaveLength(32);
    await makeLogged(loggedPorts(archive), '2026-11-19');
    expect((await leavesOf(archive)).slice(31)).toEqual(['2026-11-18 r1', '2025-03-04 r1', '2026-11-19 r1']);
  });

  it('takes ten writers at once, each revision once and without holes', async () => {
    const archive = createMemoryArchive({ beforeCreate: async () => setImmediate() });
    const ports = { archive, log: quiet };
    const write = async (writer: number): Promise<void> => {
      for (let day = 1; day <= 3; day += 1) {
        const date = `2026-${String(writer).padStart(2, '0')}-0${day}`;
        const concern = day === 2 ? 'whole-plan' : ({ monthsOf: [date] } as const);
        const standing = await keepLog('lines', concern, ports);
        const committed = await commitUnlogged(archive, date);
        const { checkpoint, faults } = await logCommitted(committed, standing, ports);
        expect([faults, await proveExtends(archive, 'lines', checkpoint ?? '')]).toMatchObject([
          [],
          { kind: 'extends' },
        ]);
      }
    };
    await Promise.all(Array.from({ length: 10 }, (_, writer) => write(writer + 1)));
    const leaves = await leavesOf(archive);
    expect([leaves.length, new Set(leaves).size]).toEqual([30, 30]);
    expect(await checkLog(archive, 'lines')).toEqual({ size: 30, ...nothingWrong });
  });

  it('has no second leaf of a revision whose own process appends it while another one is missing', async () => {
    let isFirst = true;
    const archive = createMemoryArchive({
      beforeCreate: async (key, of) => {
        if (key !== 'lines/log/0.json' || !isFirst) return;
        isFirst = false;
        const own = await commitUnlogged(of, '2026-11-02');
        await logCommitted(own, { tree: emptyTree, faults: [] }, { archive: of, log: quiet });
      },
    });
    await commitUnlogged(archive, '2026-11-01');
    await commitUnlogged(archive, '2026-11-02');
    const { faults } = await keepLog('lines', 'whole-plan', { archive, log: quiet });
    expect([faults, await leavesOf(archive)]).toEqual([[], ['2026-11-02 r1', '2026-11-01 r1']]);
    expect(await checkLog(archive, 'lines')).toEqual({ size: 2, ...nothingWrong });
  });

  it('is begun by several processes at once, each revision once', async () => {
    const archive = createMemoryArchive({ beforeCreate: async () => setImmediate() });
    for (let day = 1; day <= 9; day += 1) await commitUnlogged(archive, `2026-11-0${day}`);
    await Promise.all(
      [1, 2, 3, 4].map(async () => keepLog('lines', { monthsOf: ['2026-11-01'] }, { archive, log: quiet })),
    );
    expect(await leavesOf(archive)).toHaveLength(9);
    expect(await checkLog(archive, 'lines')).toEqual({ size: 9, ...nothingWrong });
  });
});

describe('a mail that is sent again', () => {
  it.each([
    ['unsigned', undefined],
    ['signed', makeSigner()],
  ])('prints the same checkpoint, %s', async (_what, signer) => {
    const checkpointSigner = signer && (async () => signer);
    const archive = createMemoryArchive();
    const messages: MailMessage[] = [];
    const ports = loggedPorts(archive, messages, { checkpointSigner });
    await makeLogged(ports, '2026-11-18');
    await makeLogged(ports, '2026-11-19');
    await redeliver(loggedPlan, '2026-11-18', loggedPorts(archive, messages), { byHand: { to: null } });
    expect(messages[2]?.text).toBe(messages[0]?.text);
    expect(messages[0]?.text).toMatch(/^oci-backup-reporter\/lines\n1\n/);
    expect(messages[0]?.text.includes('— example.com/lines ')).toBe(checkpointSigner !== undefined);
    const keys = signer === undefined ? [] : [signer];
    const signature = checkpointSigner === undefined ? 'unsigned' : 'verified';
    const proof = await proveExtends(archive, 'lines', messages[2]?.text ?? '', keys);
    expect(proof).toEqual({ kind: 'extends', size: 1, now: 2, signature });
  });

  it('of an archive without a log begins the log', async () => {
    const archive = crashingAt(/\/log\/0\.json$/);
    await expect(makeLogged(loggedPorts(archive), '2026-11-19')).rejects.toThrow(Crash);
    const messages: MailMessage[] = [];
    const ports = loggedPorts(archive, messages);
    await redeliver(loggedPlan, '2026-11-19', ports, { byHand: { to: null } });
    expect(messages[0]?.text).toBe(await checkpointOf(archive, '19'));
  });

  it('has no signature where the key cannot be reached, which is told', async () => {
    const archive = createMemoryArchive();
    const messages: MailMessage[] = [];
    const ports = loggedPorts(archive, messages, {
      checkpointSigner: unreachable,
    });
    const result = await makeLogged(ports, '2026-11-19');
    expect(result.logFaults?.faults).toEqual(['the checkpoint is not signed: the vault does not answer']);
    expect(exitCodeOf(result)).toBe(4);
    expect(messages[0]?.text).not.toContain('—');
    expect(await checkLog(archive, 'lines')).toEqual({ size: 1, ...nothingWrong });
  });
});

describe('a damaged log', () => {
  const folders: string[] = [];

  afterEach(async () => {
    for (const each of folders.splice(0)) await rm(each, { recursive: true });
  });

  async function threeDays(): Promise<{ readonly archive: Archive; readonly log: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'log-'));
    folders.push(folder);
    const archive = createFileSystemArchive(folder);
    for (const date of ['2026-11-17', '2026-11-18', '2026-11-19']) {
      await makeLogged(loggedPorts(archive), date);
    }
    return { archive, log: join(folder, 'lines', 'log') };
  }

  it.each<[string, (log: string) => Promise<void>, RegExp, string]>([
    [
      'whose last leaf is not there',
      (log) => rm(join(log, '2.json')),
      /the log has 2 leaves, and the checkpoint of 2026-11-19, r1 is of 3: leaves were removed/,
      'no checkpoint',
    ],
    [
      'whose last leaf is not JSON',
      (log) => writeFile(join(log, '2.json'), '{'),
      /leaf 2 of the log cannot be used: it is not JSON: .*2\.json/,
      'no checkpoint',
    ],
    [
      'whose last leaf is another one',
      async (log) => writeFile(join(log, '2.json'), Buffer.from(await leafWith(log, 2, 'ab'.repeat(32)))),
      /the log is not the one that the checkpoint of 2026-11-19, r1 is of/,
      'no checkpoint',
    ],
    [
      'of which nothing is there',
      (log) => rm(log, { recursive: true }),
      /the log has 0 leaves/,
      'no checkpoint',
    ],
    [
      'that has a hole',
      (log) => rm(join(log, '0.json')),
      /leaf 0 of the log is not there/,
      'oci-backup-reporter/lines\n4\n',
    ],
  ])('%s is told with exit code 4, and loses no report', async (_what, damage, words, mail) => {
    const { archive, log } = await threeDays();
    const messages: MailMessage[] = [];
    await damage(log);
    const result = await makeLogged(loggedPorts(archive, messages), '2026-11-20');
    expect([result.kind, result.delivery?.kind, exitCodeOf(result)]).toEqual(['committed', 'delivered', 4]);
    expect(result.logFaults?.faults.join()).toMatch(words);
    expect(messages[0]?.text).toContain(mail);
    const { findings } = await checkLog(archive, 'lines');
    expect(findings.length).toBeGreaterThan(0);
  });

  it('that was restored is gone on with, and nothing is missing', async () => {
    const { archive, log } = await threeDays();
    const last = Buffer.from((await archive.read('lines/log/2.json'))!);
    await rm(join(log, '2.json'));
    await makeLogged(loggedPorts(archive), '2026-11-20');
    expect(await leavesOf(archive)).toHaveLength(2);
    await writeFile(join(log, '2.json'), last);
    expect(exitCodeOf(await makeLogged(loggedPorts(archive), '2026-11-21'))).toBe(0);
    expect((await leavesOf(archive)).slice(2)).toEqual(['2026-11-19 r1', '2026-11-20 r1', '2026-11-21 r1']);
    expect(await checkLog(archive, 'lines')).toEqual({ size: 5, ...nothingWrong });
  });

  it('that cannot be listed loses no report', async () => {
    const memory = createMemoryArchive();
    const list: Archive['list'] = async (prefix) => {
      if (prefix.endsWith('/log/')) throw new Failure('storage', 'cannot list the log: refused');
      return memory.list(prefix);
    };
    const messages: MailMessage[] = [];
    const result = await makeLogged(loggedPorts({ ...memory, list }, messages), '2026-11-20');
    expect([result.kind, exitCodeOf(result), messages[0]?.text]).toEqual(['committed', 4, 'no checkpoint']);
    expect(result.logFaults?.faults).toEqual(['cannot list the log: refused']);
  });
});

async function leafWith(log: string, number: number, manifestSha256: string): Promise<string> {
  const leaf: object = JSON.parse(await readFile(join(log, `${number}.json`), 'utf8'));
  return `${JSON.stringify({ ...leaf, manifestSha256 }, null, 2)}\n`;
}
