import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../src/base/civil-dates.js';
import { openScheduledPlan } from '../../src/cli/open-scheduled-plan.js';
import type { Log } from '../../src/ports/log.js';
import { type PassPorts, runPass } from '../../src/schedule/run-pass.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { quiet } from '../support/judge-day.js';
import { databaseEvent } from '../support/raw-event.js';
import { isEverythingRun } from '../support/share-of.js';
import { type Held, growthOf, heldNow } from '../support/soak.js';

const passes = isEverythingRun ? 300 : 30;
/** Until everything is loaded and compiled. */
const warmUps = 6;
const first = '2025-01-01';
/** A leak of one a pass is 1. */
const flat = 0.5;
/** A report that is kept is more than this. */
const flatBytes = 100_000;

const dates = Array.from({ length: passes + warmUps }, (_, index) => addDays(first, index));
const records = dates.flatMap((date) =>
  ['SALES', 'HR', 'ERP'].map((name) =>
    databaseEvent('end', `${date}T02:00:00Z`, {
      id: `${name}-${date}`,
      details: { databaseId: `ocid1.database.oc1.iad.${name.toLowerCase()}`, dbUniqueName: name },
    }),
  ),
);

const tmpdirBefore = process.env['TMPDIR'];
let project: Project;
let temporary: string;

beforeEach(async () => {
  const more =
    'recipients:\n  - { name: team, match: {}, to: [team@example.com] }\nschedule: { catchUpDays: 1, reconcileDays: 2 }\n';
  project = await Project.create({}, `${defaultConfiguration}${more}`);
  for (const date of dates) {
    const ofDay = records.filter(({ eventTime }) => String(eventTime).startsWith(date));
    await project.write(`events/${date}.ndjson`, ndjson(ofDay));
  }
  temporary = await mkdtemp(join(tmpdir(), 'soak-'));
  await mkdir(join(temporary, 'temporary'));
  process.env['TMPDIR'] = join(temporary, 'temporary');
});

afterEach(async () => {
  await project.remove();
  if (tmpdirBefore === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = tmpdirBefore;
  await rm(temporary, { recursive: true, force: true });
});

describe('a growth', () => {
  const noise = [3, 5, 4, 3, 6, 3];
  it('of one a pass shows, and noise does not', () => {
    const passing = Array.from({ length: 30 }, (_, pass) => noise[pass % noise.length] ?? 0);
    expect(growthOf(passing)).toBe(0);
    expect(growthOf(passing.map((value, pass) => value + pass))).toBeGreaterThan(flat);
  });
});

describe(`${passes} passes of a schedule, one a day, with page, workbook, slice and mail`, () => {
  it('hold no more at their end than at their beginning', async () => {
    const { plan } = await openScheduledPlan(join(project.directory, 'backup-report.yaml'), quiet);
    const held: Held[] = [];
    const warnings: unknown[] = [];
    const log: Log = { ...quiet, warn: (fields, message) => void warnings.push([message, fields]) };
    for (const [pass, date] of dates.entries()) {
      const ports = { ...portsAt(Date.parse(`${addDays(date, 1)}T12:00:00Z`)), log };
      const { made, isFine } = await runPass(plan, { reconciles: true, leftOver: new Set() }, ports);
      expect([made, isFine, warnings]).toEqual([1, true, []]);
      if (pass >= warmUps) held.push(await heldNow(join(temporary, 'temporary')));
    }
    const growth = (of: (each: Held) => number): number => growthOf(held.map(of));
    const [begin, end] = [held[0], held.at(-1)];
    process.stderr.write(`soak: ${JSON.stringify({ begin, end })}\n`);
    expect(growth(({ descriptors }) => descriptors)).toBeLessThan(flat);
    expect(growth(({ resources }) => resources)).toBeLessThan(flat);
    expect(growth(({ heapBytes }) => heapBytes)).toBeLessThan(flatBytes);
    expect(held.map((each) => each.temporary)).toEqual(held.map(() => 0));
  });
});

function portsAt(nowMs: number): PassPorts {
  return {
    clock: { nowMs: () => nowMs, monotonicMs: () => 0, uptimeMs: () => 0, setTimer: () => () => undefined },
    log: quiet,
    observer: null,
    signal: new AbortController().signal,
    onArchive: () => undefined,
    onReport: () => undefined,
  };
}
