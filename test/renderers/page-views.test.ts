import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { ResourceCompliance } from '../../src/reports/backup-compliance/model/resource-compliance.js';
import { backupPage } from '../support/backup-renderers.js';
import { someJobs } from '../support/page-browser.js';
import {
  failedResource,
  reportOf,
  sampleReport,
  sampleResource,
  sampleSlice,
} from '../support/sample-report.js';
import { englishTheme } from '../support/theme.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'page-views-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function sectionOf(report: DailyReport, id: string): Promise<string> {
  const path = join(directory, 'report.html');
  await backupPage(englishTheme).render({ report, lines: someJobs }, path);
  const page = await readFile(path, 'utf8');
  const start = page.indexOf(`<section aria-labelledby="${id}">`);
  return page.slice(start, page.indexOf('</section>', start));
}

/** The cells of the first row of a table, as they are read. */
async function firstRow(resource: ResourceCompliance): Promise<readonly string[]> {
  const section = await sectionOf(reportOf([resource]), 'databases');
  const body = section.slice(section.indexOf('<tbody'));
  return [...body.matchAll(/<t[hd][\s\S]*?<\/t[hd]>/g)].map(([cell]) =>
    cell
      .replaceAll(/<br>|<\/b>|<\/span>|<\/a>/g, ' ')
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
}

describe('the details of an exception', () => {
  it.each<[words: string, newestBytes: object, shown: RegExp]>([
    [
      'the size of the newest',
      { newestBytes: 12.5 * 1024 ** 3 },
      /: 2026-11-01 to 2026-11-18; the newest has 12\.5 GB</,
    ],
    ['no size that was not told', {}, /: 2026-11-01 to 2026-11-18</],
  ])('have %s', async (_words, newestBytes, shown) => {
    const points = { count: 7, newest: '2026-11-18T07:10:00.000Z', oldest: '2026-11-01T07:10:00.000Z' };
    const report = reportOf([failedResource({ recoveryPoints: { ...points, ...newestBytes } })]);
    expect(await sectionOf(report, 'exceptions')).toMatch(shown);
  });
});

describe('the database table', () => {
  it('has the last full and the last incremental backup with their ages, and the attempts by type', async () => {
    const resource = sampleResource({
      byBackupType: [
        { type: 'full', lastSuccess: '2026-11-15T07:10:00.000Z', attempts: 1, failed: 1 },
        { type: 'incremental', lastSuccess: '2026-11-19T07:10:00.000Z', attempts: 2, failed: 0 },
      ],
    });
    expect((await firstRow(resource)).slice(2, 5)).toEqual([
      '2026-11-15 02:10 EST 4 d 21 h old',
      '2026-11-19 02:10 EST 21 h 50 min old',
      'Full: 1 (1 failed) Incremental: 2',
    ]);
  });

  it.each<[string, NonNullable<ResourceCompliance['byBackupType']>, readonly string[]]>([
    ['of no backup', [], ['none seen', 'none seen', 'none seen']],
    [
      'of one that only failed',
      [{ type: 'full', lastSuccess: null, attempts: 1, failed: 1 }],
      ['none seen', 'none seen', 'Full: 1 (1 failed)'],
    ],
    [
      'of other types',
      [
        { type: 'log', lastSuccess: '2026-11-19T07:10:00.000Z', attempts: 3, failed: 0 },
        { type: 'untold', lastSuccess: '2026-11-18T07:10:00.000Z', attempts: 0, failed: 0 },
      ],
      [
        'none seen',
        'none seen',
        'Archive log 2026-11-19 02:10 EST 21 h 50 min old Type not told 2026-11-18 02:10 EST 45 h 50 min old',
        'Archive log: 3',
      ],
    ],
  ])('says what is not known: %s', async (_, byBackupType, words) => {
    const cells = await firstRow(sampleResource({ byBackupType }));
    expect(cells.slice(2, -1)).toEqual(words);
  });

  it('of an older version has its last success alone; beside newer ones it says that it was not told', async () => {
    const { byBackupType: _, ...older } = sampleResource({ resourceName: 'OLD' });
    expect((await firstRow(older)).slice(2, -1)).toEqual(['2026-11-19 02:10 EST']);
    const both = await sectionOf(reportOf([older, sampleResource()]), 'databases');
    expect(both.match(/not told by this version/g)).toHaveLength(3);
  });
});

describe('the schedule of the page', () => {
  it('leads by each square to the resources of a type and hour, and says how in words', async () => {
    const glance = await sectionOf(sampleReport(), 'glance');
    const links = [...glance.matchAll(/<a href="(#type=[^"]*)"><title>([^<]*)</g)].map(
      ([, ...found]) => found,
    );
    expect(links).toEqual([
      ['#type=database&amp;hour=00', 'database, 00:00: 1 job (Unknown: 1)'],
      ['#type=database&amp;hour=01', 'database, 01:00: 1 job (Unknown: 1)'],
      ['#type=%3Cb%3Eodd%3C%2Fb%3E&amp;hour=04', '&lt;b&gt;odd&lt;/b&gt;, 04:00: 1 job (Unknown: 1)'],
      ['#type=autonomous-database&amp;hour=03', 'autonomous database, 03:00: 1 job (Unknown: 1)'],
      ['#type=volume&amp;hour=02', 'volume, 02:00: 1 job (Unknown: 1)'],
    ]);
  });

  it('has its numbers as a table, too, with the letter of the worst', async () => {
    const glance = await sectionOf(sampleReport(), 'glance');
    const table = glance.slice(glance.indexOf('<caption class="away">Jobs by type and hour'));
    expect(table).toContain('<bdi>database</bdi></th><td class="number">1 U</td><td class="number">1 U</td>');
  });
});

describe('the trend by type on the page', () => {
  it('is drawn, explained and in numbers', async () => {
    const glance = await sectionOf(sampleReport(), 'glance');
    expect(glance.match(/<li class="panel">/g)).toHaveLength(4);
    expect(glance).toContain('<h4><bdi>database</bdi> · Incremental</h4>');
    expect(glance).toContain('<h4><bdi>&lt;b&gt;odd&lt;/b&gt;</bdi> · Archive log</h4>');
    expect(glance).toContain('! marks a day whose report was INCOMPLETE.');
    expect(glance).toContain('? marks a day whose jobs were not counted by type');
    expect(glance).toContain('– marks a day without report.');
    expect(glance).toContain('<th scope="row" class="nowrap">2026-11-19</th><td class="number">5</td>');
    expect(glance.match(/colspan="8" class="soft">not counted</g)).toHaveLength(8);
    expect(glance.match(/colspan="8" class="soft">no report</g)).toHaveLength(1);
  });

  it('of a part of a report is its day alone, and says so', async () => {
    const glance = await sectionOf(sampleSlice(), 'glance');
    expect(glance).toContain('A part of a report has no days before.');
    expect(glance).not.toContain('no report');
  });

  it('of a report without jobs says so', async () => {
    expect(await sectionOf(reportOf([sampleResource()]), 'glance')).toContain(
      'No job was counted in these days.',
    );
  });
});
