import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { checkLog } from '../../src/day/log/check-log.js';
import { keepLog } from '../../src/day/log/keep-log.js';
import { quiet } from '../support/judge-day.js';
import { leavesOf } from '../support/logged-plan.js';

const run = promisify(execFile);
const child = fileURLToPath(new URL('log-writer-child.js', import.meta.url));
const folders: string[] = [];

afterEach(async () => {
  for (const each of folders.splice(0)) await rm(each, { recursive: true });
});

async function write(
  directory: string,
  writer: number,
  days: number,
  killAt: number | 'leaf' = 0,
): Promise<string | null> {
  const month = `20${20 + writer}-03`;
  try {
    const { stdout } = await run(process.execPath, [child, directory, month, String(days)], {
      env: { ...process.env, KILL_AT: String(killAt) },
    });
    return stdout;
  } catch (error) {
    if ((error as { signal?: unknown }).signal === 'SIGKILL') return null;
    throw error;
  }
}

const writers = Array.from({ length: 10 }, (_, index) => index + 1);

describe('ten processes that write to one log', () => {
  it('append each revision once, without holes', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'log-'));
    folders.push(directory);
    const ended = await Promise.all(writers.map(async (writer) => write(directory, writer, 12)));
    expect(ended).toEqual(writers.map(() => '[]'));
    const archive = createFileSystemArchive(directory);
    const leaves = await leavesOf(archive);
    expect([leaves.length, new Set(leaves).size]).toEqual([120, 120]);
    expect(await checkLog(archive, 'lines')).toEqual({ size: 120, findings: [], notes: [] });
  });

  it('and are killed at any write: the next one appends what is missing, each revision once', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'log-'));
    folders.push(directory);
    // Three writes a day: manifest, leaf, checkpoint.
    const ended = await Promise.all(writers.map(async (writer) => write(directory, writer, 6, 3 + writer)));
    expect(ended).toEqual(writers.map(() => null));
    const archive = createFileSystemArchive(directory);
    const found = async () => (await checkLog(archive, 'lines')).findings.map(({ kind }) => kind);
    // Which of them left a day without a leaf is a matter of time.
    expect((await found()).filter((kind) => kind !== 'not-logged')).toEqual([]);
    // One alone appends what they left, and certainly leaves its own day.
    expect(await write(directory, 11, 1, 'leaf')).toBeNull();
    expect(await found()).toEqual(['not-logged']);
    const { faults } = await keepLog('lines', 'whole-plan', { archive, log: quiet });
    const { size, findings, notes } = await checkLog(archive, 'lines');
    expect([faults, findings, notes]).toEqual([[], [], []]);
    expect((await leavesOf(archive)).length).toBe(size);
  });
});
