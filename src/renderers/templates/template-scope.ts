import { nearestWord } from '../../base/nearest-word.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** A value of the view and the path that leads to it from the top; not known: nothing can be said about it. */
export type Found =
  { readonly isKnown: true; readonly value: unknown; readonly path: string } | { readonly isKnown: false };

export const notKnown: Found = { isKnown: false };

/** The fields that a place of a template can show: of its own item first, of the items around it by `../`. */
export interface Scope {
  readonly item: Found;
  /** Block parameters: of this block and of those around it. */
  readonly named: ReadonlyMap<string, Found>;
  /** What a partial was given by name: fields of its item here, and by `../` from blocks within. */
  readonly given: ReadonlyMap<string, Found>;
  /** Where this is within the nearest list: `first`, `last`, `index`, `key`. Empty: in none, or the list is not known. */
  readonly place: ReadonlyMap<string, unknown>;
  /** null: this is the top. */
  readonly outer: Scope | null;
}

/** A name that the view does not have. The message says what is there. */
export class UnknownName extends Error {
  /** @param node where the name stands; null: not known */
  constructor(
    words: string,
    readonly node: hbs.AST.Node | null = null,
  ) {
    super(words);
  }
}

/** The most fields that a message lists. */
const listedFields = 40;

export function topScope(view: object): Scope {
  const item: Found = { isKnown: true, value: view, path: '' };
  return { item, named: new Map(), given: new Map(), place: new Map(), outer: null };
}

/** The item of a list, or what `with` names. */
export function innerScope(
  outer: Scope,
  item: Found,
  named: ReadonlyMap<string, Found> = new Map(),
  place: Scope['place'] = outer.place,
): Scope {
  return { item, named: new Map([...outer.named, ...named]), given: new Map(), place, outer };
}

/** What a list is made of: an item and its position or key, in order. Empty for what is no list. */
export function entriesOf(value: unknown): readonly (readonly [key: string, item: unknown])[] {
  if (typeof value !== 'object' || value === null) return [];
  const isList = Symbol.iterator in value;
  return isList
    ? [...(value as Iterable<unknown>)].map((item, at) => [String(at), item])
    : Object.entries(value);
}

/** Whether Handlebars takes the first branch of `if`. */
export function isShown(value: unknown): boolean {
  return Boolean(value) && !(Array.isArray(value) && value.length === 0);
}

export function within(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/**
 * Follows the parts of a path.
 *
 * @param depth how many `../` it begins with
 * @param isCertain false: this place is not reached with this view, so that what is null or text may be something else
 * @throws UnknownName
 */
export function followPath(
  scope: Scope,
  { parts, depth }: { readonly parts: readonly string[]; readonly depth: number },
  isCertain: boolean,
): Found {
  let at: Scope | null = scope;
  for (let steps = 0; steps < depth && at !== null; steps += 1) at = at.outer;
  if (at === null)
    throw new UnknownName(`${'../'.repeat(depth)}${parts.join('.')}: ${reasonWords('nothingAround')}`);
  const [first, ...rest] = parts;
  const ofBlock = first === undefined || depth > 0 ? undefined : at.named.get(first);
  const named = ofBlock ?? (first === undefined ? undefined : at.given.get(first));
  let found = named ?? at.item;
  for (const part of named === undefined ? parts : rest) found = fieldOf(found, part, isCertain);
  return found;
}

/** @throws UnknownName */
function fieldOf(found: Found, name: string, isCertain: boolean): Found {
  if (!found.isKnown) return notKnown;
  const { value, path } = found;
  const whole = within(path, name);
  if (typeof value === 'object' && value !== null) {
    if (!Object.hasOwn(value, name)) throw new UnknownName(`${whole}: ${unknownField(name, path, value)}`);
    const field: unknown = Reflect.get(value, name);
    return { isKnown: true, value: field, path: whole };
  }
  if (!isCertain) return notKnown;
  const shown = path === '' ? 'this' : path;
  if (value === null || value === undefined) {
    throw new UnknownName(`${whole}: ${reasonWords('nullHere', { name: shown, tag: '{{#if …}}' })}`);
  }
  throw new UnknownName(`${whole}: ${reasonWords(fieldlessCode(value), { name: shown })}`);
}

function unknownField(name: string, path: string, value: object): string {
  if (Array.isArray(value)) return reasonWords('listWithoutEach', { name: path, tag: '{{#each}}' });
  const names = Object.keys(value);
  const meant = nearestWord(name, names);
  const fields = listed(names);
  if (path === '')
    return meant === null
      ? reasonWords('noFieldHere', { name, fields })
      : reasonWords('noFieldHereMeant', { name, meant, fields });
  return meant === null
    ? reasonWords('noFieldIn', { name, path, fields })
    : reasonWords('noFieldInMeant', { name, path, meant, fields });
}

export function listed(words: readonly string[]): string {
  const rest = words.length - listedFields;
  const shown = [...words].sort().slice(0, listedFields).join(', ');
  return words.length === 0 ? '–' : rest > 0 ? `${shown}, … (+${rest})` : shown;
}

function fieldlessCode(value: unknown): 'textHasNoFields' | 'numberHasNoFields' | 'truthHasNoFields' {
  if (typeof value === 'string') return 'textHasNoFields';
  return typeof value === 'number' ? 'numberHasNoFields' : 'truthHasNoFields';
}
