import { readDocument } from '../../../model/read-document.js';
import { type TenancyReport, tenancyReportSchema } from '../model/tenancy-report.js';

const readableReport = tenancyReportSchema.pick({ schemaVersion: true, kind: true, plan: true });

/**
 * An archived report.json; null if this version cannot read it. The rest is not checked: its digest proves that this
 * program wrote it.
 */
export function readTenancyReport(bytes: Uint8Array): TenancyReport | null {
  const read = readDocument(bytes, readableReport);
  return read.ok ? (read.written as TenancyReport) : null;
}
