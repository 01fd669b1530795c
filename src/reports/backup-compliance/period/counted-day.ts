import { z } from 'zod';
import type { DailyReport } from '../model/daily-report.js';
import { parseReport } from '../model/parse-report.js';
import { verdictSchema } from '../model/resource-compliance.js';

/** What is computed with; the rest is passed on as its day wrote it. */
const countedResource = z.object({
  resourceId: z.string(),
  resourceName: z.string(),
  resourceType: z.string(),
  policy: z.string(),
  owner: z.string().nullable(),
  outcome: z.string(),
  compliance: verdictSchema,
  recoveryPointAgeSeconds: z.number().nullable(),
});

const countedReport = z.object({
  status: z.enum(['COMPLETE', 'INCOMPLETE']),
  reportDay: z.object({ date: z.string() }),
  resources: z.array(countedResource),
});

export type CountedDay = Pick<
  DailyReport,
  'status' | 'reportDay' | 'resources' | 'waivers' | 'changes' | 'frameworks'
>;
export type CountedResource = CountedDay['resources'][number];

/** The report of a day; null where this version cannot count it. */
export function readCountedDay(bytes: Uint8Array): CountedDay | null {
  const read = parseReport(bytes, countedReport);
  if (!read.ok) return null;
  const { report } = read;
  // Reports of version 0.1 may lack them.
  return { ...report, waivers: report.waivers ?? [], changes: report.changes ?? [] };
}
