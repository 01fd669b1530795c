import { readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RebuiltRevision } from '../../src/rebuild/rebuilt-revision.js';
import { toolVersion } from '../../src/cli/tool-version.js';
import { RebuildProject, linesOf } from '../support/rebuild-project.js';
import { sliceOf } from '../support/share-of.js';
import { dayOfAllKinds as date, recordsOfAllKinds } from '../support/records-of-all-kinds.js';

const next = '2026-11-20';

const configuration = `plan: daily
timezone: UTC
sources: [{ type: local-files, name: exports, paths: ["./events/*"] }]
archive: { type: file-system, directory: ./archive }
`;

let whole: RebuildProject;
let project: RebuildProject;

beforeAll(async () => {
  const files = { 'backup-report.yaml': configuration, 'events/a.ndjson': linesOf(recordsOfAllKinds) };
  whole = await RebuildProject.create(files, ['report.html']);
  await whole.make(date);
});

beforeEach(async () => {
  project = await whole.copy();
});

afterEach(() => project.remove());
afterAll(() => whole.remove());

async function rebuilt(day = date): Promise<RebuiltRevision> {
  const [revision] = await project.rebuild([day]);
  if (revision === undefined) throw new Error('nothing was rebuilt');
  return revision;
}

const wordsOf = ({ differences }: RebuiltRevision): readonly string[] =>
  differences.map(({ artefact, words }) => `${artefact}: ${words}`);

const altered = sliceOf<[what: string, file: string, from: string | RegExp, to: string, words: string]>([
  ['an event in the evidence', 'events.ndjson.gz', 'It failed.', 'It worked.', 'report.json: resources[0] ('],
  ['a result in the evidence', 'events.ndjson.gz', '"FAILED"', '"ACTIVE"', 'report.json: totals.'],
  [
    'a disposition',
    'events.ndjson.gz',
    '"disposition":"duplicate"',
    '"disposition":"outside"',
    'events.ndjson.gz: line 3: disposition: "outside" in the archive, "duplicate" made again',
  ],
  [
    'a record that was called unreadable',
    'events.ndjson.gz',
    '"disposition":"used","content"',
    '"disposition":"rejected","reason":"it is not JSON","sha256":"00","content"',
    'can be read (com.oraclecloud.databaseservice.automaticbackupdatabase.begin)',
  ],
  [
    'a source that nobody names',
    'events.ndjson.gz',
    /"source":"exports"(?=[^\n]*\n$)/,
    '"source":"others"',
    'is of the source others',
  ],
  [
    'a verdict',
    'report.json',
    /"outcome": ?"FAILED"/,
    '"outcome":"SUCCEEDED"',
    'outcome: "SUCCEEDED" in the archive, "FAILED" made again',
  ],
  ['a number of the page', 'report.html', />4</, '>3<', 'report.html: at character'],
  [
    'the look of the page',
    'report.html',
    '</style>',
    '.bad{display:none}</style>',
    'report.html: at character',
  ],
  ['a job', 'jobs.ndjson.gz', '"FAILED"', '"SUCCEEDED"', 'jobs.ndjson.gz: line '],
  ['a recovery point', 'recovery-points.ndjson.gz', date, next, 'recovery-points.ndjson.gz: line 1: '],
  ['a line that was taken away', 'jobs.ndjson.gz', /^.*\n/, '', 'jobs.ndjson.gz: line '],
  [
    'what the manifest says',
    'manifest.json',
    '"INCOMPLETE"',
    '"COMPLETE"',
    'manifest.json: status: "COMPLETE"',
  ],
  ['a count of the manifest', 'manifest.json', /"duplicate": 1/, '"duplicate": 2', 'manifest.json: '],
]);

describe('what was altered, with its digest mended in the manifest, is found', () => {
  it.each(altered)('%s', async (_what, file, from, to, words) => {
    await project.tamper(date, file, (text) => text.replace(from, to));
    const revision = await rebuilt();
    expect(revision.outcome).toBe('differs');
    expect(wordsOf(revision)).toContainEqual(expect.stringContaining(words));
  });

  it('says at most a few lines of a file', async () => {
    await project.tamper(date, 'events.ndjson.gz', (text) =>
      text.replaceAll('ERPPRD', 'ERPTST').replaceAll(`${date}T0`, `${date}T1`),
    );
    const { differences } = await rebuilt();
    const counts = new Map<string, number>();
    for (const { artefact } of differences) counts.set(artefact, (counts.get(artefact) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(4);
  });
});

describe('a file that is packed otherwise', () => {
  it('has the same content', async () => {
    const path = project.path(date, 'jobs.ndjson.gz');
    const bytes = await readFile(path);
    await writeFile(path, gzipSync(gunzipSync(bytes), { level: 9 }));
    expect(await rebuilt()).toMatchObject({
      outcome: 'same-content',
      surroundings: [],
      differences: [{ artefact: 'jobs.ndjson.gz', words: 'other bytes with the same content' }],
    });
  });
});

describe('another version of the program, or of what bytes depend on', () => {
  it('is said', async () => {
    const here = {
      tool: '9.9.9',
      node: 'v99.0.0',
      runtime: { icu: '1', timeZones: '2', zlib: '3', processor: 'sparc' },
    };
    const [revision] = await project.rebuild([date], { surroundings: here });
    expect(revision).toMatchObject({ outcome: 'same-bytes', differences: [] });
    expect(revision?.surroundings).toEqual([
      `version of the program ${toolVersion().split(' ')[1]} then, 9.9.9 now`,
      `Node.js ${process.version} then, v99.0.0 now`,
      expect.stringContaining('ICU '),
      expect.stringContaining('time-zone data '),
      expect.stringContaining('zlib '),
      `processor ${process.arch} then, sparc now`,
    ]);
  });

  it.each<[what: string, file: string, from: string | RegExp, to: string, outcome: string]>([
    ['words of the page', 'report.html', '<title>', '<title>Another ', 'same-content'],
    ['numbers of the page', 'report.html', />4</, '>3<', 'differs'],
    ['words of the report', 'report.json', 'It failed.', 'It has failed.', 'same-content'],
    ['a verdict of the report', 'report.json', /"outcome": ?"FAILED"/, '"outcome":"SUCCEEDED"', 'differs'],
    ['an event', 'events.ndjson.gz', '"FAILED"', '"ACTIVE"', 'differs'],
  ])('may change %s: %s', async (_what, file, from, to, outcome) => {
    await project.tamper(date, file, (text) => text.replace(from, to));
    const [revision] = await project.rebuild([date], { surroundings: { tool: '9.9.9' } });
    expect(revision).toMatchObject({ outcome });
    expect(revision?.differences.length).toBeGreaterThan(0);
  });
});

describe('what cannot be rebuilt', () => {
  it.each<[what: string, change: () => Promise<unknown>, reason: string]>([
    [
      'evidence that is not there',
      () => unlink(project.path(date, 'events.ndjson.gz')),
      'its evidence cannot be used',
    ],
    [
      'evidence with other bytes',
      () => writeFile(project.path(date, 'events.ndjson.gz'), 'x'),
      'is not the one that its manifest names',
    ],
    [
      'evidence that is none',
      () => project.tamper(date, 'events.ndjson.gz', () => '{"no":"evidence"}\n'),
      'has a line that cannot be read',
    ],
    [
      'what it was made with',
      () => rm(join(project.directory, 'archive/daily/made-by'), { recursive: true }),
      'what it was made with (configuration) cannot be used',
    ],
    [
      'settings that an older version did not keep',
      () =>
        project.tamper(date, 'manifest.json', (text) =>
          text.replace(/.*"settings".*\n/, '').replace(/("configuration": "\w+"),/, '$1'),
        ),
      'did not keep the settings',
    ],
    [
      'settings of another digest',
      () =>
        project.tamper(date, 'manifest.json', (text) =>
          text.replace(/"settings": "\w+"/, `"settings": "${'0'.repeat(64)}"`),
        ),
      'what it was made with (settings) cannot be used',
    ],
    [
      'a manifest of 0.1',
      () =>
        project.tamper(date, 'manifest.json', (text) =>
          text.replace('"schemaVersion": 2', '"schemaVersion": 1'),
        ),
      'version 0.1 of the program made it',
    ],
    [
      'a manifest that is none',
      () => writeFile(project.path(date, 'manifest.json'), '{}'),
      'its manifest cannot be used',
    ],
    [
      'templates that would be written elsewhere',
      () =>
        project.tamper(date, 'manifest.json', (text) =>
          text.replace(/("settings": ("\w+"))/, '$1, "templates/../../x": $2'),
        ),
      'is no template',
    ],
  ])('%s: says why', async (_what, change, reason) => {
    await change();
    expect(await rebuilt()).toMatchObject({
      outcome: 'cannot-rebuild',
      reason: expect.stringContaining(reason),
      differences: [],
    });
  });

  it.each<[what: string, change: () => Promise<unknown>, reason: string]>([
    ['is gone', () => rm(join(project.path(date, ''), '..'), { recursive: true }), 'it is not there'],
    [
      'has another manifest',
      () => project.tamper(date, 'manifest.json', (text) => `${text}\n`),
      'has another manifest now',
    ],
    [
      'has another report',
      () => writeFile(project.path(date, 'report.json'), '{}'),
      'what it goes on from cannot be used',
    ],
  ])('a day that goes on from a report that %s', async (_what, change, reason) => {
    await project.make(next);
    await change();
    expect(await rebuilt(next)).toMatchObject({
      outcome: 'cannot-rebuild',
      reason: expect.stringContaining(reason),
    });
  });

  it('a day without a report has no revision', async () => {
    expect(await project.rebuild(['2026-01-01'])).toEqual([]);
  });
});
