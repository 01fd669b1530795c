import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Manifest } from '../../src/model/manifest.js';
import { packageRoot } from '../../src/package-root.js';
import { type JudgedReport, judge } from '../support/judge-day.js';
import { conditionEvent, databaseEvent, rawEvent, volumeEvent } from '../support/raw-event.js';
import { incompleteParts, reportOf, sampleReport, sampleSlice } from '../support/sample-report.js';

type Json = Record<string, unknown>;

const schemas = new Map<string, Json>();
for (const name of ['report', 'manifest']) {
  const text = await readFile(new URL(`schema/${name}.schema.json`, packageRoot), 'utf8');
  schemas.set(name, JSON.parse(text));
}
const validateReport = compile('report');
const validateManifest = compile('manifest');

function compile(name: string): ValidateFunction {
  // Strict: an unknown keyword, a misspelt one for instance, is an error.
  return new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
    schemas.get(name) ?? {},
  );
}

/** What the schema objects to, as `/totals/expected must be integer`. */
function complaints(validate: ValidateFunction, value: unknown): readonly string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function asJson<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value));
}

function fileOf<T>({ files }: JudgedReport, name: string): T {
  return JSON.parse(files.get(name)?.toString('utf8') ?? 'null');
}

/** The document with one value replaced, or left out where it is undefined. */
function spoiled(document: Json, path: string, value: unknown): Json {
  const keys = path.split('/');
  const last = keys.pop() ?? '';
  let parent = document;
  for (const key of keys) parent = parent[key] as Json;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return document;
}

/** A day with a success, a failure, a running backup, an incident, a stranger type and an unreadable line. */
async function eventfulDay(): Promise<JudgedReport> {
  return judge(
    [
      databaseEvent('begin', '2026-11-19T02:00:00Z'),
      databaseEvent('end', '2026-11-19T02:40:00Z'),
      volumeEvent('begin', '2026-11-19T03:00:00Z'),
      volumeEvent('end', '2026-11-19T03:10:00Z', { details: { status: 'operationFailed' } }),
      volumeEvent('begin', '2026-11-19T23:50:00Z', { resourceId: 'ocid1.volumebackup.oc1.iad.v2' }),
      conditionEvent('critical', 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE', '2026-11-19T05:00:00Z'),
      rawEvent({ type: 'newservice.createbackup.end', time: '2026-11-19T06:00:00Z' }),
      '{"eventType": "com.oraclecloud',
    ],
    '2026-11-19',
  );
}

describe('report.schema.json', () => {
  it.each([
    ['the sample report', sampleReport()],
    ['an incomplete report', sampleReport(incompleteParts())],
    ['a report of nothing', reportOf([])],
    ['a slice', sampleSlice()],
  ])('accepts %s', (_name, report) => {
    expect(complaints(validateReport, asJson(report))).toEqual([]);
  });

  it('accepts the report.json of an eventful day', async () => {
    const report = fileOf<Json>(await eventfulDay(), 'report.json');
    expect(complaints(validateReport, report)).toEqual([]);
    expect(report).toMatchObject({ status: 'INCOMPLETE' });
    for (const list of ['resources', 'incidents', 'rejectedRecords', 'sources']) {
      expect(report[list]).not.toHaveLength(0);
    }
  });

  it('accepts the report.json of a day without records', async () => {
    expect(complaints(validateReport, fileOf(await judge([], '2026-11-19'), 'report.json'))).toEqual([]);
  });

  it.each<[string, string, unknown, unknown]>([
    ['an unknown key', 'extra', 1, ' must NOT have additional properties'],
    [
      'an unknown key of a resource',
      'resources/0/extra',
      1,
      '/resources/0 must NOT have additional properties',
    ],
    ['a missing key', 'totals/expected', undefined, "/totals must have required property 'expected'"],
    ['a number as text', 'totals/expected', '12', '/totals/expected must be integer'],
    ['a count below zero', 'resources/0/attempts', -1, '/resources/0/attempts must be >= 0'],
    [
      'an unknown verdict',
      'resources/0/compliance',
      'FINE',
      '/resources/0/compliance must be equal to one of the allowed values',
    ],
    [
      'a control left out',
      'resources/0/controls/retention',
      undefined,
      "/resources/0/controls must have required property 'retention'",
    ],
    ['another version', 'schemaVersion', 2, '/schemaVersion must be equal to constant'],
    [
      'a time that is not in UTC',
      'generatedAt',
      '2026-11-20T06:00:00-05:00',
      expect.stringMatching(/^\/generatedAt must match pattern/),
    ],
    ['null for a list', 'incidents', null, '/incidents must be array'],
    ['an unknown key of a waiver', 'waivers/0/extra', 1, '/waivers/0 must NOT have additional properties'],
    ['a tag that is no text', 'resources/0/tags/env', 1, '/resources/0/tags/env must be string'],
    [
      'an expiry that is no date',
      'resources/1/waiver/expires',
      'soon',
      expect.stringMatching(/^\/resources\/1\/waiver\/expires must match pattern/),
    ],
    [
      'a kind of change that it does not know',
      'changes/0/kind',
      'rename',
      '/changes/0/kind must be equal to one of the allowed values',
    ],
    [
      'no word on where it goes on from',
      'previousReport',
      undefined,
      " must have required property 'previousReport'",
    ],
  ])('refuses %s', (_name, path, value, complaint) => {
    const report = spoiled(asJson(sampleReport()), path, value);
    expect(complaints(validateReport, report)).toContainEqual(complaint);
  });
});

describe('manifest.schema.json', () => {
  it('accepts the manifest of a revision', async () => {
    const manifest = fileOf<Manifest>(await eventfulDay(), 'manifest.json');
    expect(complaints(validateManifest, manifest)).toEqual([]);
    expect(manifest.artefacts.map(({ name }) => name)).toContain('report.json');
  });

  it('accepts a later revision that follows a day, a crash and many requests', async () => {
    const manifest = fileOf<Manifest>(await eventfulDay(), 'manifest.json');
    const [source] = manifest.sources;
    const later = {
      ...manifest,
      revision: 3,
      supersedes: {
        revision: 1,
        manifestSha256: 'ab'.repeat(32),
        reason: 'the events changed',
        changes: [],
        changesTotal: 0,
      },
      unfinishedRevisions: [2],
      previousManifest: { key: 'daily-backup/2026/11/18/r1/manifest.json', sha256: 'cd'.repeat(32) },
      sources: [{ ...source, requests: [{ path: 'a.ndjson', bytes: 12, complete: true, etag: null }] }],
    };
    expect(complaints(validateManifest, later)).toEqual([]);
  });

  it.each<[string, string, unknown, string]>([
    ['an unknown key', 'extra', 1, ' must NOT have additional properties'],
    ['revision 0', 'revision', 0, '/revision must be >= 1'],
    ['a missing digest', 'contentDigest', undefined, " must have required property 'contentDigest'"],
    [
      'a digest in upper case',
      'artefacts/0/sha256',
      'AB'.repeat(32),
      '/artefacts/0/sha256 must match pattern "^[0-9a-f]{64}$"',
    ],
    [
      'an object in a request',
      'sources/0/requests',
      [{ headers: {} }],
      '/sources/0/requests/0/headers must be string,number,boolean,null',
    ],
  ])('refuses %s', async (_name, path, value, complaint) => {
    const manifest = fileOf<Json>(await judge([], '2026-11-19'), 'manifest.json');
    expect(complaints(validateManifest, spoiled(manifest, path, value))).toContainEqual(complaint);
  });
});

describe('both schemas', () => {
  it.each(['report', 'manifest'])('%s: every field has a description', (name) => {
    expect(fieldsWithoutDescription(schemas.get(name), name)).toEqual([]);
  });

  it.each([
    // Names of tags are whatever somebody typed; so are keys of what an adapter says of a request, and names of files.
    ['report', ['report/$defs/tags']],
    [
      'manifest',
      ['manifest/properties/madeBy', 'manifest/properties/sources/items/properties/requests/items'],
    ],
  ])('%s: every object is closed, but for those with keys of any name', (name, open) => {
    expect(openObjects(schemas.get(name), name)).toEqual(open);
  });
});

function fieldsWithoutDescription(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { properties?: Record<string, Json> };
  const bare = Object.entries(properties ?? {}).filter(([, field]) => !field['description']);
  return [
    ...bare.map(([key]) => `${path}/${key}`),
    ...Object.entries(schema).flatMap(([key, value]) => fieldsWithoutDescription(value, `${path}/${key}`)),
  ];
}

function openObjects(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, additionalProperties } = schema as Json;
  return [
    ...(type === 'object' && additionalProperties !== false ? [path] : []),
    ...Object.entries(schema).flatMap(([key, value]) => openObjects(value, `${path}/${key}`)),
  ];
}
