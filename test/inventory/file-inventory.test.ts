import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileInventory } from '../../src/inventory/file-inventory.js';
import { judge } from '../support/judge-day.js';
import { databaseEvent } from '../support/raw-event.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'inventory-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function inventory(name: string, text: string) {
  await writeFile(join(directory, name), text);
  return createFileInventory(join(directory, name), name);
}

const csv = `resourceId,resourceType,resourceName,compartment,owner,tags,created
OCID1.DATABASE.OC1.IAD.ERPPRD,Database,ERPPRD,prod,"Dow, Jane",env=prod;tier=1,2026-11-18

ocid1.volume.oc1.iad.x,volume,"data ""x""",,,,
`;

describe('an inventory file', () => {
  it('in CSV is read with its quotes, owners and tags', async () => {
    const { resources } = await (await inventory('i.csv', csv)).expectedResources([]);
    expect(resources).toEqual([
      {
        resourceId: 'ocid1.database.oc1.iad.erpprd',
        resourceType: 'database',
        resourceName: 'ERPPRD',
        compartmentId: null,
        compartmentName: 'prod',
        owner: 'Dow, Jane',
        tags: { env: 'prod', tier: '1' },
        createdTime: '2026-11-18T00:00:00.000Z',
      },
      expect.objectContaining({ resourceName: 'data "x"', owner: null, tags: {}, createdTime: null }),
    ]);
  });

  it('in YAML is read alike', async () => {
    const text = '- { resourceId: ocid1.volume.oc1.iad.x, resourceType: volume, tags: { env: prod } }\n';
    const { resources } = await (await inventory('i.yaml', text)).expectedResources([]);
    expect(resources[0]).toMatchObject({ resourceName: 'ocid1.volume.oc1.iad.x', tags: { env: 'prod' } });
  });

  it.each([
    ['a date', '2026-11-18', '2026-11-18T00:00:00.000Z'],
    ['an instant', '2026-11-18T06:30:00Z', '2026-11-18T06:30:00.000Z'],
    ['an instant of another zone', '2026-11-18T06:30:00.5+05:30', '2026-11-18T01:00:00.500Z'],
  ])('says when a resource was made, by %s', async (_words, created, createdTime) => {
    const asCsv = `resourceId,resourceType,created\na,volume,${created}\nb,volume,\n`;
    const asYaml = `- { resourceId: a, resourceType: volume, created: '${created}' }\n- { resourceId: b, resourceType: volume, created: }\n`;
    for (const file of [await inventory('i.csv', asCsv), await inventory('i.yaml', asYaml)]) {
      const { resources } = await file.expectedResources([]);
      expect(resources.map((each) => each.createdTime)).toEqual([createdTime, null]);
    }
  });

  it.each([
    [
      'i.csv',
      'resourceId,resourceType,created\na,volume,2026-02-30\nb,volume,18.11.2026\nc,volume,2026-11-18T06:30:00\n',
      [
        'line 2: created "2026-02-30" is neither a date \\(2026-11-19\\) nor an instant',
        'line 3: created "18.11.2026" is neither',
        'line 4: created "2026-11-18T06:30:00" is neither',
      ],
    ],
    [
      'i.yaml',
      '- resourceId: a\n  resourceType: volume\n- { resourceId: b, resourceType: volume, created: 2026 }\n',
      ['line 3: created 2026 is neither'],
    ],
    [
      'i.csv',
      'resourceId,resourceType\n,database\nocid1.x,\n',
      ['line 2: resourceId is required', 'line 3: resourceType is required'],
    ],
    ['i.csv', 'resourceId,resourceType,colour\na,database,red\n', ['line 2: .*"colour".*known columns are']],
    [
      'i.csv',
      'resourceId,resourceType\na,database\nA,database\n',
      ['line 3: resourceId a is on line 2 already'],
    ],
    ['i.csv', 'resourceId,resourceType\n', ['it lists no resource']],
    ['i.csv', 'resourceId,resourceType\n"a,database\n', ['Quote']],
    [
      'i.yaml',
      '- resourceId: a\n  resourceType: database\n- resourceType: volume\n',
      ['line 3: resourceId is required'],
    ],
    ['i.yaml', 'resourceId: a\n', ['it must be a list']],
    ['i.yaml', '- [unclosed\n', ['line']],
  ])('%s with %j is refused with its faults and lines', async (name, text, faults) => {
    const refused = (await inventory(name, text)).expectedResources([]);
    await expect(refused).rejects.toMatchObject({ kind: 'usage' });
    for (const fault of faults) await expect(refused).rejects.toThrow(new RegExp(fault));
  });

  it('that is not there is a usage failure', async () => {
    const missing = createFileInventory(join(directory, 'none.csv'), 'none.csv');
    await expect(missing.expectedResources([])).rejects.toMatchObject({ kind: 'usage' });
  });

  it('decides what is expected: a listed one unseen is MISSED, a seen one unlisted is named', async () => {
    const text = 'resourceId,resourceType,resourceName\nocid1.volume.oc1.iad.never,volume,never-seen\n';
    const { report } = await judge([databaseEvent('end', '2026-11-19T02:00:00Z')], '2026-11-19', {
      inventory: await inventory('i.csv', text),
    });
    expect(report.totals.expected).toBe(1);
    expect(report.resources[0]).toMatchObject({ resourceName: 'never-seen', outcome: 'MISSED' });
    expect(report.notInInventory).toEqual([
      expect.objectContaining({
        resourceId: 'ocid1.database.oc1.iad.erpprd',
        resourceType: 'database',
        resourceName: 'ERPPRD_iad1kq',
        attempts: 1,
        outcome: 'SUCCEEDED',
      }),
    ]);
  });
});
