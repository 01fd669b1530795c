import { chmod, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import { packageRoot } from '../../src/package-root.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { asNobody } from '../support/as-nobody.js';
import { Project, jsonOf } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { runPlainly } from '../support/run-here.js';

/* Inputs that people have, each a folder of test/fixtures/cases: found and judged, or INCOMPLETE and named. */

const date = '2026-11-20';
const fixtures = fileURLToPath(new URL('test/fixtures/cases', packageRoot));

/** Name, records by disposition, resources with their outcomes, why the report is INCOMPLETE (null: COMPLETE). */
type Expected = readonly [string, string, string, string | null];
const cases: readonly Expected[] = [
  ['cloudwatch-log-events', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['csv-of-events', 'read 3, used 1, rejected 2', 'media01 SUCCEEDED', 'the line is not JSON'],
  [
    'cut-off-end-of-type-is-a-change',
    'read 2, used 1, rejected 1',
    'media01 SUCCEEDED',
    'the event type is cut off',
  ],
  ['cut-off-type-is-ignored', 'read 3, used 1, rejected 2', 'media01 SUCCEEDED', 'the event type is cut off'],
  [
    'dangling-link-in-folder',
    'read 1, used 1',
    'media01 SUCCEEDED',
    'events/b.ndjson cannot be opened: it is a link to nowhere, which does not exist',
  ],
  ['elasticsearch-hits', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  [
    'elasticsearch-hits-of-one-page',
    'read 2, used 1, rejected 1',
    'media01 SUCCEEDED',
    'the answer counts 20 rows and has 1',
  ],
  ['empty-list-first', 'read 3, used 3', 'LEDGER FAILED, media01 SUCCEEDED, other9 SUCCEEDED', null],
  ['event-in-a-wrapper-with-empty-tags', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  [
    'event-in-the-data-of-an-event',
    'read 2, used 1, rejected 1',
    'media01 SUCCEEDED',
    'an event within the data of another event',
  ],
  [
    'file-storage-omission-hidden-by-another-file-system',
    'read 2, used 2',
    'resource unknown (a1) FAILED, resource unknown (b1) UNKNOWN',
    null,
  ],
  ['fluentd-record', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['folder-skips-connector-hub-objects', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  [
    'folder-skips-half-downloaded-file',
    'read 1, used 1',
    'media01 SUCCEEDED',
    'events/b.ndjson.gz.part: its gzip data is cut off',
  ],
  ['folder-skips-upper-case-extension', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['folder-tree-of-odd-names', 'read 3, used 3', 'LEDGER FAILED, ODD FAILED, media01 SUCCEEDED', null],
  ['gap-array-under-another-name', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['gap-cli-audit-kebab-case', 'read 1, used 1', 'LEDGER FAILED', null],
  ['gap-cli-log-analytics-query', 'read 1, used 1', 'LEDGER FAILED', null],
  ['gap-cli-logging-search', 'read 1, used 1', 'LEDGER FAILED', null],
  ['gap-data-as-json-text', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['gap-pretty-objects-one-after-another', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['gap-stream-message-without-place', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  [
    'gzip-cut-in-the-middle',
    'read 13, used 12, rejected 1',
    'LEDGER FAILED, N0 SUCCEEDED, N1 SUCCEEDED, N2 SUCCEEDED, N3 SUCCEEDED, N4 SUCCEEDED, N5 SUCCEEDED, N6 SUCCEEDED, N7 SUCCEEDED, N8 SUCCEEDED, N9 SUCCEEDED, N10 SUCCEEDED',
    'events/a.gz: its gzip data is cut off',
  ],
  [
    'gzip-second-member-damaged',
    'read 2, used 1, rejected 1',
    'media01 SUCCEEDED',
    'events/a.gz: its gzip data is damaged (the checksum is wrong)',
  ],
  [
    'gzip-with-bytes-behind-it',
    'read 2, used 2',
    'LEDGER FAILED, media01 SUCCEEDED',
    'events/a.ndjson.gz: 17 bytes after its gzip data were not read: they are not gzip',
  ],
  ['id-twice-across-files', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['items-and-results', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['kafka-connect', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  [
    'line-of-an-empty-list-between-events',
    'read 3, used 2, rejected 1',
    'LEDGER FAILED, media01 SUCCEEDED',
    'an empty list: no event is in it',
  ],
  [
    'line-with-an-empty-list-vanishes',
    'read 2, used 1, rejected 1',
    'media01 SUCCEEDED',
    'not an event: it has no event type',
  ],
  ['logging-search-in-lines', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  [
    'logstash-message-cut-off',
    'read 2, used 1, rejected 1',
    'media01 SUCCEEDED',
    'it has text that reads like an event and is not JSON',
  ],
  ['mail-of-notifications', 'read 5, used 1, rejected 4', 'LEDGER FAILED', 'the line is not JSON'],
  ['names-only', 'read 2, used 2', 'LEDGER FAILED, PAYMENTS SUCCEEDED', null],
  ['one-id-two-facts', 'read 2, used 2', 'LEDGER FAILED, PAYMENTS FAILED', null],
  [
    'other-cloud-event-with-empty-resources-vanishes',
    'read 2, used 1, rejected 1',
    'media01 SUCCEEDED',
    'not an event: it has no event type',
  ],
  [
    'page-with-a-token-for-the-next',
    'read 2, used 1, rejected 1',
    'media01 SUCCEEDED',
    'the answer says that there is more, which is not here; ask for all pages',
  ],
  ['python-library-audit-list', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['python-repr', 'read 2, used 1, rejected 1', 'media01 SUCCEEDED', 'the line is not JSON'],
  ['records-in-base64', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  [
    'result-field-twice',
    'read 2, used 1, rejected 1',
    'media01 SUCCEEDED',
    'the field lifecycleState stands twice, with different values',
  ],
  ['result-in-two-spellings', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['sns-message', 'read 1, used 1', 'LEDGER FAILED', null],
  ['splunk-hec', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  [
    'time-in-microseconds',
    'read 2, used 1, rejected 1',
    'media01 SUCCEEDED',
    'the event has no readable time',
  ],
  [
    'times-in-seconds-and-text',
    'read 7, used 7',
    'DB0 FAILED, DB1 FAILED, DB2 FAILED, DB3 FAILED, DB4 FAILED, DB5 FAILED, media01 SUCCEEDED',
    null,
  ],
  [
    'times-that-cannot-be',
    'read 11, used 1, rejected 10',
    'media01 SUCCEEDED',
    'the event has no readable time',
  ],
  ['two-lists-in-one-object', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['type-says-how-it-ended', 'read 2, used 2', 'LEDGER UNKNOWN, media01 SUCCEEDED', null],
  [
    'type-shortened-with-an-ellipsis',
    'read 3, used 1, rejected 2',
    'media01 SUCCEEDED',
    'the event type is cut off',
  ],
  [
    'unknown-backups-of-three-families',
    'read 6, used 6',
    'resource unknown (u00) FAILED, resource unknown (u10) FAILED, resource unknown (u20) FAILED, resource unknown (u01) UNKNOWN, resource unknown (u11) UNKNOWN, resource unknown (u21) UNKNOWN',
    null,
  ],
  ['unknown-resources-are-pooled-into-recovered', 'read 2, used 2', 'LEDGER FAILED, OTHERDB SUCCEEDED', null],
  ['unreadable-sub-folder', 'read 1, used 1', 'media01 SUCCEEDED', 'events/sub cannot be read'],
  ['utf-16-and-byte-order-marks', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['wrapper-with-tags-loses-its-evidence', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  ['yaml-of-an-event', 'read 3, used 1, rejected 2', 'media01 SUCCEEDED', 'the line is not JSON'],
  ['zip-in-a-sub-folder', 'read 2, used 2', 'LEDGER FAILED, media01 SUCCEEDED', null],
  [
    'zip-of-two-files',
    'read 1, used 1',
    'media01 SUCCEEDED',
    'events/a.zip: it is a zip of several files, and only the first, "x.json", was read: unpack it, or pack it with gzip',
  ],
  [
    'zip-with-a-zip-behind-it',
    'read 1, used 1',
    'media01 SUCCEEDED',
    'events/a.zip: 486 bytes after its zip data were not read: unpack it, or make one file of it with gzip',
  ],
];

/** What a folder of files under version control cannot have. */
const preparations: ReadonlyMap<string, (events: string) => Promise<void>> = new Map([
  ['dangling-link-in-folder', (events) => symlink('nowhere', join(events, 'b.ndjson'))],
  ['unreadable-sub-folder', (events) => chmod(join(events, 'sub'), 0)],
]);

let project: Project | null = null;

afterAll(async () => {
  await project?.remove();
});

async function runCase(name: string): Promise<number | null> {
  await project?.remove();
  project = await Project.create({}, '');
  const { directory } = project;
  copyFolder(join(fixtures, name), directory);
  await chmod(directory, 0o777);
  await preparations.get(name)?.(join(directory, 'events'));
  const { code } = await asNobody(() => runPlainly(directory, date));
  // So that it can be removed.
  if (name === 'unreadable-sub-folder') await chmod(join(directory, 'events/sub'), 0o755);
  return code;
}

async function artefacts(): Promise<{ report: DailyReport; manifest: Manifest }> {
  const files = new Map<string, Buffer>();
  for (const name of ['report.json', 'manifest.json'])
    files.set(name, (await project?.read(`reports/case/2026/11/20/r1/${name}`)) ?? Buffer.alloc(0));
  return { report: jsonOf(files, 'report.json'), manifest: jsonOf(files, 'manifest.json') };
}

function inWords(totals: DailyReport['controlTotals']): string {
  const entries = Object.entries(totals).filter(([, records]) => records > 0);
  return entries.map(([disposition, records]) => `${disposition} ${records}`).join(', ');
}

describe('an input that people have', () => {
  it.each(cases)('%s', async (name, records, resources, reason) => {
    const code = await runCase(name);
    const { report, manifest } = await artefacts();
    expect([code, report.status]).toEqual(reason === null ? [0, 'COMPLETE'] : [3, 'INCOMPLETE']);
    expect(inWords(report.controlTotals)).toBe(records);
    expect(report.resources.map((each) => `${each.resourceName} ${each.outcome}`).join(', ')).toBe(resources);
    const reasons = [...report.statusReasons, ...report.rejectedRecords.map((each) => each.reason)];
    expect(reasons.join('\n')).toContain(reason ?? '');
    expect(reasons.length > 0).toBe(reason !== null);
    const [source] = manifest.sources;
    expect(source?.controlTotals).toEqual(report.controlTotals);
    const { found, read, unreadable, leftOut } = source?.inputs ?? {};
    expect(found).toBe((read ?? 0) + (unreadable ?? 0) + (leftOut ?? 0));
  });

  it('has an expectation, and each expectation an input', async () => {
    expect(cases.map(([name]) => name)).toEqual((await readdir(fixtures)).toSorted());
  });
});
