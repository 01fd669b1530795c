import { describe, expect, it } from 'vitest';
import type { BackfillDay } from '../../src/backfill/run-backfill.js';
import { dailyReportSchema } from '../../src/reports/backup-compliance/model/daily-report.js';
import { backfillPorts, collect } from '../support/backfill-plan.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import { backupOn, dateOf, sourceOf } from '../support/pulse-estate.js';

describe('silence is answered as by a run', () => {
  const silentDays = { from: dateOf(1), to: dateOf(6) };

  it('in one of two sources', async () => {
    const archive = createMemoryArchive();
    const both = [
      sourceOf(
        'a',
        [1, 2, 3, 4, 5, 6].flatMap((day) => through(4, day)),
      ),
      sourceOf(
        'b',
        [1, 2, 3, 4, 5, 6].map((day) => backupOn(day, 'crm')),
      ),
    ];
    const days = await collect(backfillPorts({ archive, sources: both }), silentDays);
    expect(days.map(statusOf)).toEqual([
      ...Array.from({ length: 4 }, () => 'COMPLETE'),
      `INCOMPLETE a ${dateOf(4)}`,
      `INCOMPLETE a ${dateOf(4)}`,
    ]);
  });

  it('in the only source: the day is not written unless a person asks for it', async () => {
    const records = [1, 2, 3, 4, 5, 6].flatMap((day) => through(4, day));
    const ports = () => backfillPorts({ sources: [sourceOf('a', records)] });
    const days = await collect(ports(), silentDays);
    expect(days.map(statusOf).slice(4)).toEqual(['no-events', 'no-events']);
    const written = await collect(ports(), { ...silentDays, writesEmpty: true });
    expect(written.map(statusOf).slice(4)).toEqual([
      `INCOMPLETE a ${dateOf(4)}`,
      `INCOMPLETE a ${dateOf(4)}`,
    ]);
  });

  it('not at all in a revision that finds nothing any more: the evidence still knows the day', async () => {
    const archive = createMemoryArchive();
    const full = sourceOf(
      'a',
      [1, 2].flatMap((day) => through(2, day)),
    );
    const range = { from: dateOf(1), to: dateOf(2) };
    await collect(backfillPorts({ archive, sources: [full] }), range);
    const empty = backfillPorts({ archive, sources: [sourceOf('a', [])] });
    const days = await collect(empty, { ...range, mode: 'revise', writesEmpty: true });
    expect(days.map(statusOf)).toEqual(['COMPLETE', 'COMPLETE']);
  });
});

function through(last: number, day: number): readonly unknown[] {
  return day > last ? [] : [backupOn(day, 'erp')];
}

function statusOf(day: BackfillDay): string {
  if (day.kind !== 'made') return day.kind;
  const { status, silence = [] } = dailyReportSchema.parse(day.result.report);
  return [
    status,
    ...silence.map((each) => `${each.source ?? each.cause} ${each.lastRecords ?? ''}`.trim()),
  ].join(' ');
}
