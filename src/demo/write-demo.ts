import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { demoDays } from './story.js';

/**
 * Writes the demo's event files, one a day, and a configuration to make reports of them.
 *
 * @returns the dates, oldest first; the last is `yesterday`
 */
export async function writeDemo(
  directory: string,
  { yesterday, timezone }: { readonly yesterday: string; readonly timezone: string },
): Promise<readonly string[]> {
  const days = demoDays(yesterday, timezone);
  await mkdir(join(directory, 'events'), { recursive: true });
  for (const { date, lines } of days) {
    await writeFile(join(directory, 'events', `${date}.ndjson.gz`), gzipSync(`${lines.join('\n')}\n`));
  }
  await writeFile(join(directory, 'backup-report.yaml'), configuration(timezone));
  return days.map(({ date }) => date);
}

function configuration(timezone: string): string {
  return `# The report plan of the demo. Relative paths are relative to this file.
plan: demo-company
timezone: ${timezone}            # a report day runs from midnight to midnight here
lookbackDays: 7                        # how far back to look for the last success, and for what should run

sources:
  - type: local-files
    paths: ["./events/{date}.ndjson.gz"]   # {date}: each day of the window; globs work too

inventory:
  type: observed                       # expected is what was seen before

archive:
  type: file-system
  directory: ./reports                 # <plan>/2026/11/19/r1/…, never overwritten

mail:
  type: outbox                         # one .eml a message
  directory: ./outbox
  from: backup-reports@example.com
  to: [dba-oncall@example.com]
  attach: [xlsx]
`;
}
