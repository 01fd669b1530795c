import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { findNewestRevision } from '../../src/day/revisions/read-revisions.js';
import { commitSample, sampleNames } from './commit-sample.js';

const run = promisify(execFile);
const child = join(import.meta.dirname, 'archive-crash-child.js');

interface Ended {
  readonly signal: string | null;
  readonly stdout: string;
}

/** How a child ended: by itself, with what it printed, or by the signal. */
async function runChild(parameters: readonly string[], killAt: number): Promise<Ended> {
  const env = { ...process.env, KILL_AT: String(killAt) };
  try {
    const { stdout } = await run(process.execPath, [child, ...parameters], { env });
    return { signal: null, stdout };
  } catch (error) {
    const { signal, stderr } = error as { signal?: string | null; stderr?: string };
    if (signal === undefined || signal === null) throw new Error(`child failed: ${stderr}`, { cause: error });
    return { signal, stdout: '' };
  }
}

/** Keys of the newest revision whose bytes are not those of its manifest, and of those that are missing. */
async function findDamage(archiveDirectory: string): Promise<string[]> {
  const archive = createFileSystemArchive(archiveDirectory);
  const newest = await findNewestRevision(archive, 'daily-backup', '2026-11-19');
  if (newest === null) return ['manifest.json'];
  const damaged: string[] = [];
  for (const { name, sha256 } of newest.manifest.artefacts) {
    const bytes = (await archive.read(`${newest.prefix}${name}`)) ?? new Uint8Array();
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) damaged.push(name);
  }
  return newest.manifest.artefacts.length === sampleNames.length ? damaged : ['a manifest without files'];
}

/** Whether this process may mount a small file system, which takes root. */
async function mayMount(): Promise<boolean> {
  const directory = await mkdtemp(join(tmpdir(), 'may-mount-'));
  try {
    await mountSmall(directory);
    await run('umount', [directory]);
    return true;
  } catch {
    return false;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function mountSmall(directory: string): Promise<void> {
  await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory]);
}

const describeWhereMounting = (await mayMount()) ? describe : describe.skip;

describe('a revision in a file-system archive', () => {
  let directory: string;
  let artefacts: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'archive-crash-'));
    artefacts = join(directory, 'artefacts');
    await mkdir(artefacts);
    // The last one takes several pieces, so that a child is also killed in the middle of a file.
    for (const [index, name] of sampleNames.entries()) {
      await writeFile(join(artefacts, name), randomBytes(index === 2 ? 2_500_000 : 10_000));
    }
  });

  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  it('is whole after a kill at any file-system operation and another run', async () => {
    const whole = await runChild([join(directory, 'whole'), artefacts, '0'], 0);
    const { operations } = JSON.parse(whole.stdout) as { operations: number };
    expect(operations).toBeGreaterThan(60);

    const wrong: unknown[] = [];
    const revisions = new Set<number>();
    for (let killAt = 1; killAt <= operations; killAt += 1) {
      const archiveDirectory = join(directory, `archive-${killAt}`);
      const { signal } = await runChild([archiveDirectory, artefacts, '0'], killAt);
      const result = await commitSample(archiveDirectory, artefacts, 0);
      revisions.add(result.revision);

      const archive = createFileSystemArchive(archiveDirectory);
      const keys = (await archive.list('daily-backup/')).map((entry) => entry.key);
      const manifests = keys.filter((key) => key.endsWith('/manifest.json'));
      const temporary = keys.filter((key) => key.includes('.tmp-'));
      const damaged = await findDamage(archiveDirectory);
      const again = await commitSample(archiveDirectory, artefacts, 0);
      const isFine =
        signal === 'SIGKILL' &&
        manifests.length === 1 &&
        temporary.length === 0 &&
        damaged.length === 0 &&
        again.kind === 'unchanged' &&
        again.revision === result.revision;
      if (!isFine) wrong.push({ killAt, signal, keys, damaged, again: again.kind });
      await rm(archiveDirectory, { recursive: true, force: true });
    }

    expect(wrong).toEqual([]);
    // Both were met: kills before the claim (or after the manifest), and kills that left an unfinished revision.
    expect([...revisions].sort()).toEqual([1, 2]);
  });

  it('is written once by several processes at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const archiveDirectory = join(directory, `shared-${round}`);
      const ended = await Promise.all(
        Array.from({ length: 6 }, () => runChild([archiveDirectory, artefacts, '60000'], 0)),
      );
      const kinds = ended.map(({ stdout }) => (JSON.parse(stdout) as { kind: string }).kind).sort();

      expect(kinds).toEqual(['committed', ...Array.from({ length: 5 }, () => 'unchanged')]);
      expect(await readdir(join(archiveDirectory, 'daily-backup/2026/11/19'))).toEqual(['r1']);
      expect(await findDamage(archiveDirectory)).toEqual([]);
    }
  });

  describeWhereMounting('on a small disk', () => {
    it('fails in words when the disk is full, and is whole after space was freed', async () => {
      const small = join(directory, 'small');
      await mkdir(small);
      await mountSmall(small);
      try {
        const failure = {
          kind: 'storage',
          message: expect.stringMatching(
            /^cannot write .*events\.ndjson\.gz: no space left on the device \(ENOSPC\)$/,
          ),
          hints: [expect.stringContaining('Free space')],
        };
        await expect(commitSample(small, artefacts, 0)).rejects.toMatchObject(failure);
        const left = await readdir(join(small, 'daily-backup/2026/11/19/r1'));
        expect(left.sort()).toEqual(['report.html', 'report.json']);

        await run('mount', ['-o', 'remount,size=20m', small]);
        const { revision, manifest } = await commitSample(small, artefacts, 0);
        expect({ revision, unfinished: manifest.unfinishedRevisions }).toEqual({
          revision: 2,
          unfinished: [1],
        });
        expect(await findDamage(small)).toEqual([]);
      } finally {
        await run('umount', [small]);
      }
    });
  });
});
