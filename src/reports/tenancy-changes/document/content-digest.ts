import { createHash } from 'node:crypto';
import { compareText } from '../../../base/text-order.js';
import type { Change } from '../model/change.js';
import type { TenancyReport } from '../model/tenancy-report.js';

/** Of the projection below. Whoever changes what goes into it changes this number, too. */
export const changesDigestVersion = 1;

const batchLength = 64 * 1024;

/**
 * Digest of what a report asserts, in codes and numbers: the changes and whether they are all. Left out is
 *
 * - every word and name, and what a redaction would replace: principals, addresses, messages;
 * - reads: a few that came late change nothing that was told;
 * - ids of events, because two routes deliver one fact under two ids;
 * - what other days told: who was seen first.
 *
 * @param lines of changes.ndjson.gz as objects, in their order
 */
export async function changesDigest(
  report: TenancyReport,
  lines: Iterable<object> | AsyncIterable<object>,
): Promise<string> {
  const hash = createHash('sha256');
  const { plan, reportDay, status, statusReasons, sources, rejectedRecords } = report;
  const { date, timezone, start, cutOff } = reportDay;
  const incomplete = sources.filter(({ complete }) => !complete).map(({ name }) => name);
  const rejected = rejectedRecords.map(({ sha256 }) => sha256);
  hash.update(
    JSON.stringify([
      changesDigestVersion,
      [plan, date, timezone, start, cutOff],
      [status, statusReasons.length, incomplete.sort(compareText), rejected.sort(compareText)],
    ]),
  );
  let batch = '';
  const add = (line: object): void => {
    // The machine hands back what this kind made.
    batch += `\n${changeFacts(line as Change)}`;
    if (batch.length < batchLength) return;
    hash.update(batch);
    batch = '';
  };
  if (Symbol.iterator in lines) for (const line of lines) add(line);
  else for await (const line of lines) add(line);
  return hash.update(batch).digest('hex');
}

function changeFacts(change: Change): string {
  const { time, endTime, service, eventName, action, resourceId, compartmentId, result, status } = change;
  return JSON.stringify([
    time,
    endTime,
    service,
    eventName,
    action,
    resourceId,
    compartmentId,
    result,
    status,
  ]);
}
