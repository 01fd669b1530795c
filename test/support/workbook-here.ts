import type { Renderer } from '../../src/ports/renderer.js';
import type { ThemeData } from '../../src/renderers/theme.js';
import { writeWorkbook } from '../../src/renderers/xlsx/writing/write-workbook.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { createReportLists } from '../../src/reports/backup-compliance/views/workbook/report-lists.js';
import { backupWorkbook } from './backup-renderers.js';

/** The workbook without a thread of its own, which takes five times as long to load as a small workbook to write. */
export function workbookHere(theme: ThemeData, rowLimit = 1_048_576): Renderer<DailyReport> {
  return {
    ...backupWorkbook(theme),
    render: ({ report, lines, edition }, path) =>
      writeWorkbook(
        { report, theme, path, rowLimit, ...(edition && { edition }) },
        createReportLists,
        parsed(lines()),
      ),
  };
}

async function* parsed(batches: AsyncIterable<string>): AsyncGenerator<readonly unknown[]> {
  for await (const lines of batches) {
    yield lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  }
}
