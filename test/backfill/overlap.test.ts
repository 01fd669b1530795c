import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type BackfillDay, type BackfillRequest, runBackfill } from '../../src/backfill/run-backfill.js';
import { addDays, reportDayOf } from '../../src/base/civil-dates.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import { findNewestRevision } from '../../src/day/revisions/read-revisions.js';
import type { Archive } from '../../src/ports/archive.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { backfillPlan, backfillPorts, backupsOf, collect } from '../support/backfill-plan.js';
import { type MemoryArchive, createMemoryArchive } from '../support/memory-archive.js';
import { memorySource } from '../support/memory-source.js';
import {
  type AtStep,
  Gates,
  type Step,
  contentOf,
  slicedPlan,
  toldArchive,
  toldPorts,
} from '../support/overlap.js';
import { sliceOf } from '../support/share-of.js';

const from = '2026-03-02';
const dayCount = 20;
const dates = Array.from({ length: dayCount }, (_, day) => addDays(from, day));
const to = addDays(from, dayCount - 1);
const names = ['SALES', 'HR'];
const records = backupsOf(from, dayCount, names, (name, day) => name === 'HR' && day % 7 === 3);
const nowMs = Date.parse('2027-06-01T00:00:00Z');

const [first = '', second = '', third = '', fourth = '', fifth = ''] = dates;

const nothing = (): void => undefined;
const shardsOf = (of: number) => Array.from({ length: of }, (_, index) => ({ index: index + 1, of }));

/** The archive that days make which are made one by one, each by itself. */
async function oneByOne(all: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const archive = toldArchive(nothing);
  const ports = backfillPorts(toldPorts(records, nothing, archive));
  for (const date of all) {
    const day = reportDayOf(date, 'UTC');
    if (day !== undefined) {
      await makeDailyReport(slicedPlan(nothing), { day, generatedAtMs: nowMs }, ports);
    }
  }
  return contentOf(archive);
}

const expected = await oneByOne(dates);

/** A backfill of days, and its steps in their order. */
async function overlapped(
  range: Pick<BackfillRequest, 'from' | 'to'> & Partial<BackfillRequest>,
  {
    atStep = nothing,
    archive: used,
    given = records,
    onDay = nothing,
    steps = [],
  }: {
    readonly atStep?: AtStep;
    readonly archive?: MemoryArchive;
    /** What the source gives. */
    readonly given?: readonly unknown[];
    readonly onDay?: (day: BackfillDay) => Promise<void> | void;
    readonly steps?: Step[];
  } = {},
) {
  async function follow(step: Step): Promise<void> {
    steps.push(step);
    await atStep(step);
  }
  const archive = used ?? toldArchive(follow);
  const days: BackfillDay[] = [];
  const request = { timezone: 'UTC', mode: 'missing', notify: true, ahead: 3, writesEmpty: false } as const;
  const shard = { index: 1, of: 1 };
  const ports = backfillPorts(toldPorts(given, follow, archive));
  const all = { ...request, shard, ...range, generatedAtMs: () => nowMs };
  for await (const day of runBackfill(slicedPlan(follow), all, ports)) {
    days.push(day);
    await onDay(day);
  }
  return { days, steps, archive };
}

function dice(start: number): (below: number) => number {
  let seed = start;
  return (below) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (seed >> 8) % below;
  };
}

/** Opened once from outside. */
function gate() {
  const opening: { open: () => void } = { open: nothing };
  const opened = new Promise<void>((resolve) => {
    opening.open = resolve;
  });
  return { opened, open: (): void => opening.open() };
}

async function digestsOf(archive: Archive, date: string) {
  const newest = await findNewestRevision(archive, 'test', date);
  const bytes = await archive.read(`${newest?.prefix}report.json`);
  const report = JSON.parse(Buffer.from(bytes ?? '').toString()) as DailyReport;
  return { own: newest?.manifest.contentDigest, previous: report.previousReport?.contentDigest };
}

/** Each day goes on from what the day before ended with. */
async function expectChain(archive: Archive): Promise<void> {
  const all = await Promise.all(dates.slice(0, 4).map((date) => digestsOf(archive, date)));
  for (const [index, { previous }] of all.slice(1).entries()) expect(previous).toBe(all[index]?.own);
  expect(new Set(all.map(({ own }) => own)).size).toBe(4);
}

describe('days of a backfill overlap', () => {
  it('a day is judged while the day before is rendered', async () => {
    const judged = gate();
    const { steps } = await overlapped(
      { from, to: second },
      {
        // Nothing of the first day is rendered before the second is judged.
        atStep: ({ what, date }) => {
          if (what === 'judged' && date === second) judged.open();
          return what === 'rendering' && date === first ? judged.opened : undefined;
        },
      },
    );
    const order = steps.map(({ what, date }) => `${what} ${date}`);
    expect(order.indexOf(`judged ${second}`)).toBeLessThan(order.indexOf(`manifest ${first}`));
    expect(order.indexOf(`manifest ${first}`)).toBeLessThan(order.indexOf(`manifest ${second}`));
  });

  it('a day is rendered while the day before is archived', async () => {
    const rendering = gate();
    const { days } = await overlapped(
      { from, to: second },
      {
        atStep: ({ what, date }) => {
          if (what === 'rendering' && date === second) rendering.open();
          return what === 'mail' && date === first ? rendering.opened : undefined;
        },
      },
    );
    expect(days.map(({ date }) => date)).toEqual([first, second]);
  });

  it.each(sliceOf([1, 2, 3, 4, 5, 6, 7, 8]))(
    'and are archived and mailed in order, with the same bytes, in whatever order their steps end (%d)',
    async (seed) => {
      const gates = new Gates();
      const steps: Step[] = [];
      const days = dates.slice(0, 8);
      const work = overlapped({ from, to: days.at(-1) ?? '' }, { atStep: () => gates.hold(), steps });
      const { archive, days: made } = await gates.openWhile(work, dice(seed));
      expect(made.map(({ date }) => date)).toEqual(days);
      const told = steps.filter(({ what }) => what === 'manifest' || what === 'mail');
      expect(told).toEqual(
        days.flatMap((date) => ['manifest', 'mail', 'mail'].map((what) => ({ what, date }))),
      );
      const content = await contentOf(archive);
      const ofDays = Object.entries(expected).filter(([key]) => Object.hasOwn(content, key));
      expect(content).toEqual(Object.fromEntries(ofDays));
      // At most three are underway.
      for (const [index, date] of days.slice(3).entries()) {
        const judged = steps.findIndex((step) => step.what === 'judged' && step.date === date);
        const done = steps.findIndex((step) => step.what === 'mail' && step.date === days[index]);
        expect([date, judged > done]).toEqual([date, true]);
      }
    },
  );

  it('but a day without events is judged once the days before it are done', async () => {
    const steps: Step[] = [];
    const holed = records.filter((record) => !JSON.stringify(record).includes(second));
    const { days } = await overlapped({ from, to: third }, { steps, given: holed });
    expect(days.map(({ kind }) => kind)).toEqual(['made', 'no-events', 'made']);
    const order = steps.map(({ what, date }) => `${what} ${date}`);
    expect(order.indexOf(`mail ${first}`)).toBeLessThan(order.indexOf(`judged ${second}`));
  });

  it('so is a large day, and the day after it overlaps again', async () => {
    const judged = gate();
    const steps: Step[] = [];
    const more = backupsOf(second, 1, ['CRM', 'ERP', 'WEB']);
    const atStep: AtStep = ({ what, date }) => {
      if (what === 'judged' && date === third) judged.open();
      return what === 'rendering' && date === second ? judged.opened : undefined;
    };
    await overlapped(
      { from, to: third, mostOverlapping: 4 },
      { steps, atStep, given: [...records, ...more] },
    );
    const order = steps.map(({ what, date }) => `${what} ${date}`);
    expect(order.indexOf(`mail ${first}`)).toBeLessThan(order.indexOf(`judged ${second}`));
    expect(order.indexOf(`judged ${third}`)).toBeLessThan(order.indexOf(`manifest ${second}`));
  });

  it('twenty days with slices and mail leave the archive that they leave one by one', async () => {
    const { archive } = await overlapped({ from, to });
    expect(await contentOf(archive)).toEqual(expected);
    const manifests = Object.keys(expected).filter((key) => key.endsWith('/manifest.json'));
    expect(manifests).toHaveLength(dayCount);
    const manifest = Buffer.from(expected[manifests[1] ?? ''] ?? '', 'base64').toString();
    const keys = Object.keys(JSON.parse(manifest) as object);
    expect([keys[0], keys.at(-4), keys.at(-1)]).toEqual(['schemaVersion', 'revision', 'previousManifest']);
    expect(Object.keys(expected).filter((key) => key.includes('slice'))).not.toHaveLength(0);
  });
});

describe('a day is judged again where the day before ended otherwise', () => {
  const range = { from, to: fourth };
  const [late] = backupsOf(second, 1, ['LATE'], () => true);

  /** Another process archives the second day with a failure that this one does not know. */
  function otherProcess(archive: MemoryArchive, mode: 'missing' | 'revise') {
    const ports = backfillPorts({ archive, sources: [memorySource([...records, late])] });
    return collect(ports, { from: second, to: second, mode }, backfillPlan);
  }

  it('because another process was first', async () => {
    const archived = gate();
    const judged = gate();
    const steps: Step[] = [];
    let isOvertaken = false;
    const archive = toldArchive(({ date }) => (date === first ? archived.open() : undefined));
    await overlapped(range, {
      archive,
      steps,
      atStep: async ({ what, date }) => {
        if (what === 'judged' && date === third) judged.open();
        if (what !== 'rendering' || date !== second || isOvertaken) return;
        isOvertaken = true;
        // The day after is judged from what this process found, and the other process says something else.
        await Promise.all([archived.opened, judged.opened]);
        await otherProcess(archive, 'missing');
      },
    });
    await expectChain(archive);
    const judgedTimes = steps.filter(({ what, date }) => what === 'judged' && date === third).length;
    expect(judgedTimes).toBe(2);
  });

  it('because another process revised it', async () => {
    const archive = createMemoryArchive();
    await overlapped(range, {
      archive,
      onDay: async ({ date }) => {
        if (date === second) await otherProcess(archive, 'revise');
      },
    });
    expect((await findNewestRevision(archive, 'test', second))?.revision).toBe(2);
    await expectChain(archive);
    expect((await findNewestRevision(archive, 'test', third))?.revision).toBe(1);
  });

  it('although that day kept the report that it had', async () => {
    const { archive } = await overlapped(range);
    const steps: Step[] = [];
    await overlapped(
      { ...range, mode: 'revise' },
      {
        archive,
        steps,
        onDay: async ({ date }) => {
          if (date === second) await otherProcess(archive, 'revise');
        },
      },
    );
    expect((await findNewestRevision(archive, 'test', third))?.revision).toBe(2);
    await expectChain(archive);
    expect(steps.filter(({ what, date }) => what === 'judged' && date === first)).toHaveLength(1);
  });
});

describe('shards', () => {
  it('judge a day while another one renders the day before, and commit it after that', async () => {
    const judged = gate();
    const steps: Step[] = [];
    const archive = toldArchive((step) => void steps.push(step));
    const atStep: AtStep = ({ what, date }) => {
      if (what === 'judged' && date === second) judged.open();
      return what === 'rendering' && date === first ? judged.opened : undefined;
    };
    const range = { from, to: second };
    await Promise.all(shardsOf(2).map((shard) => overlapped({ ...range, shard }, { archive, atStep })));
    expect(steps.map(({ date }) => date)).toEqual([first, second]);
  });

  it.each(sliceOf([1, 2, 3, 4]))(
    'leave the archive that one process leaves, in whatever order their steps end (%d)',
    async (seed) => {
      const gates = new Gates();
      const steps: Step[] = [];
      const days = dates.slice(0, 7);
      const range = { from, to: days.at(-1) ?? '' };
      const archive = toldArchive((step) => void steps.push(step));
      const atStep = (): Promise<void> => gates.hold();
      const work = Promise.all(
        shardsOf(3).map((shard) => overlapped({ ...range, shard }, { archive, atStep })),
      );
      await gates.openWhile(work, dice(seed));
      expect(steps.map(({ date }) => date)).toEqual(days);
      const content = await contentOf(archive);
      const ofDays = Object.entries(expected).filter(([key]) => Object.hasOwn(content, key));
      expect(content).toEqual(Object.fromEntries(ofDays));
    },
  );

  it('that wait for others end at a signal', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const sleep = async (): Promise<void> => stop.abort(reason);
    const ports = backfillPorts({ sources: [memorySource(records)], clock: { nowMs: () => nowMs, sleep } });
    const range = { from, to: second, shard: { index: 2, of: 2 }, signal: stop.signal };
    await expect(collect(ports, range)).rejects.toBe(reason);
  });

  it('judge a day again where the day before ended otherwise, and resume what a killed one left', async () => {
    const judged = gate();
    const archive = toldArchive(nothing);
    const failure = new Error('killed');
    const range = { from, to: fourth };
    let judgedTimes = 0;
    const atStep: AtStep = async ({ what, date }) => {
      if (what === 'judged' && date === third) judgedTimes += 1;
      if (what === 'judged' && date === third) judged.open();
      if (what !== 'rendering' || date !== second) return;
      await judged.opened;
      throw failure;
    };
    const one = { index: 1, of: 2 };
    const other = { index: 2, of: 2 };
    const first3 = overlapped({ ...range, shard: one }, { archive, atStep });
    await expect(overlapped({ ...range, shard: other }, { archive, atStep })).rejects.toBe(failure);
    const [late] = backupsOf(second, 1, ['LATE'], () => true);
    const ports = backfillPorts({ archive, sources: [memorySource([...records, late])] });
    await collect(ports, { from: second, to: second });
    await first3;
    expect(judgedTimes).toBe(2);
    const again = await overlapped({ ...range, shard: other }, { archive });
    expect(again.days.map(({ date, kind }) => [date, kind])).toEqual([
      [second, 'there'],
      [fourth, 'made'],
    ]);
    await expectChain(archive);
    const newest = await findNewestRevision(archive, 'test', second);
    expect(newest?.manifest.unfinishedRevisions).toEqual([1]);
  });
});

describe('a day that fails', () => {
  const folders: string[] = [];
  const before = process.env['TMPDIR'];

  afterEach(async () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  const failure = new Error('it fails');
  const failing = (what: Step['what']): AtStep => {
    return (step) => {
      if (step.what === what && step.date === third) throw failure;
    };
  };

  it.each([
    ['is judged', failing('judged'), undefined],
    ['is rendered', failing('rendering'), undefined],
    ['claims its number', nothing, 'report.json'],
    ['is committed', nothing, 'manifest.json'],
  ])('when it %s ends the backfill after the days before it', async (_when, atStep, file) => {
    process.env['TMPDIR'] = await mkdtemp(join(tmpdir(), 'overlap-'));
    folders.push(process.env['TMPDIR']);
    let isBroken = true;
    const archive = toldArchive(nothing, async (key) => {
      if (isBroken && file !== undefined && key.includes('/03/04/') && key.endsWith(file)) throw failure;
    });
    const days: string[] = [];
    const range = { from, to: fifth };
    const onDay = ({ date }: BackfillDay): void => void days.push(date);
    await expect(overlapped(range, { archive, atStep, onDay })).rejects.toBe(failure);
    expect(days).toEqual([first, second]);
    const manifests = archive.keys().filter((key) => key.endsWith('/manifest.json'));
    expect(manifests).toHaveLength(2);
    expect(archive.keys().filter((key) => /\/03\/0[56]\//.test(key))).toEqual([]);
    expect(await readdir(process.env['TMPDIR'])).toEqual([]);

    isBroken = false;
    const again = await overlapped(range, { archive });
    expect(again.days.map(({ kind }) => kind)).toEqual(['there', 'there', 'made', 'made', 'made']);
  });

  it.each(['judged', 'rendering', 'manifest'] as const)(
    'a signal while a day is at "%s" ends it after the stage, and nothing of later days is archived',
    async (what) => {
      process.env['TMPDIR'] = await mkdtemp(join(tmpdir(), 'overlap-'));
      folders.push(process.env['TMPDIR']);
      const stop = new AbortController();
      const reason = new Error('stopped');
      const steps: Step[] = [];
      const atStep: AtStep = (step) => {
        if (step.what === what && step.date === third) stop.abort(reason);
      };
      const archive = toldArchive(async (step) => {
        steps.push(step);
        await atStep(step);
      });
      const work = overlapped({ from, to: fifth, signal: stop.signal }, { archive, atStep, steps });
      await expect(work).rejects.toBe(reason);
      const committed = steps.filter((step) => step.what === 'manifest').map(({ date }) => date);
      expect(committed).toEqual([first, second, third].slice(0, committed.length));
      expect(committed.includes(third)).toBe(what === 'manifest');
      expect(await readdir(process.env['TMPDIR'])).toEqual([]);
      const again = await overlapped({ from, to: fifth }, { archive });
      expect(again.days.map(({ date }) => date)).toEqual(dates.slice(0, 5));
      expect(steps.filter((step) => step.what === 'manifest').map(({ date }) => date)).toEqual(
        dates.slice(0, 5),
      );
    },
  );
});
