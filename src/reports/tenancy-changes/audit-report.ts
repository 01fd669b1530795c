import type { KindAudit, LineAudit } from '../report-kind.js';
import { listNames, listOf } from './facts/count-changes.js';
import { newChangeTally, tallyChange } from './facts/tally.js';
import { carriedFile, readCarriedLine } from './memory/carried-lines.js';
import { changesFile, changeSchema, isStillRunning } from './model/change.js';
import type { ChangeCounts, ChangeRow, TenancyReport } from './model/tenancy-report.js';

/** What `verify` adds up in an archived report of this kind. */
export const tenancyAudit: KindAudit<TenancyReport> = {
  openLines(file, report) {
    if (file === changesFile) return openChanges(report);
    return file === carriedFile ? openCarried(report) : null;
  },
  imbalances: (report) => [
    ...sumsOf('changes', report.totals),
    ...(['services', 'compartments', 'principals'] as const).flatMap((table) =>
      rowsOf(table, report[table], report.totals),
    ),
    ...differs('changes by hour', sum(report.hours.map(({ changes }) => changes)), report.totals.changes),
    ...differs(
      'reads by operation',
      sum(report.readOperations.map(({ reads }) => reads)),
      report.totals.reads,
    ),
    ...differs('running changes', report.running.total, report.totals.running),
    ...differs('removals of backups and protections', report.removals.total, report.totals.removedProtection),
    ...(report.totals.reads > report.controlTotals.ignored
      ? [`reads: ${report.totals.reads}, more than the ${report.controlTotals.ignored} records ignored`]
      : []),
  ],
};

const lineSchema = changeSchema.pick({
  endTime: true,
  action: true,
  result: true,
  backupRelevant: true,
  removesProtection: true,
  hasVerb: true,
});

/** Changes by action and result, those still running apart. */
function openChanges(report: TenancyReport): LineAudit {
  const tally = newChangeTally();
  const lists = new Map<string, number>();
  let running = 0;
  let foreign = 0;
  return {
    take(line) {
      const parsed = lineSchema.safeParse(line);
      if (!parsed.success) {
        foreign += 1;
        return;
      }
      const change = parsed.data;
      const list = listOf(change);
      if (list !== null) lists.set(list, (lists.get(list) ?? 0) + 1);
      if (isStillRunning(change)) running += 1;
      else tallyChange(tally, change);
    },
    differences: () => [
      ...(foreign === 0 ? [] : [`${foreign} of its lines are no change`]),
      ...countsDiffer('changes', tally, report.totals),
      ...differs('changes that were running', running, report.totals.running),
      ...listNames.flatMap((name) =>
        differs(`changes of the list ${name}`, lists.get(name) ?? 0, report[name].total),
      ),
    ],
  };
}

function openCarried({ running }: TenancyReport): LineAudit {
  let foreign = 0;
  let begun = 0;
  return {
    take(line) {
      const read = readCarriedLine(line);
      if (read === null) foreign += 1;
      else if (read.kind === 'running') begun += 1;
    },
    differences: () => [
      ...(foreign === 0 ? [] : [`${foreign} of its lines hand nothing to the next day`]),
      ...differs('changes that were running', begun, running.total),
    ],
  };
}

function rowsOf(table: string, rows: readonly ChangeRow[], totals: ChangeCounts): readonly string[] {
  return [
    ...differs(`changes of the ${table}`, sum(rows.map(({ changes }) => changes)), totals.changes),
    ...rows.flatMap((row) => sumsOf(`changes of ${row.name ?? row.id ?? 'the last row'} in ${table}`, row)),
  ];
}

function sumsOf(what: string, { changes, byAction, byResult, done }: ChangeCounts): readonly string[] {
  return [
    ...differs(`${what}, as the sum of their actions`, sum(Object.values(byAction)), changes),
    ...differs(`${what}, as the sum of their results`, sum(Object.values(byResult)), changes),
    ...differs(
      `${what} that succeeded, as the sum of their actions`,
      sum(Object.values(done)),
      byResult.succeeded,
    ),
  ];
}

function countsDiffer(what: string, counted: ChangeCounts, said: ChangeCounts): readonly string[] {
  return [
    ...differs(what, counted.changes, said.changes),
    ...differs(`${what} that touch backups`, counted.backupRelevant, said.backupRelevant),
    ...(['created', 'updated', 'deleted', 'other'] as const).flatMap((action) =>
      differs(`${what} that are ${action}`, counted.byAction[action], said.byAction[action]),
    ),
    ...(['succeeded', 'refused', 'failed', 'unknown'] as const).flatMap((result) =>
      differs(`${what} that are ${result}`, counted.byResult[result], said.byResult[result]),
    ),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((before, number) => before + number, 0);
}

function differs(what: string, counted: number, said: number): readonly string[] {
  return counted === said ? [] : [`${what}: ${counted}, and report.json says ${said}`];
}
