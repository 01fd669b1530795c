import type { ListsModule } from './binding/report-lists.js';
import type { KeptTemplates } from './template/kept-template.js';
import type { WorkbookDocument } from './workbook-document.js';
import { type WorkbookInput, writeWorkbook } from './writing/write-workbook.js';

/** What a workbook is made of. */
export interface WorkbookTask<R extends WorkbookDocument> extends WorkbookInput<R> {
  /** URL of the module with the lists of the report's kind. */
  readonly listsModule: string;
}

/**
 * Makes a workbook in the thread that calls it.
 *
 * @param lines of the jobs, in batches
 * @param kept templates that were read before
 * @throws TemplateFailure for a template that cannot be used
 */
export async function makeWorkbook<R extends WorkbookDocument>(
  task: WorkbookTask<R>,
  lines: AsyncIterable<string>,
  kept: KeptTemplates,
): Promise<void> {
  const { createReportLists }: ListsModule<R> = await import(task.listsModule);
  await writeWorkbook(task, createReportLists, parsed(lines), kept);
}

async function* parsed(batches: AsyncIterable<string>): AsyncGenerator<readonly unknown[]> {
  for await (const lines of batches)
    yield lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
}
