import { compareText } from '../../../base/text-order.js';
import { secondMs } from '../../../base/time-units.js';
import { type RecoveryPoint, timeOfPoint } from '../model/recovery-point.js';

/** Whether both are tellings of one backup: by its id; where one has none, by its end or its creation to the second. */
function isSamePoint(a: RecoveryPoint, b: RecoveryPoint): boolean {
  if (a.id !== null && b.id !== null) return a.id === b.id;
  if (a.result !== b.result && a.result !== 'untold' && b.result !== 'untold') return false;
  if (a.endMs !== null && b.endMs !== null) return isSameSecond(a.endMs, b.endMs);
  return a.createdMs !== null && b.createdMs !== null && isSameSecond(a.createdMs, b.createdMs);
}

export function isSameSecond(a: number, b: number): boolean {
  return Math.floor(a / secondMs) === Math.floor(b / secondMs);
}

/** What both know of one backup. A deletion holds, whatever is told again; of two ends the later one. */
function joinPoints(a: RecoveryPoint, b: RecoveryPoint): RecoveryPoint {
  const [earlier, later] = (a.endMs ?? -1) <= (b.endMs ?? -1) ? [a, b] : [b, a];
  const sizeBytes = later.sizeBytes ?? earlier.sizeBytes;
  return {
    id: later.id ?? earlier.id,
    kind: later.kind ?? earlier.kind,
    isLog: later.kind === null ? earlier.isLog : later.isLog,
    result: later.result === 'untold' ? earlier.result : later.result,
    createdMs: later.createdMs ?? earlier.createdMs,
    endMs: later.endMs ?? earlier.endMs,
    expiresMs: later.expiresMs ?? earlier.expiresMs,
    deletedMs:
      a.deletedMs === null || b.deletedMs === null
        ? (a.deletedMs ?? b.deletedMs)
        : Math.min(a.deletedMs, b.deletedMs),
    sources: [...new Set([...a.sources, ...b.sources])].sort(compareText),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  };
}

/** From this length on, a list has an index. */
const indexedLength = 128;

/** The backups of one resource while a day adds to them. */
export class PointList {
  readonly #points: RecoveryPoint[];
  /** Under each key the places of all points that have or had it. */
  #index: Map<string, Set<number>> | null = null;

  constructor(points: readonly RecoveryPoint[]) {
    this.#points = [...points];
  }

  get points(): readonly RecoveryPoint[] {
    return this.#points;
  }

  /** Adds a backup, or what is new of one that is known. */
  add(added: RecoveryPoint): void {
    const at = this.#find(added);
    const known = this.#points[at];
    if (known === undefined) this.#set(this.#points.length, added);
    else this.#set(at, joinPoints(known, added));
  }

  replace(known: RecoveryPoint, by: RecoveryPoint): void {
    this.#set(this.#points.indexOf(known), by);
  }

  /** Takes the backup of this id away, if there is one. */
  take(id: string): RecoveryPoint | undefined {
    this.#index = null;
    const at = this.#points.findIndex((each) => each.id === id);
    return at < 0 ? undefined : this.#points.splice(at, 1)[0];
  }

  /** Oldest first. */
  sorted(): readonly RecoveryPoint[] {
    this.#index = null;
    return this.#points.sort(comparePoints);
  }

  #find(added: RecoveryPoint): number {
    const { length } = this.#points;
    if (length < indexedLength) return this.#points.findLastIndex((each) => isSamePoint(each, added));
    if (this.#index === null) {
      this.#index = new Map();
      for (const [at, point] of this.#points.entries()) this.#note(point, at);
    }
    const places = keysOf(added).flatMap((key) => [...(this.#index?.get(key) ?? [])]);
    return Math.max(-1, ...places.filter((at) => this.#isSameAt(at, added)));
  }

  #isSameAt(at: number, added: RecoveryPoint): boolean {
    const known = this.#points[at];
    return known !== undefined && isSamePoint(known, added);
  }

  #set(at: number, point: RecoveryPoint): void {
    this.#points[at] = point;
    this.#note(point, at);
  }

  #note(point: RecoveryPoint, at: number): void {
    if (this.#index === null) return;
    for (const key of keysOf(point)) {
      const places = this.#index.get(key);
      if (places === undefined) this.#index.set(key, new Set([at]));
      else places.add(at);
    }
  }
}

function keysOf({ id, endMs, createdMs }: RecoveryPoint): readonly string[] {
  const keys = id === null ? [] : [id];
  if (endMs !== null) keys.push(`end ${Math.floor(endMs / secondMs)}`);
  if (createdMs !== null) keys.push(`created ${Math.floor(createdMs / secondMs)}`);
  return keys;
}

/** A total order: the oldest first. */
function comparePoints(a: RecoveryPoint, b: RecoveryPoint): number {
  return (
    timeOfPoint(a) - timeOfPoint(b) ||
    compareText(a.id ?? '', b.id ?? '') ||
    (a.createdMs ?? 0) - (b.createdMs ?? 0) ||
    compareText(a.kind ?? '', b.kind ?? '')
  );
}
