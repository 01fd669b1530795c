import { type PlannedSheet, listsOf } from '../binding/workbook-plan.js';
import { absoluteRange, rangeText } from '../template/cell-range.js';
import type { CellRange } from '../template/template-model.js';
import { mapFormats } from './conditional-formats.js';
import { drawSheet } from './drawing.js';
import { type RowMap, mapRange } from './row-map.js';
import type { OpenPart, SheetContext } from './sheet-part.js';
import { type SheetWriter, formatNumber } from './sheet-writer.js';

/** A filter as a defined name: LibreOffice shows only filters that have one. */
export interface SheetName {
  readonly name: string;
  /** Position of the sheet, from 0; absent: the name applies to the whole workbook. */
  readonly localSheetId?: number;
  readonly ranges: readonly string[];
}

/** What exceljs writes after the rows: filter, merged cells, conditional formats, print titles, pictures. */
export function closePart(
  part: OpenPart,
  plan: PlannedSheet,
  map: RowMap,
  context: SheetContext,
): SheetName[] {
  const { sheet } = part.writer;
  const { template } = plan;
  const { formats, extension } = mapFormats(plan.conditionalFormats, map, sheet.id, (style) =>
    formatNumberOf(style, context),
  );
  sheet.conditionalFormatting = formats;
  for (const merge of template.merges) sheet._merges.push(...mergedRows(merge, map).map(rangeText));
  mapPrintTitles(sheet, map);
  const filter = template.filter === null ? null : filterRange(template.filter, plan, map);
  if (filter !== null) sheet.autoFilter = rangeText(filter);
  const { parts, tag } = drawSheet(plan, map, sheet.id, context.logo);
  context.workbook.extraParts.push(...parts);
  part.writer.close(tag + extension);
  if (filter === null) return [];
  return [
    {
      name: '_xlnm._FilterDatabase',
      localSheetId: sheet.id - 1,
      ranges: [absoluteRange(part.name, filter)],
    },
  ];
}

/** exceljs would register each style of a rule anew, though the rules of all sheets share a few. */
function formatNumberOf(
  style: Parameters<typeof formatNumber>[1],
  { workbook, formatNumbers }: SheetContext,
): number {
  const key = JSON.stringify(style);
  let found = formatNumbers.get(key);
  if (found === undefined) formatNumbers.set(key, (found = formatNumber(workbook, style)));
  return found;
}

/** A merge in a repeated row occurs in each copy; one that spans several rows of the template, once. */
function mergedRows(merge: CellRange, map: RowMap): readonly CellRange[] {
  if (merge.top !== merge.bottom) {
    const range = mapRange(merge, map);
    return range === null ? [] : [range];
  }
  const rows = map.of(merge.top);
  if (rows === null) return [];
  const { first, last } = rows;
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    ...merge,
    top: first + index,
    bottom: first + index,
  }));
}

/** A filter that ends at the header continues over the rows below if they repeat. */
function filterRange(filter: CellRange, plan: PlannedSheet, map: RowMap): CellRange | null {
  const repeated =
    listsOf(plan).length > 0 &&
    plan.rows.some(({ number, list }) => list !== null && number === filter.bottom + 1);
  return mapRange(repeated ? { ...filter, bottom: filter.bottom + 1 } : filter, map);
}

function mapPrintTitles(sheet: SheetWriter['sheet'], map: RowMap): void {
  const [top, bottom] = (sheet.pageSetup.printTitlesRow ?? '').split(':').map(Number);
  if (top === undefined || bottom === undefined) return;
  const rows = mapRange({ top, left: 1, bottom, right: 1 }, map);
  if (rows !== null) sheet.pageSetup.printTitlesRow = `${rows.top}:${rows.bottom}`;
}
