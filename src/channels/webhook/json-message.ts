import type { Notice } from '../../ports.js';

/** For programs: fields may be added, but keep their meaning as long as schemaVersion stays the same. */
export function jsonMessage({ report, standing, revision, title, location, id, revokes }: Notice): object {
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
    ...(revokes && { allClear: revokes }),
  };
}
