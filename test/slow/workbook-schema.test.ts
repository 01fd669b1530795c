import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shareLines } from '../../src/day/artefacts/share-lines.js';
import { packageRoot } from '../../src/package-root.js';
import { backupWorkbook } from '../support/backup-renderers.js';
import { twoSampleJobs } from '../support/sample-job.js';
import { incompleteParts, reportOf, sampleReport } from '../support/sample-report.js';
import { englishTheme } from '../support/theme.js';
import { brandedGerman, workbookFaults } from '../support/workbook-faults.js';

/* renderers/workbook-shipped has the workbook with most in it. */

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
});
