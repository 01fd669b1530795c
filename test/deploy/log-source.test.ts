import { readFile, readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { isJsonObject } from '../../src/records/json.js';
import { unwrapRecord } from '../../src/records/envelopes/unwrap-record.js';
import { dataFields, detailFields } from '../../src/reports/backup-compliance/events/event-fields.js';
import {
  type ParsedEvent,
  createEventParser,
} from '../../src/reports/backup-compliance/events/parse-event.js';
import { eventColumns } from '../../src/sources/log-analytics/query-text.js';
import { deployFiles } from '../support/deploy/deploy-files.js';
import { logContentZip } from '../support/deploy/log-content.js';
import {
  type ReadLogContent,
  type RowForm,
  atJsonPath,
  readLogContent,
  rowOf,
} from '../support/deploy/log-content-reader.js';
import { rawEvent } from '../support/raw-event.js';

/** What the public parser OCI_Backup_Event maps, as its package has it: display or internal name, and path. */
const publicFields: readonly (readonly [name: string, path: string])[] = [
  ['eventtype', '$.eventType'],
  ['datasrc', '$.source'],
  ['starteventtime', '$.eventTime'],
  ['eventid', '$.eventID'],
  ['data', '$.data'],
  ['compartmentid', '$.data.compartmentId'],
  ['compartmentname', '$.data.compartmentName'],
  ['ocirsrcname', '$.data.resourceName'],
  ['availdomain', '$.data.availabilityDomain'],
  ['status', '$.data.additionalDetails.status'],
  ['additionalDetails', '$.data.additionalDetails'],
  ['timeCreated', '$.data.additionalDetails.timeCreated'],
  ['timeUpdated', '$.data.additionalDetails.timeUpdated'],
  ['LifecycleState', '$.data.additionalDetails.lifecycleState'],
  ['dbSystemId', '$.data.additionalDetails.dbSystemId'],
  ['dbHomeId', '$.data.additionalDetails.dbHomeId'],
  ['DBUniqueName', '$.data.additionalDetails.dbUniqueName'],
  ['dbVersion', '$.data.additionalDetails.dbVersion'],
  ['DatabaseEdition', '$.data.additionalDetails.databaseEdition'],
  ['autoBackupEnabled', '$.data.additionalDetails.autoBackupsEnabled'],
  ['recoveryWindowInDays', '$.data.additionalDetails.recoveryWindow'],
  ['BackupDestinationType', '$.data.additionalDetails.backupDestinationType'],
  ['backupType', '$.data.additionalDetails.backupType'],
  ['databaseId', '$.data.additionalDetails.databaseId'],
  ['isCdb', '$.data.additionalDetails.isCdb'],
  ['backupState', '$.data.additionalDetails.backupState'],
  ['sourceType', '$.data.additionalDetails.sourceType'],
  ['volumeName', '$.data.additionalDetails.volumeName'],
  ['volumeId', '$.data.additionalDetails.volumeId'],
];

/** Built-in fields that Oracle's own or public content names: another one would make the import fail. */
const provenBuiltIn = new Set(
  (
    'time rsrcid event eventid eventtype eventtypever datasrc eventsrc desc msg lifecycledetail dbid dbname ocirsrcname ' +
    'ocirsrcocid compartmentid compartmentname availdomain starteventtime endeventtime status type method path mbody data'
  ).split(' '),
);

let content: ReadLogContent;
let samples: readonly (readonly [name: string, event: Readonly<Record<string, unknown>>])[];

beforeAll(async () => {
  content = await readLogContent((await logContentZip()).bytes);
  const ours = new URL('test/fixtures/', packageRoot);
  const others = process.env['MORE_EVENTS'];
  samples = [
    ...(await eventsIn(ours)),
    ...(others === undefined ? [] : await eventsIn(new URL(`file://${others}/`))),
    ['every field', eventWithEveryField()],
  ];
});

/** The events of a folder's files, whatever they are wrapped in. */
async function eventsIn(folder: URL): Promise<[string, Readonly<Record<string, unknown>>][]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const events: [string, Readonly<Record<string, unknown>>][] = [];
  for (const name of names) {
    const { found } = unwrapRecord(JSON.parse(await readFile(new URL(name, folder), 'utf8')));
    for (const each of found) if (each.ok) events.push([name, each.event]);
  }
  return events;
}

/** A backup event in which each field that the program uses has a value of its own. */
function eventWithEveryField(): Readonly<Record<string, unknown>> {
  const valueOf = (name: string): string =>
    name.startsWith('time') || name.endsWith('Time') ? time : `the ${name}`;
  const time = '2026-11-19T01:00:00Z';
  const own = { recoveryWindow: '30', autoBackupsEnabled: 'true', databaseId: 'ocid1.database.oc1.iad.x' };
  return rawEvent({
    type: 'databaseservice.automaticbackupdatabase.end',
    time,
    id: 'every-field',
    data: {
      ...Object.fromEntries(dataFields.map((name) => [name, valueOf(name)])),
      freeformTags: { env: 'prod' },
      definedTags: { Operations: { owner: 'dba' } },
      additionalDetails: { ...Object.fromEntries(detailFields.map((name) => [name, valueOf(name)])), ...own },
    },
  });
}

function parsed(record: unknown): readonly ParsedEvent[] {
  const parse = createEventParser();
  return unwrapRecord(record).found.map((each) => {
    if (!each.ok) throw new Error(each.reason);
    return parse(each.event);
  });
}

/** Names in brackets. */
const listed = (line: string): string[] => /\[(.*)\]/.exec(line)?.[1]?.split(', ') ?? [];

/** As Connector Hub writes it into a bucket. */
function asMessage(event: unknown): unknown {
  const value = Buffer.from(JSON.stringify(event)).toString('base64');
  return { stream: 'ocid1.stream.oc1.iad.s', partition: '0', key: null, value, offset: 7, timestamp: 1 };
}

describe('the files that are made of the code', () => {
  it('are as the code gives them: npm run deploy-files', async () => {
    const files = await deployFiles();
    for (const [path, bytes] of files) {
      expect([path, await readFile(new URL(path, packageRoot), 'hex')]).toEqual([
        path,
        bytes.toString('hex'),
      ]);
    }
    const folder = await readdir(new URL('deploy/log-analytics/', packageRoot));
    expect(folder.filter((name) => name.endsWith('.zip'))).toHaveLength(1);
  });

  it('have the same bytes however often they are made', async () => {
    const [first, second] = [await logContentZip(), await logContentZip()];
    expect(second.bytes.equals(first.bytes)).toBe(true);
    expect(second.name).toBe(first.name);
  });
});

describe('the importable log source', () => {
  it('has the elements of an export, in their order', () => {
    const order = content.elements.filter((name, index) => name !== content.elements[index - 1]);
    expect(order).toEqual(['Field', 'Parser', 'Source', 'FieldNameMaps']);
  });

  it('has names of its own, so that it replaces nothing of a tenancy', () => {
    expect(content.sourceName).toBe('OCI_Backup_Reporter_Events');
    expect(content.parserNames).toEqual(['OCI_Backup_Reporter_Event', 'OCI_Backup_Reporter_Event']);
  });

  it('makes each field that is not built in, once, and names it', () => {
    const own = content.parserFields
      .filter(({ name }) => /^udf[sidf]\d+$/.test(name))
      .map(({ name }) => name);
    expect(own).toEqual([...content.names.keys()]);
    expect([...content.names.values()]).toEqual([...content.madeFields.keys()]);
    const types = { udfs: 'STRING', udfi: 'INTEGER', udfd: 'TIMESTAMP' };
    for (const [name, shown] of content.names) {
      expect(content.madeFields.get(shown)).toBe(types[name.slice(0, 4) as keyof typeof types]);
    }
    const others = content.parserFields.filter(({ name }) => !content.names.has(name));
    expect(others.filter(({ name }) => !provenBuiltIn.has(name))).toEqual([]);
  });

  it('has each field and each place of the order once', () => {
    const names = content.parserFields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(content.parserFields.map(({ sequence }) => sequence)).toEqual(names.map((_, index) => index + 1));
    const shown = [...content.names.values()].map((each) => each.toLowerCase());
    expect(new Set(shown).size).toBe(shown.length);
  });

  it('maps all that the public one maps, under the same names', () => {
    const ours = new Set(
      content.parserFields.map(({ name, path }) => [content.names.get(name) ?? name, path].join(' ')),
    );
    expect(publicFields.map((each) => each.join(' ')).filter((each) => !ours.has(each))).toEqual([]);
  });

  it('gives records the time of the event', () => {
    expect(content.parserFields).toContainEqual(
      expect.objectContaining({ name: 'time', path: '$.eventTime' }),
    );
  });

  it('maps every field that the program uses', () => {
    const paths = new Set(content.parserFields.map(({ path }) => path));
    const used = [
      ...dataFields.map((name) => `$.data.${name}`),
      ...detailFields.map((name) => `$.data.additionalDetails.${name}`),
    ];
    expect(used.filter((path) => !paths.has(path))).toEqual([]);
  });

  it('says in its README what it brings and what it refers to', () => {
    const [, , , own = '', , , builtIn = ''] = content.readme.split('\n');
    expect(listed(own)).toEqual([...content.madeFields.keys()].toSorted());
    const others = content.parserFields.flatMap(({ name }) => (content.names.has(name) ? [] : name));
    expect(listed(builtIn)).toEqual(others.toSorted());
  });

  it('has an example that its own paths can read', () => {
    const example: unknown = JSON.parse(content.example);
    expect(atJsonPath(example, '$.eventType')).toBe('com.oraclecloud.databaseservice.backupdatabase.end');
  });
});

describe('a row of the log source, without its original content', () => {
  const forms: readonly RowForm[] = [
    {},
    { byInternalName: true },
    { timesAsNumbers: true },
    { byInternalName: true, timesAsNumbers: true },
  ];

  it.each(forms)('is read as the same event is from the raw copy: %j', (form) => {
    expect(samples.length).toBeGreaterThan(8);
    for (const [name, event] of samples) {
      const fromBucket = parsed(asMessage(event));
      expect([name, fromBucket.length]).toEqual([name, 1]);
      expect([name, parsed(rowOf(content, event, form))]).toEqual([name, fromBucket]);
    }
  });

  it('is read the same by its single columns, where the whole of the details is missing', () => {
    const event = eventWithEveryField();
    const { additionalDetails: _, ...row } = rowOf(content, event);
    expect(parsed(row)).toEqual(parsed(asMessage(event)));
    // Each column counts: another value in it is seen, or is one that another field goes before.
    const { found } = unwrapRecord(row);
    const [first] = found;
    const data = first?.ok === true && isJsonObject(first.event['data']) ? first.event['data'] : {};
    expect(data['additionalDetails']).toEqual(atJsonPath(event, '$.data.additionalDetails'));
    expect(dataFields.map((name) => data[name])).toEqual(dataFields.map((name) => `the ${name}`));
  });
});

describe('the columns that a query asks for', () => {
  it('are those of our log source where it is read, and those of the public one otherwise', () => {
    const shown = new Set(content.parserFields.map(({ name }) => content.names.get(name) ?? name));
    const own = eventColumns('OCI_Backup_Reporter_Events').filter((name) => !name.includes(' '));
    expect(own.filter((name) => !shown.has(name) && name !== 'Time' && name !== 'Status')).toEqual([]);
    expect(own).toEqual(
      expect.arrayContaining(['resourceId', 'lifecycleDetails', 'eventName', 'bootVolumeId']),
    );
    const publicOnes = new Set(publicFields.map(([name]) => name));
    const asked = eventColumns('OCI_Backup_Event_Source').filter((name) => !name.includes(' '));
    expect(asked.filter((name) => !publicOnes.has(name))).toEqual(['Time', 'Status']);
  });
});
