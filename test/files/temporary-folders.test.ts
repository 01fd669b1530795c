import { chown, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '../../src/day/artefacts/workspace.js';
import { type ProcessMark, ownMark } from '../../src/files/process-mark.js';
import { makeTemporaryFolder, removeLeftFolders } from '../../src/files/temporary-folders.js';

const tmpdirBefore = process.env['TMPDIR'];
const dayMs = 24 * 3_600_000;
/** More than any system gives. */
const deadPid = 4_194_999;
const otherPlace = '0123456789ab';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'left-'));
  process.env['TMPDIR'] = directory;
});

afterEach(async () => {
  if (tmpdirBefore === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = tmpdirBefore;
  await rm(directory, { recursive: true, force: true });
});

const before = (days: number): Date => new Date(Date.now() - days * dayMs);

/** A folder that a process left, with a file and a folder in it. */
async function leave(over: Partial<ProcessMark>, daysOld = 0, newestDaysOld = daysOld): Promise<string> {
  const { place, pid, started } = { ...ownMark(), ...over };
  const path = join(directory, `backup-report-${place}-${pid}-${started}-a1B2c3`);
  await mkdir(join(path, 'demo'), { recursive: true });
  await writeFile(join(path, 'demo', 'report.json'), '{}');
  await utimes(join(path, 'demo', 'report.json'), before(newestDaysOld), before(newestDaysOld));
  await utimes(join(path, 'demo'), before(daysOld), before(daysOld));
  await utimes(path, before(daysOld), before(daysOld));
  return path;
}

const startOfParent = (): string =>
  readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')[19] ?? '';

describe('the temporary folder of', () => {
  it.each<readonly [string, 'goes' | 'stays', () => Promise<string>]>([
    ['a process that was killed', 'goes', () => leave({ pid: deadPid })],
    ['a process whose number another one has by now', 'goes', () => leave({ started: '1' })],
    ['this process', 'stays', () => leave({})],
    ['another process that runs', 'stays', () => leave({ pid: process.ppid, started: startOfParent() }, 400)],
    ['another container, of today', 'stays', () => leave({ place: otherPlace, pid: deadPid })],
    ['another container, of 6 days ago', 'stays', () => leave({ place: otherPlace, pid: 1 }, 6)],
    ['another container, of 8 days ago', 'goes', () => leave({ place: otherPlace, pid: 1 }, 8)],
    ['another container that still writes', 'stays', () => leave({ place: otherPlace, pid: 1 }, 8, 1)],
  ])('%s %s', async (_whose, becomes, make) => {
    const path = await make();
    await removeLeftFolders();
    expect(await readdir(directory)).toEqual(becomes === 'goes' ? [] : [basename(path)]);
  });

  it.runIf(process.getuid?.() === 0)('another user stays', async () => {
    const path = await leave({ pid: deadPid });
    await chown(path, 65_534, 65_534);
    await removeLeftFolders();
    expect(await readdir(directory)).toEqual([basename(path)]);
  });
});

describe('what only looks like one stays', () => {
  const { place } = ownMark();
  const name = `backup-report-${place}-${deadPid}-77-a1B2c3`;

  it.each(['backup-report-abc123', 'backup-report-config', `my-${name}`, `${name}-more`])(
    '%s',
    async (other) => {
      await mkdir(join(directory, other));
      await removeLeftFolders();
      expect(await readdir(directory)).toEqual([other]);
    },
  );

  it('a file', async () => {
    await writeFile(join(directory, name), 'mine');
    await removeLeftFolders();
    expect(await readdir(directory)).toEqual([name]);
  });

  it('a link, and what it leads to', async () => {
    await mkdir(join(directory, 'mine', 'inner'), { recursive: true });
    await symlink(join(directory, 'mine'), join(directory, name));
    await removeLeftFolders();
    expect(await readdir(join(directory, 'mine'))).toEqual(['inner']);
    expect(await readdir(directory)).toEqual([name, 'mine'].sort());
  });
});

describe('a new workspace', () => {
  it('is named by its process, and the next one removes what a killed one left', async () => {
    const { place, pid, started } = ownMark();
    const left = basename(await makeTemporaryFolder());
    expect(left).toMatch(new RegExp(`^backup-report-${place}-${pid}-${started}-[A-Za-z0-9]{6}$`));
    await leave({ pid: deadPid });
    const during = await inWorkspace(async () => readdir(directory));
    expect(during).toHaveLength(2);
    expect(during).toContain(left);
    expect(await readdir(directory)).toEqual([left]);
  });

  it('is made where others cannot be listed', async () => {
    process.env['TMPDIR'] = join(directory, 'none');
    await expect(inWorkspace(async () => 'made')).rejects.toMatchObject({ kind: 'storage' });
    await expect(removeLeftFolders()).resolves.toBeUndefined();
  });
});
