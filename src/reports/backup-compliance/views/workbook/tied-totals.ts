import type { SheetFact } from '../../../../renderers/xlsx/binding/workbook-facts.js';
import { jobStatuses } from '../../model/backup-job.js';
import type { DailyReport } from '../../model/daily-report.js';
import { type Verdict, isException, isWaivedBad, outcomes } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';

/** A total of the report, and how many rows of this workbook it is. */
export interface TiedTotal {
  readonly words: string;
  /** As report.json has it. */
  readonly count: number;
  /** Rows that the workbook lists for it; null: they go on in further sheets, where the formula beside it does not look. */
  readonly counted: number | null;
}

/** What totals are compared in. */
export interface TiedSource {
  readonly report: DailyReport;
  readonly sheets: readonly SheetFact[];
}

const verdictsShown: readonly Verdict[] = ['COMPLIANT', 'NON_COMPLIANT', 'UNKNOWN', 'NOT_APPLICABLE'];

type Counting = (source: TiedSource, wording: BackupWording) => readonly TiedTotal[];

/**
 * Totals by the name of the list that shows them. Jobs are streamed only after these totals are written: theirs were
 * counted over the same lines.
 */
export const tiedTotals = {
  expectedTotal: ({ report, sheets }, { text }) => [
    {
      words: text('workbook.summary.expected'),
      count: report.totals.expected,
      counted: whole('resources', sheets, report.resources.length),
    },
  ],
  verdictTotals: ({ report, sheets }, wording) => {
    const { compliant, nonCompliant, unknown, notApplicable } = report.totals;
    const stored: Readonly<Record<Verdict, number>> = {
      COMPLIANT: compliant,
      NON_COMPLIANT: nonCompliant,
      UNKNOWN: unknown,
      NOT_APPLICABLE: notApplicable,
    };
    const counts = countsOf(report.resources.map(({ compliance }) => compliance));
    return verdictsShown.map((verdict) => ({
      words: wording.verdict(verdict).words,
      count: stored[verdict],
      counted: whole('resources', sheets, counts.get(verdict) ?? 0),
    }));
  },
  exceptionsTotal: ({ report, sheets }, { text }) => {
    const { nonCompliant, unknown, waivedBad } = report.totals;
    return [
      {
        words: text('workbook.tab.exceptions'),
        count: nonCompliant + unknown - waivedBad,
        counted: whole('exceptions', sheets, report.resources.filter(isException).length),
      },
    ];
  },
  acceptedTotal: ({ report, sheets }, { text }) => [
    {
      words: text('workbook.tab.accepted'),
      count: report.totals.waivedBad,
      counted: whole('accepted', sheets, report.resources.filter(isWaivedBad).length),
    },
  ],
  waivedTotal: ({ report, sheets }, { text }) => [
    {
      words: text('workbook.summary.waived'),
      count: report.totals.waived,
      counted: whole('resources', sheets, report.resources.filter(({ waiver }) => waiver !== null).length),
    },
  ],
  outcomes: ({ report, sheets }, wording) => {
    const counts = countsOf(report.resources.map(({ outcome }) => outcome));
    return outcomes.map((outcome) => ({
      words: wording.outcome(outcome).words,
      count: report.totals.byOutcome[outcome],
      counted: whole('resources', sheets, counts.get(outcome) ?? 0),
    }));
  },
  jobStatuses: ({ report, sheets }, wording) => {
    const { byStatus } = report.jobTotals;
    return jobStatuses.map((status) => ({
      words: wording.jobStatus(status).words,
      count: byStatus[status],
      counted: whole('jobs', sheets, byStatus[status]),
    }));
  },
  jobsTotal: ({ report, sheets }, { text }) => {
    const { total, byStatus } = report.jobTotals;
    const listed = jobStatuses.reduce((sum, status) => sum + byStatus[status], 0);
    return [
      { words: text('workbook.summary.allJobs'), count: total, counted: whole('jobs', sheets, listed) },
    ];
  },
} as const satisfies Readonly<Record<string, Counting>>;

/** The number, unless the list goes on in a second sheet. */
function whole(list: string, sheets: readonly SheetFact[], counted: number): number | null {
  return sheets.some((sheet) => sheet.list === list && sheet.parts > 1) ? null : counted;
}

function countsOf<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
