import type { SourceReport } from '../../../model/report-head.js';
import type { KnownSource } from '../model/tenancy-memory.js';

/** A source that told of days before, and of this one nothing. */
export interface SilentSource {
  readonly source: string;
  readonly lastRecords: string;
}

/**
 * Sources that told nothing of the day, and did before, however long ago: a silence lasts until the source tells something
 * (ADR 67). One that could not be read says so itself.
 */
export function silentSources(
  sources: readonly SourceReport[],
  before: readonly KnownSource[],
  date: string,
): readonly SilentSource[] {
  const last = new Map(before.map(({ name, lastRecords }) => [name, lastRecords]));
  return sources.flatMap((source) => {
    const lastRecords = last.get(source.name);
    if (!source.complete || lastRecords === undefined) return [];
    return recordsOn(source, date) === 0 ? [{ source: source.name, lastRecords }] : [];
  });
}

/** The sources that the next day knows; one that is gone is forgotten. */
export function sourcesAfter(
  sources: readonly SourceReport[],
  before: readonly KnownSource[],
  date: string,
): readonly KnownSource[] {
  const last = new Map(before.map(({ name, lastRecords }) => [name, lastRecords]));
  return sources.flatMap((source) => {
    const { name } = source;
    const lastRecords = (recordsOn(source, date) ?? 0) > 0 ? date : last.get(name);
    return lastRecords === undefined ? [] : [{ name, lastRecords }];
  });
}

/** null: its records are not counted by day. */
function recordsOn({ pulse }: SourceReport, date: string): number | null {
  if (pulse === undefined) return null;
  return pulse.days.find((day) => day.date === date)?.records ?? 0;
}
