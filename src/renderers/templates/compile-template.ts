import type Handlebars from 'handlebars';
import { Failure, explainError } from '../../errors.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { TemplateFailure, type TemplateFault } from '../../model/template-fault.js';
import type { Wording } from '../view/wording.js';
import { handlebarsCompiler, handlebarsRuntime } from './handlebars-library.js';
import { type HelperCall, inspectTemplate } from './inspect-template.js';
import { unmatchedBlock } from './unmatched-block.js';
import { type TemplateFiles, emptyTemplate, readTemplateText, templateHints } from './template-files.js';
import { type TemplateFormat, type TemplateSpecification, templateSpecification } from './template-script.js';

export type Template = (view: object) => string;

/** Helpers of Handlebars that a template can call. */
const builtInNames = ['if', 'unless', 'each', 'with'];

/** What templates are made from, and those that were compiled. */
export interface TemplateParts {
  readonly files: TemplateFiles;
  readonly wording: Wording;
  /** By format and name. A file is read every time, and compiled again only where its path or text is another one. */
  readonly compiled: Map<string, CompiledTemplate>;
  /** Whether branches that a view does not take are looked at as well, for a check. */
  readonly inspects?: boolean;
}

export interface CompiledTemplate {
  readonly path: string;
  readonly text: string;
  readonly template: Template;
}

/**
 * Reads and compiles one Handlebars template in its own environment, without helpers or partials from elsewhere;
 * docs/templates.md lists its helpers. Strict: a name that the view does not have is an error, never blank.
 *
 * @param format plain: text is not escaped, for output other than HTML
 * @returns a function that throws TemplateFailure with all faults that the view shows, each with line and column
 * @throws TemplateFailure for a text that is no template
 */
export async function compileTemplate(
  { files, wording, compiled, inspects = false }: TemplateParts,
  name: string,
  format: TemplateFormat = 'html',
): Promise<Template> {
  const { path, text } = await readTemplateText(files, name);
  const key = `${format} ${name}`;
  const known = compiled.get(key);
  if (known !== undefined && known.path === path && known.text === text) return known.template;
  if (text.trim() === '') throw emptyTemplate(name, path);
  const source = { name, path, text };
  const specification = await specificationOf(source, wording, format);
  const template = openTemplate(source, specification, { wording, inspects });
  compiled.set(key, { path, text, template });
  return template;
}

interface TemplateText {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** Names of the helpers that a template can call, those of Handlebars included. */
export function helperNamesOf(wording: Wording): readonly string[] {
  return [...builtInNames, ...Object.keys(helpersOf(wording))].sort();
}

async function specificationOf(
  source: TemplateText,
  wording: Wording,
  format: TemplateFormat,
): Promise<TemplateSpecification> {
  try {
    return await templateSpecification({ text: source.text, format, helpers: helperNamesOf(wording) });
  } catch (error) {
    throw handlebarsFault(source, withTokenPlace(error));
  }
}

function openTemplate(
  source: TemplateText,
  specification: TemplateSpecification,
  { wording, inspects }: { readonly wording: Wording; readonly inspects: boolean },
): Template {
  const { name, path, text } = source;
  const handlebars = handlebarsRuntime().create();
  const ofWording = helpersOf(wording);
  const helpers = { ...builtInHelpers(handlebars), ...ofWording };
  for (const [helper, run] of Object.entries(helpers)) handlebars.registerHelper(helper, placed(run));
  const compiled: Template = handlebars.template<object>(specification);
  const faultsOf = (view: object): readonly TemplateFault[] =>
    inspectTemplate(handlebarsCompiler().parse(text), view, helperCalls(ofWording)).map(
      ({ line, column, words }) => ({
        file: name,
        place: `${line}:${column}`,
        words,
      }),
    );
  return (view) => {
    const [first, ...others] = inspects ? faultsOf(view) : [];
    if (first !== undefined) throw templateFailure(path, [first, ...others]);
    let output: string;
    try {
      output = compiled(view);
    } catch (error) {
      const [found, ...more] = faultsOf(view);
      throw found === undefined
        ? handlebarsFault(source, error)
        : templateFailure(path, [found, ...more], error);
    }
    if (output.trim() === '')
      throw templateFailure(path, [{ file: name, place: null, words: reasonWords('templateShowsNothing') }]);
    return output;
  };
}

function templateFailure(
  path: string,
  faults: readonly [TemplateFault, ...TemplateFault[]],
  cause?: unknown,
): TemplateFailure {
  return new TemplateFailure(path, faults, { hints: templateHints, cause });
}

/** Helpers as an inspection calls them. */
function helperCalls(helpers: Record<string, Helper>): Record<string, HelperCall> {
  const calls = Object.entries(helpers).map(([name, run]): [string, HelperCall] => [
    name,
    (values, named) => Reflect.apply(run, null, [...values, { name, hash: named }]),
  ]);
  return Object.fromEntries(calls);
}

type Helper = (this: unknown, ...values: unknown[]) => unknown;

/** What Handlebars passes to a helper after the values given in the template. */
interface HelperOptions {
  readonly name: string;
  readonly hash: Readonly<Record<string, unknown>>;
  readonly loc?: { readonly start: { readonly line: number; readonly column: number } };
}

/** For an undefined name they would show nothing. */
function builtInHelpers(handlebars: typeof Handlebars): Record<string, Helper> {
  const { helpers } = handlebars as unknown as { readonly helpers: Readonly<Record<string, Helper>> };
  return Object.fromEntries(builtInNames.flatMap((name) => (helpers[name] ? [[name, helpers[name]]] : [])));
}

/** Strict mode does not check the arguments of helpers, and their errors carry no position. */
function placed(run: Helper): Helper {
  return function helper(this: unknown, ...values: unknown[]): unknown {
    const { name, hash, loc } = values.at(-1) as HelperOptions;
    try {
      if ([...values, ...Object.values(hash)].includes(undefined)) {
        throw new Error(reasonWords('givenUndefined', { name: `"${name}"` }));
      }
      return run.apply(this, values);
    } catch (error) {
      // With nested blocks, the innermost position is kept.
      if (typeof error === 'object' && error !== null && 'lineNumber' in error) throw error;
      const place = { lineNumber: loc?.start.line, column: loc?.start.column };
      throw Object.assign(new Error(explainError(error), { cause: error }), place);
    }
  };
}

/** The parser draws the position as an excerpt without line breaks; its last token has it as numbers. */
function withTokenPlace(error: unknown): unknown {
  if (!/^(?:Parse|Lexical) error/.test(explainError(error))) return error;
  const { Parser } = handlebarsCompiler() as unknown as { readonly Parser: ParserState };
  const { first_line: lineNumber, first_column: column } = Parser.lexer.yylloc;
  return Object.assign(new Error(explainError(error), { cause: error }), { lineNumber, column });
}

interface ParserState {
  readonly lexer: { readonly yylloc: { readonly first_line: number; readonly first_column: number } };
}

/** The helpers that a template can call. Each is in the table of docs/templates.md. */
export function helpersOf({ language, text }: Wording): Record<string, Helper> {
  return {
    /** {{t "page.title" name=value}}: a message of the catalogue. */
    t: (key, options) => text(String(key), namedValues(options)),
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

function namedValues(options: unknown): Record<string, string | number | null> {
  const hash = typeof options === 'object' && options !== null && 'hash' in options ? options.hash : {};
  const values: Record<string, string | number | null> = {};
  for (const [name, value] of Object.entries(hash ?? {})) {
    values[name] = typeof value === 'number' || value === null ? value : String(value);
  }
  return values;
}

function handlebarsFault({ name, path, text }: TemplateText, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const block = isOfParser(error) ? unmatchedBlock(text) : null;
  if (block !== null) {
    const { line, column, words } = block;
    return templateFailure(path, [{ file: name, place: `${line}:${column}`, words }], error);
  }
  const place = faultPlace(text, error);
  return templateFailure(path, [{ file: name, place, words: faultWords(error) }], error);
}

/** Of a text that is no template. */
function isOfParser(error: unknown): boolean {
  return /^(?:Parse|Lexical) error|doesn't match/.test(explainError(error));
}

/** `12:5`; null if the position is unknown. */
function faultPlace(text: string, error: unknown): string | null {
  // Handlebars reports these without a position, or with that of an enclosing block: the first occurrence of the name
  // is a good guess.
  const message = explainError(error);
  const field = /\(reading '([^']+)'\)$/.exec(message)?.[1];
  const partial = /^The partial (\S+) could not be found$/.exec(message)?.[1];
  const name = field === undefined ? partial : `.${field}`;
  const index = name === undefined ? -1 : text.indexOf(name);
  if (index !== -1) {
    const before = text.slice(0, index).split('\n');
    return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
  }
  const { lineNumber, column } = (error ?? {}) as {
    readonly lineNumber?: number;
    readonly column?: number;
  };
  return lineNumber === undefined ? null : `${lineNumber}:${(column ?? 0) + 1}`;
}

function faultWords(error: unknown): string {
  const [first = ''] = explainError(error).split('\n');
  if (/^(?:Parse|Lexical) error on line \d+/.test(first)) return reasonWords('templateCannotParse');
  return first.replace(/ - \d+:\d+$/, '');
}
