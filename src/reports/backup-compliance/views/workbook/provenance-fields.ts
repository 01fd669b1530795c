import type { Language } from '../../../../model/language.js';
import type { RejectedRecord } from '../../../../model/control-totals.js';
import type { InputEntry } from '../../../../model/inputs.js';
import type { SourceReport } from '../../../../model/report-head.js';
import {
  type Fields,
  booleanField,
  numberField,
  textField,
  timeField,
} from '../../../../renderers/xlsx/binding/field.js';
import type { DailyReport, IgnoredTypeReport, UnrecognisedType } from '../../model/daily-report.js';
import type { RunningAttempt } from '../../model/running-attempt.js';
import type { BackupWording } from '../backup-wording.js';
import { inputDispositionWords } from '../input-words.js';
import { sayReason } from '../../../../model/reasons/say-reason.js';

export function sourceFields({ text: message, language }: BackupWording): Fields<SourceReport> {
  const yes = message('workbook.yes');
  const no = message('workbook.no');
  return {
    name: textField((row) => row.name),
    type: textField((row) => row.type),
    request: textField((row) => row.request),
    from: timeField((row) => row.windowStart),
    to: timeField((row) => row.windowEnd),
    complete: textField((row) => (row.complete ? yes : no)),
    isComplete: booleanField((row) => row.complete),
    reasons: textField((row) => row.reasons.join('\n') || null),
    notes: textField((row) => row.notes?.join('\n') ?? null),
    read: numberField((row) => row.controlTotals.read),
    used: numberField((row) => row.controlTotals.used),
    duplicate: numberField((row) => row.controlTotals.duplicate),
    outside: numberField((row) => row.controlTotals.outside),
    ignored: numberField((row) => row.controlTotals.ignored),
    rejected: numberField((row) => row.controlTotals.rejected),
    recordsOfDay: numberField((row) => row.pulse?.days.at(-1)?.records ?? null),
    recordsBefore: textField((row) => recordsBefore(row)),
    inputsFound: numberField((row) => row.inputs?.found ?? null),
    inputsRead: numberField((row) => row.inputs?.read ?? null),
    inputsUnreadable: numberField((row) => row.inputs?.unreadable ?? null),
    inputsLeftOut: numberField((row) => row.inputs?.leftOut ?? null),
    leftOutBy: textField((row) => leftOutBy(row, language)),
  };
}

/** One line a day, the latest first: `2026-11-18: 420`. */
function recordsBefore({ pulse }: SourceReport): string | null {
  const before = pulse?.days.slice(0, -1).toReversed() ?? [];
  return before.map(({ date, records }) => `${date}: ${records}`).join('\n') || null;
}

function leftOutBy({ inputs }: SourceReport, language: Language): string | null {
  return (
    inputs?.rules.map(({ rule, inputs: number }) => `${sayReason(rule, language)}: ${number}`).join('\n') ||
    null
  );
}

/** An input that was not read, or not whole. */
export interface SourceInput extends InputEntry {
  readonly source: string;
}

export function sourceInputs({ sources }: DailyReport): readonly SourceInput[] {
  return sources.flatMap(({ name: source, inputs }) =>
    (inputs?.notRead ?? []).map((input) => ({ ...input, source })),
  );
}

export function inputFields(wording: BackupWording): Fields<SourceInput> {
  return {
    source: textField((row) => row.source),
    name: textField((row) => row.name),
    disposition: textField((row) => inputDispositionWords(row.disposition, wording)),
    reason: textField((row) => (row.reason === null ? null : sayReason(row.reason, wording.language))),
    bytes: numberField((row) => row.bytes),
    records: numberField((row) => row.records),
  };
}

/** A key beside events that was passed over, or all that the report does not list. */
export interface PassedOverKey {
  readonly source: string;
  /** null: the other keys. */
  readonly key: string | null;
  readonly count: number;
}

export function passedOverKeys({ sources }: DailyReport): readonly PassedOverKey[] {
  return sources.flatMap(({ name: source, passedOver }) => {
    const { keys, others } = passedOver ?? { keys: [], others: 0 };
    const rest = others === 0 ? [] : [{ key: null, count: others }];
    return [...keys, ...rest].map((each) => ({ source, ...each }));
  });
}

export function passedOverFields({ text }: BackupWording): Fields<PassedOverKey> {
  return {
    source: textField((row) => row.source),
    key: textField((row) => row.key ?? text('workbook.provenance.otherKeys')),
    times: numberField((row) => row.count),
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
  source: textField((row) => row.source),
  words: textField((row) => row.words),
};

export function rejectedFields({ language }: BackupWording): Fields<RejectedRecord> {
  return {
    sha256: textField((row) => row.sha256),
    reason: textField((row) => sayReason(row.reason, language)),
    excerpt: textField((row) => row.excerpt),
  };
}

export const unknownTypeFields: Fields<UnrecognisedType> = {
  name: textField((row) => row.eventType),
  events: numberField((row) => row.events),
};

export const ignoredTypeFields: Fields<IgnoredTypeReport> = {
  name: textField((row) => row.eventType),
  events: numberField((row) => row.events),
  names: textField((row) => row.names),
};

export const attemptFields: Fields<RunningAttempt> = {
  name: textField((row) => row.resource.resourceName),
  eventType: textField((row) => row.eventType),
  began: timeField((row) => row.time),
  id: textField((row) => row.resource.resourceId),
};

export interface RoutedSlice {
  readonly name: string;
  readonly resources: number;
}

export const routedFields: Fields<RoutedSlice> = {
  name: textField((row) => row.name),
  resources: numberField((row) => row.resources),
};
