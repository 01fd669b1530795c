import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/digest.js';
import { type JudgedReport, type Settings, judgeInto } from '../support/judge-day.js';
import { rawEvent, volumeEvent } from '../support/raw-event.js';
import { policyRule } from '../support/rules.js';

const name = 'recovery-points.ndjson.gz';
const settings: Settings = {
  rules: { policies: [policyRule({ minRetentionMs: 30 * 24 * 3_600_000 })] },
};
const made = (volume: string, backup: string, time: string) =>
  volumeEvent('end', time, {
    id: `event-${volume}-${backup}`,
    resourceId: `ocid1.volumebackup.oc1.iad.${backup}`,
    details: { volumeId: `ocid1.volume.oc1.iad.${volume}`, volumeName: volume, backupType: 'INCREMENTAL' },
  });
const records = [
  made('data02', 'c18', '2026-11-18T03:00:00Z'),
  made('data01', 'b18', '2026-11-18T02:00:00Z'),
  made('data01', 'b19', '2026-11-19T02:00:00Z'),
];
const deletion = rawEvent({
  type: 'blockvolumes.deletevolumebackup.end',
  time: '2026-11-20T10:00:00Z',
  resourceId: 'ocid1.volumebackup.oc1.iad.b19',
  details: { backupState: 'TERMINATED' },
});

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recovery-points-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** An archive with a report of the 19th. */
async function archiveOf(
  test: string,
): Promise<{ readonly archive: string; readonly revision: string; readonly made: JudgedReport }> {
  const archive = join(directory, test);
  const report = await judgeInto(archive, '2026-11-19', { ...settings, records });
  return { archive, revision: join(archive, 'test/2026/11/19/r1'), made: report };
}

const nextDay = (archive: string): Promise<JudgedReport> =>
  judgeInto(archive, '2026-11-20', { ...settings, records: [...records, deletion] });

const volumeOf = ({ report }: JudgedReport) =>
  report.resources.find(({ resourceName }) => resourceName === 'data01');

const lineOf = (volume: string, points: readonly (readonly [string, string])[]) => ({
  resourceId: `ocid1.volume.oc1.iad.${volume}`,
  resourceType: 'volume',
  resourceName: volume,
  points: points.map(([id, end]) => ({
    id: `ocid1.volumebackup.oc1.iad.${id}`,
    type: 'INCREMENTAL',
    end,
  })),
});

describe('recovery-points.ndjson.gz', () => {
  it('has a line for each resource, sorted, with the same bytes whatever the order of reading', async () => {
    const { made: first } = await archiveOf('first');
    const second = await judgeInto(join(directory, 'second'), '2026-11-19', {
      ...settings,
      records: records.toReversed(),
    });
    const bytes = first.files.get(name) ?? Buffer.alloc(0);
    expect(second.files.get(name)).toEqual(bytes);
    const lines = gunzipSync(bytes).toString('utf8').trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      lineOf('data01', [
        ['b18', '2026-11-18T02:00:00.000Z'],
        ['b19', '2026-11-19T02:00:00.000Z'],
      ]),
      lineOf('data02', [['c18', '2026-11-18T03:00:00.000Z']]),
    ]);
    const manifest = JSON.parse((first.files.get('manifest.json') ?? '').toString());
    expect(manifest.artefacts).toContainEqual(expect.objectContaining({ name, sha256: sha256Hex(bytes) }));
  });

  it('is gone on from', async () => {
    const { archive } = await archiveOf('whole');
    const { report, ...rest } = await nextDay(archive);
    expect(report.status).toBe('COMPLETE');
    expect(volumeOf({ report, ...rest })).toMatchObject({
      recoveryPoints: { count: 1, newest: '2026-11-18T02:00:00.000Z' },
      lastSuccessTime: '2026-11-19T02:00:00.000Z',
    });
  });

  it.each([
    ['is not there', async (path: string) => rm(path)],
    ['is damaged', async (path: string) => writeFile(path, gzipSync('{}'))],
  ])('that the manifest lists and that %s: the report is INCOMPLETE and names it', async (how, damage) => {
    const { archive, revision } = await archiveOf(`bad ${how}`.replaceAll(' ', '-'));
    await damage(join(revision, name));
    const { report } = await nextDay(archive);
    expect(report.status).toBe('INCOMPLETE');
    expect(report.statusReasons).toEqual([expect.stringContaining(`r1/${name}`)]);
    expect(report.previousReport).toBeNull();
  });

  it.each([
    'no gzip',
    gzipSync('no JSON\n'),
    gzipSync('{"resourceId":"x"}\n'),
    gzipSync('{"resourceId":"x","resourceType":"y","points":[{"result":"z"}]}\n'),
  ])('of the manifest and yet unreadable: the report is INCOMPLETE and names it (%#)', async (content) => {
    const { archive, revision } = await archiveOf(
      `unreadable-${sha256Hex(Buffer.from(content)).slice(0, 8)}`,
    );
    await writeFile(join(revision, name), content);
    await editManifest(revision, (artefacts) =>
      artefacts.map((each) =>
        each.name === name ? { ...each, sha256: sha256Hex(Buffer.from(content)) } : each,
      ),
    );
    const { report } = await nextDay(archive);
    expect(report.status).toBe('INCOMPLETE');
    expect(report.statusReasons).toEqual([expect.stringContaining(name)]);
  });

  it('that the manifest does not list: the last success is a recovery point without an id', async () => {
    const { archive, revision } = await archiveOf('older');
    await rm(join(revision, name));
    await editManifest(revision, (artefacts) => artefacts.filter((each) => each.name !== name));
    const last = await nextDay(archive);
    expect(last.report.status).toBe('COMPLETE');
    expect(volumeOf(last)).toMatchObject({
      recoveryPointAgeSeconds: 46 * 3600,
      recoveryPoints: { count: 1, newest: '2026-11-19T02:00:00.000Z', oldest: '2026-11-19T02:00:00.000Z' },
      // The backup was deleted by its id, which that archive did not keep.
      controls: { 'no-early-deletion': { verdict: 'UNKNOWN' } },
    });
    expect(last.report.findings.map(({ kind }) => kind)).toContain('deletion-unmatched');
  });
});

interface Entry {
  readonly name: string;
}

async function editManifest(
  revision: string,
  edit: (artefacts: readonly Entry[]) => readonly Entry[],
): Promise<void> {
  const path = join(revision, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...manifest, artefacts: edit(manifest.artefacts) }));
}
