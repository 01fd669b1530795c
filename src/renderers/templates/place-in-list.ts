import { nearestWord } from '../../base/nearest-word.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { type Found, type Scope, UnknownName, followPath, notKnown } from './template-scope.js';

/* Where an item is in its list, and the top of the view: `@index`, `@root.plan`. */

const places: ReadonlySet<string> = new Set(['index', 'key', 'first', 'last', 'root']);

/** For an item of a list. @param index from 0 */
export function placeAt(index: number, key: string, items: number): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['index', index],
    ['key', key],
    ['first', index === 0],
    ['last', index === items - 1],
  ]);
}

/**
 * What stands behind an `@`.
 *
 * @throws UnknownName
 */
export function placeInList(node: hbs.AST.PathExpression, scope: Scope): Found {
  const [first = '', ...parts] = node.parts;
  if (!places.has(first)) {
    const nearest = nearestWord(first, [...places]);
    const values = { name: `@${first}`, names: `@${[...places].join(', @')}` };
    throw new UnknownName(
      nearest === null
        ? reasonWords('noListPlace', values)
        : reasonWords('noListPlaceMeant', { ...values, meant: `@${nearest}` }),
    );
  }
  if (first !== 'root') return placeOf(first, node, scope);
  let top = scope;
  while (top.outer !== null) top = top.outer;
  return followPath({ ...top, named: new Map() }, { parts, depth: 0 }, true);
}

function placeOf(name: string, { depth }: hbs.AST.PathExpression, { place }: Scope): Found {
  // `@../index` is that of a list around this one.
  if (depth > 0 || !place.has(name)) return notKnown;
  return { isKnown: true, value: place.get(name), path: `@${name}` };
}
