import { parseInstant } from '../../../base/instants.js';
import type { DayMemory, RememberedResource } from '../model/day-memory.js';
import type { Incident } from '../model/incident.js';
import type { LastKnown } from '../model/resource-compliance.js';
import { isNamedOnly, namedResourceId } from '../model/named-resource.js';
import { type PointsByResource, type ResourcePoints, timeOfPoint } from '../model/recovery-point.js';
import { unknownName } from '../model/unknown-resource.js';
import type { KnownNames } from './known-names.js';
import { PointList } from './merge-points.js';
import type { UndecidedName } from './resolve-names.js';
import { later } from './resource-history.js';

/** A memory, and what it knew of under names that mean two resources by now: it is followed no longer. */
interface MovedMemory {
  readonly memory: DayMemory;
  readonly givenUp: readonly UndecidedName[];
}

/**
 * The memory with the resources that were known by name alone under the OCID that is known by now. A history of the
 * OCID's own goes on, with what the other one knows later.
 */
export function moveMemory(memory: DayMemory, names: KnownNames): MovedMemory {
  const resources = new Map<string, RememberedResource>();
  const moved: RememberedResource[] = [];
  const givenUp: UndecidedName[] = [];
  for (const each of memory.resources.values()) {
    const decision = names.decide(each, parseInstant(each.lastKnown.seen) ?? memory.cutOffMs);
    if (decision.kind === 'own') resources.set(each.resourceId, each);
    else if (decision.kind === 'joined') moved.push({ ...each, ...decision.resource });
    else givenUp.push({ resourceName: each.resourceName, candidates: decision.candidates });
  }
  const incidents = memory.incidents.map((incident) => moveIncident(incident, names));
  const isSame = moved.length === 0 && givenUp.length === 0;
  for (const each of moved) {
    const known = resources.get(each.resourceId);
    resources.set(each.resourceId, known === undefined ? each : together(known, each));
  }
  const points = movePoints(memory.points, names);
  return {
    memory: { ...memory, resources: isSame ? memory.resources : resources, incidents, points },
    givenUp,
  };
}

/** Those of a name that is not decided stay as they are: their ids still tell which of them are deleted. */
function movePoints(points: PointsByResource, names: KnownNames): PointsByResource {
  const named = [...points.values()].filter(isNamedOnly);
  const joined = named.flatMap((each) => {
    const newest = each.points.at(-1);
    const decision = names.decide(each, newest === undefined ? 0 : timeOfPoint(newest));
    return decision.kind === 'joined' ? [{ from: each, to: decision.resource }] : [];
  });
  if (joined.length === 0) return points;
  const moved = new Map(points);
  for (const { from, to } of joined) {
    moved.delete(from.resourceId);
    const { resourceId, resourceType, resourceName } = to;
    const name = { resourceId, resourceType, resourceName };
    moved.set(resourceId, { ...name, points: pointsTogether(moved.get(resourceId), from) });
  }
  return moved;
}

function pointsTogether(known: ResourcePoints | undefined, other: ResourcePoints): ResourcePoints['points'] {
  const list = new PointList(known?.points ?? []);
  for (const point of other.points) list.add(point);
  return list.sorted();
}

function moveIncident(incident: Incident, names: KnownNames): Incident {
  const lastSeenMs = parseInstant(incident.lastSeenAt) ?? 0;
  const renamed = fromVersion01(incident);
  const { resourceId, resourceType, resourceName } = names.resolve(renamed, lastSeenMs);
  return { ...incident, resourceId, resourceType, resourceName };
}

/** Version 0.1 kept notices without an OCID of all databases under one id, and the name beside it. */
function fromVersion01({ resourceId, resourceType, resourceName }: Incident) {
  const isNamed = resourceId === 'unknown:database' && resourceName !== unknownName;
  const within = { region: null, compartmentId: null, dbSystemId: null };
  const id = isNamed ? namedResourceId({ resourceType, name: resourceName, ...within }) : resourceId;
  return { resourceId: id, resourceType, resourceName };
}

function together(known: RememberedResource, other: RememberedResource): RememberedResource {
  const [a, b] = [known.lastFailure, other.lastFailure];
  const isOtherLater = b !== null && (a === null || b.time > a.time);
  return {
    ...known,
    owner: known.owner ?? other.owner,
    standing: known.standing ?? other.standing,
    lastSuccessMs: later(known.lastSuccessMs, other.lastSuccessMs),
    lastRestoreMs: later(known.lastRestoreMs, other.lastRestoreMs),
    lastFailure: isOtherLater ? b : a,
    lastKnown: {
      ...knownOf(known.lastKnown, other.lastKnown),
      ...witnessesOf(known, other),
    },
  };
}

/** Those of the later success. */
function witnessesOf(a: RememberedResource, b: RememberedResource): Pick<LastKnown, 'sources'> {
  const { sources } = ((b.lastSuccessMs ?? 0) > (a.lastSuccessMs ?? 0) ? b : a).lastKnown;
  return sources === undefined ? {} : { sources };
}

function knownOf(a: LastKnown, b: LastKnown): LastKnown {
  const isLater = b.told !== null && (a.told === null || b.told > a.told);
  const { recoveryWindowDays, autoBackupEnabled, told, held } = isLater ? b : a;
  const seen = a.seen === null || (b.seen !== null && b.seen > a.seen) ? b.seen : a.seen;
  const life = a.life ?? b.life;
  return {
    recoveryWindowDays,
    autoBackupEnabled,
    told,
    seen,
    terminated: a.terminated,
    ...(held === undefined ? {} : { held }),
    ...(life === undefined ? {} : { life }),
  };
}
