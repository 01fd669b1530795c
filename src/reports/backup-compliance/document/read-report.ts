import { type DailyReport, dailyReportSchema } from '../model/daily-report.js';
import { parseReport } from '../model/parse-report.js';

const readableReport = dailyReportSchema.pick({ schemaVersion: true, plan: true });

/**
 * An archived report.json; null if this version cannot read it. The rest is not checked: its digest proves that this
 * program wrote it.
 */
export function readReport(bytes: Uint8Array): DailyReport | null {
  const read = parseReport(bytes, readableReport);
  return read.ok ? read.report : null;
}
