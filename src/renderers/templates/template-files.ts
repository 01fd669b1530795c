import { join } from 'node:path';
import { Failure, explainError, systemErrorCode } from '../../errors.js';
import { readRegularFile } from '../../files/regular-file.js';

/** The files that reports are made with: a company's own where one of that name exists, else the shipped one. */
export interface TemplateFiles {
  /** Throws Failure('usage') that names the file. */
  read(name: string): Promise<{ readonly path: string; readonly bytes: Buffer }>;
}

/** @param folders the shipped one first; later ones take precedence */
export function openTemplates(folders: readonly string[]): TemplateFiles {
  return {
    read: async (name) => {
      for (const folder of folders.toReversed()) {
        const path = join(folder, name);
        try {
          return { path, bytes: await readRegularFile(path) };
        } catch (error) {
          if (systemErrorCode(error) !== 'ENOENT') throw unreadableTemplate(path, explainError(error));
        }
      }
      throw unreadableTemplate(name, 'it does not exist');
    },
  };
}

function unreadableTemplate(path: string, why: string): Failure {
  return new Failure('usage', `template ${path}: ${why}`, {
    hints: ['Compare it with the template of the same name that comes with the tool.'],
  });
}

/** The text of a template, without the byte order mark of an editor. */
export async function readTemplateText(
  files: TemplateFiles,
  name: string,
): Promise<{ readonly path: string; readonly text: string }> {
  const { path, bytes } = await files.read(name);
  return {
    path,
    text: bytes
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .replaceAll('\r\n', '\n'),
  };
}
