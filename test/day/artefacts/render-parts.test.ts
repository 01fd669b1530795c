import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderParts } from '../../../src/day/artefacts/render-artefacts.js';
import type { Renderer } from '../../../src/ports/renderer.js';
import type { DailyReport } from '../../../src/reports/backup-compliance/model/daily-report.js';
import { backupPage } from '../../support/backup-renderers.js';
import { sampleSlice } from '../../support/sample-report.js';
import { englishTheme } from '../../support/theme.js';

let workspace: string;

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'parts-'));
});

afterEach(() => rm(workspace, { recursive: true, force: true }));

const edition = { revision: 2, contentDigest: 'ab'.repeat(32) };
const part = { name: 'database team', slug: 'database-team', to: ['dba@example.com'], report: sampleSlice() };
const job = {
  family: 'database',
  resourceType: 'database',
  startTime: '2026-11-19T05:10:00.000Z',
  endTime: null,
};

it('a part has a page of its own beside its workbook, which leads to that', async () => {
  const lines: string[] = [];
  const workbook: Renderer<DailyReport> = {
    name: 'report.xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    render: async (input, path) => {
      for await (const batch of input.lines()) lines.push(batch);
      await writeFile(path, '');
    },
  };
  const renderers = [backupPage(englishTheme), workbook];
  const [rendered] = await renderParts([{ ...part, lines: [job] }], {
    workspace,
    renderers,
    edition,
    templateFaults: [],
  });
  expect(rendered?.workbook?.name).toBe('slice-database-team.xlsx');
  expect(rendered?.page).toMatchObject({
    name: 'slice-database-team.html',
    mediaType: 'text/html; charset=utf-8',
  });
  const page = await readFile(join(workspace, 'slice-database-team.html'), 'utf8');
  expect(page).toContain('<a class="file" href="slice-database-team.xlsx"');
  expect(page).toContain('4 of 8 resources need attention');
  expect(page).toContain(' · revision 2<');
  // Both have read its jobs.
  expect(lines).toEqual([`${JSON.stringify(job)}\n`]);
  expect(page).toContain('Most jobs began in the hour from 00:00: 1.');
});

it('a part has neither where nothing renders them', async () => {
  const [rendered] = await renderParts([{ ...part, lines: [] }], {
    workspace,
    renderers: [],
    edition,
    templateFaults: [],
  });
  expect(rendered).toMatchObject({ workbook: null, page: null });
});
