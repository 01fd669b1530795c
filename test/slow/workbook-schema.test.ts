import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shareLines } from '../../src/day/artefacts/share-lines.js';
import { packageRoot } from '../../src/package-root.js';
import { backupWorkbook } from '../support/backup-renderers.js';
import { listed, withChart, withNotes, withTable } from '../support/hand-made-templates.js';
import { type HandMade, handMadeWorkbook } from '../support/hand-made-workbook.js';
import { twoSampleJobs } from '../support/sample-job.js';
import { incompleteParts, reportOf, sampleReport } from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';
import { brandedGerman, workbookFaults } from '../support/workbook-faults.js';

/* renderers/workbook-shipped has the workbook with most in it. */

const names =
  '<definedNames><definedName name="rate">0.25</definedName><definedName name="names">Own!$A$2</definedName>' +
  '<definedName name="_xlnm.Print_Area" localSheetId="0">Own!$A$1:$B$3</definedName>' +
  '<definedName name="_xlnm.Print_Titles" localSheetId="0">Own!$A:$B,Own!$1:$1</definedName>' +
  '<definedName name="secret" hidden="true">Own!$A$1</definedName></definedNames>';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workbook-schema-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function faultsOf(report = sampleReport(), data = englishTheme.data) {
  const path = join(directory, 'report.xlsx');
  await backupWorkbook(data).render({ report, lines: shareLines(twoSampleJobs) }, path);
  return workbookFaults(path);
}

/** By a template of our own making. */
async function faultsBy(made: HandMade, rowLimit?: number) {
  const folder = await mkdtemp(join(directory, 'template-'));
  await writeFile(join(folder, 'report.xlsx'), await handMadeWorkbook(made));
  const { data } = await makeTheme('en', folder);
  const path = join(folder, 'made.xlsx');
  await backupWorkbook(data, rowLimit).render({ report: sampleReport(), lines: shareLines([]) }, path);
  return workbookFaults(path);
}

describe("Microsoft's Open XML SDK finds nothing in", () => {
  it('the template that ships', async () => {
    expect(await workbookFaults(fileURLToPath(new URL('templates/report.xlsx', packageRoot)))).toEqual([]);
  });

  it('a workbook with something of everything', async () => {
    expect(await faultsOf(sampleReport(incompleteParts()))).toEqual([]);
  });

  it('a German one, with logo, company and footer', async () => {
    expect(await faultsOf(sampleReport(), await brandedGerman())).toEqual([]);
  });

  it('an empty one', async () => {
    expect(await faultsOf(reportOf([]))).toEqual([]);
  });

  it.each([
    ['a chart', withChart, undefined],
    ['notes', withNotes, undefined],
    ['a table', withTable, undefined],
    ['a table that goes on in further sheets', withTable, 4],
    ['names', { sheets: [listed], workbook: names }, undefined],
  ] as const)('a workbook by a template with %s', async (_what, made, rowLimit) => {
    expect(await faultsBy(made, rowLimit)).toEqual([]);
  });
});
