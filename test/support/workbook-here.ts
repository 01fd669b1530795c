import type { BackupJob } from '../../src/reports/backup-compliance/model/backup-job.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { Renderer } from '../../src/ports.js';
import type { ThemeData } from '../../src/renderers/theme.js';
import { createWorkbookRenderer } from '../../src/renderers/xlsx/workbook-renderer.js';
import { writeWorkbook } from '../../src/renderers/xlsx/writing/write-workbook.js';

/** The workbook without a thread of its own, which takes five times as long to load as a small workbook to write. */
export function workbookHere(theme: ThemeData, rowLimit = 1_048_576): Renderer<DailyReport> {
  return {
    ...createWorkbookRenderer(theme),
    render: ({ report, jobs }, path) => writeWorkbook({ report, theme, path, rowLimit }, parsed(jobs())),
  };
}

async function* parsed(batches: AsyncIterable<string>): AsyncGenerator<readonly BackupJob[]> {
  for await (const lines of batches) {
    yield lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as BackupJob);
  }
}
