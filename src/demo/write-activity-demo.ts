import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeFolder } from '../files/make-folder.js';
import { activityDays } from './activity-story.js';

/**
 * Writes the audit events of four databases, one file per day, and a configuration to report on them.
 *
 * @returns the dates, oldest first; the last is `yesterday`
 */
export async function writeActivityDemo(
  directory: string,
  { yesterday, timezone }: { readonly yesterday: string; readonly timezone: string },
): Promise<readonly string[]> {
  const days = activityDays(yesterday, timezone);
  await makeFolder(join(directory, 'events'));
  for (const { date, lines } of days) {
    await writeFile(join(directory, 'events', `${date}.ndjson.gz`), gzipSync(`${lines.join('\n')}\n`));
  }
  await writeFile(join(directory, 'backup-report.yaml'), configuration(timezone));
  return days.map(({ date }) => date);
}

function configuration(timezone: string): string {
  return `# The report plan of the demo. Relative paths are relative to this file.
report: database-activity
plan: demo-databases
timezone: ${timezone}            # a report day runs from midnight to midnight here

sources:
  - type: local-files
    paths: ["./events/{date}.ndjson.gz"]   # {date}: each day of the window; globs work too

archive:
  type: file-system
  directory: ./reports                 # <plan>/2026/11/19/r1/…, never overwritten

mail:
  type: outbox                         # one .eml a message
  directory: ./outbox
  from: database-reports@example.com
  to: [security@example.com]
  attach: [xlsx]
`;
}
