import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { addDays } from '../base/civil-dates.js';
import { makeFolder } from '../files/make-folder.js';
import { demoDays } from './story.js';

/**
 * Writes the demo's event files, one per day, and a configuration to report on them.
 *
 * @returns the dates, oldest first; the last is `yesterday`
 */
export async function writeDemo(
  directory: string,
  { yesterday, timezone }: { readonly yesterday: string; readonly timezone: string },
): Promise<readonly string[]> {
  const days = demoDays(yesterday, timezone);
  await makeFolder(join(directory, 'events'));
  for (const { date, lines } of days) {
    await writeFile(join(directory, 'events', `${date}.ndjson.gz`), gzipSync(`${lines.join('\n')}\n`));
  }
  await writeFile(join(directory, 'backup-report.yaml'), configuration(timezone, addDays(yesterday, 10)));
  return days.map(({ date }) => date);
}

/** @param waivedUntil soon, so that the report announces the end of the waiver */
function configuration(timezone: string, waivedUntil: string): string {
  return `# The report plan of the demo. Relative paths are relative to this file.
plan: demo-company
timezone: ${timezone}            # a report day runs from midnight to midnight here
lookbackDays: 7                        # how far the first report looks back; later ones go on from the one before

sources:
  - type: local-files
    paths: ["./events/{date}.ndjson.gz"]   # {date}: each day of the window; globs work too

inventory:
  type: observed                       # expected is what was seen before

policies:                              # first match wins; daily, 26 h and 12 h where none matches
  - name: production-databases
    match: { resourceType: [database, autonomous-database], compartment: ["prod-*", "shared-*", analytics] }
    cadence: daily
    maxAge: 26h
    maxDuration: 8h
    severity: critical
    owner: dba-oncall@example.com
  - name: staging
    match: { compartment: staging }
    maxAge: 50h
    severity: low
    owner: qa@example.com
  - name: volumes
    match: { resourceType: [volume, boot-volume] }
    severity: high
    owner: storage@example.com

exclude:                               # not judged, but listed and counted
  - match: { name: build01-cache }
    reason: filled again from source control

waivers:                               # the verdict stays, it is counted apart
  - match: { name: wiki01-data }
    reason: moves to a managed service
    ticket: CHG-1234
    approvedBy: ciso@example.com
    expires: ${waivedUntil}

recipients:                            # each team gets its own part, too
  - name: storage team
    match: { resourceType: [volume, boot-volume] }
    to: [storage@example.com]

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
