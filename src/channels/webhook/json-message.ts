import type { Notice } from '../../ports/delivery.js';
import { messageLine } from '../plain-text.js';

/**
 * For programs: fields may be added, but keep their meaning as long as schemaVersion stays the same. What the kind of
 * report adds (`exceptions`, `findings`) never takes the place of a field of every notice.
 */
export function jsonMessage(notice: Notice): object {
  const { report, standing, revision, title, location, id, revokes, details } = notice;
  const { plan, reportDay, status, statusReasons } = report;
  const { verdict, totals } = standing;
  return {
    ...details,
    schemaVersion: 1,
    id,
    plan,
    date: reportDay.date,
    revision,
    status,
    statusReasons: statusReasons.slice(0, shownReasons).map((reason) => messageLine(reason, reasonChars)),
    verdict,
    totals,
    title,
    location,
    ...(revokes && { allClear: revokes }),
  };
}

/** A document that every receiver takes. */
const shownReasons = 20;
const reasonChars = 1000;
