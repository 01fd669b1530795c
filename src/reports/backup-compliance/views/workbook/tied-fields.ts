import { type Fields, numberField, textField } from '../../../../renderers/xlsx/binding/field.js';
import { type ReportList, createList, listItem } from '../../../../renderers/xlsx/binding/report-lists.js';
import type { DailyReport } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';
import { type TiedSource, type TiedTotal, tiedTotals } from './tied-totals.js';

type Tie = 'ok' | 'differs' | 'furtherSheets';

/** The name of a row, where it is not `total`. */
const itemNames: Readonly<Record<string, string>> = { outcomes: 'outcome', jobStatuses: 'status' };

/** Totals of the Summary beside what formulas count in the sheets, and the line that says whether all of them agree. */
export function tiedLists(wording: BackupWording): readonly ReportList<DailyReport>[] {
  const fields = tiedFields(wording);
  const lists = Object.entries(tiedTotals).map(([name, totals]) =>
    createList<DailyReport>(name, [listItem(itemNames[name] ?? 'total', fields)], (source) =>
      totals(source, wording),
    ),
  );
  const overall: Fields<Tie> = { words: textField((tie) => tieWords(tie, wording)) };
  return [
    ...lists,
    createList<DailyReport>('tiesOut', [listItem('tie', overall)], (source) => [overallTie(source, wording)]),
  ];
}

function tiedFields(wording: BackupWording): Fields<TiedTotal> {
  return {
    words: textField((row) => row.words),
    count: numberField((row) => row.count),
    counted: {
      kind: 'number',
      value: (row) => row.counted ?? tieWords('furtherSheets', wording),
      meaning: 'workbook.means.total.counted',
    },
    tie: textField((row) => tieWords(tieOf(row), wording), 'workbook.means.total.tie'),
  };
}

function tieWords(tie: Tie, { text }: BackupWording): string {
  return text(`workbook.tie.${tie}`);
}

function tieOf({ count, counted }: TiedTotal): Tie {
  if (counted === null) return 'furtherSheets';
  return count === counted ? 'ok' : 'differs';
}

function overallTie(source: TiedSource, wording: BackupWording): Tie {
  const ties = new Set(Object.values(tiedTotals).flatMap((totals) => totals(source, wording).map(tieOf)));
  if (ties.has('differs')) return 'differs';
  return ties.has('furtherSheets') ? 'furtherSheets' : 'ok';
}
