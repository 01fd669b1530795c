import { reportVerdict } from '../../reports/backup-compliance/model/report-verdict.js';
import type { Notice } from '../../ports.js';

/** For programs: it grows, and what is in it keeps its meaning while schemaVersion stays. */
export function jsonMessage({ report, revision, title, location, id }: Notice): object {
  const { plan, reportDay, status, totals } = report;
  return {
    schemaVersion: 1,
    id,
    plan,
    date: reportDay.date,
    revision,
    status,
    verdict: reportVerdict(report),
    totals,
    title,
    location,
  };
}
