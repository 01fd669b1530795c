import { readFile } from 'node:fs/promises';

import Handlebars from 'handlebars';

import { explainError, Failure } from '../../errors.js';

export type Template = (view: object) => string;

/**
 * Reads and compiles one template with a Handlebars of its own, so that no helper or partial of elsewhere is seen.
 * Strict: a name that the view does not have is an error, never an empty place. `plain` leaves the text unescaped,
 * for what is not HTML. Throws Failure('usage') that names the file.
 */
export async function loadTemplate(
  directory: URL,
  name: string,
  format: 'html' | 'plain' = 'html',
): Promise<Template> {
  const source = await readTemplateFile(directory, name);
  const compiled = Handlebars.create().compile<object>(source, {
    strict: true,
    noEscape: format === 'plain',
  });
  return (view) => {
    try {
      return compiled(view);
    } catch (error) {
      throw templateFailure(name, error);
    }
  };
}

/** The text of a file beside the templates. A byte order mark that an editor left is no part of it. */
export async function readTemplateFile(directory: URL, name: string): Promise<string> {
  try {
    const text = await readFile(new URL(name, directory), 'utf8');
    return text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  } catch (error) {
    throw templateFailure(name, error);
  }
}

function templateFailure(name: string, error: unknown): Failure {
  return new Failure('usage', `template ${name}: ${explainError(error)}`, {
    hints: ['Compare it with the template of the same name that comes with the tool.'],
    cause: error,
  });
}
