import type { ListedFile } from '../coverage/list-plan.js';
import { type ReadCoverage, readCoverage } from '../coverage/read-coverage.js';
import { readPeriodCoverage } from '../coverage/read-periods.js';
import { type SubjectTable, createSubjectTable } from '../export/subject-table.js';
import type { Log } from '../ports/log.js';
import { readIndexedReport } from '../wiring/read-archived.js';
import { type KindRegistry, kindOfPlan } from '../wiring/report-kinds.js';
import type { WirableKind } from '../wiring/wirable-kind.js';
import { firstKind } from '../model/kind-of-report.js';
import type { PeriodCoverage } from '../model/period-coverage.js';
import { type ArchivedPlanPlace, openArchivedPlan } from '../wiring/wire-archived-plan.js';
import { loadArchiveTheme } from '../wiring/wire-theme.js';
import { type ArchiveOptions, mustBeRange } from './archive-choice.js';
import { toolVersion } from './tool-version.js';

/** What the pages about an archive are made of. */
export interface IndexMaterial {
  readonly place: ArchivedPlanPlace;
  readonly coverage: ReadCoverage;
  /** Those that lie within the days. */
  readonly periods: readonly PeriodCoverage[];
  /** How many attestations the plan has. */
  readonly attestations: number;
  readonly subjects: SubjectTable;
  /** In the language of the plan, or of its newest report. */
  readonly theme: Awaited<ReturnType<typeof loadArchiveTheme>>;
  readonly tool: string;
  /** Of the newest report that can be read; else that of the configuration. */
  readonly kind: WirableKind;
}

/** @param known kinds of report; absent: those that the place has @throws Failure as openArchivedPlan, mustBeRange and readCoverage */
export async function readIndexMaterial(
  options: ArchiveOptions,
  nowMs: number,
  log: Log,
  known?: KindRegistry,
): Promise<IndexMaterial> {
  const place = await openArchivedPlan(options, log);
  const { archive, plan, timezone, settleDelayMs, loaded } = place;
  const kinds = known ?? place.kinds;
  mustBeRange(options, timezone ?? 'UTC');
  const subjects = createSubjectTable();
  const kindOfDay = new Map<string, WirableKind>();
  const readFacts = async (bytes: Uint8Array, date: string) => {
    const report = await readIndexedReport(bytes, kinds);
    if (report === null) return null;
    subjects.add(date, report.subjects);
    kindOfDay.set(date, report.kind);
    return report.day;
  };
  const range = { from: options.from, to: options.to, timezone, settleDelayMs, nowMs };
  const coverage = await readCoverage(archive, { plan, readFacts }, range);
  const periods = await readPeriodCoverage(archive, plan, coverage.listing, coverage);
  const attestations = coverage.listing.files.filter(isAttestation).length;
  const theme = await loadArchiveTheme(loaded, coverage.language);
  const newest = coverage.days.findLast(({ date }) => kindOfDay.has(date))?.date ?? '';
  const configured = { report: loaded?.configuration.report ?? firstKind };
  const kind = kindOfDay.get(newest) ?? (await kindOfPlan(configured, kinds));
  const tool = toolVersion().replaceAll('\n', ' ');
  return { place, coverage, periods, attestations, subjects, kind, theme, tool };
}

/** Its signatures lie beside it. */
function isAttestation({ file }: ListedFile): boolean {
  return file.place === 'attestations' && /^[0-9a-f]{64}\.json$/.test(file.name);
}
