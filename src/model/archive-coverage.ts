import type { FormerPlan } from './renaming.js';
import type { DayCoverage } from './day-coverage.js';

/** What the archive of a plan has of a range of days, both ends included. */
export interface ArchiveCoverage {
  readonly plan: string;
  readonly timezone: string;
  /** Of the reports; BCP 47. */
  readonly language: string | null;
  readonly from: string;
  readonly to: string;
  /** Oldest first. Dates that the zone skipped are not among them. */
  readonly days: readonly DayCoverage[];
  /** Keys of the plan that no version of this program writes, in order. */
  readonly foreign: readonly string[];
  /** What the plan was called before; absent: nothing else. */
  readonly renamedFrom?: FormerPlan;
  /** Under which name it goes on; absent: under this one. */
  readonly renamedTo?: FormerPlan;
}

export interface CoverageTotals {
  readonly days: number;
  readonly present: number;
  readonly missing: number;
  readonly unfinished: number;
  readonly damaged: number;
  /** Of the days with a report that can be read. */
  readonly incomplete: number;
  readonly nonCompliant: number;
  readonly revised: number;
  readonly unsigned: number;
}

export function coverageTotals(days: readonly DayCoverage[]): CoverageTotals {
  const how = (counts: (day: DayCoverage) => boolean): number => days.filter(counts).length;
  return {
    days: days.length,
    present: how(({ state }) => state === 'present'),
    missing: how(({ state }) => state === 'missing'),
    unfinished: how(({ state }) => state === 'unfinished'),
    damaged: how(({ state }) => state === 'damaged'),
    incomplete: how(isIncomplete),
    nonCompliant: how((day) => hasReport(day) && day.facts?.level === 'bad'),
    revised: how((day) => hasReport(day) && isRevised(day)),
    unsigned: how((day) => hasReport(day) && isUnsigned(day)),
  };
}

export function isIncomplete(day: DayCoverage): boolean {
  return hasReport(day) && day.status === 'INCOMPLETE';
}

/** One that was made before its day was over is not the report of that day: the day is counted as missing, and as nothing else. */
function hasReport({ state }: DayCoverage): boolean {
  return state !== 'missing';
}

export function isRevised({ committed }: DayCoverage): boolean {
  return committed > 1;
}

export function isUnsigned({ isSigned }: DayCoverage): boolean {
  return isSigned === false;
}
