import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DayResult } from '../../src/day/report-plan.js';
import type { RebuiltRevision } from '../../src/rebuild/rebuilt-revision.js';
import { typeOfFamily } from '../support/estate-runs.js';
import { toRecords } from '../support/fleet-records.js';
import { RebuildProject, linesOf } from '../support/rebuild-project.js';
import { simulateEstate } from '../support/simulated-estate.js';

/* A quarter of a small estate, as it is: failures, waivers, other rules and lists, late events, days that nobody made. */

const estate = simulateEstate({
  seed: 2,
  timezone: 'America/New_York',
  firstDate: '2026-10-01',
  days: 92,
  singles: 6,
});

/** Positions of days. */
const skipped = [30, 31, 32, 58];
/** Their last events come when they have a report already. */
const late = [5, 18, 33, 47, 60, 73, 86];
const torn = 40;
/** Their sources keep nothing for long: on the first a line comes that cannot be read, on the second one more event. */
const [emptied, thinned] = [70, 76];

const listOf = (date: string): string => {
  const listed = estate.members.filter(({ unlistedFrom }) => unlistedFrom === null || date < unlistedFrom);
  const rows = listed.map(
    ({ resourceId, family, name }, index) =>
      `${resourceId},${typeOfFamily[family]},${name},team${index % 3}@example.com`,
  );
  return ['resourceId,resourceType,resourceName,owner', ...rows, ''].join('\n');
};

/** The configuration of the day at a position. */
function configurationAt(position: number): string {
  const policies =
    position < 20
      ? ''
      : 'policies: [{ name: all, match: {}, maxAge: 30h, cadence: "weekdays:MON,WED,FRI", severity: high, owner: dba@example.com }]\n';
  const waivers =
    position < 25
      ? ''
      : `waivers: [{ match: { name: "*1*" }, reason: "see https://wiki.example.com/w?id=1", approvedBy: ciso@example.com, expires: 2026-11-15 }]
exclude: [{ match: { name: "*7*" }, reason: rebuilt nightly }]\n`;
  const inventory = position < 36 ? '' : 'inventory: { type: file, path: ./inventory.csv }\n';
  const look =
    position < 45
      ? ''
      : 'language: de\ntemplates: ./own\nbranding: { company: Beispiel, logo: ./logo.svg, footer: intern }\n';
  const parts =
    position < 50
      ? ''
      : `recipients: [{ name: By owner, to: owner }]
mail: { type: outbox, directory: ./outbox, from: a@example.com, to: [b@example.com] }\n`;
  return `plan: daily
timezone: America/New_York
sources: [{ type: local-files, name: exports, paths: ["./events/*"] }]
archive: { type: file-system, directory: ./archive }
settleDelay: ${position < 65 ? '6h' : '4h'}
${inventory}${policies}${waivers}${look}${parts}`;
}

let project: RebuildProject;
/** Revisions of each day that has any. */
const made = new Map<string, number>();

beforeAll(async () => {
  project = await RebuildProject.create(
    {
      'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'own/report.css': 'body { margin: 0 }\n',
      'own/messages/de/own.yaml': 'page: { column: { now: Jetzt } }\n',
    },
    ['report.html', 'report.xlsx'],
  );
  await mkdir(join(project.directory, 'events'));
  const byDate = new Map<string, unknown[]>();
  for (const record of toRecords(estate, estate.facts)) {
    const date = String(record['eventTime']).slice(0, 10);
    byDate.set(date, [...(byDate.get(date) ?? []), record]);
  }
  const eventsOf = (date: string): string => join(project.directory, 'events', `${date}.ndjson`);
  const dates = [...byDate.keys()].sort();
  let written = 0;
  for (const [position, date] of estate.dates.entries()) {
    // As on the morning after: what happened since is not there yet.
    const upTo = estate.dates[position + 1] ?? '9999';
    for (; written < dates.length && (dates[written] ?? '') <= upTo; written += 1) {
      const day = dates[written] ?? '';
      await writeFile(eventsOf(day), linesOf(byDate.get(day) ?? []));
    }
    if (skipped.includes(position)) continue;
    await project.write({ 'backup-report.yaml': configurationAt(position), 'inventory.csv': listOf(date) });
    await makeAsItWas(date, position, eventsOf(date));
  }
});

afterAll(() => project.remove());

/** Makes a day, and counts the revision that it gets. */
async function makeDay(date: string): Promise<DayResult['kind']> {
  const { kind } = await project.make(date);
  if (kind === 'committed') made.set(date, (made.get(date) ?? 0) + 1);
  return kind;
}

const inEvents = (name: string): string => join(project.directory, 'events', name);

/** Makes a day once, and a day of which something comes later twice. */
async function makeAsItWas(date: string, position: number, events: string): Promise<void> {
  if (late.includes(position)) {
    await rename(events, join(project.directory, 'held'));
    await makeDay(date);
    await rename(join(project.directory, 'held'), events);
  }
  if (position === torn) {
    await writeFile(inEvents('torn.ndjson.gz'), gzipSync('{"a":1}\n'.repeat(9000)).subarray(0, 60));
    await makeDay(date);
    await rm(inEvents('torn.ndjson.gz'));
  } else if (position === emptied) {
    await makeDay(date);
    await rm(events);
    expect(await makeWith('{"broken":', date)).toBe('kept');
  } else if (position === thinned) {
    const { held, others } = holdBack(await readFile(events, 'utf8'), date);
    await writeFile(events, linesOf(others));
    await makeDay(date);
    await rm(events);
    expect(await makeWith(held, date)).toBe('committed');
  } else {
    await makeDay(date);
  }
}

async function makeWith(line: string, date: string): Promise<DayResult['kind']> {
  const path = inEvents('late.ndjson');
  await writeFile(path, linesOf([line]));
  const kind = await makeDay(date);
  await rm(path);
  return kind;
}

/** Whether a line tells of a backup that ended well, by day in New York. */
function isSuccessOf(date: string, line: string): boolean {
  return (
    /"lifecycleState": ?"ACTIVE"/.test(line) &&
    /"eventType": ?"[\w.]*backup[\w.]*\.end"/.test(line) &&
    new RegExp(`"eventTime": ?"${date}T(0[6-9]|1\\d)`).test(line)
  );
}

/** One end of a backup, and all other lines. */
function holdBack(text: string, date: string): { readonly held: string; readonly others: readonly string[] } {
  const lines = text.split('\n').filter((line) => line !== '');
  const at = lines.findIndex((line) => isSuccessOf(date, line) && !line.includes('-again'));
  const held = lines[at];
  if (held === undefined) throw new Error(`no backup ended on ${date}`);
  return { held, others: lines.filter((_line, index) => index !== at) };
}

/** The first day from a position on that was made once and whose file has what is looked for. */
async function dayWith(
  position: number,
  name: string,
  has: (text: string, date: string) => boolean,
): Promise<string> {
  for (const date of estate.dates.slice(position)) {
    if (made.get(date) !== 1) continue;
    const bytes = await readFile(project.path(date, name));
    if (has((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), date)) return date;
  }
  throw new Error(`no day has it in ${name}`);
}

const compliant = /"compliance": ?"COMPLIANT"/;

/** One backup that ended well, in the evidence of its day, has failed. */
function withOneFailure(text: string, date: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes('"disposition":"used"') && isSuccessOf(date, line));
  return lines
    .map((line, index) => (index === at ? line.replace(/("lifecycleState": ?)"ACTIVE"/, '$1"FAILED"') : line))
    .join('\n');
}

describe('a quarter', () => {
  it('is made again to the same bytes, every revision of every day', async () => {
    const rebuilt = await project.rebuild(estate.dates);
    const others = rebuilt.filter(({ outcome }) => outcome !== 'same-bytes');
    expect(others.slice(0, 3)).toEqual([]);
    expect(revisionsByDay(rebuilt)).toEqual(made);
    expect(made.size).toBe(estate.dates.length - skipped.length);
    expect(rebuilt.length - made.size).toBeGreaterThanOrEqual(late.length - 1);
  });

  it('is not, where one verdict, one event, one cell of it was altered', async () => {
    const [a, b, c] = [
      await dayWith(10, 'report.json', (text) => compliant.test(text)),
      await dayWith(52, 'events.ndjson.gz', (text, date) => withOneFailure(text, date) !== text),
      estate.dates[80] ?? '',
    ];
    await project.tamper(a, 'report.json', (text) => text.replace(compliant, '"compliance":"UNKNOWN"'));
    await project.tamper(b, 'events.ndjson.gz', (text) => withOneFailure(text, b));
    await project.tamperWorkbook(c, 'xl/worksheets/sheet1.xml');
    const altered = await project.rebuild([a, b, c]);
    expect(altered.map(({ date, outcome }) => [date, outcome])).toEqual(
      [a, b, c].map((date) => [date, 'differs']),
    );
    expect(altered[0]?.differences).toMatchObject([{ artefact: 'report.json' }]);
    expect(altered[1]?.differences.map(({ artefact }) => artefact)).toContain('report.json');
    expect(altered[2]?.differences).toMatchObject([
      { artefact: 'report.xlsx', words: expect.stringContaining('sheet1.xml') },
    ]);
  });
});

function revisionsByDay(rebuilt: readonly RebuiltRevision[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { date } of rebuilt) counts.set(date, (counts.get(date) ?? 0) + 1);
  return counts;
}
