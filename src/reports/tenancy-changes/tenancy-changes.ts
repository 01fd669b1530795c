import type { ReportKind } from '../report-kind.js';
import { tenancyAudit } from './audit-report.js';
import { concludeChanges } from './conclude-day.js';
import { diagnoseAuditTypes } from './diagnose-event-types.js';
import { tenancyRevisionChanges } from './document/changes-since.js';
import { changesDigest, changesDigestVersion } from './document/content-digest.js';
import { carriedMemory } from './document/memory-of-archive.js';
import { readTenancyReport } from './document/read-report.js';
import { type ReadChanges, openChangesReading } from './events/open-reading.js';
import { openTenancyExplanation } from './explain/explain-records.js';
import { explainChanged } from './explain/explain-resource.js';
import { changesFile } from './model/change.js';
import { hasFailingChange, isWithoutRecords, tenancyStanding } from './model/standing.js';
import type { TenancyMemory } from './model/tenancy-memory.js';
import type { TenancyReport } from './model/tenancy-report.js';
import { tenancySampleDays } from './sample/sample-days.js';
import { tenancyPeriods } from './tenancy-periods.js';
import { changesAnswer, changesSummary, changesVerdictLine } from './views/terminal/summary.js';

/** What reading its reports back from an archive needs. */
export const archivedTenancyChanges = {
  name: 'tenancy-changes',
  linesFile: changesFile,
  readReport: readTenancyReport,
  sampleDays: tenancySampleDays,
  contentDigest: changesDigest,
  contentDigestVersion: changesDigestVersion,
  audit: tenancyAudit,
} satisfies Partial<ReportKind<TenancyReport>>;

/** Everything that was changed, created or deleted in a tenancy on the day; what only read is counted and left out. */
export const tenancyChanges: ReportKind<TenancyReport, TenancyMemory, ReadChanges> = {
  ...archivedTenancyChanges,
  // The begin of what ended early in the day lies in the day before.
  lookbackDays: 1,
  openReading: openChangesReading,
  memory: carriedMemory,
  conclude: concludeChanges,
  changesSince: tenancyRevisionChanges,
  partsOf: async () => [],
  standingOf: tenancyStanding,
  expectsRecords: isWithoutRecords,
  isSilent: isWithoutRecords,
  diagnoseEventTypes: diagnoseAuditTypes,
  openExplanation: openTenancyExplanation,
  explainSubject: explainChanged,
  verdictLineOf: changesVerdictLine,
  summaryOf: changesSummary,
  answerOf: changesAnswer,
  hasFailing: hasFailingChange,
  periods: tenancyPeriods,
};
