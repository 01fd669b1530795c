import type { Notice } from '../../ports.js';

/** For programs: it grows, and what is in it keeps its meaning while schemaVersion stays. */
export function jsonMessage({ report, standing, revision, title, location, id }: Notice): object {
  const { plan, reportDay, status } = report;
  const { verdict, totals } = standing;
  return {
    schemaVersion: 1,
    id,
    plan,
    date: reportDay.date,
    revision,
    status,
    verdict,
    totals,
    title,
    location,
  };
}
