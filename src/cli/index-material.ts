import { type ReadCoverage, readCoverage } from '../coverage/read-coverage.js';
import { type SubjectTable, createSubjectTable } from '../export/subject-table.js';
import type { Log } from '../ports/log.js';
import { readIndexedReport } from '../wiring/wire-backup-compliance.js';
import { type ArchivedPlanPlace, openArchivedPlan } from '../wiring/wire-archived-plan.js';
import { loadArchiveTheme } from '../wiring/wire-theme.js';
import { type ArchiveOptions, mustBeRange } from './archive-choice.js';
import { toolVersion } from './tool-version.js';

/** What the pages about an archive are made of. */
export interface IndexMaterial {
  readonly place: ArchivedPlanPlace;
  readonly coverage: ReadCoverage;
  readonly subjects: SubjectTable;
  /** In the language of the plan, or of its newest report. */
  readonly theme: Awaited<ReturnType<typeof loadArchiveTheme>>;
  readonly tool: string;
}

/** @throws Failure as openArchivedPlan, mustBeRange and readCoverage */
export async function readIndexMaterial(
  options: ArchiveOptions,
  nowMs: number,
  log: Log,
): Promise<IndexMaterial> {
  const place = await openArchivedPlan(options, log);
  const { archive, plan, timezone, settleDelayMs, loaded } = place;
  mustBeRange(options, timezone ?? 'UTC');
  const subjects = createSubjectTable();
  const readFacts = (bytes: Uint8Array, date: string) => {
    const report = readIndexedReport(bytes);
    if (report !== null) subjects.add(date, report.subjects);
    return report?.day ?? null;
  };
  const range = { from: options.from, to: options.to, timezone, settleDelayMs, nowMs };
  const coverage = await readCoverage(archive, { plan, readFacts }, range);
  const theme = await loadArchiveTheme(loaded, coverage.language);
  return { place, coverage, subjects, theme, tool: toolVersion().replaceAll('\n', ' ') };
}
