import type { CellTimes } from './cell-times.js';
import { incidentColumns, jobColumns } from './job-columns.js';
import { controlColumns, exceptionColumns, resourceColumns } from './resource-columns.js';
import { changeColumns, findingColumns, waiverColumns } from './rule-columns.js';
import { trendColumns } from './trend-columns.js';
import { notJudgedColumns } from './unjudged-columns.js';

/** The columns of each table, in their stable order. */
export function reportColumns(times: CellTimes) {
  return {
    exceptions: exceptionColumns(times),
    resources: resourceColumns(times),
    jobs: jobColumns(times),
    incidents: incidentColumns(times),
    waivers: waiverColumns(times),
    changes: changeColumns(times),
    controls: controlColumns,
    findings: findingColumns,
    trend: trendColumns(times),
    notJudged: notJudgedColumns(times),
  };
}
