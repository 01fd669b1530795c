import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataSafeEvent } from '../support/data-safe-events.js';
import { databaseEvent, restartIds, volumeEvent } from '../support/raw-event.js';
import { RebuildProject, linesOf } from '../support/rebuild-project.js';
import { firstPem } from '../support/signing.js';
import { StampingFolder, StampingServer } from '../support/timestamp-authority.js';
import { dayOfAllKinds as date, recordsOfAllKinds } from '../support/records-of-all-kinds.js';

const before = '2026-11-18';
const next = '2026-11-20';

const configuration = `plan: daily
timezone: America/New_York
sources: [{ type: local-files, name: exports, paths: ["./events/*"] }]
archive: { type: file-system, directory: ./archive }
`;

const inventory = `resourceId,resourceType,resourceName,owner
ocid1.database.oc1.iad.erpprd,database,ERPPRD,dba@example.com
ocid1.volume.oc1.iad.data01,volume,data01,
ocid1.volume.oc1.iad.data02,volume,data02,storage@example.com
`;

let project: RebuildProject;

beforeEach(restartIds);
afterEach(() => project.remove());

async function projectOf(
  files: Readonly<Record<string, string>>,
  real: readonly string[] = [],
): Promise<void> {
  const events = { 'events/a.ndjson': linesOf(recordsOfAllKinds) };
  project = await RebuildProject.create({ 'backup-report.yaml': configuration, ...events, ...files }, real);
}

/** What differs, for a message that says what is wrong. */
async function outcomes(...dates: readonly string[]): Promise<unknown> {
  return (await project.rebuild(dates)).map(({ date: day, revision, outcome, reason, differences }) => [
    `${day} r${revision}`,
    outcome,
    ...(reason === null ? [] : [reason]),
    ...differences.map(({ artefact, words }) => `${artefact}: ${words}`),
  ]);
}

const same = (day: string, revision = 1) => [`${day} r${revision}`, 'same-bytes'];
const success = (day: string, time = '05:00') => [
  databaseEvent('end', `${day}T${time}:00Z`, { resourceId: `ocid1.dbbackup.oc1.iad.${day}` }),
  volumeEvent('end', `${day}T${time}:30Z`, { resourceId: `ocid1.volumebackup.oc1.iad.${day}` }),
];

describe('a day is made again to the same bytes', () => {
  it('from a cold start, with records of all kinds', async () => {
    await projectOf({}, ['report.html']);
    expect(await project.make(date)).toMatchObject({ report: { status: 'INCOMPLETE' } });
    expect(await outcomes(date)).toEqual([same(date)]);
  });

  it('that is signed, waits for its time stamp, and was redacted', async () => {
    const sections = `signing: { key: "\${file:./key.pem}" }
timestamp: { url: "http://127.0.0.1:9/", ca: ./ca.pem }
redact: [{ field: principalName, by: drop }]
`;
    await projectOf({ 'backup-report.yaml': `${configuration}${sections}`, 'key.pem': firstPem });
    await project.make(date);
    expect(await outcomes(date)).toEqual([same(date)]);
  });

  it('with a table of frameworks of the company', async () => {
    const own =
      'id: house-rules\ntitle: House rules\nclauses: [{ clause: B-7, supports: [{ by: backup-succeeded }] }]\n';
    await projectOf({
      'backup-report.yaml': `${configuration}frameworks: [./own.yaml]\n`,
      'own.yaml': own,
    });
    await project.make(date);
    expect(await outcomes(date)).toEqual([same(date)]);
  });

  it('of database activity, by the days that the schedule looked back', async () => {
    const kind = 'report: database-activity\nexclude: [{ target: hr, reason: retired }]\n';
    const late = [
      dataSafeEvent({ auditEventTime: `${date}T15:00:00Z`, timeCollected: `${date}T16:00:00Z` }),
      dataSafeEvent({
        id: 'late',
        auditEventTime: '2026-11-10T15:00:00Z',
        timeCollected: `${date}T16:00:00Z`,
      }),
    ];
    await projectOf({
      'backup-report.yaml': `${configuration}${kind}schedule: { reconcileDays: 4 }\n`,
      'events/a.ndjson': linesOf(late),
    });
    await project.make(date);
    expect(await outcomes(date)).toEqual([same(date)]);
  });

  it('where it goes on from the day before', async () => {
    await projectOf({ 'events/b.ndjson': linesOf(success(next)) });
    await project.make(date);
    await project.make(next);
    expect(await outcomes(date, next)).toEqual([same(date), same(next)]);
  });

  it('where it was signed and stamped', async () => {
    const folder = await StampingFolder.create();
    const server = await StampingServer.start(folder);
    try {
      const signed = `signing: { key: "\${file:./signing-key.pem}" }
timestamp: { url: "http://${server.host}/", ca: ./tsa.pem }
`;
      await projectOf({
        'backup-report.yaml': configuration + signed,
        'signing-key.pem': firstPem,
        'tsa.pem': (await folder.read('ca.pem')).toString(),
      });
      expect(await project.make(date)).toMatchObject({ signature: { kind: 'signed' } });
      expect(await outcomes(date)).toEqual([same(date)]);
    } finally {
      await server.stop();
      await folder.remove();
    }
  });

  it('where it bridges days without a report, also one of 25 hours', async () => {
    const days = ['2026-10-30', '2026-10-31', '2026-11-01', '2026-11-02'];
    await projectOf({ 'events/b.ndjson': linesOf(days.flatMap((day) => success(day))) });
    await project.make('2026-10-30');
    const { report } = await project.make('2026-11-02');
    expect(report).toMatchObject({ previousReport: { bridgedDays: ['2026-10-31', '2026-11-01'] } });
    await project.make('2026-11-01');
    expect(await outcomes('2026-10-30', '2026-11-01', '2026-11-02')).toEqual(
      ['2026-10-30', '2026-11-01', '2026-11-02'].map((day) => same(day)),
    );
  });

  it('where sources cannot be read, wholly or in part', async () => {
    const sources = `sources:
  - { type: local-files, name: exports, paths: ["./events/*"] }
  - { type: local-files, paths: ["./missing/*.ndjson"] }
  - { type: local-files, name: silent, paths: ["./silent/*"] }
`;
    await projectOf({
      'backup-report.yaml': configuration.replace(/sources:.*\n/, sources),
      'silent/README.md': 'nothing',
      'silent/none.ndjson': '',
    });
    const packed = gzipSync(linesOf(success(date)).repeat(500));
    await writeFile(join(project.directory, 'events/torn.ndjson.gz'), packed.subarray(0, packed.length - 40));
    const { report } = await project.make(date);
    expect(report.sources.map(({ complete }) => complete)).toEqual([false, false, true]);
    expect(await outcomes(date)).toEqual([same(date)]);
  });

  it('where records are wrapped, hold several events, secrets or something else beside them', async () => {
    const [end, volume] = success(date);
    const audit = {
      ...end,
      eventID: 'audit',
      data: { ...end?.data, identity: { credentials: 'hunter2' }, request: { headers: { a: ['b'] } } },
    };
    const huge = { eventType: 'com.oraclecloud.x', eventTime: `${date}T01:00:00Z`, text: 'x'.repeat(70_000) };
    const records = [
      { '@timestamp': 'now', host: 'h', records: [end, volume] },
      { '@timestamp': 'now', message: JSON.stringify(volume) },
      { tags: ['a'], records: [end, { eventType: 'com.oraclecloud.new', eventTime: 'never' }] },
      { ...volume, eventID: 'with-another', inner: { ...end, eventID: 'inner' } },
      { ...end, eventID: 'with-payload', data: { ...end?.data, payload: volume } },
      audit,
      { ...audit, eventID: 'audit-unreadable', eventTime: 'never' },
      huge,
      { ...huge, eventTime: `${next}T02:00:00Z`, nested: { credentials: 'hunter2' } },
      `{ "credentials" : "hunter2", "eventTime": "2026-11-19T03:00:00Z", "eventID": 7 }`,
      `{"eventType":"com.oraclecloud.twice","eventType":"x","authorization":"Bearer hunter2"`,
      [],
      [[]],
      'null',
      `"${'y'.repeat(80_000)}`,
      ...success(next),
      ...success('2026-11-10'),
    ];
    await projectOf({
      'events/b.ndjson': linesOf(records),
      'events/c.json': JSON.stringify(records.slice(0, 6), null, 1),
    });
    const { report } = await project.make(date);
    expect(report.controlTotals.rejected).toBeGreaterThan(10);
    expect(report.sources[0]?.passedOver?.keys.length).toBeGreaterThan(1);
    expect(await outcomes(date)).toEqual([same(date)]);
  });

  it('where an earlier revision knew what sources give no more, and what nobody could read', async () => {
    await projectOf({ 'events/b.ndjson': linesOf(success(date)) });
    await project.make(date);
    await rm(join(project.directory, 'events/b.ndjson'));
    await project.write({ 'events/a.ndjson': linesOf(recordsOfAllKinds.slice(3, 11)) });
    await project.write({ 'events/late.ndjson': linesOf(success(date, '17:00')) });
    expect(await project.make(date)).toMatchObject({ revision: 2 });
    await project.write({ 'events/a.ndjson': '' });
    await project.write({ 'events/later.ndjson': linesOf(success(date, '18:00')) });
    const { report } = await project.make(date);
    expect(report.sources.map(({ name }) => name)).toEqual(['exports', 'evidence of r2']);
    expect(await outcomes(date)).toEqual([same(date), same(date, 2), same(date, 3)]);
  });

  it('where resources are listed in a file that had more of them before', async () => {
    const text = configuration.replace(
      'archive:',
      'inventory: { type: file, path: ../inventory.csv }\narchive:',
    );
    await projectOf({
      'backup-report.yaml': text.replace('../', './lists/'),
      'lists/inventory.csv': inventory,
    });
    await project.make(before);
    await project.make(date);
    await project.write({ 'lists/inventory.csv': inventory.split('\n').slice(0, 2).join('\n') });
    await project.write({ 'events/late.ndjson': linesOf(success(date, '17:00')) });
    expect(await project.make(date)).toMatchObject({ revision: 2 });
    await project.write({
      'lists/inventory.csv': inventory
        .split('\n')
        .slice(0, 1)
        .concat('ocid1.volume.oc1.iad.data03,volume,data03,')
        .join('\n'),
    });
    await project.make('2026-11-21');
    // Made after a later one: what is listed no more stays.
    await project.make(next);
    expect(await outcomes(before, date, next, '2026-11-21')).toEqual([
      same(before),
      same(date),
      same(date, 2),
      same(next),
      same('2026-11-21'),
    ]);
  });

  it("with a company's own templates, messages and logo, in German; with values of the environment", async () => {
    process.env['REBUILD_FOOTER'] = 'Siehe https://wiki.example.com/backup?page=1';
    const text = `${configuration}language: de
templates: ./own
consoleUrl: https://console.example.com/oci/
branding: { company: Beispiel, logo: ./pictures/Logo.SVG, footer: "\${REBUILD_FOOTER}", accent: "#336699" }
mail: { type: outbox, directory: ./outbox, from: a@example.com, to: [b@example.com] }
`;
    await projectOf(
      {
        'backup-report.yaml': text,
        'pictures/Logo.SVG': '<svg xmlns="http://www.w3.org/2000/svg"/>',
        'own/report.css': 'body { margin: 0 }\n',
        'own/mail.html.hbs': '{{#if}}',
        'own/messages/de/own.yaml': 'page: { column: { now: Jetzt gerade } }\n',
      },
      ['report.html'],
    );
    const { report } = await project.make(date);
    delete process.env['REBUILD_FOOTER'];
    expect(report.language).toBe('de');
    await rm(join(project.directory, 'own'), { recursive: true });
    await rm(join(project.directory, 'pictures'), { recursive: true });
    expect(await outcomes(date)).toEqual([same(date)]);
  });

  it('with slices of recipients, and rules of all sorts', async () => {
    const text = `${configuration}inventory: { type: file, path: ./inventory.csv }
policies:
  - { name: databases, match: { resourceType: database }, cadence: "weekdays:MON,THU", maxAge: 30h, severity: critical, owner: dba@example.com }
exclude: [{ match: { name: data02 }, reason: rebuilt nightly }]
waivers: [{ match: { name: data01 }, reason: "see https://x.example.com/CHG-1", approvedBy: ciso@example.com, expires: 2026-12-31 }]
recipients:
  - { name: Database team, match: { resourceType: database }, to: [dba@example.com] }
  - { name: By owner, to: owner }
mail: { type: outbox, directory: ./outbox, from: a@example.com, to: [b@example.com] }
tolerateRejected: 5
settleDelay: 3h
`;
    await projectOf({ 'backup-report.yaml': text, 'inventory.csv': inventory }, ['report.html']);
    await project.make(date);
    await project.make(next);
    const [first] = await project.rebuild([date]);
    expect(first).toMatchObject({ outcome: 'same-bytes', differences: [] });
    expect(await outcomes(date, next)).toEqual([same(date), same(next)]);
  });

  it('where a report before it was damaged, and has been made again since', async () => {
    await projectOf({ 'events/b.ndjson': linesOf([before, next].flatMap((day) => success(day))) });
    await project.make(before);
    await project.make(date);
    await writeFile(project.path(date, 'manifest.json'), '{}');
    const { report } = await project.make(next);
    expect(report.statusReasons.join()).toContain('manifest.json');
    await project.make(date);
    expect(await outcomes(before, next)).toEqual([same(before), same(next)]);
  });

  it('where it was made before the day was over, and again when it was; where the zone changed', async () => {
    await projectOf({ 'events/b.ndjson': linesOf(success(date)) });
    await project.make(before);
    await project.make(date, { hoursAfter: -4 });
    await project.make(date, { hoursAfter: 1 });
    await project.write({ 'backup-report.yaml': configuration.replace('America/New_York', 'Europe/Berlin') });
    await project.make(next);
    expect(await outcomes(before, date, next)).toEqual([same(before), same(date), same(date, 2), same(next)]);
  });
});
