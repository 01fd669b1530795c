import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type Settings, judgeInto } from '../support/judge-day.js';
import { databaseEvent } from '../support/raw-event.js';

const dates = ['2026-11-17', '2026-11-18', '2026-11-19'];
const names = ['SALES', 'HR'];

/** One backup of each database each day. */
const records = dates.flatMap((date) =>
  names.map((name, index) =>
    databaseEvent('end', `${date}T02:0${index}:00Z`, {
      id: `${name}-${date}`,
      resourceId: `ocid1.dbbackup.oc1.iad.${name}${date}`.toLowerCase(),
      details: { databaseId: `ocid1.database.oc1.iad.${name.toLowerCase()}`, dbUniqueName: name },
    }),
  ),
);
const without = (id: string): readonly unknown[] =>
  records.filter((record) => !JSON.stringify(record).includes(id));

/** Nothing meets it. */
const strict = {
  name: 'strict',
  match: { tags: {} },
  isDefault: false,
  cadence: { weekdays: [1, 2, 3, 4, 5, 6, 7], monthDays: [], words: 'daily' },
  maxAgeMs: 1000,
  maxDurationMs: 43_200_000,
  minRetentionMs: null,
  maxRestoreAgeMs: null,
  severity: 'high',
  owner: null,
} as const;

let archive: string;

beforeEach(async () => {
  archive = await mkdtemp(join(tmpdir(), 'revisions-'));
});

afterEach(async () => {
  await rm(archive, { recursive: true, force: true });
});

async function make(settings: Settings & { readonly records: readonly unknown[] }): Promise<void> {
  for (const date of dates) await judgeInto(archive, date, settings);
}

async function revisionsOf(date: string): Promise<string[]> {
  return (await readdir(join(archive, 'test', date.replaceAll('-', '/')))).sort();
}

async function read<T>(date: string, revision: number, name: string): Promise<T> {
  const path = join(archive, 'test', date.replaceAll('-', '/'), `r${revision}`, name);
  return JSON.parse(await readFile(path, 'utf8')) as T;
}

describe('a day that is made again', () => {
  it('gets no revision while it says the same, however much later that is', async () => {
    await make({ records });
    await make({ records, settleMs: 40 * 86_400_000 });
    for (const date of dates) expect(await revisionsOf(date)).toEqual(['r1']);
  });

  it('gets one for an event that came late, with the reason and what changed; the days after do not', async () => {
    await make({ records: without('HR-2026-11-17') });
    await make({ records });
    expect(await revisionsOf('2026-11-17')).toEqual(['r1', 'r2']);
    expect((await read<Manifest>('2026-11-17', 2, 'manifest.json')).supersedes).toMatchObject({
      revision: 1,
      reason: '1 event more than before, of those that came late',
      changes: [
        {
          kind: 'resource',
          subject: 'HR',
          words: 'not in the earlier revision; Succeeded, Compliant in this one',
        },
        { kind: 'jobs', subject: 'backup jobs', words: '1 (1 Succeeded) → 2 (2 Succeeded)' },
      ],
      changesTotal: 2,
    });
  });

  it('is said to be judged by another configuration where that is why', async () => {
    await make({ records });
    await judgeInto(archive, dates[0] ?? '', {
      records,
      rules: { policies: [strict] },
      configurationDigest: 'other',
    });
    const { supersedes } = await read<Manifest>('2026-11-17', 2, 'manifest.json');
    expect(supersedes?.reason).toBe('the configuration changed');
    expect(supersedes?.changes.map(({ subject }) => subject)).toEqual(['HR', 'SALES']);
  });

  it('does not change the report that goes on from it, though its number differs', async () => {
    await make({ records });
    const first = await read<DailyReport>('2026-11-18', 1, 'report.json');
    await judgeInto(archive, '2026-11-17', { records, rules: { policies: [strict] } });
    await judgeInto(archive, '2026-11-17', { records });
    expect(await revisionsOf('2026-11-17')).toEqual(['r1', 'r2', 'r3']);
    const again = await judgeInto(archive, '2026-11-18', { records });
    expect(again.report).toEqual(first);
  });

  it('says how many days later it was made', async () => {
    await make({ records });
    expect((await read<DailyReport>('2026-11-17', 1, 'report.json')).generatedDaysLater).toBe(0);
    const late = await judgeInto(archive, '2026-11-16', { records: [], settleMs: 40.5 * 86_400_000 });
    expect(late.report.generatedDaysLater).toBe(40);
  });
});
