import { cpSync, readdirSync, renameSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { addDays } from '../../src/base/civil-dates.js';
import { keepLog } from '../../src/day/log/keep-log.js';
import type { DateRange } from '../../src/verify/check.js';
import { Project } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { quiet } from '../support/judge-day.js';
import { archiveFolder, archiveOf, editManifest, sha256Of, verified } from '../support/verified-archive.js';

/*
 * Somebody who may write to an archive changes it. What a chain of digests can show is found; what it cannot show is named here,
 * so that whoever adds signatures or a checkpoint sees what they are for.
 */

const dates = Array.from({ length: 7 }, (_, index) => addDays('2026-11-13', index));
const last = dates.at(-1) ?? '';

let whole: Project;
let project: Project;
let root: string;
let files: readonly string[];

beforeAll(async () => {
  whole = await archiveOf(dates);
  project = await Project.create({});
  root = join(project.directory, archiveFolder);
  restore();
  files = allFiles();
});

afterAll(async () => {
  await whole.remove();
  await project.remove();
});

function restore(): void {
  copyFolder(join(whole.directory, archiveFolder), root);
}

async function startAgain(): Promise<void> {
  await rm(root, { recursive: true });
  restore();
}

function allFiles(): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

const folderOf = (date: string, revision = 1): string =>
  join(root, `daily/${date.replaceAll('-', '/')}/r${revision}`);

/** Nothing names it yet: only a signature or a checkpoint shows that it was changed. */
const isNewestManifest = (file: string): boolean =>
  file === `daily/${last.replaceAll('-', '/')}/r2/manifest.json`;

/** Younger than the manifest: no digest names it. */
const isDelivery = (file: string): boolean => /\/delivery-\d+(?:\.claim)?\.json$/.test(file);

const tally = { tried: 0, found: 0 };

/** Tries one change, and puts the file back. */
async function isFound(
  file: string,
  change: (path: string, bytes: Buffer) => Promise<unknown>,
  range: DateRange = { from: null, to: null },
): Promise<boolean> {
  const path = join(root, file);
  const bytes = await readFile(path);
  await change(path, bytes);
  const { findings } = await verified(root, { range });
  await rm(path, { recursive: true, force: true });
  await writeFile(path, bytes);
  tally.tried += 1;
  tally.found += findings.length > 0 ? 1 : 0;
  return findings.length > 0;
}

async function notFound(
  among: readonly string[],
  change: (path: string, bytes: Buffer, file: string) => Promise<unknown>,
): Promise<readonly string[]> {
  const missed: string[] = [];
  for (const file of among) {
    if (!(await isFound(file, (path, bytes) => change(path, bytes, file)))) missed.push(file);
  }
  return missed;
}

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

describe('a week in an archive', () => {
  it('is without a finding before', async () => {
    const { findings, notes, revisions } = await verified(root);
    expect([findings, notes, revisions]).toEqual([[], [], 8]);
  });

  it.each(['first', 'middle', 'last'])(
    'a flipped bit in the %s byte of any file that a digest names',
    async (where) => {
      const named = files.filter((file) => !isDelivery(file) && !isNewestManifest(file));
      const missed = await notFound(named, (path, bytes) => {
        const at = { first: 0, middle: bytes.length >> 1, last: bytes.length - 1 }[where] ?? 0;
        return writeFile(path, flipped(bytes, at));
      });
      expect(missed).toEqual([]);
    },
  );

  it('a file that is cut, emptied or removed', async () => {
    expect(
      await notFound(files, (path, bytes) => writeFile(path, bytes.subarray(0, bytes.length - 5))),
    ).toEqual([]);
    expect(await notFound(files, (path) => writeFile(path, ''))).toEqual([]);
    expect(await notFound(files, (path) => rm(path))).toEqual([]);
  });

  it('a file of another day or of another revision, and a link to the right one', async () => {
    const ofDays = files.filter((file) => !/\/(?:made-by|log)\//.test(file) && !isDelivery(file));
    const ofOtherDay = await notFound(ofDays, async (path, _bytes, file) => {
      const date = dates.find((each) => !file.includes(each.replaceAll('-', '/'))) ?? '';
      await writeFile(path, await readFile(join(folderOf(date), file.slice(file.lastIndexOf('/') + 1))));
    });
    expect(ofOtherDay).toEqual([]);
    const ofOtherRevision = await notFound(
      ofDays.filter(
        (file) => file.startsWith(`daily/${last.replaceAll('-', '/')}/r2`) && !sameInBoth.test(file),
      ),
      async (path) => writeFile(path, await readFile(path.replace('/r2/', '/r1/'))),
    );
    expect(ofOtherRevision).toEqual([]);
    const linked = await notFound(files, async (path, bytes) => {
      await writeFile(join(project.directory, 'right'), bytes);
      await rm(path);
      await symlink(join(project.directory, 'right'), path);
    });
    expect(linked).toEqual([]);
  });

  it('two days that change places', async () => {
    for (const [index, date] of dates.slice(1).entries()) {
      const [one, other] = [folderOf(dates[index] ?? ''), folderOf(date)];
      renameSync(one, `${one}x`);
      renameSync(other, one);
      renameSync(`${one}x`, other);
      tally.tried += 1;
      const { findings } = await verified(root);
      tally.found += findings.length > 0 ? 1 : 0;
      expect(findings.filter(({ kind }) => kind === 'manifest-of-another').length).toBeGreaterThanOrEqual(2);
      await startAgain();
    }
  });

  it('a manifest that is edited where its link is mended: the link after it shows it', async () => {
    for (const [index, date] of dates.slice(0, -2).entries()) {
      const sha256 = await editManifest(folderOf(date), (manifest) => {
        manifest['principal'] = 'somebody else';
      });
      await editManifest(folderOf(dates[index + 1] ?? ''), ({ previousManifest }) => {
        if (previousManifest !== null) previousManifest.sha256 = sha256;
      });
      tally.tried += 1;
      const { findings } = await verified(root);
      tally.found += findings.length > 0 ? 1 : 0;
      expect(findings.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['chain-broken', 'log-differs']),
      );
      await startAgain();
    }
  });

  it('a file or a link of somebody else, wherever it lies', async () => {
    const folders = [...new Set(files.map((file) => file.slice(0, file.lastIndexOf('/'))))];
    for (const folder of [...folders, 'daily', 'daily/2026', '.']) {
      for (const put of [
        (path: string) => writeFile(path, 'x'),
        (path: string) => symlink('/etc/passwd', path),
        (path: string) => mkdir(path).then(() => writeFile(join(path, 'x'), 'x')),
      ]) {
        const path = join(root, folder, 'foreign.bin');
        await put(path);
        tally.tried += 1;
        const { findings } = await verified(root);
        tally.found += findings.length > 0 ? 1 : 0;
        expect([folder, findings.length > 0]).toEqual([folder, true]);
        await rm(path, { recursive: true });
      }
    }
  });

  it('any other day that is removed', async () => {
    for (const date of dates.slice(0, -1)) {
      await rm(join(folderOf(date), '..'), { recursive: true });
      tally.tried += 1;
      const { findings } = await verified(root);
      tally.found += findings.length > 0 ? 1 : 0;
      expect([date, findings.some(({ kind }) => kind === 'chain-broken')]).toEqual([date, true]);
      await startAgain();
    }
  });
});

/** Somebody makes the log again from what lies there now, with this very program. */
async function logAgain(): Promise<void> {
  await rm(join(root, 'daily/log'), { recursive: true });
  for (const file of allFiles()) {
    if (file.endsWith('/checkpoint.txt')) await rm(join(root, file));
  }
  await keepLog('daily', 'whole-plan', { archive: createFileSystemArchive(root), log: quiet });
}

const changes: readonly (readonly [what: string, change: () => Promise<void>])[] = [
  ['the newest day is removed', async () => rm(join(folderOf(last), '..'), { recursive: true })],
  [
    'the newest manifest is edited where nothing else says the same',
    async () => {
      await editManifest(folderOf(last, 2), (manifest) => {
        manifest['principal'] = 'somebody else';
      });
    },
  ],
  ['every manifest is made again', rehashAll],
];

describe('with --from and --to of the day', () => {
  it.each(['first', 'middle', 'last'])(
    'a flipped bit in the %s byte of any manifest or leaf',
    async (where) => {
      const looked = files.filter((file) => /\/manifest\.json$|\/log\/|\/checkpoint\.txt$/.test(file));
      const missed: string[] = [];
      for (const file of looked) {
        const date = /\/(\d{4})\/(\d{2})\/(\d{2})\//.exec(file)?.slice(1).join('-') ?? dates[3] ?? '';
        const range = { from: date, to: date };
        const isMissed = !(await isFound(
          file,
          (path, bytes) => {
            const at = { first: 0, middle: bytes.length >> 1, last: bytes.length - 1 }[where] ?? 0;
            return writeFile(path, flipped(bytes, at));
          },
          range,
        ));
        if (isMissed) missed.push(file);
      }
      expect(looked.length).toBe(3 * 8);
      expect(missed).toEqual([]);
    },
  );

  it('a flipped bit anywhere in the manifest of the first, the middle and the last day', async () => {
    for (const date of [dates[0] ?? '', dates[3] ?? '', last]) {
      const file = relative(root, join(folderOf(date, date === last ? 2 : 1), 'manifest.json'));
      const { length } = await readFile(join(root, file));
      for (let at = 0; at < length; at += Math.ceil(length / 60)) {
        const flip = (path: string, bytes: Buffer) => writeFile(path, flipped(bytes, at));
        expect([date, at, await isFound(file, flip, { from: date, to: date })]).toEqual([date, at, true]);
      }
    }
  });
});

describe('whoever makes digests and links anew', () => {
  it.each(changes)('is found by the log: %s', async (_what, change) => {
    await change();
    tally.tried += 1;
    const { findings } = await verified(root);
    tally.found += findings.length > 0 ? 1 : 0;
    expect(findings.map(({ kind }) => kind)).toContain('log-differs');
    await startAgain();
  });

  it.each(changes)('and the log is found by a checkpoint from outside: %s', async (_what, change) => {
    const text = await readFile(join(folderOf(last, 2), 'checkpoint.txt'), 'utf8');
    const origin = text.slice(0, text.indexOf('\n'));
    await change();
    await logAgain();
    tally.tried += 1;
    const { findings } = await verified(root, { checkpoints: [{ name: 'mail.eml', text, origin }] });
    tally.found += findings.length > 0 ? 1 : 0;
    expect(findings.map(({ kind }) => kind)).toEqual([
      expect.stringMatching(/^(?:rolled-back|other-history)$/),
    ]);
    await startAgain();
  });
});

describe('needs a signature or a checkpoint: without one nothing shows it, and the answer says so', () => {
  it.each([
    ...changes.map(
      ([what, change]) =>
        [
          `${what}, and the log`,
          async () => {
            await change();
            await logAgain();
          },
        ] as const,
    ),
    [
      'a record of a delivery is rewritten',
      async () => {
        const path = join(folderOf(last), 'delivery-1.json');
        await writeFile(
          path,
          (await readFile(path, 'utf8')).replaceAll('ops@example.com', 'ops@example.net'),
        );
      },
    ] as const,
  ])('%s', async (_what, change) => {
    await change();
    expect((await verified(root)).findings).toEqual([]);
    await startAgain();
  });

  it('a day that is forged whole and inserted is told as one that came later', async () => {
    const [before = '', forged = '', after = ''] = dates.slice(2);
    // The archive never had this day; somebody makes a good one of the day before.
    await rm(join(folderOf(forged), '..'), { recursive: true });
    const link = { key: `daily/${before.replaceAll('-', '/')}/r1/manifest.json`, sha256: '' };
    link.sha256 = sha256Of(await readFile(join(root, link.key)));
    await editManifest(folderOf(after), (manifest) => {
      manifest.previousManifest = link;
    });
    await rehashAll();
    link.sha256 = sha256Of(await readFile(join(root, link.key)));
    cpSync(
      join(whole.directory, archiveFolder, 'daily', forged.replaceAll('-', '/')),
      join(folderOf(forged), '..'),
      {
        recursive: true,
      },
    );
    await editManifest(folderOf(forged), (manifest) => {
      manifest.previousManifest = link;
    });
    await logAgain();
    const { findings, notes } = await verified(root);
    expect([findings, notes.map(({ kind }) => kind)]).toEqual([[], ['inserted-days']]);
    await startAgain();
  });
});

it('all that was tried and can be found was found', () => {
  process.stdout.write(`tampering: ${tally.tried} tried, ${tally.found} found\n`);
  expect(tally.found).toBe(tally.tried);
  expect(tally.tried).toBeGreaterThan(500);
});

/** Files that may have the same bytes in both revisions. */
const sameInBoth = /recovery-points|slice-.*-none/;

/** Somebody edits the first manifest, and makes all links after it anew. */
async function rehashAll(): Promise<void> {
  const digests = new Map<string, string>();
  const revisions = dates.flatMap(
    (date) =>
      (date === last
        ? [
            [date, 1],
            [date, 2],
          ]
        : [[date, 1]]) as [string, number][],
  );
  for (const [date, revision] of revisions) {
    const key = `daily/${date.replaceAll('-', '/')}/r${revision}/manifest.json`;
    const folder = folderOf(date, revision);
    const isThere = await readFile(join(folder, 'manifest.json')).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    const sha256 = await editManifest(folder, (manifest) => {
      manifest['principal'] = 'somebody else';
      const { previousManifest, supersedes } = manifest;
      if (previousManifest !== null) {
        previousManifest.sha256 = digests.get(previousManifest.key) ?? previousManifest.sha256;
      }
      const replaced = key.replace(/r2\/manifest\.json$/, 'r1/manifest.json');
      if (supersedes !== null) supersedes.manifestSha256 = digests.get(replaced) ?? supersedes.manifestSha256;
    });
    digests.set(key, sha256);
  }
}
