import { createRequire } from 'node:module';
import type Handlebars from 'handlebars';

const load = createRequire(import.meta.url);

/** What runs compiled templates. */
export function handlebarsRuntime(): typeof Handlebars {
  return load('handlebars/runtime.js');
}

/**
 * Parser and compiler as well. Loading them takes longer than to make a page, so they are loaded only for a text that
 * nobody has compiled, and for the place of a fault.
 */
export function handlebarsCompiler(): typeof Handlebars {
  return load('handlebars');
}
