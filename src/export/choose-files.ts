import type { ListedFile, PlanListing } from '../coverage/list-plan.js';
import type { ArchivedFile } from '../model/archive-keys.js';
import { periodOfLabel } from '../model/period.js';
import { compareText } from '../base/text-order.js';

/** The archive in a package, so that `verify --archive` reads it as it is. */
export const archiveFolder = 'archive';

export interface ChosenFiles {
  /** Keys of the files of the days and their revisions, in the order of dates, revisions and names. */
  readonly ofDays: readonly ListedFile[];
  /** Of all days: keys, log, attestations, and periods that lie within them; in the order of keys. */
  readonly besideDays: readonly ListedFile[];
}

/**
 * The files of a range of days, and those that they cannot be checked without. `made-by/` comes with the manifests that name
 * it. What `forward` and `doctor` left is of no day.
 */
export function chooseFiles(
  { files }: Pick<PlanListing, 'files'>,
  { from, to }: { readonly from: string; readonly to: string },
): ChosenFiles {
  const ofDays: ListedFile[] = [];
  const besideDays: ListedFile[] = [];
  for (const each of files) {
    const { file } = each;
    if (file.place === 'revision') {
      if (file.date >= from && file.date <= to) ofDays.push(each);
    } else if (isBeside(file, from, to)) {
      besideDays.push(each);
    }
  }
  return { ofDays: ofDays.sort(byDay), besideDays: besideDays.sort(byPlace) };
}

function isBeside(file: ArchivedFile, from: string, to: string): boolean {
  switch (file.place) {
    case 'keys':
    case 'log':
    case 'attestations':
    case 'renamed':
      return true;
    case 'period': {
      const period = periodOfLabel(file.period);
      return period !== undefined && period.from >= from && period.to <= to;
    }
    default:
      return false;
  }
}

function byDay(a: ListedFile, b: ListedFile): number {
  if (a.file.place !== 'revision' || b.file.place !== 'revision') return 0;
  return (
    compareText(a.file.date, b.file.date) ||
    a.file.revision - b.file.revision ||
    compareText(a.file.name, b.file.name)
  );
}

/** Leaves of the log by their numbers. */
function byPlace(a: ListedFile, b: ListedFile): number {
  if (a.file.place === 'log' && b.file.place === 'log') return a.file.number - b.file.number;
  return compareText(a.file.place, b.file.place) || compareText(a.key, b.key);
}
