import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { explainError, systemErrorCode } from '../../errors.js';
import { decodeText } from '../../files/decode-text.js';
import { readRegularFile } from '../../files/regular-file.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { TemplateFailure } from '../../model/template-fault.js';

/** The files that reports are made with: a company's own where one of that name exists, else the shipped one. */
export interface TemplateFiles {
  /** Throws TemplateFailure that names the file. */
  read(name: string): Promise<{ readonly path: string; readonly bytes: Buffer }>;
}

/** What helps with any fault of a template. */
export const templateHints: readonly string[] = [
  'Compare it with the template of the same name that comes with the tool, and with docs/templates.md.',
];

/** @param folders the shipped one first; later ones take precedence */
export function openTemplates(folders: readonly string[]): TemplateFiles {
  return {
    read: async (name) => {
      for (const folder of folders.toReversed()) {
        const path = join(folder, name);
        try {
          return { path, bytes: await readRegularFile(path) };
        } catch (error) {
          if (systemErrorCode(error) !== 'ENOENT') throw unusableTemplate(name, path, explainError(error));
          if (await isThere(path)) throw unusableTemplate(name, path, reasonWords('templateLinkToNothing'));
        }
      }
      throw unusableTemplate(name, name, reasonWords('templateMissing'));
    },
  };
}

/** Of all that a template is, an empty one is a file that was lost while it was saved. */
export function emptyTemplate(name: string, path: string): TemplateFailure {
  return unusableTemplate(name, path, reasonWords('templateEmpty'));
}

/** A template that is wrong as a whole. */
export function unusableTemplate(name: string, path: string, words: string): TemplateFailure {
  return new TemplateFailure(path, [{ file: name, place: null, words }], { hints: templateHints });
}

/** The text of a style sheet or a script. Throws TemplateFailure for one that is empty. */
export async function readFilledText(
  files: TemplateFiles,
  name: string,
): ReturnType<typeof readTemplateText> {
  const read = await readTemplateText(files, name);
  if (read.text.trim() === '') throw emptyTemplate(name, read.path);
  return read;
}

/** A link is, wherever it leads. */
async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/**
 * The text of a template, without the byte order mark of an editor.
 *
 * @throws TemplateFailure for a file that is no text in UTF-8
 */
export async function readTemplateText(
  files: TemplateFiles,
  name: string,
): Promise<{ readonly path: string; readonly text: string }> {
  const { path, bytes } = await files.read(name);
  try {
    return { path, text: decodeText(bytes).replaceAll('\r\n', '\n') };
  } catch (error) {
    throw unusableTemplate(name, path, explainError(error));
  }
}
