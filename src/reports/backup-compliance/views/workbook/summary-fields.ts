import { type Fields, numberField, textField } from '../../../../renderers/xlsx/binding/field.js';
import type { ControlSummary, DailyReport } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';

/** A word of the report and how often it applies. */
export interface CountedWords {
  readonly words: string;
  readonly count: number;
}

export const countedFields: Fields<CountedWords> = {
  words: textField((row) => row.words),
  count: numberField((row) => row.count),
};

/** Kinds in the order in which they first appear among the findings. */
export function countedFindings({ findings }: DailyReport, wording: BackupWording): readonly CountedWords[] {
  const counts = new Map<string, number>();
  for (const { kind } of findings) {
    const { words } = wording.finding(kind);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => ({ words, count }));
}

export function controlTotalFields(wording: BackupWording): Fields<ControlSummary> {
  return {
    name: textField((row) => wording.control(row.control).words),
    asks: textField((row) => wording.control(row.control).asks),
    compliant: numberField((row) => row.byVerdict.COMPLIANT),
    nonCompliant: numberField((row) => row.byVerdict.NON_COMPLIANT),
    unknown: numberField((row) => row.byVerdict.UNKNOWN),
    notApplicable: numberField((row) => row.byVerdict.NOT_APPLICABLE),
  };
}

export const sliceFields: Fields<NonNullable<DailyReport['slice']>> = {
  name: textField((row) => row.name),
  resources: numberField((row) => row.resources),
  ofResources: numberField((row) => row.ofResources),
};

/** An item that is a single sentence. */
export const reasonFields: Fields<string> = { words: textField((row) => row) };
