import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventSource } from '../../../../src/ports/event-source.js';
import { reportVerdict } from '../../../../src/reports/backup-compliance/model/report-verdict.js';
import {
  type JudgedReport,
  type Settings,
  fixedInventory,
  judgeDays,
  judgeInto,
} from '../../../support/judge-day.js';
import { backupOn, damagedOn, dateOf, sourceOf, unrelatedOn, weekly } from '../../../support/pulse-estate.js';

/** Days 1 to `last` of a plan; the last one is looked at. */
interface Row {
  readonly last: number;
  readonly sources: (day: number) => readonly EventSource[];
  readonly settings?: Settings;
  /** `source/region last-date resources` of each silence. */
  readonly silent: readonly string[];
  readonly missed: number;
  readonly status?: 'COMPLETE' | 'INCOMPLETE';
}

const upTo = (last: number, day: number, ...names: string[]) =>
  day > last ? [] : names.map((name) => backupOn(day, name));

/** Tells no region. */
const elsewhere = (day: number) => {
  const { data: _, ...rest } = unrelatedOn(day);
  return rest;
};

const rows: Readonly<Record<string, Row>> = {
  'a source that is silent, and alone told of what is due': {
    last: 4,
    sources: (day) => [sourceOf('a', upTo(3, day, 'erp', 'crm'))],
    silent: [`a ${dateOf(3)} 2`],
    missed: 2,
  },
  'nothing is asked of a source whose records were of two days only': {
    last: 3,
    sources: (day) => [sourceOf('a', upTo(2, day, 'erp'))],
    silent: [],
    missed: 1,
  },
  'a source that has been silent for seven weeks, beside one that goes on': {
    last: 52,
    sources: (day) => [sourceOf('a', upTo(3, day, 'erp')), sourceOf('b', [backupOn(day, 'crm')])],
    silent: [`a ${dateOf(3)} 1`],
    missed: 1,
  },
  'a source that tells again after weeks': {
    last: 32,
    sources: (day) => [sourceOf('a', day > 30 ? [backupOn(day, 'erp')] : upTo(3, day, 'erp'))],
    silent: [],
    missed: 0,
  },
  'another source, which is not silent, told of the same success': {
    last: 5,
    sources: (day) => [
      sourceOf('a', upTo(4, day, 'erp', 'crm')),
      sourceOf('b', [...upTo(4, day, 'erp'), backupOn(day, 'crm')]),
    ],
    silent: [],
    missed: 1,
  },
  'both witnesses are silent': {
    last: 5,
    sources: (day) => [sourceOf('a', upTo(4, day, 'erp')), sourceOf('b', upTo(4, day, 'erp'))],
    silent: [`a ${dateOf(4)} 1`, `b ${dateOf(4)} 1`],
    missed: 1,
  },
  'another source told what was due today': {
    last: 5,
    sources: (day) => [
      sourceOf('a', upTo(4, day, 'erp')),
      sourceOf('b', day === 5 ? [backupOn(5, 'erp')] : []),
    ],
    silent: [],
    missed: 0,
  },
  'another source told of a failed attempt today': {
    last: 5,
    sources: (day) => [
      sourceOf('a', upTo(4, day, 'erp')),
      sourceOf('b', day === 5 ? [backupOn(5, 'erp', 'iad', 'begin')] : []),
    ],
    silent: [],
    missed: 0,
  },
  'an attempt of the day before that nobody heard of since': {
    last: 5,
    sources: (day) => [
      sourceOf('a', [...upTo(3, day, 'erp'), ...(day === 4 ? [backupOn(4, 'erp', 'iad', 'begin')] : [])]),
    ],
    silent: [`a ${dateOf(4)} 1`],
    missed: 0,
  },
  'one of two regions of a source': {
    last: 4,
    sources: (day) => [
      sourceOf('a', [backupOn(day, 'erp'), ...(day > 3 ? [] : [backupOn(day, 'crm', 'fra')])]),
    ],
    silent: [`a/fra ${dateOf(3)} 1`],
    missed: 1,
  },
  'a region that was quiet before': {
    last: 4,
    sources: (day) => [
      sourceOf('a', [backupOn(day, 'erp'), ...(day > 2 ? [] : [backupOn(day, 'crm', 'fra')])]),
    ],
    silent: [],
    missed: 1,
  },
  'both regions: the source itself is silent': {
    last: 4,
    sources: (day) => [sourceOf('a', day > 3 ? [] : [backupOn(day, 'erp'), backupOn(day, 'crm', 'fra')])],
    silent: [`a ${dateOf(3)} 2`],
    missed: 2,
  },
  'an off day of a weekly estate': {
    last: 24,
    sources: (day) => [sourceOf('a', day % 7 === 1 ? [backupOn(day, 'erp')] : [])],
    settings: { rules: weekly },
    silent: [],
    missed: 0,
  },
  'an off day of a weekly estate whose source told something every day': {
    last: 24,
    sources: (day) => [
      sourceOf('a', day > 22 ? [] : [unrelatedOn(day), ...(day % 7 === 1 ? [backupOn(day, 'erp')] : [])]),
    ],
    settings: { rules: weekly },
    silent: [`a ${dateOf(22)} 0`],
    missed: 0,
  },
  'the Monday after a Sunday on which the source of a weekly estate was silent': {
    last: 23,
    sources: (day) => [sourceOf('a', day % 7 === 1 && day < 22 ? [backupOn(day, 'erp')] : [])],
    settings: { rules: weekly },
    silent: [`a ${dateOf(15)} 0`],
    missed: 0,
  },
  'the Sunday of a weekly estate': {
    last: 22,
    sources: (day) => [sourceOf('a', day % 7 === 1 && day < 22 ? [backupOn(day, 'erp')] : [])],
    settings: { rules: weekly },
    silent: [`a ${dateOf(15)} 1`],
    missed: 1,
  },
  'a source that was added today and has nothing': {
    last: 5,
    sources: (day) => [sourceOf('a', upTo(5, day, 'erp')), ...(day === 5 ? [sourceOf('b', [])] : [])],
    silent: [],
    missed: 0,
  },
  'its records are all duplicates': {
    last: 5,
    sources: (day) => [
      sourceOf('a', [backupOn(day, 'erp')]),
      sourceOf('b', [backupOn(day, 'erp'), ...upTo(4, day, 'crm')]),
    ],
    silent: [],
    missed: 1,
  },
  'its records are all rejected, with a time that can be read': {
    last: 5,
    sources: (day) => [sourceOf('a', day === 5 ? [damagedOn(5)] : [backupOn(day, 'erp')])],
    settings: { tolerateRejected: 5 },
    silent: [],
    missed: 1,
  },
  'its records are all rejected, and tell no time': {
    last: 5,
    sources: (day) => [sourceOf('a', day === 5 ? ['{"eventType":'] : [backupOn(day, 'erp')])],
    settings: { tolerateRejected: 5 },
    silent: [`a ${dateOf(4)} 1`],
    missed: 1,
  },
  'one region, while records without a region come as before': {
    last: 5,
    sources: (day) => [sourceOf('a', [...upTo(4, day, 'erp'), elsewhere(day)])],
    settings: { tolerateRejected: 5 },
    silent: [`a/iad ${dateOf(4)} 1`],
    missed: 1,
  },
  'one region, while others tell without a region what that one told with it': {
    last: 5,
    sources: (day) => [sourceOf('a', day === 5 ? [elsewhere(5)] : [backupOn(day, 'erp')])],
    settings: { tolerateRejected: 5 },
    silent: [],
    missed: 1,
  },
  'its records are all ignored': {
    last: 5,
    sources: (day) => [sourceOf('a', day === 5 ? [unrelatedOn(5)] : [backupOn(day, 'erp')])],
    silent: [],
    missed: 1,
  },
  'its records are all of after the cut-off': {
    last: 5,
    sources: (day) => [sourceOf('a', [backupOn(day === 5 ? 6 : day, 'erp')])],
    silent: [`a ${dateOf(4)} 1`],
    missed: 1,
  },
  'it could not be read: that is why the report is INCOMPLETE': {
    last: 5,
    sources: (day) => [sourceOf('a', upTo(4, day, 'erp'), day === 5 ? ['refused'] : [])],
    silent: [],
    missed: 1,
    status: 'INCOMPLETE',
  },
  'days that could not be read are not compared': {
    last: 7,
    sources: (day) => [sourceOf('a', upTo(3, day, 'erp'), day > 3 && day < 7 ? ['refused'] : [])],
    silent: [`a ${dateOf(3)} 1`],
    missed: 1,
  },
  'an excluded resource asks for nothing': {
    last: 5,
    sources: (day) => [sourceOf('a', upTo(4, day, 'erp'))],
    settings: { rules: { excludes: [{ match: {}, reason: 'rebuilt nightly' }] } },
    silent: [],
    missed: 0,
  },
};

describe('the pulse of a source', () => {
  it.each(Object.entries(rows))('%s', async (_title, row) => {
    const { report } = await lastOf(row);
    expect(report.silence?.map(words)).toEqual(row.silent);
    expect(report.totals.byOutcome.MISSED).toBe(row.missed);
    expect(report.status).toBe(row.status ?? (row.silent.length === 0 ? 'COMPLETE' : 'INCOMPLETE'));
  });

  it('is the same in whatever order the sources stand', async () => {
    const turned = await lastOf({
      ...(rows['both witnesses are silent'] as Row),
      sources: (day) => [sourceOf('b', upTo(4, day, 'erp')), sourceOf('a', upTo(4, day, 'erp'))],
    });
    expect(turned.report.silence?.map(words)).toEqual([`a ${dateOf(4)} 1`, `b ${dateOf(4)} 1`]);
  });

  it('says which source is silent, since when, and how much is known from it alone, before all else', async () => {
    const row = rows['one of two regions of a source'] as Row;
    const { report } = await lastOf({ ...row, settings: { tolerateRejected: 0 } });
    expect(report.statusReasons).toEqual([
      'a, region fra: silent, no record of this day; its last ones are of 2026-11-03. 1 resource that was due is known from it alone: whether its backup ran is not known',
    ]);
  });

  it('says so where nothing of it was due', async () => {
    const row = rows['an off day of a weekly estate whose source told something every day'] as Row;
    const { report } = await lastOf(row);
    expect(report.statusReasons).toEqual([
      'a: silent, no record of this day; its last ones are of 2026-11-22. Nothing that is known from it alone was due; what else happened to it is not known',
    ]);
    expect(reportVerdict(report)).toBe('INCOMPLETE');
  });

  it('counts by day and region, whatever became of the records', async () => {
    const { report } = await lastOf({
      ...(rows['its records are all duplicates'] as Row),
      last: 2,
    });
    const [a, b] = report.sources;
    expect(a?.pulse).toEqual({
      days: [pulseOn(1, 1), pulseOn(2, 1)],
      regions: [{ region: 'iad', days: [pulseOn(1, 1), pulseOn(2, 1)] }],
    });
    expect(b?.pulse?.days).toEqual([pulseOn(1, 2), pulseOn(2, 2)]);
    expect(report.resources.map(({ lastKnown }) => lastKnown.sources)).toEqual([
      [{ name: 'b', region: 'iad' }],
      [
        { name: 'a', region: 'iad' },
        { name: 'b', region: 'iad' },
      ],
    ]);
  });
});

describe('one answer to silence', () => {
  it('is that of daily runs where a gap is bridged, and of a rerun', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'pulse-'));
    try {
      const judged = (day: number) => {
        const records = [1, 2, 3].map((each) => backupOn(each, 'erp'));
        return judgeInto(directory, dateOf(day), { sources: [sourceOf('a', records)] });
      };
      for (const day of [1, 2, 3]) await judged(day);
      const { report } = await judged(6);
      expect(report.silence?.map(words)).toEqual([`a ${dateOf(3)} 1`]);
      expect(report.sources[0]?.pulse?.days).toEqual(
        [1, 1, 1, 0, 0, 0].map((records, index) => pulseOn(index + 1, records)),
      );
      const again = await judged(6);
      expect(again.report.silence).toEqual(report.silence);
      const files = await readdir(directory, { recursive: true });
      expect(files.filter((path) => path.endsWith('manifest.json'))).toHaveLength(4);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});

describe('a source that is no more', () => {
  it('is told with what was known from it alone', async () => {
    const { report } = await lastOf({
      last: 5,
      sources: (day) =>
        day < 5
          ? [sourceOf('a', [backupOn(day, 'erp'), backupOn(day, 'crm')])]
          : [sourceOf('renamed', [backupOn(5, 'erp')])],
      silent: [],
      missed: 1,
    });
    expect(report.status).toBe('COMPLETE');
    expect(report.sources.map(({ pulse }) => pulse?.days.length)).toEqual([1]);
    expect(report.findings.filter(({ kind }) => kind === 'source-gone')).toEqual([
      {
        kind: 'source-gone',
        subject: 'a',
        words:
          'no source is called a any more; was it renamed or removed? What is known of its quiet and busy days is gone. 1 resource that is due was told by it alone: what became of it is not known',
      },
    ]);
  });

  it('makes the report INCOMPLETE where the new name has not one record', async () => {
    const { report } = await lastOf({
      last: 5,
      sources: (day) => [sourceOf(day < 5 ? 'a' : 'renamed', upTo(4, day, 'erp'))],
      silent: [],
      missed: 1,
    });
    expect(report.silence).toEqual([
      { cause: 'nothing-read', source: null, lastRecords: null, resources: 1 },
    ]);
    expect(report.status).toBe('INCOMPLETE');
  });
});

describe('a first day', () => {
  it('without a record of anybody is INCOMPLETE: nothing is known', async () => {
    const { report } = await firstDay([]);
    expect(report.status).toBe('INCOMPLETE');
    expect(report.silence?.map(({ cause }) => cause)).toEqual(['nothing-read']);
  });

  it('without a record is INCOMPLETE where an inventory names what is due', async () => {
    const { report } = await firstDay([], { inventory: fixedInventory([{}]) });
    expect(report.status).toBe('INCOMPLETE');
    expect(report.silence?.map(({ cause, resources }) => [cause, resources])).toEqual([['nothing-read', 1]]);
  });

  it('is no alarm where the look-back has records and the day has none', async () => {
    const { report } = await firstDay([-4, -3, -2, -1].map((day) => backupOn(day, 'erp')));
    expect(report.status).toBe('COMPLETE');
    expect(report.totals.byOutcome.MISSED).toBe(1);
    expect(report.silence).toEqual([]);
  });
});

function pulseOn(day: number, records: number) {
  return { date: dateOf(day), records, comparable: true };
}

function firstDay(records: readonly unknown[], settings: Settings = {}): Promise<JudgedReport> {
  return lastOf({ last: 1, sources: () => [sourceOf('a', records)], settings, silent: [], missed: 0 });
}

function words({ source, region, lastRecords, resources }: Silence): string {
  const place = region === undefined ? source : `${source}/${region}`;
  return `${place} ${lastRecords} ${resources}`;
}

type Silence = NonNullable<JudgedReport['report']['silence']>[number];

async function lastOf({ last, sources, settings }: Row): Promise<JudgedReport> {
  const dates = Array.from({ length: last }, (_, index) => dateOf(index + 1));
  const reports = await judgeDays(dates, (date) => ({
    ...settings,
    sources: sources(dates.indexOf(date) + 1),
  }));
  const report = reports.at(-1);
  if (report === undefined) throw new Error('no day was judged');
  return report;
}
