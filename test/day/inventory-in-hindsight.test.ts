import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOciExpectation } from '../../src/inventory/oci/expected-resources.js';
import type { InventoriedResource } from '../../src/inventory/oci/inventoried-resource.js';
import type { Manifest } from '../../src/model/manifest.js';
import type { Inventory } from '../../src/ports/inventory.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type JudgedReport, type Settings, fixedInventory, judgeInto } from '../support/judge-day.js';
import { conditionEvent, databaseEvent } from '../support/raw-event.js';

const hourMs = 3_600_000;
const hr = { resourceId: 'ocid1.database.oc1.iad.hr', resourceName: 'HR' };
const sales = { resourceId: 'ocid1.database.oc1.iad.sales', resourceName: 'SALES' };
const [before, day, next] = ['2026-11-18', '2026-11-19', '2026-11-20'] as const;

let archive: string;

beforeEach(async () => {
  archive = await mkdtemp(join(tmpdir(), 'hindsight-'));
});

afterEach(() => rm(archive, { recursive: true, force: true }));

function backup(of: typeof hr, date: string, lifecycleState = 'ACTIVE') {
  return databaseEvent('end', `${date}T02:00:00Z`, {
    id: `${of.resourceName}-${date}`,
    resourceId: `ocid1.dbbackup.oc1.iad.${of.resourceName}${date}`.toLowerCase(),
    details: { databaseId: of.resourceId, dbUniqueName: of.resourceName, lifecycleState },
  });
}

const salesBackups = [before, day, next].map((date) => backup(sales, date));
const failedOnDay = [...salesBackups, backup(hr, before), backup(hr, day, 'FAILED')];

const both = fixedInventory([hr, sales]);
const onlySales = fixedInventory([sales]);

const make = (date: string, records: readonly unknown[], inventory: Inventory, over: Settings = {}) =>
  judgeInto(archive, date, { records, inventory, ...over });

function stateOf({ report }: JudgedReport) {
  const judged = find(report);
  const former = report.formerResources.some(({ resourceId }) => resourceId === hr.resourceId);
  const kept = report.findings.filter(({ kind }) => kind === 'kept-unlisted').map(({ subject }) => subject);
  return { outcome: judged?.outcome ?? null, compliance: judged?.compliance ?? null, former, kept };
}

const find = (report: DailyReport) => report.resources.find(({ resourceId }) => resourceId === hr.resourceId);

const listing = (listed: readonly InventoriedResource[]): Inventory =>
  createOciExpectation({
    type: 'oci',
    description: 'what a cloud lists',
    read: async () => ({ resources: listed, refused: [], faults: [], digest: '' }),
  });

const revisionsOf = (date: string) => readdir(join(archive, 'test', date.replaceAll('-', '/')));
const gone = { outcome: null, compliance: null, former: true, kept: [] };

describe('a resource whose row is deleted after its day was reported', () => {
  it('stays FAILED where the day is made again, and nothing is revised', async () => {
    await make(day, failedOnDay, both);
    const again = await make(day, failedOnDay, onlySales);
    expect(stateOf(again)).toEqual({
      outcome: 'FAILED',
      compliance: 'NON_COMPLIANT',
      former: false,
      kept: ['HR'],
    });
    expect(again.report.totals).toMatchObject({ expected: 2, nonCompliant: 1 });
    expect(await revisionsOf(day)).toEqual(['r1']);
  });

  it('stays in a revision that is made for another reason, and in the one after that', async () => {
    const late = databaseEvent('end', `${day}T09:00:00Z`, {
      id: 'late',
      resourceId: 'ocid1.dbbackup.oc1.iad.late',
    });
    await make(day, failedOnDay, both);
    await make(day, [...failedOnDay, late], onlySales);
    const third = await make(day, [...failedOnDay, late, backup(sales, day)], onlySales);
    expect(await revisionsOf(day)).toEqual(['r1', 'r2']);
    expect(stateOf(third)).toMatchObject({ outcome: 'FAILED', kept: ['HR'] });
  });

  it('leaves with the report of the next day, which says so', async () => {
    await make(day, failedOnDay, both);
    await make(day, failedOnDay, onlySales);
    const { report } = await make(next, failedOnDay, onlySales);
    expect(stateOf({ report } as JudgedReport)).toEqual(gone);
    expect(report.findings.map(({ kind, subject }) => [kind, subject])).toContainEqual([
      'left-inventory',
      'HR',
    ]);
  });

  it('is excluded where a rule says so, and listed', async () => {
    await make(day, failedOnDay, both);
    const excludes = [{ match: { name: ['HR'] }, reason: 'rebuilt nightly' }];
    const { report } = await make(day, failedOnDay, onlySales, { rules: { excludes } });
    expect(report.resources.map(({ resourceName }) => resourceName)).toEqual(['SALES']);
    expect(report.excludedResources.map(({ resourceName }) => resourceName)).toEqual(['HR']);
  });

  it('is told to be missing where the earlier report does not match its manifest', async () => {
    await make(day, failedOnDay, both);
    const path = join(archive, 'test/2026/11/19/r1/report.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('FAILED', 'NOT_DUE'));
    const { report } = await make(day, salesBackups, onlySales);
    expect(report.status).toBe('INCOMPLETE');
    expect(report.statusReasons.join()).toContain(
      `${path}, archived with r1, cannot be used: it is not the one that its manifest names; what only r1 knew may be missing`,
    );
  });
});

describe('a resource whose row was deleted before its day is reported', () => {
  it.each([
    ['nothing was attempted', [], gone],
    [
      'a backup failed',
      [backup(hr, day, 'FAILED')],
      { outcome: 'FAILED', compliance: 'NON_COMPLIANT', former: false, kept: ['HR'] },
    ],
    [
      'an incident is open',
      [
        conditionEvent('critical', 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE', `${day}T05:00:00Z`, {
          details: { databaseId: hr.resourceId, dbUniqueName: 'HR' },
          resourceId: hr.resourceId,
        }),
      ],
      { outcome: 'MISSED', compliance: 'NON_COMPLIANT', former: false, kept: ['HR'] },
    ],
  ])('leaves only where nothing keeps it: %s', async (_what, records, expected) => {
    await make(before, failedOnDay, both);
    expect(stateOf(await make(day, [...salesBackups, ...records], onlySales))).toEqual(expected);
  });

  it('was not in the population of a day that was never known to have it', async () => {
    const { report } = await make(day, failedOnDay, onlySales);
    expect(report.resources.map(({ resourceName }) => resourceName)).toEqual(['SALES']);
    expect(report.notInInventory.map(({ resourceName }) => resourceName)).toEqual(['HR']);
  });
});

describe('a day that is made when a later one has a report', () => {
  const records = [...salesBackups, backup(hr, before)];
  const missed = { outcome: 'MISSED', former: false, kept: ['HR'] };

  it('keeps what was expected the day before: that it is gone was read for the later day', async () => {
    await make(before, records, both);
    await make(next, records, onlySales);
    expect(stateOf(await make(day, records, onlySales))).toMatchObject(missed);
    expect(stateOf(await make(day, records, onlySales))).toMatchObject(missed);
    expect(await revisionsOf(day)).toEqual(['r1']);
  });

  it.each([6 * hourMs, 600 * hourMs])(
    'is another thing than one that is made late: that is the first to read it (%i ms after the cut-off)',
    async (settleMs) => {
      await make(before, records, both);
      expect(stateOf(await make(day, records, onlySales, { settleMs }))).toEqual(gone);
    },
  );

  it('takes nothing back that an earlier revision let go in its turn', async () => {
    await make(before, records, both);
    await make(day, records, onlySales);
    await make(next, records, onlySales);
    expect(stateOf(await make(day, records, onlySales))).toEqual(gone);
    expect(await revisionsOf(day)).toEqual(['r1']);
  });

  it('keeps it on the days of a gap, and lets it go on the day that is reported', async () => {
    await make(before, records, both);
    const report = await make(next, records, onlySales);
    expect(stateOf(report)).toEqual(gone);
    expect(report.report.formerResources).toMatchObject([{ resourceId: hr.resourceId, lastDay: day }]);
  });
});

describe('an inventory of a cloud', () => {
  const resources = [hr, sales].map((each): InventoriedResource => ({
    ...each,
    resourceType: 'database',
    compartmentId: 'ocid1.compartment.oc1..prod',
    compartmentName: 'prod',
    owner: null,
    tags: { env: 'prod' },
    displayName: null,
    createdTime: '2026-01-01T00:00:00.000Z',
    lifecycleState: 'AVAILABLE',
    region: 'us-ashburn-1',
    protection: {
      enabled: each === sales,
      means: each === sales ? 'automatic backup' : 'none',
      retentionDays: each === sales ? 30 : null,
      destination: null,
    },
  }));

  it('takes nothing away either: what it said of the protection is still known', async () => {
    const first = await make(day, failedOnDay, listing(resources));
    const again = await make(day, failedOnDay, listing(resources.slice(1)));
    expect(stateOf(again)).toMatchObject({ outcome: 'FAILED', kept: ['HR'] });
    expect(find(again.report)?.controls).toEqual(find(first.report)?.controls);
    expect(await revisionsOf(day)).toEqual(['r1']);
  });

  it('keeps the kept with the revision, so that a third one knows them as the first did', async () => {
    const first = await make(day, failedOnDay, listing(resources));
    const late = backup(sales, day, 'FAILED');
    const more = [...failedOnDay, { ...late, eventID: 'late', eventTime: `${day}T09:00:00Z` }];
    await make(day, more, listing(resources.slice(1)));
    const third = await make(day, more, listing(resources.slice(1)));
    expect(await revisionsOf(day)).toEqual(['r1', 'r2']);
    const { madeBy } = JSON.parse(third.files.get('manifest.json')?.toString('utf8') ?? '') as Manifest;
    expect(Object.keys(madeBy)).toEqual(['hindsight', 'inventory']);
    expect(find(third.report)).toEqual(find(first.report));
  });

  it('says unknown of the protection where nobody knows it any more', async () => {
    await make(before, failedOnDay, listing(resources));
    const { report } = await make(day, failedOnDay, listing(resources.slice(1)));
    expect(find(report)?.controls['protection-enabled'].verdict).toBe('UNKNOWN');
  });
});
