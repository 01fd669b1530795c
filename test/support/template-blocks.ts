import Handlebars from 'handlebars';
import { isBlock, isInline } from '../../src/renderers/templates/template-nodes.js';

/** One way through a block of a template. */
export interface Branch {
  /** `12:5 if exceptions.items: no`: line and column of the block from 1, and what it asks for. */
  readonly place: string;
  /** What is shown on this way. */
  readonly program: hbs.AST.Program;
  /** The whole template with this at the beginning of the branch; null: the branch is the block of an `else if`. */
  readonly planted: ((fault: string) => string) | null;
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
  collect(program, text, branches);
  return { program, branches };
}

/** Puts a text at the beginning of a branch. */
export function putInto({ program }: Branch, text: string): void {
  program.body.unshift(...Handlebars.parse(text).body);
}

function collect(program: hbs.AST.Program, text: string, into: Branch[]): void {
  for (const node of program.body) {
    if (isInline(node)) collect(node.program, text, into);
    if (!isBlock(node)) continue;
    const { line, column } = node.loc.start;
    const place = `${line}:${column + 1} ${node.path.original} ${node.params.map(askedFor).join(' ')}`;
    const hasElse = Boolean(node.inverse);
    const planted = { yes: plantedIn(node.program, text), no: plantedInElse(node, text) };
    if (!node.inverse) {
      node.inverse = { type: 'Program', body: [], blockParams: [], loc: node.loc };
      node.inverseStrip = { open: false, close: false };
    }
    // Of `else if` only the block itself is expected.
    Reflect.deleteProperty(node.inverse, 'chained');
    node.inverseStrip ??= { open: false, close: false };
    into.push({ place: `${place}: yes`, program: node.program, planted: planted.yes });
    collect(node.program, text, into);
    if (node.path.original !== 'each' || hasElse)
      into.push({ place: `${place}: no`, program: node.inverse, planted: planted.no });
    collect(node.inverse, text, into);
  }
}

function plantedIn({ body: [first] }: hbs.AST.Program, text: string): Branch['planted'] {
  if (first === undefined) throw new Error('a branch shows something');
  return planting(text, offsetOf(text, first.loc.start), '');
}

function plantedInElse({ inverse, loc }: hbs.AST.BlockStatement, text: string): Branch['planted'] {
  if (!inverse) return planting(text, text.lastIndexOf('{{/', offsetOf(text, loc.end)), '{{else}}');
  return 'chained' in inverse && inverse.chained === true ? null : plantedIn(inverse, text);
}

function planting(text: string, offset: number, before: string): Branch['planted'] {
  return (fault) => `${text.slice(0, offset)}${before}${fault}${text.slice(offset)}`;
}

function offsetOf(text: string, { line, column }: hbs.AST.Position): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, column);
}

function askedFor(node: hbs.AST.Expression): string {
  return 'original' in node ? String(node.original) : '(…)';
}
