import { z } from 'zod';
import type { DailyReport } from '../model/daily-report.js';

const readableReport = z.looseObject({ schemaVersion: z.literal(1), plan: z.string() });

/**
 * An archived report.json; null where this version cannot read it. The rest of it is not checked: its digest says that
 * this program wrote it.
 */
export function readReport(bytes: Uint8Array): DailyReport | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return readableReport.safeParse(value).success ? (value as DailyReport) : null;
  } catch {
    return null;
  }
}
