import { addDays } from '../../base/civil-dates.js';
import { periodOfLabel } from '../../model/period.js';
import type { ArchiveEntry } from '../../ports/archive.js';
import type { DateRange } from '../check.js';
import type { ListedPlan } from '../listing/list-plan.js';

/** A revision of a period as the archive lists it. */
export interface ListedPeriod {
  readonly label: string;
  readonly revision: number;
  /** Ends in `/`. */
  readonly prefix: string;
  readonly files: ReadonlyMap<string, ArchiveEntry>;
}

/** In order of names and numbers. Of a range, those that lie within it: its days are all there then. */
export function listedPeriods({ others }: ListedPlan, range: DateRange): readonly ListedPeriod[] {
  const found = new Map<string, ListedPeriod & { readonly files: Map<string, ArchiveEntry> }>();
  for (const { file, ...entry } of others) {
    if (file.place !== 'period' || !isWithin(file.period, range)) continue;
    const { period: label, revision, name } = file;
    const prefix = entry.key.slice(0, entry.key.length - name.length);
    const listed = found.get(prefix) ?? { label, revision, prefix, files: new Map() };
    found.set(prefix, listed);
    listed.files.set(name, entry);
  }
  return [...found.values()].sort(
    (a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0) || a.revision - b.revision,
  );
}

/** One whose name is none is looked at always: its manifest says what it is. */
function isWithin(label: string, { from, to }: DateRange): boolean {
  const period = periodOfLabel(label);
  if (period === undefined || addDays(period.from, 0) !== period.from) return true;
  return (from === null || period.from >= from) && (to === null || period.to <= to);
}
