import { nearestWord } from '../../base/nearest-word.js';
import { explainError } from '../../errors.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { placeAt, placeInList } from './place-in-list.js';
import {
  isBlock,
  isInline,
  isMustache,
  isPartial,
  isPartialBlock,
  isPath,
  isSubExpression,
  literalOf,
} from './template-nodes.js';
import {
  type Found,
  type Scope,
  UnknownName,
  entriesOf,
  followPath,
  innerScope,
  isShown,
  listed,
  notKnown,
  topScope,
  within,
} from './template-scope.js';

/** A fault of a template at a place: line and column from 1. */
export interface InspectedFault {
  readonly line: number;
  readonly column: number;
  readonly words: string;
}

/** A helper by its name. It throws what is wrong with what it is given. */
export type HelperCall = (values: readonly unknown[], named: Readonly<Record<string, unknown>>) => unknown;

type Node = hbs.AST.Node;

/** How many values each helper takes, besides those with a name. */
export const valuesOfHelper: Readonly<Record<string, number>> = { t: 1, number: 1, date: 1, count: 2, eq: 2 };

const blocks: ReadonlySet<string> = new Set(['if', 'unless', 'each', 'with']);
/** Deeper than any template of ours: a partial that shows itself. */
const mostPartials = 20;

/**
 * Goes through a template as rendering it does, but through both branches of each block, and finds all of its faults: names
 * that the view does not have, and whatever helpers complain about. What only a branch that is not taken would show can
 * be said where its items are known.
 *
 * @returns by place, each place once
 */
export function inspectTemplate(
  program: hbs.AST.Program,
  view: object,
  helpers: Readonly<Record<string, HelperCall>>,
): readonly InspectedFault[] {
  const inspection = new Inspection(helpers);
  inspection.program(program, topScope(view), true);
  inspection.unusedPartials(view);
  return [...inspection.faults.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

class Inspection {
  readonly faults = new Map<string, InspectedFault>();
  readonly #helpers: Readonly<Record<string, HelperCall>>;
  readonly #partials = new Map<string, hbs.AST.Program>();
  readonly #defined = new Set<hbs.AST.Program>();
  readonly #used = new Set<hbs.AST.Program>();
  #depth = 0;

  constructor(helpers: Readonly<Record<string, HelperCall>>) {
    this.#helpers = helpers;
  }

  /** @param isCertain whether rendering gets here with this view */
  program(program: hbs.AST.Program | undefined, scope: Scope, isCertain: boolean): void {
    const body = program?.body ?? [];
    // Before anything else: a partial may be shown above the place where it is defined.
    for (const node of body) {
      if (!isInline(node)) continue;
      this.#partials.set(nameOfInline(node), node.program);
      this.#defined.add(node.program);
    }
    for (const node of body) this.#statement(node, scope, isCertain);
  }

  /** Partials that nothing shows, once all else was seen: what surrounds them could be anything. */
  unusedPartials(view: object): void {
    let scope = topScope(view);
    for (let depth = 0; depth < mostPartials; depth += 1) scope = innerScope(scope, notKnown);
    // Those that are defined within one of them join the set meanwhile.
    for (const program of this.#defined) if (!this.#used.has(program)) this.program(program, scope, false);
  }

  #statement(node: Node, scope: Scope, isCertain: boolean): void {
    if (isInline(node)) return;
    if (isMustache(node)) this.#attempt(node, () => asText(this.#call(node, scope, isCertain)));
    else if (isBlock(node)) this.#block(node, scope, isCertain);
    else if (isPartial(node)) this.#partial(node, scope, isCertain);
    else if (isPartialBlock(node)) {
      this.#partial(node, scope, isCertain);
      this.program(node.program, scope, false);
    }
  }

  #block(node: hbs.AST.BlockStatement, scope: Scope, isCertain: boolean): void {
    const name = node.path.original;
    const [argument] = node.params;
    const found = this.#attempt(node, () => {
      if (argument !== undefined && !blocks.has(name)) throw this.#unknownHelper(name);
      if (blocks.has(name)) mustHave(`#${name}`, node.params.length, 1);
      return this.#value(argument ?? node.path, scope, isCertain);
    });
    if (name === 'if' || name === 'unless') return this.#branches(node, found, scope, isCertain);
    return this.#items(node, found, scope, isCertain);
  }

  #branches(node: hbs.AST.BlockStatement, found: Found, scope: Scope, isCertain: boolean): void {
    const isFirst = found.isKnown && isShown(found.value) === (node.path.original === 'if');
    this.program(node.program, scope, isCertain && found.isKnown && isFirst);
    this.program(node.inverse, scope, isCertain && found.isKnown && !isFirst);
  }

  /** `each`, `with`, and a block that is named after a field. */
  #items(node: hbs.AST.BlockStatement, found: Found, scope: Scope, isCertain: boolean): void {
    const { program, inverse } = node;
    const isList = node.path.original === 'each';
    const items = itemsOf(found, isList);
    const [itemName, keyName] = program.blockParams ?? [];
    for (const [index, [key, item]] of items.entries()) {
      const named = new Map<string, Found>();
      if (itemName !== undefined) named.set(itemName, item);
      if (keyName !== undefined) named.set(keyName, { isKnown: true, value: key, path: '@key' });
      const place = isList ? placeAt(index, key, items.length) : scope.place;
      this.program(program, innerScope(scope, item, named, place), isCertain);
    }
    if (items.length === 0) {
      const named = new Map((program.blockParams ?? []).map((each) => [each, notKnown]));
      const place = isList ? new Map<string, unknown>() : scope.place;
      this.program(program, innerScope(scope, notKnown, named, place), false);
    }
    this.program(inverse, scope, isCertain && found.isKnown && items.length === 0);
  }

  #partial(
    node: hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement,
    scope: Scope,
    isCertain: boolean,
  ): void {
    if (!isPath(node.name)) return;
    const name = node.name.original;
    const program = this.#partials.get(name);
    if (program === undefined) {
      if (isPartialBlock(node) || name === '@partial-block') return;
      const meant = nearestWord(name, [...this.#partials.keys()]);
      const words = meant === null ? reasonWords('noPartial') : reasonWords('noPartialMeant', { meant });
      this.#add(node, `{{> ${name}}}: ${words}`);
      return;
    }
    this.#used.add(program);
    const [own] = node.params;
    const item =
      own === undefined ? scope.item : this.#attempt(node, () => this.#value(own, scope, isCertain));
    const given = new Map(
      (node.hash?.pairs ?? []).map(({ key, value }) => [
        key,
        this.#attempt(node, () => this.#value(value, scope, isCertain)),
      ]),
    );
    if (this.#depth >= mostPartials) {
      this.#add(node, reasonWords('endlessPartial', { tag: `{{> ${name}}}` }));
      return;
    }
    this.#depth += 1;
    this.program(program, { ...innerScope(scope, item), given, outer: scope.outer }, isCertain);
    this.#depth -= 1;
  }

  /** @throws UnknownName, or what a helper throws */
  #value(node: Node, scope: Scope, isCertain: boolean): Found {
    if (isSubExpression(node)) return this.#call(node, scope, isCertain);
    if (!isPath(node)) return { isKnown: true, value: literalOf(node), path: '' };
    try {
      if (node.data) return placeInList(node, scope);
      const found = followPath(scope, node, isCertain);
      return found.isKnown && found.value === undefined ? undefinedHere(found.path) : found;
    } catch (error) {
      throw error instanceof UnknownName ? new UnknownName(error.message, node) : error;
    }
  }

  #call(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression, scope: Scope, isCertain: boolean): Found {
    const { path, params, hash } = node;
    const name = isPath(path) ? path.original : '';
    const helper = Object.hasOwn(this.#helpers, name) ? this.#helpers[name] : undefined;
    const pairs = hash?.pairs ?? [];
    if (helper === undefined && params.length === 0 && pairs.length === 0)
      return this.#value(path, scope, isCertain);
    if (name === 'lookup' && params.length === 2) return this.#lookedUp(params, scope, isCertain);
    if (helper === undefined) throw this.#unknownHelper(name);
    mustHave(name, params.length, valuesOfHelper[name]);
    const values = params.map((each) => this.#value(each, scope, isCertain));
    const named = pairs.map(({ key, value }) => [key, this.#value(value, scope, isCertain)] as const);
    if ([...values, ...named.map(([, each]) => each)].some(({ isKnown }) => !isKnown)) return notKnown;
    const given = Object.fromEntries(named.map(([key, found]) => [key, valueOf(found)]));
    return { isKnown: true, value: helper(values.map(valueOf), given), path: '' };
  }

  /** Handlebars' own: a field of a list or an object by a number or name that is known only there. */
  #lookedUp(params: readonly hbs.AST.Expression[], scope: Scope, isCertain: boolean): Found {
    const [of, key] = params.map((each) => this.#value(each, scope, isCertain));
    if (of?.isKnown !== true || key?.isKnown !== true) return notKnown;
    const [fields, name] = [valueOf(of), valueOf(key)];
    if (typeof fields !== 'object' || fields === null) return notKnown;
    return { isKnown: true, value: (fields as Record<string, unknown>)[String(name)], path: '' };
  }

  #unknownHelper(name: string): UnknownName {
    const helpers = [...Object.keys(this.#helpers), ...blocks];
    const meant = nearestWord(name, helpers);
    const names = listed(helpers);
    return new UnknownName(
      meant === null
        ? reasonWords('noHelper', { name, names })
        : reasonWords('noHelperMeant', { name, meant, names }),
    );
  }

  #attempt(node: Node, work: () => Found): Found {
    try {
      return work();
    } catch (error) {
      const place = error instanceof UnknownName ? error.node : null;
      this.#add(place ?? node, explainError(error));
      return notKnown;
    }
  }

  #add({ loc }: Node, words: string): void {
    const { line, column } = loc.start;
    const fault = { line, column: column + 1, words };
    // A fault in the items of a list is the same in all of them.
    const key = `${line}:${column}`;
    if (!this.faults.has(key)) this.faults.set(key, fault);
  }
}

/** @throws UnknownName */
function mustHave(name: string, number: number, wanted: number | undefined): void {
  if (wanted === undefined || number === wanted) return;
  const values = { tag: `{{${name}}}`, wanted, given: number };
  const mayCompare = number > 1 && (name === '#if' || name === '#unless');
  throw new UnknownName(
    mayCompare
      ? reasonWords('takesOneOfCompared', { ...values, example: '(eq a b)' })
      : reasonWords('takesValues', values),
  );
}

/** What stands in `{{…}}` is shown: of a list or of fields that would be `[object Object]`. */
function asText(found: Found): Found {
  if (!found.isKnown || typeof found.value !== 'object' || found.value === null) return found;
  const { value, path } = found;
  const shown = path === '' ? 'this' : path;
  throw new UnknownName(
    Array.isArray(value)
      ? reasonWords('listWithoutEach', { name: shown, tag: '{{#each}}' })
      : reasonWords('fieldsAreNoText', { name: shown, fields: listed(Object.keys(value)) }),
  );
}

function itemsOf(found: Found, isList: boolean): readonly (readonly [string, Found])[] {
  if (!found.isKnown) return [];
  const { value, path } = found;
  if (!isList && !Array.isArray(value)) return isShown(value) ? [['', found]] : [];
  return entriesOf(value).map(([key, item]) => [
    key,
    { isKnown: true, value: item, path: within(path, key) },
  ]);
}

function undefinedHere(path: string): never {
  throw new UnknownName(reasonWords('notDefinedHere', { name: path }));
}

function valueOf(found: Found): unknown {
  return found.isKnown ? found.value : null;
}

function nameOfInline(node: hbs.AST.DecoratorBlock): string {
  const [name] = node.params;
  return name === undefined ? '' : String(literalOf(name));
}
