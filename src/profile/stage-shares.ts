import type { ThreadProfile } from './cpu-profile.js';
import { stageOfNodes } from './stage-of-nodes.js';
import { type Stage, stages } from './stages.js';

export interface StageShare {
  readonly stage: Stage;
  /** Of the processor time, all threads together: 0 to 1. */
  readonly ofProcessor: number;
  /** Of the time on the clock: 0 to 1. While several threads work, each has its part of that time. */
  readonly ofWall: number;
}

/**
 * The share of every stage, in their order. Each column adds up to 1.
 *
 * @param processorMs processor time of the process: what its profiles do not explain is of threads without JavaScript.
 * On a busy machine threads wait for a processor, which their profiles cannot tell: then they are taken in proportion.
 * @param root URL of src, as its files are compiled
 */
export function stageShares(
  threads: readonly ThreadProfile[],
  processorMs: number,
  root: string,
): readonly StageShare[] {
  const spans = threads.map((thread) => spansOf(thread, root));
  const processor = new Map<Stage, number>();
  for (const { stage, from, to } of spans.flat()) {
    if (stage !== 'idle') add(processor, stage, to - from);
  }
  const sampled = sumOf(processor);
  add(processor, 'threads of Node', Math.max(0, processorMs * 1000 - sampled));
  const wall = wallOf(spans);
  const [ofProcessor, ofWall] = [sumOf(processor), sumOf(wall)];
  return stages.map((stage) => ({
    stage,
    ofProcessor: share(processor.get(stage), ofProcessor),
    ofWall: share(wall.get(stage), ofWall),
  }));
}

/** A thread was there from one instant to another, in microseconds. */
interface Span {
  readonly stage: Stage | 'idle';
  readonly from: number;
  readonly to: number;
}

/** Without gaps, in order: what was seen is taken to go on until the next look. */
function spansOf({ url, profile }: ThreadProfile, root: string): Span[] {
  const stageOf = stageOfNodes(profile, root, url);
  const { samples = [], timeDeltas = [], startTime, endTime } = profile;
  const spans: Span[] = [];
  let at = startTime;
  let stage: Span['stage'] = 'node';
  for (const [index, id] of samples.entries()) {
    // A delta can be negative where V8 sorted samples late.
    const to = Math.max(at, at + (timeDeltas[index] ?? 0));
    if (to > at) spans.push({ stage, from: at, to });
    at = to;
    stage = stageOf.get(id) ?? 'node';
  }
  if (endTime > at) spans.push({ stage, from: at, to: endTime });
  return spans;
}

/** The clock's time by stage, from the start of the first thread (which is there all the time) to its end. */
function wallOf([main = [], ...others]: readonly (readonly Span[])[]): Map<Stage, number> {
  const wall = new Map<Stage, number>();
  const cursors = [main, ...others].map((spans) => ({ spans, at: 0 }));
  let now = main[0]?.from ?? 0;
  const end = main.at(-1)?.to ?? 0;
  while (now < end) {
    let next = end;
    const active: Stage[] = [];
    for (const cursor of cursors) {
      while ((cursor.spans[cursor.at]?.to ?? Infinity) <= now) cursor.at += 1;
      const span = cursor.spans[cursor.at];
      if (span === undefined) continue;
      next = Math.min(next, span.from > now ? span.from : span.to);
      if (span.from <= now && span.stage !== 'idle') active.push(span.stage);
    }
    const working: readonly Stage[] = active.length === 0 ? ['waiting'] : active;
    for (const stage of working) add(wall, stage, (next - now) / working.length);
    now = next;
  }
  return wall;
}

function add(sums: Map<Stage, number>, stage: Stage, time: number): void {
  sums.set(stage, (sums.get(stage) ?? 0) + time);
}

function sumOf(sums: ReadonlyMap<Stage, number>): number {
  return [...sums.values()].reduce((sum, time) => sum + time, 0);
}

function share(part = 0, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
