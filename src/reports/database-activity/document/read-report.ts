import { readDocument } from '../../../model/read-document.js';
import { type ActivityReport, activityReportSchema } from '../model/activity-report.js';

const readableReport = activityReportSchema.pick({ schemaVersion: true, kind: true, plan: true });

/**
 * An archived report.json; null if this version cannot read it. The rest is not checked: its digest proves that this
 * program wrote it.
 */
export function readActivityReport(bytes: Uint8Array): ActivityReport | null {
  const read = readDocument(bytes, readableReport);
  return read.ok ? (read.written as ActivityReport) : null;
}
