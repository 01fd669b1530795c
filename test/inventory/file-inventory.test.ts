import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileInventory } from '../../src/inventory/file/file-inventory.js';
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

/** What was expected, where the line is that; else the line. */
function toldAs(line: string, fault: string | RegExp | undefined): string | RegExp {
  return fault instanceof RegExp && fault.test(line) ? fault : line;
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

  const head = 'resourceId,resourceType,memberOf';
  const volume = 'ocid1.volume.oc1.iad.a';

  it.each<[string, string, readonly (string | RegExp)[]]>([
    [
      'types that nothing is of, with the nearest one',
      `resourceId,resourceType\na,databse\nb,BootVolume\nc,block storage\nocid1.volume.oc1.iad.x,disk\n`,
      [
        'line 2: resourceType databse is not known: is it database?',
        'line 3: resourceType bootvolume is not known: is it boot-volume?',
        /^line 4: resourceType block storage is not known: known types are database, autonomous-database, .+$/,
        'line 5: resourceType disk is not known: is it volume?',
      ],
    ],
    [
      'OCIDs of another type, and takes ids that are no OCIDs',
      `resourceId,resourceType\n${volume},database\nOCID1.DBBACKUP.OC1.IAD.B,database\nany id,database\n`,
      [
        `line 2: resourceId ${volume} is that of a volume, and not of a database: is the resourceType volume?`,
        'line 3: resourceId ocid1.dbbackup.oc1.iad.b is an OCID of the kind dbbackup, and not of a database: give the OCID of the resource itself',
      ],
    ],
    [
      'semicolons, once',
      'resourceId;resourceType\na;volume\nb;volume\n',
      ['its columns are separated by semicolons: use commas'],
    ],
    [
      'semicolons that Excel is told of, once',
      'sep=;\r\nresourceId;resourceType\r\na;volume\r\n',
      ['its columns are separated by semicolons: use commas'],
    ],
    [
      'semicolons between quoted columns, once',
      '\ufeff"resourceId";"resourceType"\r\n"a";"volume"\r\n',
      ['its columns are separated by semicolons: use commas'],
    ],
    [
      'tabs, once',
      'resourceId\tresourceType\na\tvolume\n',
      ['its columns are separated by tabs: use commas'],
    ],
    [
      'a quote where it opens, and what is wrong elsewhere',
      'resourceId,resourceType\na,volume\n"b,volume\nc,disc\n"d",volume\n"e,volume\n',
      [
        'line 3: Quote not closed: the one that opens on this line',
        /^line 4: resourceType disc is not known/,
        'line 6: Quote not closed: the one that opens on this line',
      ],
    ],
    [
      'a quote where it opens, though another field begins with one',
      'resourceId,resourceType,owner\na,volume,"x\nb,volume,",y"\n',
      ['line 2: Quote not closed: the one that opens on this line'],
    ],
    [
      'a quote within a field',
      'resourceId,resourceType,owner\na,volume,5" rack\nb,volume,"5" rack"\nc,disc\n',
      [
        'line 2: a field with a quote in it must stand in quotes, and the quote in it be written twice',
        'line 3: a field with a quote in it must stand in quotes, and the quote in it be written twice',
        'line 4: it has 2 fields, and the header has 3 columns',
      ],
    ],
    [
      'rows that are too long or too short, and columns that are unknown, once',
      'resourceId,resourceType,colour\na,volume,red\nb,volume\nc,volume,red,x\nd,volume,blue\n',
      [
        /^line 2: Unrecognized key: "colour"; known columns are resourceId, .+, memberOf$/,
        'line 3: it has 2 fields, and the header has 3 columns',
        'line 4: it has 4 fields, and the header has 3 columns',
      ],
    ],
    [
      'columns that are missing or twice',
      'resourceId,owner,owner\na,b,c\n',
      [
        /^line 1: the header has no column resourceType; known columns are /,
        'line 1: the header has the column owner twice',
      ],
    ],
    [
      'groups that are none',
      `${head}\n${volume},volume,ocid1.volume.oc1.iad.b\nocid1.database.oc1.iad.a,database,erp\nb,volume,c\nc,volume,\n`,
      [
        'line 2: memberOf ocid1.volume.oc1.iad.b is no volume group: give the OCID or the name of the group',
        'line 3: memberOf is for volumes and boot volumes; a database is in no volume group',
        'line 4: memberOf c is no volume group: give the OCID or the name of the group',
      ],
    ],
    [
      'a name that two groups have',
      'resourceId,resourceType,resourceName,memberOf\na,volume-group,erp,\nb,volume-group,ERP,\nc,volume,,erp\n',
      ['line 4: memberOf erp is the name of the groups on lines 2 and 3: give the OCID of one'],
    ],
  ])('tells %s', async (_name, text, faults) => {
    const file = await inventory('i.csv', text);
    const refused: unknown = await file.expectedResources([]).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: 'usage' });
    const [first, ...lines] = (refused instanceof Error ? refused.message : '').split('\n');
    expect(first).toBe('the inventory i.csv cannot be used:');
    expect(lines.map((line, nth) => toldAs(line.trim(), faults[nth]))).toEqual(faults);
  });

  it('takes a type that a policy names', async () => {
    const path = join(directory, 'i.csv');
    await writeFile(path, 'resourceId,resourceType\na,Exadata-Rack\n');
    const { resources } = await createFileInventory(path, 'i.csv', ['exadata-rack']).expectedResources([]);
    expect(resources).toEqual([expect.objectContaining({ resourceType: 'exadata-rack' })]);
  });

  it('says which volume group a volume is in', async () => {
    const csvFile = `${head}\n${volume},volume,ERP group\nb,boot-volume,\n`;
    const yaml = `- { resourceId: ${volume}, resourceType: volume, memberOf: ERP group }\n- { resourceId: b, resourceType: boot-volume }\n`;
    for (const file of [await inventory('i.csv', csvFile), await inventory('i.yaml', yaml)]) {
      const { resources } = await file.expectedResources([]);
      expect(resources.map(({ memberOf }) => memberOf)).toEqual(['ERP group', undefined]);
    }
  });

  it('of an archive is read back as it was accepted then', () => {
    const file = createFileInventory('none.csv', 'none.csv');
    const then = Buffer.from(`resourceId,resourceType\n${volume},database\nb,anything\n`);
    expect(file.readBack?.(then).map(({ resourceType }) => resourceType)).toEqual(['database', 'anything']);
  });

  it('in YAML is read back, though what YAML reads in another way than it is written is refused today', async () => {
    const text = `- { resourceId: ${volume}, resourceType: volume, tags: { version: 1.10 } }\n`;
    const file = await inventory('i.yaml', text);
    await expect(file.expectedResources([])).rejects.toThrow(
      'line 1: tags.version: 1.10 is read as the number 1.1',
    );
    expect(file.readBack?.(Buffer.from(text)).map(({ tags }) => tags)).toEqual([{ version: '1.1' }]);
  });

  it('that a spreadsheet wrote in UTF-16, with quotes over lines, is read with the lines of its rows', async () => {
    const text = '\ufeffresourceId,resourceType,owner\r\n"a","volume","Dow,\r\nJane ""J"""\r\nb,disc,\r\n';
    const path = join(directory, 'i.csv');
    await writeFile(path, Buffer.from(text, 'utf16le'));
    const refused = createFileInventory(path, 'i.csv').expectedResources([]);
    await expect(refused).rejects.toThrow(/line 4: resourceType disc/);
    const { resources } = await createFileInventory(path, 'i.csv', ['disc']).expectedResources([]);
    expect(resources[0]?.owner).toBe('Dow,\r\nJane "J"');
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
