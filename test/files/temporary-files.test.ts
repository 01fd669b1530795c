import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { type ProcessMark, markText, ownMark } from '../../src/files/process-mark.js';
import { removeLeftFiles, temporaryPath } from '../../src/files/temporary-files.js';
import { createOutboxMailer } from '../../src/mail/outbox/outbox-mailer.js';

/** More than any system gives. */
const deadPid = 4_194_999;
const otherPlace = '0123456789ab';
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'left-files-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const nameOf = (over: Partial<ProcessMark>): string =>
  `.tmp-${markText({ ...ownMark(), ...over })}-0123456789ab`;

async function leave(folder: string, name: string, daysOld = 0): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, 'half');
  const time = new Date(Date.now() - daysOld * 24 * 3_600_000);
  await utimes(path, time, time);
}

describe('an unfinished file of', () => {
  it.each<readonly [string, 'goes' | 'stays', string, number]>([
    ['a process that was killed', 'goes', nameOf({ pid: deadPid }), 0],
    ['a process whose number another one has by now', 'goes', nameOf({ started: '1' }), 0],
    ['this process', 'stays', nameOf({}), 400],
    ['another host, of today', 'stays', nameOf({ place: otherPlace }), 0],
    ['another host, of 6 days ago', 'stays', nameOf({ place: otherPlace }), 6],
    ['another host, of 8 days ago', 'goes', nameOf({ place: otherPlace }), 8],
    ['an earlier version of this program, of today', 'stays', '.tmp-4711-0123456789ab', 0],
    ['an earlier version of this program, of 8 days ago', 'goes', '.tmp-4711-0123456789ab', 8],
  ])('%s %s', async (_whose, becomes, name, daysOld) => {
    await leave(directory, name, daysOld);
    await removeLeftFiles(directory);
    expect(await readdir(directory)).toEqual(becomes === 'goes' ? [] : [name]);
  });

  it('is what temporaryPath gives', async () => {
    const path = temporaryPath(directory);
    await leave(directory, basename(path), 400);
    await removeLeftFiles(directory);
    expect(await readdir(directory)).toEqual([basename(path)]);
  });
});

it.each(['report.json', `x${nameOf({ pid: deadPid })}`])(
  'a file with another name stays: %s',
  async (name) => {
    await leave(directory, name, 400);
    await removeLeftFiles(directory);
    expect(await readdir(directory)).toEqual([name]);
  },
);

it('a link and a folder of such a name stay', async () => {
  await symlink(directory, join(directory, nameOf({ pid: deadPid })));
  await mkdir(join(directory, nameOf({ pid: deadPid - 1 })));
  await removeLeftFiles(directory);
  expect(await readdir(directory)).toHaveLength(2);
});

describe('what a killed run left', () => {
  const left = nameOf({ pid: deadPid });

  it('in the archive goes when its day is made again', async () => {
    for (const folder of ['plan/day/r1', 'plan/day/r2']) await leave(join(directory, folder), left);
    await createFileSystemArchive(directory).create('plan/day/r3/a.json', { bytes: Buffer.from('a') }, 'x');
    const names = await readdir(directory, { recursive: true });
    expect(names.filter((name) => name.includes('.tmp-'))).toEqual([]);
    expect(names).toContain('plan/day/r3/a.json');
  });

  it('beside a delivery goes when the next attempt is written', async () => {
    await leave(join(directory, 'plan/day/r1'), left);
    const archive = createFileSystemArchive(directory);
    await archive.create('plan/day/r1/delivery-1.json', { bytes: Buffer.from('a') }, 'x');
    expect(await readdir(join(directory, 'plan/day/r1'))).toEqual(['delivery-1.json']);
  });

  it('in the outbox goes with the next mail', async () => {
    await leave(directory, left);
    const mail = { from: 'a@example.com', to: ['b@example.com'], recipients: ['b@example.com'] };
    const content = { subject: 's', text: 't', html: '<p>t</p>', inline: [], attachments: [] };
    const mailer = createOutboxMailer(directory);
    await mailer.send({
      ...mail,
      ...content,
      messageId: '<m@example.com>',
      date: '1970-01-01T00:00:00Z',
      resent: null,
    });
    expect(await readdir(directory)).toEqual(['m@example.com.eml']);
  });
});
