import { artefactNames } from '../../model/artefact-names.js';
import type { KindAudit, LineAudit } from '../report-kind.js';
import { readPointLine } from './memory/point-lines.js';
import { jobStatuses, newJobCounts } from './model/backup-job.js';
import type { DailyReport } from './model/daily-report.js';
import { jobsFile } from './model/jobs-file.js';
import { outcomes, verdicts } from './model/verdict.js';

/** What `verify` adds up in an archived report of this kind. */
export const backupAudit: KindAudit<DailyReport> = {
  openLines(file, report) {
    if (file === jobsFile) return openJobs(report);
    return file === artefactNames.recoveryPoints ? openPoints(report) : null;
  },
  imbalances: (report) => [...totalsOf(report), ...controlsOf(report), ...jobsOf(report)],
};

/** Jobs by status. */
function openJobs({ jobTotals }: DailyReport): LineAudit {
  const counts = newJobCounts();
  let foreign = 0;
  return {
    take(line) {
      const status = (line as { readonly status?: unknown }).status;
      const known = jobStatuses.find((each) => each === status);
      if (known === undefined) foreign += 1;
      else counts[known] += 1;
    },
    differences: () => [
      ...(foreign === 0 ? [] : [`${foreign} of its lines have no status of a job`]),
      ...jobStatuses.flatMap((status) =>
        differs(`jobs that are ${status}`, counts[status], jobTotals.byStatus[status]),
      ),
    ],
  };
}

/** Every resource of which the report says that backups of its own are known has its line. */
function openPoints({ resources }: DailyReport): LineAudit {
  const lines = new Set<string>();
  let twice = 0;
  let foreign = 0;
  return {
    take(line) {
      const resourceId = readPointLine(line)?.resourceId;
      if (resourceId === undefined) foreign += 1;
      else if (lines.has(resourceId)) twice += 1;
      else lines.add(resourceId);
    },
    differences() {
      const without = resources.filter(({ resourceId, recoveryPoints }) => {
        return (recoveryPoints?.count ?? 0) > 0 && !lines.has(resourceId);
      });
      const [first] = without;
      return [
        ...(foreign === 0 ? [] : [`${foreign} of its lines are no list of recovery points`]),
        ...(twice === 0 ? [] : [`${twice} of its lines are of a resource that has one already`]),
        ...(first === undefined
          ? []
          : [
              `report.json counts recovery points of ${without.length} resources that have no line: ${first.resourceId}`,
            ]),
      ];
    },
  };
}

function totalsOf({ totals, resources }: DailyReport): readonly string[] {
  const { expected, byOutcome, compliant, nonCompliant, unknown, notApplicable } = totals;
  const sum = outcomes.reduce((before, outcome) => before + (byOutcome[outcome] ?? 0), 0);
  return [
    ...differs('expected, as the sum of the outcomes', sum, expected),
    ...differs(
      'expected, as the sum of the verdicts',
      compliant + nonCompliant + unknown + notApplicable,
      expected,
    ),
    ...differs('resources', resources.length, expected),
    ...outcomes.flatMap((outcome) => {
      const listed = resources.filter((each) => each.outcome === outcome).length;
      return differs(`resources that are ${outcome}`, listed, byOutcome[outcome] ?? 0);
    }),
  ];
}

function controlsOf({ controls, totals }: DailyReport): readonly string[] {
  return controls.flatMap(({ control, byVerdict }) => {
    const sum = verdicts.reduce((before, verdict) => before + byVerdict[verdict], 0);
    return differs(`verdicts of ${control}`, sum, totals.expected);
  });
}

function jobsOf({ jobTotals }: DailyReport): readonly string[] {
  const sum = jobStatuses.reduce((before, status) => before + jobTotals.byStatus[status], 0);
  return differs('jobs, as the sum of their statuses', sum, jobTotals.total);
}

function differs(what: string, counted: number, said: number): readonly string[] {
  return counted === said ? [] : [`${what}: ${counted}, and report.json says ${said}`];
}
