import { reasonWords } from '../../../model/reasons/reason-words.js';
import { nearestWord } from '../../../base/nearest-word.js';
import type { BoundList, BoundLists } from './bound-lists.js';
import { ExpressionFault } from './expression.js';
import type { Field } from './field.js';
import type { ListItem } from './report-lists.js';

/** The field that a path names. */
export interface FoundField {
  /** In full: `resource.name`, even if the template says `name`. */
  readonly path: string;
  readonly field: Field<unknown>;
  /** What it reads: the report, or a row of the list. */
  readonly takes: 'report' | 'row';
  /** Key of the message that explains it. */
  readonly meaning: string;
}

/** The fields that a row of the template can show. */
export interface FieldScope {
  /** @throws ExpressionFault that lists the available fields */
  find(path: string): FoundField;
}

/** The scope of each list; of null: of a row that does not repeat. Each is made once. */
export function createScopes(all: BoundLists): (list: BoundList | null) => FieldScope {
  const scopes = new Map<BoundList | null, FieldScope>();
  return (list) => {
    const known = scopes.get(list);
    if (known !== undefined) return known;
    const scope = createScope(all, list);
    scopes.set(list, scope);
    return scope;
  };
}

function createScope(all: BoundLists, list: BoundList | null): FieldScope {
  const fields = new Map<string, FoundField>();
  for (const item of all.globals) addItem(fields, item, 'report');
  for (const item of list?.items ?? []) addItem(fields, item, 'row');
  const [own] = list?.items ?? [];
  // The item's own fields also have short names.
  for (const key of Object.keys(own?.fields ?? {})) {
    const found = fields.get(`${own?.name}.${key}`);
    if (found !== undefined && !fields.has(key)) fields.set(key, found);
  }
  return {
    find: (path) => {
      const found = fields.get(path);
      if (found !== undefined) return found;
      throw new ExpressionFault(unknownField(path, all, list));
    },
  };
}

function addItem(
  fields: Map<string, FoundField>,
  { name, fields: own }: ListItem,
  takes: FoundField['takes'],
): void {
  for (const [key, field] of Object.entries(own)) {
    const path = `${name}.${key}`;
    fields.set(path, { path, field, takes, meaning: field.meaning ?? `workbook.means.${path}` });
  }
}

function unknownField(path: string, all: BoundLists, list: BoundList | null): string {
  if (list === null) {
    const owners = all.lists.filter(({ items }) => pathsOf(items).includes(path));
    if (owners.length > 0) {
      const tag = owners.map(({ name }) => `{{#each ${name}}}`).join(' / ');
      return reasonWords('fieldOfRows', { name: path, tag });
    }
  }
  const items = [...(list?.items ?? []), ...all.globals];
  const known = pathsOf(items);
  const own = (list?.items[0]?.name ?? '') + '.';
  const short = known.filter((each) => each.startsWith(own)).map((each) => each.slice(own.length));
  const meant = nearestWord(path, [...known, ...short]);
  const values = { name: path, fields: known.join(', ') };
  return meant === null ? reasonWords('noField', values) : reasonWords('noFieldMeant', { ...values, meant });
}

function pathsOf(items: readonly ListItem[]): readonly string[] {
  return items.flatMap(({ name, fields }) => Object.keys(fields).map((key) => `${name}.${key}`));
}
