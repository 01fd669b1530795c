import type { InterchangeDay } from '../interchange-day.js';
import { createFindingFollower } from './follow-findings.js';

/**
 * OCSF Compliance Findings as NDJSON in pieces of text: of each day its own, then one for each resource and control that is
 * demanded of it, then those that are not judged any more.
 *
 * @param before days before the range that the first of it are compared with, oldest first
 */
export async function* complianceFindings(
  days: AsyncIterable<InterchangeDay>,
  before: AsyncIterable<InterchangeDay>,
): AsyncGenerator<string> {
  const follower = createFindingFollower();
  for await (const day of before) follower.remember(day);
  for await (const day of days) {
    let lines = '';
    for (const event of follower.follow(day)) {
      lines += `${JSON.stringify(event)}\n`;
      if (lines.length < pieceLength) continue;
      yield lines;
      lines = '';
    }
    if (lines !== '') yield lines;
  }
}

const pieceLength = 65_536;
