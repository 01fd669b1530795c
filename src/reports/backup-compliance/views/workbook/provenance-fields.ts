import type { RejectedRecord } from '../../../../model/control-totals.js';
import type { DailyReport, SourceReport, UnrecognisedType } from '../../model/daily-report.js';
import type { RunningAttempt } from '../../model/running-attempt.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import {
  type Fields,
  type Link,
  boolean,
  link,
  number,
  text,
  time,
} from '../../../../renderers/xlsx/binding/field.js';

export function sourceFields({ text: message }: Wording): Fields<SourceReport> {
  const yes = message('workbook.yes');
  const no = message('workbook.no');
  return {
    name: text((row) => row.name),
    type: text((row) => row.type),
    request: text((row) => row.request),
    from: time((row) => row.windowStart),
    to: time((row) => row.windowEnd),
    complete: text((row) => (row.complete ? yes : no)),
    isComplete: boolean((row) => row.complete),
    reasons: text((row) => row.reasons.join('\n') || null),
    read: number((row) => row.controlTotals.read),
    used: number((row) => row.controlTotals.used),
    duplicate: number((row) => row.controlTotals.duplicate),
    outside: number((row) => row.controlTotals.outside),
    ignored: number((row) => row.controlTotals.ignored),
    rejected: number((row) => row.controlTotals.rejected),
  };
}

export interface SourceReason {
  readonly source: string;
  readonly words: string;
}

export function sourceReasons({ sources }: DailyReport): readonly SourceReason[] {
  return sources.flatMap(({ name, reasons }) => reasons.map((words) => ({ source: name, words })));
}

export const sourceReasonFields: Fields<SourceReason> = {
  source: text((row) => row.source),
  words: text((row) => row.words),
};

export const rejectedFields: Fields<RejectedRecord> = {
  sha256: text((row) => row.sha256),
  reason: text((row) => row.reason),
  excerpt: text((row) => row.excerpt),
};

export const unknownTypeFields: Fields<UnrecognisedType> = {
  name: text((row) => row.eventType),
  events: number((row) => row.events),
};

export const attemptFields: Fields<RunningAttempt> = {
  name: text((row) => row.resource.resourceName),
  eventType: text((row) => row.eventType),
  began: time((row) => row.time),
  id: text((row) => row.resource.resourceId),
};

export interface RoutedSlice {
  readonly name: string;
  readonly resources: number;
}

export const routedFields: Fields<RoutedSlice> = {
  name: text((row) => row.name),
  resources: number((row) => row.resources),
};

/** A sheet of the workbook, for a table of contents. */
export interface SheetFact {
  readonly name: string;
  readonly link: Link;
  /** Of its list; null where it has none, or several. */
  readonly rows: number | null;
}

export const sheetFields: Fields<SheetFact> = {
  name: text((row) => row.name),
  link: link((row) => row.link),
  rows: number((row) => row.rows),
};

/** A column of the workbook, for the definitions. */
export interface ColumnFact {
  readonly sheet: string;
  readonly name: string;
  readonly key: string;
  readonly kind: string;
  readonly meaning: string;
}

export const columnFields: Fields<ColumnFact> = {
  name: text((row) => row.name),
  sheet: text((row) => row.sheet),
  key: text((row) => row.key),
  kind: text((row) => row.kind),
  meaning: text((row) => row.meaning),
};
