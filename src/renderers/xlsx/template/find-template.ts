import type { TemplateFiles } from '../../templates/template-files.js';
import { type KeptTemplates, createKeptTemplates } from './kept-template.js';
import type { WorkbookTemplate } from './template-model.js';
import { workbookTemplateName } from './template-name.js';

/**
 * Reads the workbook template with everything that is kept of it. One that was read before is taken from there: what reads
 * workbooks takes longer to load than a small report takes.
 *
 * @param kept those that were read before
 * @param name of the file
 * @throws Failure('usage') that names the file
 */
export async function readWorkbookTemplate(
  files: TemplateFiles,
  kept: KeptTemplates = createKeptTemplates(),
  name = workbookTemplateName,
): Promise<WorkbookTemplate> {
  const { path, bytes } = await files.read(name);
  const known = kept.find(bytes);
  if (known !== null) return { ...known, path };
  const { templateModelOf } = await import('./read-template.js');
  const model = await templateModelOf(bytes, path);
  kept.add(bytes, model);
  return { ...model, path };
}
