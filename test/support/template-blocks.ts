import Handlebars from 'handlebars';
import { isBlock, isInline } from '../../src/renderers/templates/template-nodes.js';

/** One way through a block of a template. */
export interface Branch {
  /** `12:5 if exceptions.items: no`: line and column of the block from 1, and what it asks for. */
  readonly place: string;
  /** What is shown on this way. */
  readonly program: hbs.AST.Program;
}

/** A parsed template and every branch of its blocks, those of partials included. */
export interface TemplateBlocks {
  readonly program: hbs.AST.Program;
  readonly branches: readonly Branch[];
}

/**
 * Parses a template and gives each block both of its branches, if only an empty one. A list without an else has one: it shows
 * nothing where it is empty.
 */
export function blocksOf(text: string): TemplateBlocks {
  const program = Handlebars.parse(text);
  const branches: Branch[] = [];
  collect(program, branches);
  return { program, branches };
}

/** Puts a text at the beginning of a branch. */
export function putInto({ program }: Branch, text: string): void {
  program.body.unshift(...Handlebars.parse(text).body);
}

function collect(program: hbs.AST.Program, into: Branch[]): void {
  for (const node of program.body) {
    if (isInline(node)) collect(node.program, into);
    if (!isBlock(node)) continue;
    const { line, column } = node.loc.start;
    const place = `${line}:${column + 1} ${node.path.original} ${node.params.map(askedFor).join(' ')}`;
    const hasElse = Boolean(node.inverse);
    if (!node.inverse) {
      node.inverse = { type: 'Program', body: [], blockParams: [], loc: node.loc };
      node.inverseStrip = { open: false, close: false };
    }
    // Of `else if` only the block itself is expected.
    Reflect.deleteProperty(node.inverse, 'chained');
    node.inverseStrip ??= { open: false, close: false };
    into.push({ place: `${place}: yes`, program: node.program });
    collect(node.program, into);
    if (node.path.original !== 'each' || hasElse) into.push({ place: `${place}: no`, program: node.inverse });
    collect(node.inverse, into);
  }
}

function askedFor(node: hbs.AST.Expression): string {
  return 'original' in node ? String(node.original) : '(…)';
}
