import { mkdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import type { Project } from '../support/cli.js';
import { Project as Folder } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { sliceOf } from '../support/share-of.js';
import {
  archiveFolder,
  archiveOf,
  editManifest,
  forgeArtefact,
  kindsOf as allKindsOf,
  sha256Of,
  verified,
} from '../support/verified-archive.js';

const dates = ['2026-11-17', '2026-11-18', '2026-11-19'];
const [first, second, last] = dates as [string, string, string];

/** What the log shows besides, another test tells. */
const kindsOf = (verification: Parameters<typeof allKindsOf>[0]): readonly string[] =>
  allKindsOf(verification).filter((each) => !each.startsWith('log-'));

let whole: Project;
let project: Folder;
let root: string;

beforeAll(async () => {
  whole = await archiveOf(dates);
});

afterAll(() => whole.remove());

beforeEach(async () => {
  project = await Folder.create({});
  root = join(project.directory, archiveFolder);
  copyFolder(join(whole.directory, archiveFolder), root);
});

afterEach(() => project.remove());

const prefixOf = (date: string, revision = 1): string => `daily/${date.replaceAll('-', '/')}/r${revision}/`;
const folderOf = (date: string, revision = 1): string => join(root, prefixOf(date, revision));

/** Mends the link of the next day and of the next revision, as somebody would who knows how the chain is made. */
async function relink(
  date: string,
  revision: number,
  sha256: string,
  next: readonly (readonly [string, number])[],
): Promise<void> {
  for (const [nextDate, nextRevision] of next) {
    const digest = await editManifest(folderOf(nextDate, nextRevision), (manifest) => {
      const key = `${prefixOf(date, revision)}manifest.json`;
      if (manifest.previousManifest?.key === key) manifest.previousManifest.sha256 = sha256;
      if (nextDate === date && manifest.supersedes?.revision === revision)
        manifest.supersedes.manifestSha256 = sha256;
    });
    expect(digest).toHaveLength(64);
  }
}

async function rewritten(
  date: string,
  name: string,
  change: (text: string) => string,
  revision = 1,
): Promise<void> {
  const path = join(folderOf(date, revision), name);
  const before = await readFile(path);
  const isGzip = name.endsWith('.gz');
  const text = change((isGzip ? gunzipSync(before) : before).toString('utf8'));
  const bytes = isGzip ? gzipSync(text) : Buffer.from(text);
  await forgeArtefact(folderOf(date, revision), name, bytes);
  if (!isGzip) return;
  await editManifest(folderOf(date, revision), ({ artefacts }) => {
    const entry = artefacts.find((each) => each.name === name);
    if (entry !== undefined) entry.contentSha256 = sha256Of(Buffer.from(text));
  });
}

it('a whole archive has no finding, and what was looked at is counted', async () => {
  const { plans, days, revisions, artefacts, findings, notes } = await verified(root);
  expect(findings).toEqual([]);
  expect(notes).toEqual([]);
  expect({ plans, days, revisions, artefacts }).toEqual({
    plans: ['daily'],
    days: 3,
    revisions: 4,
    artefacts: 32,
  });
});

describe('a forged revision whose own manifest was mended', () => {
  const rows: readonly (readonly [string, () => Promise<void>, readonly string[]])[] = [
    [
      'a job that failed is gone from the lines',
      () =>
        rewritten(
          last,
          'jobs.ndjson.gz',
          (text) =>
            text
              .split('\n')
              .filter((line) => !line.includes('FAILED'))
              .join('\n'),
          2,
        ),
      [`content-differs ${prefixOf(last, 2)}report.json`, `totals-differ ${prefixOf(last, 2)}jobs.ndjson.gz`],
    ],
    [
      'a record is gone from the evidence',
      () => rewritten(last, 'events.ndjson.gz', (text) => text.slice(text.indexOf('\n') + 1), 2),
      [`totals-differ ${prefixOf(last, 2)}events.ndjson.gz`],
    ],
    [
      'the evidence gives a record another disposition',
      () =>
        rewritten(
          last,
          'events.ndjson.gz',
          (text) => text.replace('"disposition":"used"', '"disposition":"ignored"'),
          2,
        ),
      [`totals-differ ${prefixOf(last, 2)}events.ndjson.gz`],
    ],
    [
      'recovery points of a resource are gone',
      () => rewritten(last, 'recovery-points.ndjson.gz', () => '', 2),
      [`totals-differ ${prefixOf(last, 2)}recovery-points.ndjson.gz`],
    ],
    [
      'the page says another total',
      () =>
        rewritten(
          last,
          'report.html',
          (text) => text.replace(/(totals\.compliant" content=")\d+/, '$199'),
          2,
        ),
      [`totals-differ ${prefixOf(last, 2)}report.html`],
    ],
    [
      'the page is that of another revision',
      async () =>
        void (await forgeArtefact(
          folderOf(last, 2),
          'report.html',
          await readFile(join(folderOf(last), 'report.html')),
        )),
      [`totals-differ ${prefixOf(last, 2)}report.html`],
    ],
    [
      'the workbook is that of another day',
      async () =>
        void (await forgeArtefact(
          folderOf(last, 2),
          'report.xlsx',
          await readFile(join(folderOf(first), 'report.xlsx')),
        )),
      [`totals-differ ${prefixOf(last, 2)}report.xlsx`],
    ],
    [
      'the page of a part contradicts its workbook',
      () =>
        rewritten(
          last,
          'slice-team.html',
          (text) => text.replace(/(totals\.expected" content=")\d+/, '$199'),
          2,
        ),
      [`totals-differ ${prefixOf(last, 2)}slice-team.html`],
    ],
    [
      'the report has a better verdict',
      () =>
        rewritten(
          last,
          'report.json',
          (text) => text.replace(/"outcome":\s*"RECOVERED"/g, '"outcome":"SUCCEEDED"'),
          2,
        ),
      [`content-differs ${prefixOf(last, 2)}report.json`],
    ],
    [
      'the report calls itself INCOMPLETE',
      () =>
        rewritten(
          last,
          'report.json',
          (text) => text.replace(/"status":\s*"COMPLETE"/, '"status":"INCOMPLETE"'),
          2,
        ),
      [`report-differs ${prefixOf(last, 2)}report.json`],
    ],
    [
      'the manifest calls it INCOMPLETE',
      async () =>
        void (await editManifest(folderOf(last, 2), (manifest) => {
          manifest['status'] = 'INCOMPLETE';
        })),
      [`report-differs ${prefixOf(last, 2)}report.json`],
    ],
    [
      'a manifest names a file outside of its folder',
      async () =>
        void (await editManifest(folderOf(last, 2), ({ artefacts }) => {
          artefacts.push({ name: '../r1/report.json', bytes: 1, sha256: 'x', mediaType: '' });
        })),
      [`unsafe-name ${prefixOf(last, 2)}manifest.json`],
    ],
    [
      'a manifest no longer names a file',
      async () =>
        void (await editManifest(folderOf(last, 2), (manifest) => {
          manifest.artefacts = manifest.artefacts.filter(({ name }) => name !== 'events.ndjson.gz');
        })),
      [`manifest-damaged ${prefixOf(last, 2)}manifest.json`, `foreign ${prefixOf(last, 2)}events.ndjson.gz`],
    ],
    [
      'a manifest goes on from a key that leads elsewhere',
      async () =>
        void (await editManifest(folderOf(last, 2), (manifest) => {
          manifest.previousManifest = { key: '../../etc/passwd', sha256: 'a'.repeat(64) };
        })),
      [`unsafe-name ${prefixOf(last, 2)}manifest.json`],
    ],
    [
      'an earlier manifest was edited: the next link shows it',
      async () =>
        void (await editManifest(folderOf(first), (manifest) => {
          manifest['principal'] = 'nobody';
        })),
      [`chain-broken ${prefixOf(second)}manifest.json`],
    ],
    [
      'and so does the next but one where that link was mended',
      async () => {
        const sha256 = await editManifest(folderOf(first), (manifest) => {
          manifest['principal'] = 'nobody';
        });
        await relink(first, 1, sha256, [[second, 1]]);
      },
      [`chain-broken ${prefixOf(last)}manifest.json`, `chain-broken ${prefixOf(last, 2)}manifest.json`],
    ],
    [
      'a superseded manifest was edited',
      async () =>
        void (await editManifest(folderOf(last), (manifest) => {
          manifest['principal'] = 'nobody';
        })),
      [`supersedes-broken ${prefixOf(last, 2)}manifest.json`],
    ],
    [
      'a revision says that it replaces none',
      async () =>
        void (await editManifest(folderOf(last, 2), (manifest) => {
          manifest.supersedes = null;
        })),
      [`revision-hidden ${prefixOf(last, 2)}manifest.json`],
    ],
    [
      'a revision calls an earlier one unfinished that has a manifest',
      async () =>
        void (await editManifest(folderOf(last, 2), (manifest) => {
          manifest['unfinishedRevisions'] = [1];
        })),
      [`revision-hidden ${prefixOf(last)}`],
    ],
  ];
  it.each(sliceOf(rows))('%s', async (_what, forge, expected) => {
    await forge();
    const kinds = kindsOf(await verified(root));
    for (const each of expected) expect(kinds).toContain(each);
    // Of the last revision nothing else is known: what is not expected is another word on the same forgery.
    const files = new Set(expected.map((each) => each.slice(each.indexOf(' ') + 1, each.lastIndexOf('/'))));
    for (const each of kinds) expect([...files].some((file) => each.includes(file))).toBe(true);
  });
});

describe('what lies in an archive', () => {
  const rows: readonly (readonly [string, () => Promise<unknown>, readonly string[]])[] = [
    [
      'a foreign file beside the artefacts',
      () => writeFile(join(folderOf(first), 'notes.txt'), 'x'),
      [`foreign ${prefixOf(first)}notes.txt`],
    ],
    [
      'an artefact that no manifest names',
      () => writeFile(join(folderOf(first), 'slice-x.html'), 'x'),
      [`foreign ${prefixOf(first)}slice-x.html`],
    ],
    [
      'a foreign file beside the days',
      () => writeFile(join(root, 'daily/notes.txt'), 'x'),
      ['foreign daily/notes.txt'],
    ],
    ['a file beside the plans', () => writeFile(join(root, 'notes.txt'), 'x'), ['foreign notes.txt']],
    [
      'a folder that is none of a plan',
      async () => void mkdirSync(join(root, 'Lost and found')),
      ['foreign Lost and found/'],
    ],
    ['a link beside the plans', () => symlink('/etc', join(root, 'other')), ['foreign other']],
    [
      'a link in a revision',
      () => symlink('/etc/passwd', join(folderOf(first), 'x.html')),
      [`link ${prefixOf(first)}x.html`],
    ],
    ['a link in place of a year', () => symlink('/etc', join(root, 'daily/2025')), ['link daily/2025']],
    [
      'a name of a device',
      async () => {
        await mkdir(join(root, 'daily/keys'));
        await writeFile(join(root, 'daily/keys/NUL.pem'), 'x');
      },
      ['unsafe-name daily/keys/NUL.pem'],
    ],
    [
      'a name in other letters',
      async () => {
        await mkdir(join(root, 'daily/keys'));
        await writeFile(join(root, 'daily/keys/\u0430.pem'), 'x');
      },
      ['unsafe-name daily/keys/\u0430.pem'],
    ],
    [
      'an artefact behind a link',
      async () => {
        await rename(join(folderOf(first), 'report.html'), join(project.directory, 'x'));
        await symlink(join(project.directory, 'x'), join(folderOf(first), 'report.html'));
      },
      [`artefact-unreadable ${prefixOf(first)}report.html`],
    ],
    [
      'a claim without its outcome',
      () => rm(join(folderOf(first), 'delivery-1.json')),
      [`delivery-open ${prefixOf(first)}delivery-1.claim.json`],
    ],
    [
      'an outcome without its claim',
      () => rm(join(folderOf(first), 'delivery-1.claim.json')),
      [`delivery-missing ${prefixOf(first)}delivery-1.claim.json`],
    ],
    [
      'an attempt that is gone',
      async () => {
        for (const name of ['delivery-1.json', 'delivery-1.claim.json'])
          await rm(join(folderOf(first), name));
      },
      [`delivery-missing ${prefixOf(first)}delivery-1.json`],
    ],
    [
      'all of a ledger that is gone',
      async () => {
        for (const attempt of ['delivery-1', 'delivery-2']) {
          for (const ending of ['.json', '.claim.json'])
            await rm(join(folderOf(first), `${attempt}${ending}`));
        }
      },
      [`delivery-missing ${prefixOf(first)}`],
    ],
    [
      'a record that cannot be read',
      () => writeFile(join(folderOf(first), 'delivery-1.json'), '{'),
      [`delivery-unreadable ${prefixOf(first)}delivery-1.json`],
    ],
    [
      'a revision that is gone',
      () => rm(folderOf(last), { recursive: true }),
      [`supersedes-broken ${prefixOf(last, 2)}manifest.json`, `revision-missing ${prefixOf(last, 2)}`],
    ],
    [
      'a manifest that is gone',
      async () => {
        await rm(join(folderOf(last), 'manifest.json'));
        for (const name of ['delivery-1', 'delivery-2'])
          for (const ending of ['.json', '.claim.json']) await rm(join(folderOf(last), `${name}${ending}`));
      },
      [`supersedes-broken ${prefixOf(last, 2)}manifest.json`, `revision-hidden ${prefixOf(last)}`],
    ],
    [
      'a manifest that is gone, of a revision that was sent',
      () => rm(join(folderOf(first), 'manifest.json')),
      [`manifest-damaged ${prefixOf(first)}manifest.json`, `chain-broken ${prefixOf(second)}manifest.json`],
    ],
    [
      'a day that is gone',
      () => rm(join(root, 'daily/2026/11/18'), { recursive: true }),
      [
        `chain-broken ${prefixOf(last)}manifest.json`,
        `chain-broken ${prefixOf(last, 2)}manifest.json`,
        'missing-days daily/2026/11/18/',
      ],
    ],
    [
      'a run that was stopped',
      async () => {
        await mkdir(folderOf(last, 3));
        await writeFile(join(folderOf(last, 3), 'report.json'), '{}');
      },
      [`unfinished-revision ${prefixOf(last, 3)}`],
    ],
  ];
  it.each(sliceOf(rows))('%s', async (_what, put, expected) => {
    await put();
    expect(kindsOf(await verified(root))).toEqual(expected);
  });

  it('a file of made-by that was altered, and one that no manifest names', async () => {
    const folder = join(root, 'daily/made-by');
    const bytes = Buffer.from('plan: other\n');
    await writeFile(join(folder, sha256Of(bytes)), bytes);
    const { findings, notes } = await verified(root);
    expect([findings, notes.map(({ kind }) => kind)]).toEqual([[], ['unnamed-made-by']]);
    await writeFile(join(folder, sha256Of(bytes)), 'x');
    expect(kindsOf(await verified(root))).toEqual([`made-by-damaged daily/made-by/${sha256Of(bytes)}`]);
  });
});

describe('a range', () => {
  it('is all that is read, but for the links beyond it', async () => {
    await editManifest(folderOf(first), (manifest) => {
      manifest['principal'] = 'nobody';
    });
    await writeFile(join(folderOf(last), 'report.html'), 'x');
    expect(kindsOf(await verified(root, { range: { from: second, to: second } }))).toEqual([
      `chain-broken ${prefixOf(second)}manifest.json`,
    ]);
    expect(kindsOf(await verified(root, { range: { from: null, to: first } }))).toEqual([]);
  });

  it.each(dates)('compares the manifest of %s with the log, whatever else is not read', async (date) => {
    const revision = date === last ? 2 : 1;
    await editManifest(folderOf(date, revision), (manifest) => {
      manifest['principal'] = 'nobody';
    });
    const { findings } = await verified(root, { range: { from: date, to: date } });
    expect(findings.map(({ kind, key }) => `${kind} ${key}`)).toContain(
      `log-differs ${prefixOf(date, revision)}manifest.json`,
    );
  });

  it('goes through the whole log: a leaf of another day that is altered or gone is found', async () => {
    const leaf = join(root, 'daily/log/1.json');
    const bytes = await readFile(leaf);
    const range = { from: last, to: last };
    await writeFile(leaf, bytes.subarray(1));
    expect(allKindsOf(await verified(root, { range }))).toContain('log-damaged daily/log/1.json');
    await rm(leaf);
    expect(allKindsOf(await verified(root, { range }))).toContain('log-damaged daily/log/1.json');
  });

  it('finds a revision of its days without a leaf, and one that only the log knows', async () => {
    const range = { from: last, to: last };
    await rm(folderOf(last, 2), { recursive: true });
    expect(allKindsOf(await verified(root, { range }))).toContain(
      `log-differs ${prefixOf(last, 2)}manifest.json`,
    );
    await rm(join(root, 'daily/log'), { recursive: true });
    expect(allKindsOf(await verified(root, { range }))).toContain(
      `not-logged ${prefixOf(last)}manifest.json`,
    );
  });

  it('needs no other day beside it, as in a package, and counts what is not shown of those', async () => {
    const range = { from: second, to: second };
    const before = await verified(root, { range });
    expect([before.findings, before.notChecked]).toEqual([
      [],
      [{ plan: 'daily', revisions: 3, absent: 0, periods: 0 }],
    ]);
    for (const date of [first, last]) await rm(join(folderOf(date), '..'), { recursive: true });
    const { findings, notChecked } = await verified(root, { range });
    expect([findings, notChecked]).toEqual([[], [{ plan: 'daily', revisions: 0, absent: 3, periods: 0 }]]);
    expect((await verified(whole.directory + `/${archiveFolder}`)).notChecked).toEqual([]);
  });

  it('shows that the newest days are gone, which the archive alone does not', async () => {
    await rm(join(root, 'daily/2026/11/19'), { recursive: true });
    expect(kindsOf(await verified(root))).toEqual([]);
    expect(kindsOf(await verified(root, { range: { from: first, to: last } }))).toEqual([
      'missing-days daily/2026/11/19/',
    ]);
  });

  it.each([
    ['an empty folder', { from: null, to: null }, null, true],
    ['a range without a report', { from: '2025-01-01', to: '2025-01-02' }, null, false],
    ['a plan that is not there', { from: null, to: null }, 'other', false],
  ])('%s proves nothing', async (_what, range, plan, isEmpty) => {
    if (isEmpty) await rm(root, { recursive: true });
    const { findings } = await verified(root, { range, plan });
    expect(findings[0]?.kind).toBe('nothing-verified');
  });
});

it('an archive of version 0.1 is read: what a crash left is found, and what it does not carry is told', async () => {
  const { findings, notes, revisions } = await verified(
    new URL('test/archives/fixtures/archive-0.1/archive', packageRoot).pathname,
  );
  expect(revisions).toBe(18);
  expect(findings.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
    'delivery-open demo-company/2026/11/02/r1/delivery-1.claim.json',
    'unfinished-revision demo-company/2026/11/07/r2/',
  ]);
  expect(new Set(notes.map(({ kind }) => kind))).toEqual(
    new Set(['not-compared', 'not-carried', 'named-unfinished', 'no-log']),
  );
});
