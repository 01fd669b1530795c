import { beforeAll, describe, expect, it } from 'vitest';
import { createObjectStorageArchive } from '../../../src/archives/object-storage/object-storage-archive.js';
import { logFindings } from '../../../src/day/doctor/log-findings.js';
import { checkLog } from '../../../src/day/log/check-log.js';
import { keepLog, logCommitted } from '../../../src/day/log/keep-log.js';
import { extensionInWords, proveExtends } from '../../../src/day/log/prove-extends.js';
import type { Archive } from '../../../src/ports/archive.js';
import { quiet } from '../../support/judge-day.js';
import { commitUnlogged, leavesOf, makeSigner } from '../../support/logged-plan.js';
import { createMemoryArchive } from '../../support/memory-archive.js';
import { connectTo, quickHttp } from '../../support/oci-connection.js';
import { startStandIn } from '../../support/oci/stand-in.js';

const signer = makeSigner();
const other = makeSigner();

/** Appends a day to a log, and returns its checkpoint. */
async function append(archive: Archive, date: string, checkpointSigner = signer): Promise<string> {
  const ports = { archive, log: quiet, checkpointSigner: async () => checkpointSigner };
  const standing = await keepLog('lines', { monthsOf: [date] }, ports);
  return (await logCommitted(await commitUnlogged(archive, date), standing, ports)).checkpoint ?? '';
}

const dates = ['2026-11-14', '2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'];

/** The same archive with other bytes; null: the file is not there. */
function altered(archive: Archive, change: (key: string, bytes: Uint8Array) => Uint8Array | null): Archive {
  return {
    ...archive,
    read: async (key) => {
      const bytes = await archive.read(key);
      return bytes && change(key, bytes);
    },
    list: async (prefix) => {
      const entries = await archive.list(prefix);
      return entries.filter(({ key }) => change(key, new Uint8Array()) !== null);
    },
  };
}

function without(archive: Archive, ...gone: readonly string[]): Archive {
  return altered(archive, (key, bytes) => (gone.includes(key) ? null : bytes));
}

function replacing(archive: Archive, where: string, from: string, to: string): Archive {
  return altered(archive, (key, bytes) =>
    key === where ? Buffer.from(Buffer.from(bytes).toString().replace(from, to)) : bytes,
  );
}

describe('a checkpoint from outside', () => {
  let archive: Archive;
  /** Of each day. */
  let checkpoints: string[];
  let otherHistory: Archive;
  const fourth = (): string => checkpoints[3] ?? '';

  beforeAll(async () => {
    archive = createMemoryArchive();
    checkpoints = [];
    for (const date of dates) checkpoints.push(await append(archive, date));
    otherHistory = createMemoryArchive();
    for (const date of dates.toReversed()) await append(otherHistory, date);
  });

  it('of any size is extended by the archive that it is of', async () => {
    for (const [index, text] of checkpoints.entries()) {
      expect(await proveExtends(archive, 'lines', text, [signer])).toEqual({
        kind: 'extends',
        size: index + 1,
        now: 6,
        signature: 'verified',
      });
    }
  });

  it.each<[string, () => Archive, () => string, object, RegExp]>([
    [
      'that lost its last leaves',
      () => without(archive, 'lines/log/5.json', 'lines/log/4.json', 'lines/log/3.json'),
      fourth,
      { kind: 'rolled-back', size: 4, now: 3 },
      /was rolled back: the checkpoint is of 4 leaves, and the log has 3/,
    ],
    [
      'with no log',
      () => createMemoryArchive(),
      fourth,
      { kind: 'rolled-back', size: 4, now: 0 },
      /the log has 0/,
    ],
    [
      'that was made again in another order',
      () => otherHistory,
      fourth,
      { kind: 'another-history', size: 4, now: 6 },
      /another history: its first 4 leaves/,
    ],
    [
      'with a hole',
      () => without(archive, 'lines/log/1.json'),
      fourth,
      { kind: 'damaged-leaf', leaf: { number: 1, words: 'it is not there' } },
      /leaf 1 of the log cannot be used: it is not there: memory:lines\/log\/1\.json/,
    ],
    [
      'with a leaf that is no JSON',
      () => replacing(archive, 'lines/log/2.json', '{', ''),
      fourth,
      { kind: 'damaged-leaf', leaf: { number: 2, words: 'it is not JSON' } },
      /leaf 2/,
    ],
    [
      'with a leaf in the place of another',
      () => replacing(archive, 'lines/log/2.json', '"number": 2', '"number": 1'),
      fourth,
      { kind: 'damaged-leaf', leaf: { number: 2, words: 'it is the leaf 1 of lines' } },
      /leaf 2/,
    ],
    [
      'with an altered leaf',
      () => replacing(archive, 'lines/log/1.json', '"revision": 1', '"revision": 2'),
      fourth,
      { kind: 'damaged-leaf', leaf: { number: 1 } },
      /it is not the one that those after it go on from/,
    ],
    [
      'with an altered leaf after those of the checkpoint',
      () => replacing(archive, 'lines/log/4.json', '"revision": 1', '"revision": 2'),
      fourth,
      { kind: 'damaged-leaf', leaf: { number: 4 } },
      /leaf 4 of the log cannot be used: it, or leaf 5 after it, is not the one that was written/,
    ],
    [
      'whose last leaf was altered, by the checkpoint of it',
      () => replacing(archive, 'lines/log/5.json', '"revision": 1', '"revision": 2'),
      () => checkpoints[5] ?? '',
      { kind: 'another-history', size: 6, now: 6 },
      /another history/,
    ],
    [
      'with a subtree too few in a leaf',
      () => replacing(archive, 'lines/log/1.json', '"before": [', '"before": [], "x": ['),
      fourth,
      { kind: 'damaged-leaf', leaf: { number: 1 } },
      /it does not have the subtrees that its number asks for/,
    ],
  ])('tells an archive %s', async (_what, given, text, expected, words) => {
    const proof = await proveExtends(given(), 'lines', text(), [signer]);
    expect(proof).toMatchObject(expected);
    expect(extensionInWords(proof)).toMatch(words);
  });

  it.each<[string, (text: string) => string, object, RegExp]>([
    [
      'that is none',
      () => 'Backup report\n',
      { kind: 'not-a-checkpoint' },
      /this is no checkpoint: it has 1 lines before the signatures/,
    ],
    [
      'of another plan',
      (text) => text.replace('/lines', '/daily'),
      { kind: 'of-another-log' },
      /another log: oci-backup-reporter\/daily, and not oci-backup-reporter\/lines/,
    ],
    [
      'whose text was altered',
      (text) => text.replace('\n4\n', '\n3\n'),
      { kind: 'signature-wrong' },
      /the signature of the checkpoint is wrong: example\.com\/lines/,
    ],
    [
      'signed by another name',
      (text) => text.replace('— example.com', '— example.org'),
      { kind: 'unknown-key' },
      /signed by a key that is not known: example\.org\/lines/,
    ],
  ])('%s is told', async (_what, change, expected, words) => {
    const proof = await proveExtends(archive, 'lines', change(fourth()), [signer]);
    expect(proof).toMatchObject(expected);
    expect(extensionInWords(proof)).toMatch(words);
  });

  it('signed by another key of the same name is told, and without keys is not checked', async () => {
    const again = createMemoryArchive();
    const text = await append(again, '2026-11-14', other);
    expect(await proveExtends(again, 'lines', text, [signer])).toMatchObject({ kind: 'unknown-key' });
    expect(await proveExtends(again, 'lines', text, [signer, other])).toMatchObject({
      signature: 'verified',
    });
    expect(await proveExtends(again, 'lines', text)).toMatchObject({ signature: 'not-checked' });
  });

  it.each<[string, () => Archive, string, RegExp]>([
    [
      'a revision without its leaf',
      () => ({ ...archive, list: withEntry(archive, 'lines/2026/11/20/r1/manifest.json') }),
      'not-logged',
      /2026-11-20, r1 has no leaf in the log/,
    ],
    [
      'a leaf without its manifest',
      () => without(archive, 'lines/2026/11/16/r1/manifest.json'),
      'manifest-of-leaf',
      /the manifest of leaf 2: it is not there/,
    ],
    [
      'a manifest that was altered',
      () => replacing(archive, 'lines/2026/11/16/r1/manifest.json', '1', '2'),
      'manifest-of-leaf',
      /the manifest of leaf 2: it is not the one that was logged/,
    ],
    [
      'a checkpoint that was altered',
      () => replacing(archive, 'lines/2026/11/16/r1/checkpoint.txt', '\n3\n', '\n2\n'),
      'checkpoint',
      /the checkpoint of 2026-11-16, r1: it is not of this log/,
    ],
    [
      'a checkpoint that names another log',
      () => replacing(archive, 'lines/2026/11/16/r1/checkpoint.txt', 'oci-', 'nci-'),
      'checkpoint',
      /the checkpoint of 2026-11-16, r1: it is of the log nci-backup-reporter\/lines/,
    ],
    [
      'the checkpoint of another day',
      () =>
        altered(archive, (key, bytes) =>
          key === 'lines/2026/11/16/r1/checkpoint.txt' ? Buffer.from(fourth()) : bytes,
        ),
      'checkpoint',
      /the checkpoint of 2026-11-16, r1: it ends with the leaf of another report/,
    ],
    [
      'a checkpoint that is none',
      () => replacing(archive, 'lines/2026/11/16/r1/checkpoint.txt', '\n3\n', '\n'),
      'checkpoint',
      /the checkpoint of 2026-11-16, r1: it has 2 lines/,
    ],
    [
      'checkpoints of a longer log',
      () => without(archive, 'lines/log/5.json'),
      'checkpoint',
      /the checkpoint of 2026-11-19, r1: it is of 6 leaves, and the log has 5/,
    ],
    ['a hole', () => without(archive, 'lines/log/3.json'), 'damaged-leaf', /leaf 3 .*: it is not there/],
  ])('is not needed to find %s', async (_what, given, kind, words) => {
    const { findings } = await checkLog(given(), 'lines');
    expect(findings.find((each) => each.kind === kind)?.words).toMatch(words);
  });

  it('is not needed to find nothing where nothing is wrong', async () => {
    expect(await checkLog(archive, 'lines')).toEqual({ size: 6, findings: [], notes: [] });
    expect(await checkLog(createMemoryArchive(), 'lines')).toEqual({ size: 0, findings: [], notes: [] });
  });

  it('is as good where a revision was logged twice, which is told and is no fault', async () => {
    const again = createMemoryArchive();
    const first = await append(again, '2026-11-14');
    const ports = { archive: again, log: quiet };
    const standing = await keepLog('lines', 'none', ports);
    const prefix = 'lines/2026/11/14/r1/';
    const twice = { ...(await commitUnlogged(again, '2026-11-14')), prefix };
    const { faults } = await logCommitted(twice, standing, ports);
    expect(faults.join()).toContain('is not the checkpoint of the leaf 1 of the log');
    const { findings, notes } = await checkLog(again, 'lines');
    expect([findings, notes.map(({ words }) => words)]).toEqual([
      [],
      ['leaf 1 is of the same revision as leaf 0, which counts'],
    ]);
    expect(await proveExtends(again, 'lines', first)).toMatchObject({ kind: 'extends', now: 2 });
  });

  it('is what doctor does without: it tells a log that is behind or damaged', async () => {
    expect(await logFindings(archive, 'lines')).toMatchObject([{ state: 'ok', words: '6 leaves' }]);
    expect(await logFindings(createMemoryArchive(), 'lines')).toEqual([]);
    const behind = { ...archive, list: withEntry(archive, 'lines/2026/11/20/r1/manifest.json') };
    expect(await logFindings(behind, 'lines')).toMatchObject(
      [{ state: 'warning', words: /it is behind: 1 revision has no leaf, the first: 2026-11-20, r1/ }].map(
        ({ words, ...each }) => ({ ...each, words: expect.stringMatching(words) as string }),
      ),
    );
    const cut = await logFindings(without(archive, 'lines/log/5.json'), 'lines');
    expect(cut.map(({ state, words }) => `${state}: ${words}`)).toEqual([
      'failed: the checkpoint of 2026-11-19, r1: it is of 6 leaves, and the log has 5',
      expect.stringContaining('warning: it is behind: 1 revision has no leaf'),
    ]);
    const holes = await logFindings(without(archive, 'lines/log/3.json'), 'lines');
    expect(holes[0]).toMatchObject({ state: 'failed', advice: expect.stringContaining('Restore') as string });
    const unlogged = createMemoryArchive();
    await commitUnlogged(unlogged, '2026-11-14');
    expect((await logFindings(unlogged, 'lines'))[0]?.words).toBe(
      'there is none yet: 1 revision has no leaf',
    );
  });
});

function withEntry(archive: Archive, added: string): Archive['list'] {
  return async (prefix) => {
    const entries = await archive.list(prefix);
    return added.startsWith(prefix) ? [...entries, { key: added, modifiedMs: 0 }] : entries;
  };
}

describe('a log in object storage', () => {
  it('is gone on with by several writers at once, and proves itself', async () => {
    const standIn = await startStandIn();
    try {
      standIn.objects.createBucket('reports');
      const options = {
        endpoint: standIn.url,
        bucket: 'reports',
        prefix: 'x/',
        storageTier: 'Standard',
      } as const;
      const archive = createObjectStorageArchive(await connectTo(standIn), options, quickHttp);
      const first = await append(archive, '2026-11-14');
      await Promise.all(
        ['2026-10-01', '2026-10-02', '2026-11-15'].map(async (date) => append(archive, date)),
      );
      expect(new Set(await leavesOf(archive)).size).toBe(4);
      expect(await checkLog(archive, 'lines')).toEqual({ size: 4, findings: [], notes: [] });
      expect(await proveExtends(archive, 'lines', first, [signer])).toMatchObject({
        kind: 'extends',
        now: 4,
      });
    } finally {
      await standIn.close();
    }
  });
});
