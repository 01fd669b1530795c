import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
const thinned = 70;

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
let made = 0;

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
    await make(date, position, eventsOf);
  }
});

afterAll(() => project.remove());

async function make(date: string, position: number, eventsOf: (date: string) => string): Promise<void> {
  const held = join(project.directory, 'held');
  const isLate = late.includes(position);
  const broken = join(project.directory, 'events/torn.ndjson.gz');
  if (isLate) await rename(eventsOf(date), held);
  if (position === torn) await writeFile(broken, gzipSync('{"a":1}\n'.repeat(9000)).subarray(0, 60));
  const { kind } = await project.make(date);
  if (kind === 'committed') made += 1;
  if (position === torn) await rm(broken);
  if (isLate) {
    await rename(held, eventsOf(date));
    const again = await project.make(date);
    if (again.kind === 'committed') made += 1;
  }
  if (position === thinned) {
    // The sources keep nothing for long, and one more event comes.
    await rm(eventsOf(date));
    await project.write({ 'events/late.ndjson': linesOf(['{"broken":']) });
    await project.make(date);
    made += 1;
    await rm(join(project.directory, 'events/late.ndjson'));
  }
}

describe('a quarter', () => {
  it('is made again to the same bytes, every revision of every day', async () => {
    const rebuilt = await project.rebuild(estate.dates);
    const others = rebuilt.filter(({ outcome }) => outcome !== 'same-bytes');
    expect(others.slice(0, 3)).toEqual([]);
    expect(rebuilt).toHaveLength(made);
    expect(made).toBeGreaterThanOrEqual(estate.dates.length - skipped.length + late.length - 2);
    expect(new Set(rebuilt.map(({ date }) => date)).size).toBe(estate.dates.length - skipped.length);
  });

  it('is not, where one verdict, one event, one cell of it was altered', async () => {
    const [a = '', b = '', c = ''] = [estate.dates[10], estate.dates[52], estate.dates[80]];
    await project.tamper(a, 'report.json', (text) =>
      text.replace(/"compliance": ?"COMPLIANT"/, '"compliance":"UNKNOWN"'),
    );
    await project.tamper(b, 'events.ndjson.gz', (text) =>
      text
        .replace(/"(lifecycleState|status)":"(ACTIVE|operationSucceed)"(?=[^\n]*\n$)/, '"$1":"FAILED"')
        .replace('ACTIVE', 'FAILED'),
    );
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
