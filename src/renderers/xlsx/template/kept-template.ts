import { deserialize, serialize } from 'node:v8';
import { sha256Hex } from '../../../base/digest.js';
import { compiledName, readCompiledBytes } from '../../../files/compiled-files.js';
import { exceljsVersion } from '../exceljs-library.js';
import type { WorkbookTemplate } from './template-model.js';

/** A template as read, whatever file it is of. */
export type TemplateModel = Omit<WorkbookTemplate, 'path'>;

/** Models of templates that were read, as bytes: each workbook gets one of its own. */
export interface KeptTemplates {
  /** null: it was not read before. */
  find(template: Buffer): TemplateModel | null;
  add(template: Buffer, model: TemplateModel): void;
}

/** Those that were read when the tool was built, and the last one that was added. */
export function createKeptTemplates(): KeptTemplates {
  let last: { readonly name: string; readonly model: Buffer } | null = null;
  return {
    find: (template) => {
      const name = compiledTemplateModelName(template);
      return modelOf(last?.name === name ? last.model : readCompiledBytes(name));
    },
    add: (template, model) => {
      last = { name: compiledTemplateModelName(template), model: serialize(model) };
    },
  };
}

/** Name of the file that holds the model of a template, as `serialize` of node:v8 writes it. */
export function compiledTemplateModelName(template: Buffer): string {
  return compiledName('workbook', ['exceljs', exceljsVersion(), sha256Hex(template)]);
}

/** An older Node does not read what a newer one has written. */
function modelOf(bytes: Buffer | null): TemplateModel | null {
  if (bytes === null) return null;
  try {
    return deserialize(bytes);
  } catch {
    return null;
  }
}
