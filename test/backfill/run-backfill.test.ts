import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/base/civil-dates.js';
import { dayState } from '../../src/day/delivery/day-state.js';
import type { Archive } from '../../src/ports/archive.js';
import type { EventSource } from '../../src/ports/event-source.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { noRules } from '../../src/reports/backup-compliance/rules/rule-book.js';
import {
  archiveDigests,
  backfillPlan,
  backfillPorts,
  backupsBy,
  backupsOf,
  collect,
} from '../support/backfill-plan.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import { memorySource } from '../support/memory-source.js';

const from = '2026-03-20';
const dayCount = 10;
const to = addDays(from, dayCount - 1);
const range = { from, to };
const names = ['SALES', 'HR'];
const records = backupsOf(from, dayCount, names, (name, day) => name === 'HR' && day % 7 === 3);

async function reportOf(archive: Archive, date: string, revision = 1): Promise<DailyReport> {
  const bytes = await archive.read(`test/${date.replaceAll('-', '/')}/r${revision}/report.json`);
  return JSON.parse(Buffer.from(bytes ?? '').toString('utf8')) as DailyReport;
}

/** The archive that one uninterrupted backfill makes. */
const whole = createMemoryArchive();
await collect(backfillPorts({ archive: whole, sources: [memorySource(records)] }), range);
const expected = await archiveDigests(whole, from, to);

describe('a backfill', () => {
  it('makes each day once, oldest first, each going on from the one before', async () => {
    expect(Object.keys(expected)).toHaveLength(dayCount);
    const failed = await reportOf(whole, addDays(from, 3));
    expect(failed.previousReport?.date).toBe(addDays(from, 2));
    expect(failed.followUp.newlyBad).toMatchObject([{ resourceName: 'HR' }]);
    expect(failed.generatedDaysLater).toBeGreaterThan(400);
  });

  it('leaves days that are there as they are, and revises on demand what would say something else', async () => {
    const archive = createMemoryArchive();
    const late = `HR-${addDays(from, 5)}`;
    const early = records.filter((record) => !JSON.stringify(record).includes(late));
    await collect(backfillPorts({ archive, sources: [memorySource(early)] }), range);
    const ports = backfillPorts({ archive, sources: [memorySource(records)] });

    const again = await collect(ports, range);
    expect(new Set(again.map(({ kind }) => kind))).toEqual(new Set(['there']));
    const revised = await collect(ports, { ...range, mode: 'revise' });
    const committed = revised.filter((day) => day.kind === 'made' && day.result.kind === 'committed');
    expect(committed[0]?.date).toBe(addDays(from, 5));
    expect(committed.length).toBeLessThan(4);
    expect(Object.keys(await archiveDigests(archive, from, to))).toHaveLength(dayCount);
  });

  it('ends with the same digests wherever it was interrupted', async () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return seed % below;
    };
    const few = { from, to: addDays(from, 5) };
    const ofFew = Object.fromEntries(Object.entries(expected).slice(0, 6));
    let cuts = 0;
    for (let round = 0; round < 4; round += 1) {
      let left = 0;
      const archive = createMemoryArchive({
        beforeCreate: async () => {
          left -= 1;
          if (left === 0) throw new Error('killed');
        },
      });
      for (;;) {
        // One more than a run takes: the last one comes to its end.
        left = 1 + random(17);
        const ended = await collect(backfillPorts({ archive, sources: [memorySource(records)] }), few).then(
          () => true,
          () => false,
        );
        if (ended) break;
        cuts += 1;
      }
      expect(await archiveDigests(archive, from, to)).toEqual(ofFew);
    }
    expect(cuts).toBeGreaterThan(6);
  });

  it('can be stopped between two stages and begun again', async () => {
    const archive = createMemoryArchive();
    const ports = backfillPorts({ archive, sources: [memorySource(records)] });
    const stop = new AbortController();
    const reason = new Error('stopped');
    const watched: EventSource = {
      ...memorySource(records),
      read: (window) => {
        if (window.fromMs === Date.parse(`${addDays(from, 8)}T00:00:00Z`)) stop.abort(reason);
        return memorySource(records).read(window);
      },
    };
    await expect(collect({ ...ports, sources: [watched] }, { ...range, signal: stop.signal })).rejects.toBe(
      reason,
    );
    const before = Object.keys(await archiveDigests(archive, from, to));
    expect(before.length).toBeGreaterThan(1);
    expect(before.length).toBeLessThan(9);
    await collect(ports, range);
    expect(await archiveDigests(archive, from, to)).toEqual(expected);
  });

  it('reads days ahead at the same time, and still makes them in order', async () => {
    let atOnce = 0;
    let most = 0;
    // Nobody is answered before four read: how busy the machine is decides nothing.
    const gate: { open?: () => void } = {};
    const whenFourRead = new Promise<void>((resolve) => {
      gate.open = resolve;
    });
    const source: EventSource = {
      ...memorySource(records),
      read: (window) => {
        const { batches, ...rest } = memorySource(records).read(window);
        return {
          ...rest,
          batches: (async function* slowly() {
            atOnce += 1;
            most = Math.max(most, atOnce);
            if (atOnce === 4) gate.open?.();
            await whenFourRead;
            yield* batches;
            atOnce -= 1;
          })(),
        };
      },
    };
    const archive = createMemoryArchive();
    await collect(backfillPorts({ archive, sources: [source] }), { ...range, ahead: 3 });
    expect(most).toBe(4);
    const manifests = archive.keys().filter((key) => key.endsWith('manifest.json'));
    expect(manifests).toEqual([...manifests].sort());
    expect(await archiveDigests(archive, from, to)).toEqual(expected);
  });

  it('reads one day at a time where a source has one cursor for all', async () => {
    const windows: number[] = [];
    const source: EventSource = {
      ...memorySource(records),
      type: 'streaming',
      read: (window) => {
        windows.push(window.fromMs);
        return memorySource(records).read(window);
      },
    };
    const archive = createMemoryArchive();
    await collect(backfillPorts({ archive, sources: [source] }), { from, to: addDays(from, 3) });
    expect(windows.slice(1)).toEqual(windows.slice(1).sort((a, b) => a - b));
  });

  it('may be shared by several processes', async () => {
    const archive = createMemoryArchive();
    const of = 3;
    await Promise.all(
      Array.from({ length: of }, (_, index) =>
        collect(backfillPorts({ archive, sources: [memorySource(records)] }), {
          ...range,
          shard: { index: index + 1, of },
        }),
      ),
    );
    expect(await archiveDigests(archive, from, to)).toEqual(expected);
  });

  it('gives up a day whose predecessor nobody makes, and says what to do', async () => {
    let nowMs = Date.parse('2027-06-01T00:00:00Z');
    const clock = { nowMs: () => nowMs, sleep: async (ms: number) => void (nowMs += ms) };
    const ports = backfillPorts({ sources: [memorySource(records)], clock });
    await expect(collect(ports, { ...range, shard: { index: 2, of: 2 } })).rejects.toThrow(
      `${addDays(from, 1)}: its report goes on from that of ${from}, which no process makes`,
    );
  });

  it('writes into the ledger that nobody is to be told, so that no schedule does', async () => {
    const mail = {
      from: 'reports@example.com',
      to: ['ops@example.com'],
      attachWorkbook: true,
      maxMessageBytes: 1_000_000,
      linkExpiresMs: null,
    };
    const plan = { ...backfillPlan, mail };
    const mailer = {
      type: 'test',
      claimMs: 0,
      diagnose: async () => [],
      send: async () => {
        throw new Error('nothing is sent');
      },
    };
    const archive = createMemoryArchive();
    const ports = backfillPorts({ archive, mailer, sources: [memorySource(records)] });
    await collect(ports, { from, to: from }, plan);
    expect(await dayState(archive, { ...plan, channels: [] }, from)).toBe('done');
  });
});

describe('days that the sources may not keep any more', () => {
  const kept = records.filter((_record, index) => index >= 2 * 6);

  it('are not written where a later day has events, and are told', async () => {
    const archive = createMemoryArchive();
    const days = await collect(backfillPorts({ archive, sources: [memorySource(kept)] }), range);
    const missing = days.filter(({ kind }) => kind === 'no-events').map(({ date }) => date);
    expect(missing).toEqual(Array.from({ length: 6 }, (_, day) => addDays(from, day)));
    expect(Object.keys(await archiveDigests(archive, from, to))[0]).toBe(addDays(from, 6));
  });

  it('are not written in the midst of others either', async () => {
    const archive = createMemoryArchive();
    const holed = records.filter((record) => !JSON.stringify(record).includes(addDays(from, 7)));
    const days = await collect(backfillPorts({ archive, sources: [memorySource(holed)] }), range);
    expect(days.filter(({ kind }) => kind === 'no-events')).toMatchObject([{ date: addDays(from, 7) }]);
  });

  it('take nothing from a report that is there', async () => {
    const archive = createMemoryArchive();
    await collect(backfillPorts({ archive, sources: [memorySource(records)] }), range);
    const before = await archiveDigests(archive, from, to);
    await collect(backfillPorts({ archive, sources: [memorySource([])] }), { ...range, mode: 'revise' });
    expect(await archiveDigests(archive, from, to)).toEqual(before);
  });

  it('take no record from it either, where the report is revised for another reason', async () => {
    const archive = createMemoryArchive();
    const date = addDays(from, 3);
    const one = { from: date, to: date, mode: 'revise' } as const;
    await collect(backfillPorts({ archive, sources: [memorySource(records)] }), { from, to: date });
    const [late] = backupsOf(date, 1, ['LATE']);
    const [day] = await collect(backfillPorts({ archive, sources: [memorySource([late])] }), one);
    expect(day).toMatchObject({ kind: 'made', result: { kind: 'committed', revision: 2 } });
    const report = await reportOf(archive, date, 2);
    expect(report.resources.map(({ resourceName, outcome }) => [resourceName, outcome])).toEqual(
      expect.arrayContaining([
        ['HR', 'FAILED'],
        ['SALES', 'SUCCEEDED'],
        ['LATE', 'SUCCEEDED'],
      ]),
    );
    expect(report.findings.map(({ words }) => words)).toContain(
      '2 records by the evidence of r1; the sources give them no more',
    );
  });

  it('are written where nothing was due, and where a person asks for it', async () => {
    const weekly = backupsOf(from, dayCount, ['SALES']).filter((_record, day) => day % 7 === 0);
    const rules = {
      ...noRules,
      policies: [
        {
          name: 'weekly',
          match: {},
          isDefault: false,
          cadence: { weekdays: [5], monthDays: [], words: 'weekly:FRI' },
          maxAgeMs: null,
          maxDurationMs: 43_200_000,
          minRetentionMs: null,
          maxRestoreAgeMs: null,
          severity: 'medium',
          owner: null,
        } as const,
      ],
    };
    const archive = createMemoryArchive();
    const ports = backfillPorts({ archive, sources: [memorySource(weekly)] });
    await collect(ports, range, { ...backfillPlan, kind: backupsBy(rules) });
    expect(Object.keys(await archiveDigests(archive, from, to))).toHaveLength(dayCount);

    const empty = backfillPorts({ sources: [memorySource(kept)] });
    const days = await collect(empty, { ...range, writesEmpty: true });
    expect(new Set(days.map(({ kind }) => kind))).toEqual(new Set(['made']));
  });
});

describe('a source that fails', () => {
  it('takes nothing from a report that was whole, and is told', async () => {
    const archive = createMemoryArchive();
    const one = { from, to: from };
    await collect(backfillPorts({ archive, sources: [memorySource(records)] }), one);
    const failing = memorySource(records.slice(0, 1), ['refused after one page']);
    const [day] = await collect(backfillPorts({ archive, sources: [failing] }), { ...one, mode: 'revise' });
    expect(day).toMatchObject({
      kind: 'made',
      result: { kind: 'kept', revision: 1, report: { status: 'INCOMPLETE' } },
    });
    expect((await archive.list('test/')).filter(({ key }) => key.includes('/r2/'))).toEqual([]);
  });
});
