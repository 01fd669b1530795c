import Handlebars from 'handlebars';
import { Failure, explainError } from '../errors.js';
import { type TemplateFiles, readTemplateText } from './template-files.js';
import type { Wording } from './wording.js';

export type Template = (view: object) => string;

/**
 * Reads and compiles one Handlebars template, with helpers of its own, so that no helper or partial of elsewhere is
 * seen; docs/templates.md lists them. Strict: a name that the view does not have is an error, never an empty place.
 *
 * @param format plain: text is not escaped, for what is not HTML
 * @returns a function that throws Failure('usage') with file, line and column
 */
export async function compileTemplate(
  files: TemplateFiles,
  name: string,
  wording: Wording,
  format: 'html' | 'plain' = 'html',
): Promise<Template> {
  const { path, text } = await readTemplateText(files, name);
  const handlebars = Handlebars.create();
  for (const [helper, run] of Object.entries(helpersOf(wording))) handlebars.registerHelper(helper, run);
  const options = { strict: true, noEscape: format === 'plain' };
  try {
    // Compiling is lazy: a fault of the form is to be told now, not when the day's report is made.
    handlebars.precompile(text, options);
  } catch (error) {
    throw templateFault(path, error);
  }
  const compiled = handlebars.compile<object>(text, options);
  return (view) => {
    try {
      return compiled(view);
    } catch (error) {
      throw templateFault(path, error);
    }
  };
}

/** What a template can call. Each is in the table of docs/templates.md. */
function helpersOf({ language, text }: Wording): Record<string, (...values: unknown[]) => unknown> {
  return {
    /** {{t "page.title" name=value}}: a message of the catalogue. */
    t: (key, options) => text(String(key), hashOf(options)),
    /** {{number 12345}} */
    number: (value) => (typeof value === 'number' ? language.integer(value) : value),
    /** {{date "2026-11-19"}} */
    date: (value) => language.date(String(value)),
    /** {{count "resource" 3}} */
    count: (noun, number) => language.count(String(noun), Number(number)),
    /** {{#if (eq a b)}} */
    eq: (a, b) => a === b,
  };
}

function hashOf(options: unknown): Record<string, string | number | null> {
  const hash = typeof options === 'object' && options !== null && 'hash' in options ? options.hash : {};
  const values: Record<string, string | number | null> = {};
  for (const [name, value] of Object.entries(hash ?? {})) {
    values[name] = typeof value === 'number' || value === null ? value : String(value);
  }
  return values;
}

interface Located {
  readonly lineNumber?: number;
  readonly column?: number;
  readonly hash?: { readonly loc?: { readonly first_line?: number; readonly first_column?: number } };
}

function templateFault(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('usage', `template ${placeOf(path, error)}: ${wordsOf(error)}`, {
    hints: [
      'Compare it with the template of the same name that comes with the tool, and with docs/templates.md.',
    ],
    cause: error,
  });
}

/** `report.html.hbs:12:5`: Handlebars tells the place in one of four ways. */
function placeOf(path: string, error: unknown): string {
  const message = explainError(error);
  const { lineNumber, column, hash } = (error ?? {}) as Located;
  if (lineNumber !== undefined) return `${path}:${lineNumber}:${(column ?? 0) + 1}`;
  const loc = hash?.loc;
  if (loc?.first_line !== undefined) return `${path}:${loc.first_line}:${(loc.first_column ?? 0) + 1}`;
  const parse = /Parse error on line (\d+):\n.*\n(-*)\^/.exec(message);
  if (parse !== null) return `${path}:${parse[1]}:${(parse[2] ?? '').length + 1}`;
  const runtime = / - (\d+):(\d+)$/.exec(message.split('\n')[0] ?? '');
  return runtime === null ? path : `${path}:${runtime[1]}:${Number(runtime[2]) + 1}`;
}

function wordsOf(error: unknown): string {
  const [first = ''] = explainError(error).split('\n');
  return first.replace(/ - \d+:\d+$/, '').replace(/^Parse error on line \d+:$/, 'it cannot be parsed');
}
