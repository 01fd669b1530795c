import { parseInstant, toIso } from '../../../base/instants.js';
import { compareText } from '../../../base/text-order.js';
import {
  type PointGroup,
  type PointsByResource,
  type RecoveryPoint,
  type ResourcePoints,
  isLogKind,
  ofNobody,
} from '../model/recovery-point.js';

/*
 * recovery-points.ndjson.gz: one line for each resource, sorted by its id. What is not known or is as usual is left out, so
 * that 2,000,000 backups stay readable in seconds:
 *
 * {"resourceId":"ocid1.volume…","resourceType":"volume","resourceName":"data01","points":[{"id":"ocid1.volumebackup…",
 * "type":"FULL","created":"2026-11-19T02:00:00.000Z","end":"…","expires":"…","deleted":"…","result":"unsuccessful",
 * "bytes":1073741824}],
 * "groups":[{"groupId":"ocid1.volumegroup…","since":"…","until":"…"}]}
 */

/** A backup as it is written. Times are ISO 8601 UTC. JSON has no undefined: such a field is left out. */
interface PointLine {
  readonly id: string | undefined;
  readonly type: string | undefined;
  /** Left out: it succeeded. */
  readonly result: 'unsuccessful' | 'unknown' | 'untold' | undefined;
  readonly created: string | undefined;
  readonly end: string | undefined;
  readonly expires: string | undefined;
  readonly deleted: string | undefined;
  readonly sources: readonly string[] | undefined;
  readonly bytes: number | undefined;
}

/** Lines of the artefact, generated lazily. */
export function pointLines(points: PointsByResource): Iterable<object> {
  return {
    *[Symbol.iterator]() {
      for (const resourceId of [...points.keys()].sort(compareText)) {
        const known = points.get(resourceId);
        if (known !== undefined) yield lineOf(known);
      }
    },
  };
}

function lineOf({ resourceId, resourceType, resourceName, points, groups }: ResourcePoints): object {
  const written = points.map(writtenPoint);
  if (resourceId === ofNobody) return { resourceId: null, points: written };
  const named = { resourceId, resourceType, resourceName, points: written };
  return groups === undefined ? named : { ...named, groups: groups.map(writtenGroup) };
}

function writtenGroup({ groupId, sinceMs, untilMs }: PointGroup): object {
  return { groupId, since: writtenInstant(sinceMs), until: writtenInstant(untilMs) };
}

function writtenPoint({
  id,
  kind,
  result,
  createdMs,
  endMs,
  expiresMs,
  deletedMs,
  sources,
  sizeBytes,
}: RecoveryPoint): PointLine {
  return {
    id: id ?? undefined,
    type: kind ?? undefined,
    result: result === 'succeeded' ? undefined : result,
    created: writtenInstant(createdMs),
    end: writtenInstant(endMs),
    expires: writtenInstant(expiresMs),
    deleted: writtenInstant(deletedMs),
    sources: sources.length === 0 ? undefined : sources,
    bytes: sizeBytes,
  };
}

function writtenInstant(ms: number | null): string | undefined {
  return ms === null ? undefined : toIso(ms);
}

/**
 * Reads the lines back, one by one.
 *
 * @throws SyntaxError for a line that this program does not write; what the reading of the lines throws
 */
export async function readPointLines(lines: AsyncIterable<string>): Promise<PointsByResource> {
  const points = new Map<string, ResourcePoints>();
  const kinds: Kinds = new Map();
  for await (const line of lines) {
    const resource = resourceIn(JSON.parse(line), kinds);
    if (resource === undefined)
      throw new SyntaxError(`line ${points.size + 1} is no list of recovery points`);
    points.set(resource.resourceId, resource);
  }
  return points;
}

/** One parsed line; undefined: it is none that this program writes. */
export function readPointLine(line: unknown): ResourcePoints | undefined {
  return resourceIn(line, new Map());
}

function resourceIn(value: unknown, kinds: Kinds): ResourcePoints | undefined {
  if (!isObject(value) || !Array.isArray(value['points'])) return undefined;
  const { resourceId, resourceType, resourceName } = value;
  const points: RecoveryPoint[] = [];
  for (const each of value['points']) {
    const point = pointIn(each, kinds);
    if (point === undefined) return undefined;
    points.push(point);
  }
  if (resourceId === null) return { resourceId: ofNobody, resourceType: '', resourceName: '', points };
  if (typeof resourceId !== 'string' || typeof resourceType !== 'string') return undefined;
  const named = { resourceId, resourceType, resourceName: String(resourceName), points };
  if (value['groups'] === undefined) return named;
  const groups = groupsIn(value['groups']);
  return groups === undefined ? undefined : { ...named, groups };
}

function groupsIn(value: unknown): readonly PointGroup[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const groups: PointGroup[] = [];
  for (const each of value) {
    if (!isObject(each) || typeof each['groupId'] !== 'string') return undefined;
    const { groupId } = each;
    groups.push({ groupId, sinceMs: instantIn(each['since']), untilMs: instantIn(each['until']) });
  }
  return groups;
}

function pointIn(value: unknown, kinds: Kinds): RecoveryPoint | undefined {
  if (!isObject(value)) return undefined;
  const { id = null, type = null, result = 'succeeded', sources = none, bytes } = value;
  if ((typeof id !== 'string' && id !== null) || (typeof type !== 'string' && type !== null))
    return undefined;
  if (!isResult(result)) return undefined;
  if (!Array.isArray(sources)) return undefined;
  const kind = kinds.get(type) ?? newKind(kinds, type);
  return {
    id,
    kind,
    isLog: isLogKind(kind),
    result,
    createdMs: instantIn(value['created']),
    endMs: instantIn(value['end']),
    expiresMs: instantIn(value['expires']),
    deletedMs: instantIn(value['deleted']),
    sources: sources.length === 0 ? none : sources.map(String),
    ...(typeof bytes === 'number' && bytes >= 0 ? { sizeBytes: bytes } : {}),
  };
}

/** Each type once: two million backups have few. */
type Kinds = Map<string | null, string | null>;

function newKind(kinds: Kinds, type: string | null): string | null {
  kinds.set(type, type);
  return type;
}

const results: ReadonlySet<unknown> = new Set(['succeeded', 'unsuccessful', 'unknown', 'untold']);

function isResult(value: unknown): value is RecoveryPoint['result'] {
  return results.has(value);
}

const none: readonly string[] = [];

function instantIn(value: unknown): number | null {
  return parseInstant(value) ?? null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
