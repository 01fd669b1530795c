import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { databaseEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';

const header = 'resourceId,resourceType,resourceName\n';
const sales = 'ocid1.database.oc1.iad.sales,database,SALES\n';
const hr = 'ocid1.database.oc1.iad.hr,database,HR\n';

const backup = (name: string, date: string, lifecycleState: string) =>
  databaseEvent('end', `${date}T02:00:00Z`, {
    id: `${name}-${date}`,
    resourceId: `ocid1.dbbackup.oc1.iad.${name}${date}`,
    details: {
      databaseId: `ocid1.database.oc1.iad.${name}`,
      dbUniqueName: name.toUpperCase(),
      lifecycleState,
    },
  });

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shorter-inventory-'));
  await mkdir(join(folder, 'events'));
  const events = [
    backup('sales', '2026-11-19', 'ACTIVE'),
    backup('hr', '2026-11-19', 'FAILED'),
    backup('sales', '2026-11-20', 'ACTIVE'),
  ];
  await writeFile(join(folder, 'events/all.ndjson'), events.map((each) => JSON.stringify(each)).join('\n'));
  await writeFile(join(folder, 'inventory.csv'), header + sales + hr);
  await writeFile(
    join(folder, 'backup-report.yaml'),
    `plan: daily
timezone: UTC
sources: [{ type: local-files, paths: [./events] }]
inventory: { type: file, path: ./inventory.csv }
archive: { type: file-system, directory: ./archive }
`,
  );
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (date: string) =>
  runPlainly(folder, date, ['report.html'], { json: true, failOn: 'non-compliant' });
const page = (day: string) => readFile(join(folder, 'archive/daily/2026/11', day, 'report.html'), 'utf8');

it('a row that is deleted turns no failed day green: not its page, not its exit code', async () => {
  expect((await run('2026-11-19')).code).toBe(5);
  await writeFile(join(folder, 'inventory.csv'), header + sales);
  const again = await run('2026-11-19');
  expect(again.code).toBe(5);
  expect(JSON.parse(again.stdout)).toMatchObject({ revision: 1, totals: { expected: 2, nonCompliant: 1 } });
  expect(await page('19/r1')).toContain('NON-COMPLIANT');

  const next = await run('2026-11-20');
  expect(next.code).toBe(0);
  expect(JSON.parse(next.stdout)).toMatchObject({ totals: { expected: 1, compliant: 1 } });
  expect(await page('20/r1')).toContain('HR (database) is not in the inventory any more');
});
