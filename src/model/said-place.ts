import type { Language } from './language.js';

/** What a place within a sheet is called where the template is read, and its key among the messages. */
const parts: Readonly<Record<string, string>> = {
  'header or footer': 'footer',
  'a conditional format': 'conditionalFormat',
  'a data validation': 'dataValidation',
  'a link': 'link',
  'a note': 'note',
  'a drawing': 'drawing',
  'a chart': 'chart',
};

/**
 * A place of a workbook template in the language of a report: `sheet Summary, cell C5`, `document properties`. Line and
 * column stay as they are.
 */
export function saidPlace(place: string, { text }: Pick<Language, 'text'>): string {
  if (place === 'document properties') return text('templatePlace.properties');
  const [, sheet] = /^sheet (.+)$/s.exec(place) ?? [];
  if (sheet === undefined) return place;
  const [, name = '', part = '', of, ranges = ''] = /^(.+), ([^,]+?)( of (.+))?$/s.exec(sheet) ?? [];
  const cell = /^cell ([A-Z]+\d+)$/.exec(part)?.[1];
  if (cell !== undefined) return text('templatePlace.cell', { sheet: name, cell });
  const key = parts[part];
  if (key === undefined) return text('templatePlace.sheet', { sheet });
  const words = text(`templatePlace.${key}`);
  return text('templatePlace.within', {
    sheet: name,
    part: of === undefined ? words : text('templatePlace.ofCells', { part: words, cells: ranges }),
  });
}
