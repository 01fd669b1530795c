import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archivableConfiguration } from '../../src/config/archivable-configuration.js';
import { loadConfiguration } from '../../src/config/load.js';
import { noJobs } from '../support/job-lines.js';
import { reportOf, sampleResource } from '../support/sample-report.js';
import { wireRenderers } from '../../src/wiring/wire-backup-compliance.js';
import { defaultConfiguration } from '../support/cli.js';
import { englishTheme } from '../support/theme.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'limits-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function load(lines: string) {
  const path = join(directory, 'backup-report.yaml');
  await writeFile(path, `${defaultConfiguration}${lines}\n`);
  return (await loadConfiguration(path)).configuration;
}

describe('how much a page shows', () => {
  it.each([
    ['', { exceptions: 200, rows: 2_000, listed: 50_000 }],
    ['page: { exceptions: 1 }', { exceptions: 1, rows: 2_000, listed: 50_000 }],
    ['page: { rows: 20000, listed: 200000 }', { exceptions: 200, rows: 20_000, listed: 200_000 }],
  ])('is said by %j', async (lines, expected) => {
    expect((await load(lines)).page).toEqual(expected);
  });

  it.each([
    ['page: { exceptions: 0 }', /page\.exceptions: .*1/],
    ['page: { exceptions: 5001 }', /page\.exceptions: .*5000/],
    ['page: { rows: 20001 }', /page\.rows: .*20000/],
    ['page: { listed: 200001 }', /page\.listed: .*200000/],
    ['page: { listed: many }', /page\.listed/],
    ['page: { row: 10 }', /page\.row/],
  ])('is never %s', async (lines, message) => {
    await expect(load(lines)).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(message),
    });
  });

  it('is what the renderer of the plan keeps to', async () => {
    const configuration = await load('page: { rows: 3, listed: 4 }');
    const page = wireRenderers(englishTheme, configuration).renderers.find(
      ({ name }) => name === 'report.html',
    );
    const path = join(directory, 'report.html');
    const report = reportOf(
      Array.from({ length: 5 }, (_, i) => sampleResource({ resourceName: `R-${i}`, resourceId: `r-${i}` })),
    );
    await page?.render({ report, lines: noJobs }, path);
    const html = await readFile(path, 'utf8');
    const resources = html.slice(html.indexOf('<section aria-labelledby="resources">'));
    expect(resources.slice(0, resources.indexOf('</section>')).match(/role="rowheader"/g)).toHaveLength(3);
    expect(html).toContain('"name":["R-0","R-1","R-2","R-3"]');
  });

  it('stands in the archived configuration', () => {
    const page = { exceptions: 1, rows: 2, listed: 3 };
    expect(archivableConfiguration({ page })).toEqual({ page });
  });
});
