import Handlebars from 'handlebars';
import { isBlock, isInline } from '../../src/renderers/templates/template-nodes.js';

/** One way through a block of a template. */
export interface Branch {
  /** `12:5 if exceptions.items: no`: line and column of the block from 1, and what it asks for. */
  readonly place: string;
  /** What is shown on this way. */
  readonly program: hbs.AST.Program;
  /** Where in the template something is planted at the beginning of the branch; null: the branch is the block of an `else if`. */
  readonly planting: Planting | null;
}

export interface Planting {
  readonly offset: number;
  /** `{{else}}` where the block has none. */
  readonly before: string;
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

function collect(program: hbs.AST.Program, text: string, into: Branch[], isOfElseIf = false): void {
  for (const node of program.body) {
    if (isInline(node)) collect(node.program, text, into);
    if (!isBlock(node)) continue;
    const { line, column } = node.loc.start;
    const place = `${line}:${column + 1} ${node.path.original} ${node.params.map(askedFor).join(' ')}`;
    const hasElse = Boolean(node.inverse);
    const isElseIf = isChained(node.inverse);
    const no = isElseIf ? null : plantingInElse(node, text, isOfElseIf);
    const planting = { yes: plantingIn(node.program, text), no };
    if (!node.inverse) {
      node.inverse = { type: 'Program', body: [], blockParams: [], loc: node.loc };
      node.inverseStrip = { open: false, close: false };
    }
    // Of `else if` only the block itself is expected.
    Reflect.deleteProperty(node.inverse, 'chained');
    node.inverseStrip ??= { open: false, close: false };
    into.push({ place: `${place}: yes`, program: node.program, planting: planting.yes });
    collect(node.program, text, into);
    if (node.path.original !== 'each' || hasElse)
      into.push({ place: `${place}: no`, program: node.inverse, planting: planting.no });
    collect(node.inverse, text, into, isElseIf);
  }
}

function plantingIn({ body: [first] }: hbs.AST.Program, text: string): Planting {
  if (first === undefined) throw new Error('a branch shows something');
  return { offset: offsetOf(text, first.loc.start), before: '' };
}

function plantingInElse(
  { inverse, loc }: hbs.AST.BlockStatement,
  text: string,
  isOfElseIf: boolean,
): Planting {
  if (inverse) return plantingIn(inverse, text);
  const end = offsetOf(text, loc.end);
  // The block of an `else if` ends before the end that it shares. Another one may end where the block around it begins to end.
  return { offset: isOfElseIf ? end : text.lastIndexOf('{{/', end - 1), before: '{{else}}' };
}

function isChained(inverse: hbs.AST.Program | undefined): boolean {
  return inverse !== undefined && 'chained' in inverse && inverse.chained === true;
}

function offsetOf(text: string, { line, column }: hbs.AST.Position): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, column);
}

function askedFor(node: hbs.AST.Expression): string {
  return 'original' in node ? String(node.original) : '(…)';
}
