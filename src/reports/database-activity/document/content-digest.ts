import { createHash } from 'node:crypto';
import { textIn } from '../../../records/json.js';
import type { ActivityLine } from '../model/activity.js';
import type { ActivityReport } from '../model/activity-report.js';

/** Of the projection below. Whoever changes what goes into it changes this number, too. */
export const activityDigestVersion = 1;

/** What identifies an event, and what came of it. */
const fields = [
  'id',
  'auditEventTime',
  'targetId',
  'dbUserName',
  'operation',
  'eventName',
  'operationStatus',
  'errorCode',
  'objectOwner',
  'objectName',
] as const;

/**
 * sha-256 hex of what the report asserts: every event of the day, and of which targets it has them. What arrived late for
 * other days, and until when trails were collected beyond the day, is no part of it.
 */
export async function activityDigest(
  { plan, reportDay, status, totals, targets }: ActivityReport,
  lines: Iterable<object> | AsyncIterable<object>,
): Promise<string> {
  const hash = createHash('sha256');
  const { late: _late, ...counts } = totals;
  const ofTargets = targets
    .map(({ targetId, records, collection, excluded }) => [targetId, records, collection, excluded !== null])
    .sort();
  hash.update(JSON.stringify([plan, reportDay.date, reportDay.timezone, status, counts, ofTargets]));
  for await (const line of lines) {
    const told = line as ActivityLine;
    hash.update(`\n${JSON.stringify(fields.map((field) => textIn(told[field]) ?? null))}`);
  }
  return hash.digest('hex');
}
