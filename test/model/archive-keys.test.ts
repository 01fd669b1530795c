import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { archivedFileOf, madeByKey } from '../../src/model/archive-keys.js';
import { packageRoot } from '../../src/package-root.js';

const digest = 'ab'.repeat(32);
const ofDay = { place: 'revision', date: '2026-11-19', revision: 1 };

const known: readonly (readonly [key: string, file: object])[] = [
  ...['report.json', 'report.html', 'report.xlsx', 'events.ndjson.gz', 'recovery-points.ndjson.gz'].map(
    (name) => [`2026/11/19/r1/${name}`, { ...ofDay, name, role: 'artefact' }] as const,
  ),
  ...[
    'jobs.ndjson.gz',
    'changes.ndjson.gz',
    'activity.ndjson.gz',
    'slice-storage-team.xlsx',
    'slice-storage-team.html',
  ].map((name) => [`2026/11/19/r1/${name}`, { ...ofDay, name, role: 'artefact' }] as const),
  ['2026/11/19/r12/manifest.json', { ...ofDay, revision: 12, name: 'manifest.json', role: 'manifest' }],
  ...['manifest.json.sig', 'manifest.json.dsse', 'manifest.json.tsr', 'checkpoint.txt'].map(
    (name) => [`2026/11/19/r1/${name}`, { ...ofDay, name, role: 'attestation' }] as const,
  ),
  ...['delivery-1.json', 'delivery-12.claim.json'].map(
    (name) => [`2026/11/19/r1/${name}`, { ...ofDay, name, role: 'delivery' }] as const,
  ),
  ...['2026-11', '2026-Q4', '2026-11-01_2026-11-08'].map(
    (period) =>
      [
        `periods/${period}/r1/report.json`,
        { place: 'period', period, revision: 1, name: 'report.json', role: 'artefact' },
      ] as const,
  ),
  ['log/0.json', { place: 'log', number: 0 }],
  ['log/417.json', { place: 'log', number: 417 }],
  [`made-by/${digest}`, { place: 'made-by', sha256: digest }],
  ['keys/2026.pem', { place: 'keys', name: '2026.pem' }],
  ['attestations/2026-11-19/1.json', { place: 'attestations', name: '2026-11-19/1.json' }],
  ['forward/2026/11.json', { place: 'forward', name: '2026/11.json' }],
  ['doctor/probe.json', { place: 'doctor', name: 'probe.json' }],
];

const foreign = [
  'notes.txt',
  '2026/11/19/notes.txt',
  '2026/11/19/r1/notes.txt',
  '2026/11/19/r1/deeper/report.json',
  '2026/11/19/r0/report.json',
  '2026/11/19/r01/report.json',
  '2026/11/r1/report.json',
  '0001/01/01/r1/report.json',
  '2015/12/31/r1/report.json',
  '2100/01/01/r1/report.json',
  '2026/02/30/r1/report.json',
  '2026/11/19/r1/report.json.bak',
  '2026/11/19/r1/delivery-0.json',
  '2026/11/19/r1/delivery-1.claim.json.tmp',
  '2026/11/19/r1/slice-Storage.xlsx',
  '2026/11/19/r1/manifest.json.asc',
  'periods/2026-Q5/r1/report.json',
  'periods/2026-11/report.json',
  'log/01.json',
  'log/1.json/2',
  'log/one.json',
  `made-by/${digest.toUpperCase()}`,
  `made-by/${digest}/configuration`,
  'made-by/configuration',
  'keys/',
  'keys',
];

describe('a key of an archive', () => {
  it.each(known)('%s is what the program writes', (key, file) => {
    expect(archivedFileOf('daily', `daily/${key}`)).toEqual(file);
  });

  it.each(foreign)('%s is foreign', (key) => {
    expect(archivedFileOf('daily', `daily/${key}`)).toBeNull();
  });

  it('of another plan is foreign, although its name begins like this one', () => {
    expect(archivedFileOf('daily', 'daily-backup/2026/11/19/r1/report.json')).toBeNull();
    expect(archivedFileOf('daily', `daily-backup/made-by/${digest}`)).toBeNull();
  });

  it('of version 0.1 is known, each of them', async () => {
    const folder = fileURLToPath(new URL('test/archives/fixtures/archive-0.1/archive/', packageRoot));
    const keys = (await createFileSystemArchive(folder).list('demo-company/')).map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(100);
    expect(keys.filter((key) => archivedFileOf('demo-company', key) === null)).toEqual([]);
  });
});

it('the key of a file that a report was made with is its digest', () => {
  expect(madeByKey('daily', digest)).toBe(`daily/made-by/${digest}`);
});
