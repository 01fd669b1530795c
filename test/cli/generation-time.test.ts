import { afterEach, describe, expect, it, vi } from 'vitest';
import { type BackfillOptions, backfill } from '../../src/cli/backfill.js';
import { explain } from '../../src/cli/explain.js';
import { demoTime } from '../../src/cli/demo-days.js';
import { openScheduledPlan } from '../../src/cli/open-scheduled-plan.js';
import { run } from '../../src/cli/run.js';
import { schedule } from '../../src/cli/schedule.js';
import { dayMs } from '../../src/base/time-units.js';
import { fixedTime } from '../../src/wiring/generation-time.js';
import { type CliResult, Project } from '../support/cli.js';
import { dayOf } from '../support/judge.js';
import { judge } from '../support/judge-day.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured } from '../support/run-here.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

const nowMs = Date.parse('2026-11-25T10:00:00.500Z');
const day = dayOf('2026-11-19', 'America/New_York');
const seconds = (iso: string): string => String(Date.parse(iso) / 1000);

describe('SOURCE_DATE_EPOCH', () => {
  it.each([
    ['the cut-off', '2026-11-20T05:00:00Z'],
    ['a time after it', '2026-11-22T00:00:01Z'],
    ['this second', '2026-11-25T10:00:00Z'],
  ])('may be %s', (_what, iso) => {
    expect(fixedTime({ SOURCE_DATE_EPOCH: seconds(iso) }, nowMs, day)).toBe(Date.parse(iso));
  });

  it('need not be there', () => {
    expect(fixedTime({}, nowMs, day)).toBeNull();
  });

  it.each([
    ['the next second', seconds('2026-11-25T10:00:01Z'), /2026-11-25T10:00:01.000Z, which is in the future$/],
    ['a second before the cut-off', seconds('2026-11-20T04:59:59Z'), /before 2026-11-19 was over/],
    ['1970', '0', /1970-01-01T00:00:00.000Z, before/],
    ['milliseconds', String(nowMs), /in the future \(in seconds, not in milliseconds\)$/],
    ['a huge number', '9'.repeat(400), /^SOURCE_DATE_EPOCH: 9+… is in the future/],
    ['nothing', '', /'' is not a whole number/],
    ['a space', ' ', /'' is not a whole number/],
    ['a negative number', '-1', /'-1' is not a whole number/],
    ['a fraction', '1795600000.5', /not a whole number/],
    ['another notation', '1.7956e9', /not a whole number/],
    ['hexadecimal', '0x6B069D00', /not a whole number/],
    ['digits of another script', '١٧٩٥٦٠٠٠٠٠', /not a whole number/],
    ['a date', '2026-11-22', /not a whole number/],
    ['lines and escapes', '\u001b[2J\n1795600000', /'\[2J 1795600000' is not/],
  ])('may not be %s', (_what, text, words) => {
    expect(() => fixedTime({ SOURCE_DATE_EPOCH: text }, nowMs, day)).toThrow(
      expect.objectContaining({ kind: 'usage', message: expect.stringMatching(words) }),
    );
  });

  it('may be any time up to now where there is no report day', () => {
    expect(fixedTime({ SOURCE_DATE_EPOCH: '0' }, nowMs, null)).toBe(0);
    expect(() => fixedTime({ SOURCE_DATE_EPOCH: '1795700000' }, nowMs, null)).toThrow(/in the future/);
  });
});

const range: Omit<BackfillOptions, 'config'> = {
  from: '2026-11-17',
  to: '2026-11-19',
  ahead: 0,
  logLevel: 'silent',
};

/** What each command says of a value, in a folder with a configuration. */
async function commandsWith(value: string): Promise<ReadonlyMap<string, CliResult>> {
  const project = await Project.create({});
  try {
    const config = `${project.directory}/backup-report.yaml`;
    vi.stubEnv('SOURCE_DATE_EPOCH', value);
    const logLevel = 'silent';
    const commands = {
      run: captured((output) => run({ config, date: '2026-11-19', logLevel }, output)),
      backfill: captured((output) => backfill({ ...range, config }, output)),
      explain: captured((output) => explain([config], { logLevel }, output)),
      schedule: captured((output) =>
        schedule({ config: [config], healthHost: '127.0.0.1', logLevel }, output),
      ),
    };
    const results = new Map<string, CliResult>();
    for (const [name, result] of Object.entries(commands)) results.set(name, await result);
    expect(await project.list('reports')).toEqual([]);
    return results;
  } finally {
    await project.remove();
  }
}

describe('a report of the demo', () => {
  it.each([
    ['once its day has settled', '2026-11-20T11:00:00Z', '2026-11-20T11:00:00Z'],
    ['now where it has not', '2026-11-20T06:00:00Z', '2026-11-20T06:00:00Z'],
    ['then, however long ago', '2027-11-20T06:00:00Z', '2026-11-20T11:00:00Z'],
  ])('is made %s', (_what, now, made) => {
    expect(demoTime(day, Date.parse(now))).toBe(Date.parse(made));
  });
});

describe('a command with a generation time that cannot be', () => {
  it.each([
    ['in the future', String(Math.floor((Date.now() + dayMs) / 1000))],
    ['garbage', 'tomorrow'],
  ])('ends with 2 where it is %s, and makes nothing', async (_what, value) => {
    for (const [name, { code, stderr }] of await commandsWith(value)) {
      expect([name, code, stderr]).toEqual([
        name,
        2,
        expect.stringMatching(/^backup-report: SOURCE_DATE_EPOCH: [^\n]*\n {2}-> Unset it, [^\n]*\n$/),
      ]);
    }
  });

  it('backfill goes by the latest day of its range', async () => {
    const project = await Project.create({});
    try {
      const config = `${project.directory}/backup-report.yaml`;
      vi.stubEnv('SOURCE_DATE_EPOCH', seconds('2026-11-19T00:00:00Z'));
      const all = await captured((output) => backfill({ ...range, config }, output));
      expect([all.code, all.stderr]).toEqual([2, expect.stringMatching(/before 2026-11-19 was over/)]);
      expect(await project.list('reports')).toEqual([]);
    } finally {
      await project.remove();
    }
  });
});

describe('whether a day is over', () => {
  it.each([
    ['is', 0, 'COMPLETE'],
    ['is not', -1, 'INCOMPLETE'],
  ] as const)(
    '%s decided by the generation time, whatever the clock says',
    async (_word, settleMs, status) => {
      const records = [databaseEvent('end', '2026-11-19T02:00:00Z')];
      const clock = { nowMs: () => Date.parse('2026-11-30T00:00:00Z'), sleep: async () => undefined };
      const { report } = await judge(records, '2026-11-19', { settleMs, clock });
      expect(report.status).toBe(status);
    },
  );
});

describe('a schedule with a fixed generation time', () => {
  it('warns at its start, and makes no day that ends after it', async () => {
    const project = await Project.create({});
    try {
      const today = dayOf(new Date().toISOString().slice(0, 10));
      vi.stubEnv('SOURCE_DATE_EPOCH', String(today.startMs / 1000));
      const warned: string[] = [];
      const log = { info: () => undefined, warn: (_: unknown, message: string) => void warned.push(message) };
      const { plan } = await openScheduledPlan(`${project.directory}/backup-report.yaml`, log);
      expect(warned).toEqual(['schedule: days that end after SOURCE_DATE_EPOCH cannot be made']);
      await expect(plan.makeDay(today, new AbortController().signal)).rejects.toMatchObject({
        kind: 'usage',
        message: expect.stringMatching(/before \S+ was over/),
      });
    } finally {
      await project.remove();
    }
  });
});
