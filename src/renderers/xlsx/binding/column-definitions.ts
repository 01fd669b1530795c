import type { Definition } from '../../view/definitions.js';
import type { Wording } from '../../view/wording.js';
import type { ListItem, ListsModule } from './report-lists.js';

const branding = { company: null, logo: null, accent: null, footer: null };
const edition = { file: null, revision: null, contentDigest: null };

/**
 * What every column of the sheets means that a kind's lists fill, by the name of its placeholder.
 *
 * @param hasGlobals whether fields of the whole report are among them
 */
export function columnDefinitions<R>(
  createReportLists: ListsModule<R>['createReportLists'],
  wording: Wording,
  hasGlobals = false,
): readonly Definition[] {
  const { globals, lists } = createReportLists(wording, branding, edition);
  const items = [...(hasGlobals ? globals : []), ...lists.flatMap((list) => list.items.slice(0, 1))];
  const rows = new Map<string, Definition>();
  for (const item of items) for (const row of fieldsOf(item, wording)) rows.set(row.term, row);
  return [...rows.values()];
}

function fieldsOf({ name, fields }: ListItem, { text }: Wording): readonly Definition[] {
  return Object.entries(fields).map(([key, { kind, meaning = `workbook.means.${name}.${key}` }]) => ({
    term: `${name}.${key}`,
    code: text(`workbook.kind.${kind}`),
    means: text(meaning),
    formula: null,
  }));
}
