import { describe, expect, it } from 'vitest';
import { exitCodeOfDay, summariseBackfill, tallyOf } from '../../src/cli/backfill-summary.js';
import { worstOf } from '../../src/cli/exit-codes.js';
import { dayState } from '../../src/day/delivery/day-state.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import { listReported } from '../../src/day/revisions/list-reported.js';
import { findNewestRevision } from '../../src/day/revisions/read-revisions.js';
import type { Archive } from '../../src/ports/archive.js';
import type { EventSource } from '../../src/ports/event-source.js';
import { backfillPlan, backfillPorts, backupsOf, collect } from '../support/backfill-plan.js';
import { dayOf } from '../support/judge.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import { memorySource } from '../support/memory-source.js';

const date = '2026-03-20';
const range = { from: date, to: date };
const day = dayOf(date, 'UTC');
const records = backupsOf(date, 1, ['SALES']);
const whole = memorySource(records);
const failing = memorySource(records, ['refused after one page']);
const plan = { ...backfillPlan, channels: [] };

async function madeAt(archive: Archive, generatedAtMs: number, source: EventSource = whole): Promise<void> {
  const clock = { nowMs: () => generatedAtMs, sleep: async () => undefined };
  await makeDailyReport(
    backfillPlan,
    { day, generatedAtMs },
    backfillPorts({ archive, clock, sources: [source] }),
  );
}

const beforeEnd = day.cutOffMs - 1;
const stateOf = (archive: Archive): Promise<string> => dayState(archive, plan, date);

describe('a report made before its day was over', () => {
  it.each([
    ['is made again', beforeEnd, 2, 'missing'],
    ['counts from the cut-off on', day.cutOffMs, 1, 'done'],
  ])('%s', async (_what, madeMs, revision, state) => {
    const archive = createMemoryArchive();
    await madeAt(archive, madeMs);
    expect(await stateOf(archive)).toBe(state);
    expect((await listReported(archive, 'test', date, { to: date })).size).toBe(revision === 1 ? 1 : 0);
    const days = await collect(backfillPorts({ archive, sources: [whole] }), range);
    const newest = await findNewestRevision(archive, 'test', date);
    expect([newest?.revision, newest?.manifest.status]).toEqual([revision, 'COMPLETE']);
    expect([days.map(exitCodeOfDay), await stateOf(archive)]).toEqual([[0], 'done']);
  });

  it('is replaced once, even where the later one is INCOMPLETE and says the same', async () => {
    const archive = createMemoryArchive();
    const silent = { ...backfillPlan.kind, contentDigest: async () => 'a'.repeat(64) };
    const same = { ...backfillPlan, kind: silent };
    const clock = { nowMs: () => beforeEnd, sleep: async () => undefined };
    const early = backfillPorts({ archive, clock, sources: [failing] });
    await makeDailyReport(same, { day, generatedAtMs: beforeEnd }, early);

    const ports = backfillPorts({ archive, sources: [failing] });
    const first = await collect(ports, range, same);
    expect(first).toMatchObject([{ kind: 'made', result: { kind: 'committed', revision: 2 } }]);
    const second = await collect(ports, range, same);
    expect(second).toMatchObject([{ kind: 'there', revision: 2, status: 'INCOMPLETE' }]);
    const newest = await findNewestRevision(archive, 'test', date);
    expect(newest?.manifest.supersedes?.reason).toBe('the day was not over when the earlier one was made');
    expect(worstOf([...first, ...second].map(exitCodeOfDay))).toBe(3);
  });

  it('is not replaced while the day is not over', async () => {
    const archive = createMemoryArchive();
    await madeAt(archive, beforeEnd - 1);
    await madeAt(archive, beforeEnd);
    expect((await findNewestRevision(archive, 'test', date))?.revision).toBe(1);
  });
});

describe('a range with a day that is there and INCOMPLETE', () => {
  it('ends with 3, and the summary says which day and why', async () => {
    const archive = createMemoryArchive();
    await madeAt(archive, day.cutOffMs, failing);
    const days = await collect(backfillPorts({ archive, sources: [whole] }), range);
    expect([days[0]?.kind, worstOf(days.map(exitCodeOfDay)), tallyOf(days, 1).incomplete]).toEqual([
      'there',
      3,
      1,
    ]);
    const request = { ...range, shard: { index: 1, of: 1 } };
    const text = summariseBackfill('test', request, tallyOf(days, 1), days);
    expect(text).toContain(`\n  INCOMPLETE  ${date}\n`);
    expect(text).toMatch(/2026-03-20 {2}there, INCOMPLETE: .*refused after one page/);
  });
});
