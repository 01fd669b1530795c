/*
 * What programs may import: `import { makeDailyReport, defineConfig } from 'oci-backup-reporter'` (docs/own-modules.md). Nothing else of
 * this package may be relied on.
 */
export { defineChannel, defineConfig, defineKind, defineSource } from './library/define.js';
export type { WrittenConfiguration } from './library/define.js';
export { makeReportOfPlan as makeDailyReport } from './library/make-report.js';
export type { DailyReportRequest } from './library/make-report.js';
export { Failure } from './errors.js';
export type { DayResult } from './day/report-plan.js';
export type { TimeWindow } from './model/report-day.js';
export type { MailRenderer } from './ports/mail-renderer.js';
export type { Renderer } from './ports/renderer.js';
export type { ReportHead, ReportStanding } from './model/report-head.js';
export type { Notice } from './ports/delivery.js';
export type { SourceDiagnosis, SourceOutcome, SourceReading, SourceRecord } from './ports/event-source.js';
export type { Log } from './ports/log.js';
export type {
  ChannelModule,
  ModuleParts,
  OwnChannel,
  OwnSource,
  SettingsSchema,
  SourceModule,
} from './ports/own-module.js';
export type { RecordReading, TakenRecord } from './reports/record-reading.js';
export type { SubjectLookup } from './reports/explanation.js';
export type { DayInput, RecordExplanation, ReportKind } from './reports/report-kind.js';
export { dayHead, unreadReasons } from './reports/day-head.js';
export type { WirableKind } from './wiring/wirable-kind.js';
