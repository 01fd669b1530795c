import { Failure } from '../../../errors.js';
import type { PlannedSheet } from '../binding/workbook-plan.js';
import { sheetNameLimit, xlsxRowLimit } from '../workbook-limits.js';
import { type WrittenPart, closePart } from './close-part.js';
import { type RowMap, createRowMap } from './row-map.js';
import { type SheetContext, addHeader, addRow, beginList, openPart } from './sheet-part.js';

/** A written sheet, or the parts of one that continued on further sheets: one at least. */
export interface WrittenSheet {
  readonly plan: PlannedSheet;
  readonly parts: readonly WrittenPart[];
}

/**
 * Writes a sheet of the plan. Rows are written as they arrive, and writing waits for the compressor, so that memory
 * does not grow with rows. A table longer than a sheet continues in `<name> 2`, with everything above it repeated.
 */
export async function writeSheet(plan: PlannedSheet, context: SheetContext): Promise<WrittenSheet> {
  const limit = partLimit(plan, context.rowLimit);
  const parts: WrittenPart[] = [];
  let part = openPart(plan, plan.name, context);
  const close = (): void => void parts.push(closePart(part, plan, createRowMap(part.repeats), context));
  for (const row of plan.rows) {
    if (row.list === null) {
      addRow(part, row, row.number + part.shift, undefined);
      continue;
    }
    beginList(part, row);
    for await (const batch of context.batchesOf(row.list)) {
      for (const item of batch) {
        if (row.number + part.shift + 1 > limit) {
          close();
          part = openPart(plan, partName(plan, context), context);
          addHeader(part, plan, row);
        }
        part.shift += 1;
        part.repeats.set(row.number, (part.repeats.get(row.number) ?? 0) + 1);
        addRow(part, row, row.number + part.shift, item);
        if (part.writer.isFull) await part.writer.catchUp();
      }
    }
  }
  close();
  return { plan, parts };
}

/**
 * How many rows of its list a table has on one sheet, before it continues on the next.
 *
 * @throws Failure('usage') where there is room for none
 */
export function itemsPerPart(plan: PlannedSheet, rowLimit: number): number {
  const above = plan.rows.find(({ list }) => list !== null)?.number ?? 1;
  return partLimit(plan, rowLimit) - above + 1;
}

/** Last row that an item may be in: there must be room for what follows the list. */
function partLimit(plan: PlannedSheet, rowLimit: number): number {
  const [row, ...others] = plan.rows.filter(({ list }) => list !== null);
  if (row === undefined || others.length > 0) return xlsxRowLimit;
  const after = (plan.rows.at(-1)?.number ?? row.number) - row.number;
  if (row.number + after <= rowLimit) return rowLimit - after;
  throw new Failure(
    'usage',
    `template: sheet ${plan.name} has more rows than ${rowLimit} without those of its list`,
  );
}

/** Where the rows of a sheet will be, as far as its lists are counted: of its first part, if it has several. */
export function expectedMap(plan: PlannedSheet, { rowLimit, countOf }: SheetContext): RowMap {
  const limit = partLimit(plan, rowLimit);
  const repeats = plan.rows.flatMap(({ number, list }): [number, number][] =>
    list === null ? [] : [[number, Math.min(countOf(list), limit - number + 1)]],
  );
  return createRowMap(new Map(repeats));
}

/** The sheet's name with the next free number. */
function partName({ name }: PlannedSheet, { names }: SheetContext): string {
  for (let number = 2; ; number += 1) {
    const suffix = ` ${number}`;
    const next = name.slice(0, sheetNameLimit - suffix.length) + suffix;
    if (names.has(next.toLowerCase())) continue;
    names.add(next.toLowerCase());
    return next;
  }
}
