import { describe, expect, it } from 'vitest';
import { pointLines, readPointLines } from '../../../../src/reports/backup-compliance/memory/point-lines.js';
import {
  type RecoveryPoint,
  type ResourcePoints,
  ofNobody,
} from '../../../../src/reports/backup-compliance/model/recovery-point.js';

const noon = Date.parse('2026-11-19T12:00:00Z');
const point: RecoveryPoint = {
  id: null,
  kind: null,
  isLog: false,
  result: 'succeeded',
  createdMs: null,
  endMs: null,
  expiresMs: null,
  deletedMs: null,
  sources: [],
};
const volume = { resourceId: 'ocid1.volume.a', resourceType: 'volume', resourceName: 'data01' };

function mapOf(...resources: readonly ResourcePoints[]): ReadonlyMap<string, ResourcePoints> {
  return new Map(resources.map((each) => [each.resourceId, each]));
}

/** As the lines are in the file. */
function written(...resources: readonly ResourcePoints[]): readonly string[] {
  return [...pointLines(mapOf(...resources))].map((line) => JSON.stringify(line));
}

async function* linesOf(...lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

describe('a backup', () => {
  it.each<[string, Partial<RecoveryPoint>, object]>([
    ['of which nothing is known', {}, {}],
    ['with an id', { id: 'ocid1.volumebackup.a' }, { id: 'ocid1.volumebackup.a' }],
    ['with a type', { kind: 'FULL' }, { type: 'FULL' }],
    ['of logs', { kind: 'ARCHIVELOG', isLog: true }, { type: 'ARCHIVELOG' }],
    ['that failed', { result: 'unsuccessful' }, { result: 'unsuccessful' }],
    ['of unknown end', { result: 'unknown' }, { result: 'unknown' }],
    ['known by its deletion', { result: 'untold' }, { result: 'untold' }],
    ['with the time of its creation', { createdMs: noon }, { created: '2026-11-19T12:00:00.000Z' }],
    ['with the time of its end', { endMs: noon }, { end: '2026-11-19T12:00:00.000Z' }],
    ['that expires', { expiresMs: noon }, { expires: '2026-11-19T12:00:00.000Z' }],
    ['that was deleted', { deletedMs: noon }, { deleted: '2026-11-19T12:00:00.000Z' }],
    ['of two sources', { sources: ['events', 'audit'] }, { sources: ['events', 'audit'] }],
    ['with a size', { sizeBytes: 1024 }, { bytes: 1024 }],
    ['of no bytes', { sizeBytes: 0 }, { bytes: 0 }],
  ])('%s is written with what is known, and read back the same', async (_words, over, fields) => {
    const resource = { ...volume, points: [{ ...point, ...over }] };
    const lines = written(resource);
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([{ ...volume, points: [fields] }]);
    expect(await readPointLines(linesOf(...lines))).toEqual(mapOf(resource));
  });

  it.each([
    ['a negative size', { bytes: -1 }],
    ['a size in words', { bytes: '1 GB' }],
    ['no instant', { end: 'yesterday' }],
  ])('with %s is known without it', async (_words, fields) => {
    const line = JSON.stringify({ ...volume, points: [fields] });
    expect(await readPointLines(linesOf(line))).toEqual(mapOf({ ...volume, points: [point] }));
  });
});

describe('the lines', () => {
  it('are one for each resource, in the order of their ids', () => {
    const lines = written(
      { ...volume, resourceId: 'ocid1.volume.b', points: [] },
      { ...volume, resourceId: 'ocid1.volume.a', points: [point, point] },
      { ...volume, resourceId: 'ocid1.volume.C', points: [] },
    );
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      { ...volume, resourceId: 'ocid1.volume.C', points: [] },
      { ...volume, resourceId: 'ocid1.volume.a', points: [{}, {}] },
      { ...volume, resourceId: 'ocid1.volume.b', points: [] },
    ]);
  });

  it('have backups that nobody is known to own without a resource', async () => {
    const nobody = { resourceId: ofNobody, resourceType: '', resourceName: '', points: [point] };
    expect(written(nobody)).toEqual(['{"resourceId":null,"points":[{}]}']);
    expect(await readPointLines(linesOf(...written(nobody)))).toEqual(mapOf(nobody));
  });

  it('say since when and until when a volume was in a group', async () => {
    const groups = [
      { groupId: 'ocid1.volumegroup.a', sinceMs: null, untilMs: noon },
      { groupId: 'ocid1.volumegroup.b', sinceMs: noon, untilMs: null },
    ];
    const resource = { ...volume, points: [], groups };
    expect(written(resource).map((line): unknown => JSON.parse(line))).toEqual([
      {
        ...volume,
        points: [],
        groups: [
          { groupId: 'ocid1.volumegroup.a', until: '2026-11-19T12:00:00.000Z' },
          { groupId: 'ocid1.volumegroup.b', since: '2026-11-19T12:00:00.000Z' },
        ],
      },
    ]);
    expect(await readPointLines(linesOf(...written(resource)))).toEqual(mapOf(resource));
  });

  it.each<[string, unknown]>([
    ['no object', 'points'],
    ['nothing', null],
    ['without backups', volume],
    ['with backups that are no list', { ...volume, points: {} }],
    ['with a backup that is no object', { ...volume, points: [{}, 1] }],
    ['with a backup that is nothing', { ...volume, points: [null] }],
    ['with an id that is a number', { ...volume, points: [{ id: 1 }] }],
    ['with a type that is a number', { ...volume, points: [{ type: 1 }] }],
    ['with a result that nobody writes', { ...volume, points: [{ result: 'fine' }] }],
    ['with sources that are no list', { ...volume, points: [{ sources: 'events' }] }],
    ['without a resource', { points: [] }],
    ['with a resource that is a number', { ...volume, resourceId: 1, points: [] }],
    ['without the type of the resource', { ...volume, resourceType: undefined, points: [] }],
    ['with groups that are no list', { ...volume, points: [], groups: {} }],
    ['with a group that is nothing', { ...volume, points: [], groups: [null] }],
    ['with a group without an id', { ...volume, points: [], groups: [{ since: '2026-11-19T12:00:00Z' }] }],
  ])('are refused with one %s, and the error says which', async (_words, line) => {
    const lines = linesOf(...written({ ...volume, points: [] }), JSON.stringify(line));
    await expect(readPointLines(lines)).rejects.toThrow(
      new SyntaxError('line 2 is no list of recovery points'),
    );
  });
});
