import { describe, expect, it } from 'vitest';
import type { ThreadProfile } from '../../src/profile/cpu-profile.js';
import { stageShares } from '../../src/profile/stage-shares.js';
import { stages } from '../../src/profile/stages.js';

const root = 'file:///tool/dist/src/';
const loader = 'node:internal/modules/esm/loader';
const rules = `${root}reports/backup-compliance/rules/due.js`;
const sheet = `${root}renderers/xlsx/writing/rows.js`;
const page = `${root}renderers/html/page-renderer.js`;
const worker = `${root}renderers/xlsx/workbook-worker.js`;

/** Each stack from the outside, and for how long it ran: 1 is a millisecond. */
function threadOf(url: string | null, startMs: number, ran: readonly [string[], number][]): ThreadProfile {
  const nodes: { id: number; callFrame: object; children: number[] }[] = [];
  const add = (frame: string): { id: number; children: number[] } => {
    const [file = '', functionName = ''] = frame.startsWith('(') ? ['', frame] : [frame, ''];
    const node = {
      id: nodes.length + 1,
      callFrame: { functionName, url: file, lineNumber: 0 },
      children: [],
    };
    nodes.push(node);
    return node;
  };
  const top = add('(root)');
  const samples: number[] = [];
  for (const [stack] of ran) {
    let outer = top;
    for (const frame of stack) {
      const inner = add(frame);
      outer.children.push(inner.id);
      outer = inner;
    }
    samples.push(outer.id);
  }
  const startTime = startMs * 1000;
  const endTime = ran.reduce((at, [, ms]) => at + ms * 1000, startTime);
  const timeDeltas = [0, ...ran.slice(0, -1).map(([, ms]) => ms * 1000)];
  const profile = { nodes, startTime, endTime, samples, timeDeltas } as ThreadProfile['profile'];
  return { url, profile };
}

function sharesOf(threads: readonly ThreadProfile[], processorMs: number): Record<string, [number, number]> {
  const shares = stageShares(threads, processorMs, root);
  expect(shares.map(({ stage }) => stage)).toEqual(stages);
  for (const column of ['ofProcessor', 'ofWall'] as const) {
    expect(shares.reduce((sum, each) => sum + each[column], 0)).toBeCloseTo(1, 10);
  }
  return Object.fromEntries(
    shares
      .filter(({ ofProcessor, ofWall }) => ofProcessor > 0 || ofWall > 0)
      .map(({ stage, ofProcessor, ofWall }) => [stage, [ofProcessor, ofWall]]),
  );
}

describe('shares of stages', () => {
  it.each([
    ['a function of a stage', [rules], 'judging'],
    ['what serves several is its caller’s', [rules, `${root}base/instants.js`], 'judging'],
    ['a package is its caller’s', [sheet, '/x/node_modules/exceljs/lib/row.js'], 'workbook'],
    ['the innermost of ours decides', [page, `${root}renderers/charts/svg.js`], 'charts'],
    ['native code is its caller’s', [rules, '(anonymous)'], 'judging'],
    ['a module that is loaded', [loader, rules], 'loading'],
    ['what a function of a stage loads', [sheet, loader, '/x/node_modules/exceljs/a.js'], 'loading'],
    ['a package by itself', ['/x/node_modules/saxes/saxes.js'], 'other packages'],
    ['Node by itself', ['node:internal/timers'], 'node'],
    ['the engine', ['(program)'], 'node'],
    ['garbage collection', ['(garbage collector)'], 'garbage collection'],
    ['what serves several, by itself', [`${root}base/instants.js`], 'node'],
  ])('%s', (_, stack, stage) => {
    expect(sharesOf([threadOf(null, 0, [[stack, 5]])], 5)).toEqual({ [stage]: [1, 1] });
  });

  it('what nobody of ours asked for in another thread is of the stage of that thread', () => {
    const threads = [
      threadOf(null, 0, [[['(idle)'], 10]]),
      threadOf(worker, 0, [[['/x/node_modules/saxes/saxes.js'], 10]]),
    ];
    expect(sharesOf(threads, 10)).toEqual({ workbook: [1, 1] });
  });

  it('the clock is shared by the threads that work, and waits where none does', () => {
    const threads = [
      threadOf(null, 100, [
        [[rules], 40],
        [['(idle)'], 40],
        [[page], 20],
      ]),
      threadOf(worker, 120, [
        [[sheet], 40],
        [['(idle)'], 100],
      ]),
    ];
    const shares = sharesOf(threads, 200);
    // 100 ms of the threads' 200 ms were on threads without JavaScript.
    expect(shares).toEqual({
      judging: [0.2, expect.closeTo(0.3)],
      page: [0.1, expect.closeTo(0.2)],
      workbook: [0.2, expect.closeTo(0.3)],
      'threads of Node': [0.5, 0],
      waiting: [0, expect.closeTo(0.2)],
    });
  });

  it('where threads waited for a processor, what they did is taken in proportion', () => {
    const threads = [
      threadOf(null, 0, [
        [[rules], 30],
        [[page], 10],
      ]),
    ];
    expect(sharesOf(threads, 20)).toEqual({ judging: [0.75, 0.75], page: [0.25, 0.25] });
  });
});
