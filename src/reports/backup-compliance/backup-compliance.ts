import type { ReportKind } from '../report-kind.js';
import { ownMadeBy } from './kept-resources.js';
import { backupAudit } from './audit-report.js';
import { backupPeriods } from './backup-periods.js';
import { type JudgingOptions, concludeDay } from './conclude-day.js';
import { diagnoseEventTypes } from './diagnose-event-types.js';
import { changesSince } from './document/changes-since.js';
import { contentDigest, contentDigestVersion } from './document/content-digest.js';
import { archivedMemory } from './document/memory-of-archive.js';
import { archivedPartsBy } from './document/parts-of-archive.js';
import { readReport } from './document/read-report.js';
import { type ReadRecords, openBackupReading } from './events/open-reading.js';
import { openBackupExplanation } from './explain/explain-records.js';
import { explainResource } from './explain/explain-resource.js';
import { toBeginEvents } from './memory/memory.js';
import type { DailyReport } from './model/daily-report.js';
import type { DayMemory } from './model/day-memory.js';
import { jobsFile } from './model/jobs-file.js';
import { expectsRecords, hasFailing, isSilent, standingOf } from './model/report-standing.js';
import type { RecipientsIn } from './period/count-period.js';
import { type PeriodTargets, noTargets } from './period/period-targets.js';
import { sampleDays } from './sample/sample-days.js';
import { answerOf, summaryOf, verdictLineOf } from './views/terminal/summary.js';

/** What reading its reports back from an archive needs. */
export const archivedBackupCompliance = {
  name: 'backup-compliance',
  linesFile: jobsFile,
  readReport,
  sampleDays,
  contentDigest,
  contentDigestVersion,
  audit: backupAudit,
} satisfies Partial<ReportKind<DailyReport>>;

/** What its periods are counted by, besides the archived days. */
export interface PeriodCountingOptions {
  readonly recipientsIn: RecipientsIn;
  readonly targets: PeriodTargets;
}

const notCounted: PeriodCountingOptions = { recipientsIn: () => null, targets: noTargets };

/** The first kind of report: did every backup that was due succeed, and does each resource meet its policy? */
export function createBackupCompliance(
  options: JudgingOptions,
  { recipientsIn, targets }: PeriodCountingOptions = notCounted,
): ReportKind<DailyReport, DayMemory, ReadRecords> {
  return {
    ...archivedBackupCompliance,
    ownMadeBy,
    lookbackDays: options.lookbackDays,
    takesAttestations: true,
    openReading: (window) => openBackupReading(window, ({ running }) => toBeginEvents(running)),
    memory: archivedMemory,
    conclude: (input) => concludeDay(input, options),
    changesSince,
    partsOf: archivedPartsBy(options.rules),
    standingOf,
    expectsRecords,
    isSilent,
    diagnoseEventTypes,
    openExplanation: openBackupExplanation,
    explainSubject: explainResource,
    verdictLineOf,
    summaryOf,
    answerOf,
    hasFailing,
    periods: backupPeriods(recipientsIn, targets),
  };
}
