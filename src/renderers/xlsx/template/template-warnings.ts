import { explainError } from '../../../errors.js';
import type { TemplateFault } from '../../../model/template-fault.js';
import type { TemplateFiles } from '../../templates/template-files.js';
import { leftOutOf } from './left-out.js';
import { openTemplate } from './opened-template.js';
import { workbookTemplateName } from './template-name.js';
import { unreadableWorkbook } from './template-place.js';

/**
 * What a workbook template has that its reports will not have, each with its sheet: pivot tables, macros
 * and the like. The expressions in its cells are not looked at.
 *
 * @param name of its file
 * @throws Failure('usage') for a file that is no workbook
 */
export async function workbookTemplateWarnings(
  files: TemplateFiles,
  name = workbookTemplateName,
): Promise<readonly TemplateFault[]> {
  const { path, bytes } = await files.read(name);
  const opened = await openTemplate(bytes).catch((error: unknown) => {
    throw unreadableWorkbook(path, explainError(error), error);
  });
  return leftOutOf(opened).map(({ sheet, what }) => ({
    file: name,
    place: sheet === null ? null : `sheet ${sheet}`,
    words: `reports do not have its ${what}`,
  }));
}
