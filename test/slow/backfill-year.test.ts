import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/base/civil-dates.js';
import { checkLog } from '../../src/day/log/check-log.js';
import { archiveDigests, backfillPlan, backfillPorts, backupsOf, collect } from '../support/backfill-plan.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import { memorySource } from '../support/memory-source.js';

const from = '2026-01-01';
const to = '2026-12-31';
const range = { from, to, timezone: 'Europe/Berlin' };
/** From the day before, so that the first day's backups of the night are there in every zone. */
const records = backupsOf(
  addDays(from, -1),
  366,
  ['SALES', 'HR'],
  (name, day) => name === 'HR' && day % 9 === 4,
);
/** Each day reads its own records alone, as a source with a window does. */
const byDate = new Map<string, unknown[]>();
for (const record of records) {
  const date = (record as { eventTime: string }).eventTime.slice(0, 10);
  byDate.set(date, [...(byDate.get(date) ?? []), record]);
}
/** Each day in the log once, in whatever order they were archived. */
const wholeLog = { size: 365, findings: [], notes: [] };
const plan = backfillPlan.name;
const source = {
  ...memorySource([]),
  read: ({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) => {
    const found: unknown[] = [];
    const last = new Date(toMs).toISOString().slice(0, 10);
    for (let date = new Date(fromMs).toISOString().slice(0, 10); date <= last; date = addDays(date, 1)) {
      found.push(...(byDate.get(date) ?? []));
    }
    return memorySource(found).read({ fromMs, toMs });
  },
};

describe('a backfill of a year', () => {
  it('ends with the same digests, interrupted at random or not, alone or shared by ten', async () => {
    const whole = createMemoryArchive();
    await collect(backfillPorts({ archive: whole, sources: [source] }), range);
    const expected = await archiveDigests(whole, from, to);
    expect(Object.keys(expected)).toHaveLength(365);

    let seed = 20_261_121;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return seed % below;
    };
    let cuts = 0;
    let left = 0;
    const torn = createMemoryArchive({
      beforeCreate: async () => {
        left -= 1;
        if (left === 0) throw new Error('killed');
      },
    });
    for (let isDone = false; !isDone;) {
      left = 1 + random(200);
      isDone = await collect(backfillPorts({ archive: torn, sources: [source] }), range).then(
        () => true,
        () => false,
      );
      if (!isDone) cuts += 1;
    }
    expect(cuts).toBeGreaterThan(8);
    expect(await archiveDigests(torn, from, to)).toEqual(expected);
    expect(await checkLog(torn, plan)).toEqual(wholeLog);

    const shared = createMemoryArchive();
    const of = 10;
    await Promise.all(
      Array.from({ length: of }, (_, index) =>
        collect(backfillPorts({ archive: shared, sources: [source] }), {
          ...range,
          shard: { index: index + 1, of },
        }),
      ),
    );
    expect(await archiveDigests(shared, from, to)).toEqual(expected);
    expect(await checkLog(shared, plan)).toEqual(wholeLog);
  });
});
