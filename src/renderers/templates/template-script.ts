import type Handlebars from 'handlebars';
import { compiledFolder, compiledName } from '../../files/compiled-files.js';
import { handlebarsCompiler, handlebarsRuntime } from './handlebars-library.js';

export type TemplateFormat = 'html' | 'plain';

/** What Handlebars makes of a text: functions that its runtime runs. */
export type TemplateSpecification = ReturnType<typeof Handlebars.precompile>;

/** What a compiled template is made of. */
export interface TemplateSource {
  readonly text: string;
  /** plain: text is not escaped, for output other than HTML */
  readonly format: TemplateFormat;
  /** Names of all helpers that there are. */
  readonly helpers: readonly string[];
}

/**
 * What was made of the text when the tool was built, or is made of it now. Not `compile`, which is lazy: a syntax error
 * must be reported now, not when the day's report is made.
 *
 * @throws what Handlebars throws for a text that is no template
 */
export async function templateSpecification(source: TemplateSource): Promise<TemplateSpecification> {
  const compiled = await compiledTemplate(source);
  if (compiled !== null) return compiled;
  const specification = new Function(`return ${templateScript(source)}`) as () => TemplateSpecification;
  return specification();
}

/** What was made of the text when the tool was built; null: nothing was. */
export async function compiledTemplate(source: TemplateSource): Promise<TemplateSpecification | null> {
  const file = new URL(`${compiledTemplateName(source)}.js`, compiledFolder);
  try {
    const { specification }: { readonly specification: TemplateSpecification } = await import(file.href);
    return specification;
  } catch {
    return null;
  }
}

/** Name of the module that holds a compiled template as `specification`. */
export function compiledTemplateName({ text, format, helpers }: TemplateSource): string {
  return compiledName('template', ['handlebars', handlebarsRuntime().VERSION, format, ...helpers, text]);
}

/** The template as JavaScript, an expression. */
export function templateScript({ text, format, helpers }: TemplateSource): string {
  const knownHelpers = Object.fromEntries(helpers.map((helper) => [helper, true]));
  const options = { strict: true, noEscape: format === 'plain', knownHelpers };
  // The result is JavaScript, whatever its type says.
  return String(handlebarsCompiler().precompile(text, options));
}
