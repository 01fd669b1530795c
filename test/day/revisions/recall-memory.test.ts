import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../../src/archives/file-system/file-system-archive.js';
import { hourMs } from '../../../src/base/time-units.js';
import { recallMemory } from '../../../src/day/revisions/recall-memory.js';
import { archivedMemory } from '../../../src/reports/backup-compliance/document/memory-of-archive.js';
import { english, judgeDays } from '../../support/judge-day.js';
import { dayOf } from '../../support/judge.js';
import { memorySource } from '../../support/memory-source.js';
import { databaseEvent } from '../../support/raw-event.js';

const quiet = { info: () => undefined, warn: () => undefined };
const day = dayOf('2026-11-19');

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recall-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Reports of the dates, made in their order. */
async function reportsOf(...dates: readonly string[]) {
  const archive = createFileSystemArchive(directory);
  return judgeDays(dates, (date) => ({
    archive,
    records: [databaseEvent('end', `${date}T02:00:00Z`, { resourceId: `b-${date}` })],
  }));
}

async function recall(lookbackDays = 7, maxBridgeDays = 35) {
  const kind = { name: 'backup-compliance', lookbackDays, memory: archivedMemory };
  const plan = { name: 'test', kind, language: english, maxBridgeDays };
  return recallMemory(createFileSystemArchive(directory), plan, day, quiet);
}

async function change(path: string, edit: (text: string) => string): Promise<void> {
  const file = join(directory, 'test', path);
  await writeFile(file, edit(await readFile(file, 'utf8')));
}

describe('memory', () => {
  it('is empty where the archive has no earlier report: the look-back is read', async () => {
    expect(await recall(3)).toMatchObject({
      memory: null,
      previousReport: null,
      bridged: [],
      window: { fromMs: day.startMs - 3 * 24 * hourMs, toMs: day.cutOffMs },
      knownSinceMs: day.startMs - 3 * 24 * hourMs,
      faults: [],
    });
  });

  it('is the newest report of the day before: only the day itself is read', async () => {
    await reportsOf('2026-11-17', '2026-11-18');
    const { memory, previousReport, window, bridged, findings } = await recall();

    expect(window).toEqual({
      fromMs: day.startMs,
      toMs: day.cutOffMs,
      aheadToMs: day.cutOffMs + 6 * hourMs,
    });
    expect(previousReport).toMatchObject({ date: '2026-11-18', bridgedDays: [] });
    expect(previousReport?.contentDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(bridged).toEqual([]);
    expect(findings).toEqual([]);
    expect([...(memory?.resources.values() ?? [])]).toMatchObject([
      { lastSuccessMs: Date.parse('2026-11-18T02:00:00Z'), standing: { firstReported: '2026-11-17' } },
    ]);
  });

  it('is never of the day itself or a later one', async () => {
    await reportsOf('2026-11-19', '2026-11-20');
    expect((await recall()).memory).toBeNull();
  });

  it('goes on from an earlier report over days that have none, and says so', async () => {
    await reportsOf('2026-11-16');
    const { previousReport, window, findings, knownSinceMs } = await recall();

    expect(previousReport?.bridgedDays).toEqual(['2026-11-17', '2026-11-18']);
    expect(window.fromMs).toBe(dayOf('2026-11-17').startMs);
    expect(knownSinceMs).toBe(dayOf('2026-11-09').startMs);
    expect(findings[0]?.words).toMatch(
      /no report of 2026-11-17 to 2026-11-18; the events since 2026-11-16 were read/,
    );
  });

  it('finds a report that is older than can be bridged, and names the dates that are not read', async () => {
    await reportsOf('2026-09-01');
    const { memory, previousReport, window, findings, faults, knownSinceMs } = await recall(7, 2);

    expect(memory?.date).toBe('2026-09-01');
    expect(previousReport?.bridgedDays).toEqual(['2026-11-17', '2026-11-18']);
    expect(window.fromMs).toBe(dayOf('2026-11-17').startMs);
    expect(knownSinceMs).toBe(window.fromMs);
    expect(findings[0]?.words).toMatch(/no report of 2026-11-17 to 2026-11-18; the events since 2026-11-17/);
    expect(faults).toEqual([
      expect.stringMatching(/^the events of 2026-09-02 to 2026-11-16 were not read: .* for 2 days at most/),
    ]);
  });

  it.each([
    [
      'was altered',
      (text: string) => text.replace('"expected": 1', '"expected": 2'),
      /not the one that its manifest names/,
    ],
    ['is cut off', (text: string) => text.slice(0, 100), /not the one that its manifest names/],
  ])('is not taken from a report that %s', async (_words, edit, reason) => {
    await reportsOf('2026-11-18');
    await change('2026/11/18/r1/report.json', (text) => edit(text.replaceAll('":1', '": 1')));
    const { memory, previous, faults, window } = await recall();

    expect(memory).toBeNull();
    expect(previous).toBeNull();
    expect(faults).toEqual([expect.stringMatching(reason)]);
    expect(window.fromMs).toBe(dayOf('2026-11-12').startMs);
  });

  it('is of the day before where a manifest cannot be understood: nobody knows what it committed', async () => {
    await reportsOf('2026-11-17', '2026-11-18');
    await change('2026/11/18/r1/manifest.json', (text) => text.slice(0, 20));
    const { memory, previous, faults, bridged } = await recall();
    expect([memory?.date, previous?.manifest.date]).toEqual(['2026-11-17', '2026-11-17']);
    expect(faults).toEqual([expect.stringMatching(/2026\/11\/18\/r1\/manifest.json\) .* it is not JSON/)]);
    expect(bridged.map(({ date }) => date)).toEqual(['2026-11-18']);
  });
});

describe('a gap of the archive', () => {
  it.each<readonly [string, number, readonly string[], readonly RegExp[]]>([
    ['is bridged whole where it is as long as may be', 3, ['2026-11-16', '2026-11-17', '2026-11-18'], []],
    ['is bridged whole where it is shorter', 35, ['2026-11-16', '2026-11-17', '2026-11-18'], []],
    [
      'is bridged in part where it is longer by a day',
      2,
      ['2026-11-17', '2026-11-18'],
      [/^the events of 2026-11-16 were not read/],
    ],
    [
      'is bridged in part where it is longer by two',
      1,
      ['2026-11-18'],
      [/^the events of 2026-11-16 to 2026-11-17 were not read/],
    ],
  ])('%s', async (_words, maxBridgeDays, bridged, faults) => {
    await reportsOf('2026-11-15');
    const recalled = await recall(1, maxBridgeDays);
    expect(recalled.bridged.map(({ date }) => date)).toEqual(bridged);
    expect(recalled.window.fromMs).toBe(recalled.bridged[0]?.startMs);
    expect(recalled.faults).toEqual(faults.map((fault) => expect.stringMatching(fault)));
  });

  it('names the dates that cannot be read again, too', async () => {
    const archive = createFileSystemArchive(directory);
    await judgeDays(['2026-11-16'], () => ({ archive, sources: [memorySource([], ['a page was refused'])] }));
    const { window, faults } = await recall(7, 5);
    expect(window.fromMs).toBe(dayOf('2026-11-14').startMs);
    expect(faults).toEqual([expect.stringMatching(/^the events of 2026-11-09 to 2026-11-13 were not read/)]);
  });
});

describe('a change of the time zone', () => {
  it.each<readonly [string, string, RegExp]>([
    // Midnight in New York is 05:00 UTC.
    ['UTC', 'America/New_York', /no report covers the 5 h from 2026-11-18 19:00 EST to 2026-11-19 00:00 EST/],
    [
      'UTC',
      'Asia/Tokyo',
      /two reports cover the 9 h from 2026-11-19 00:00 GMT\+9 to 2026-11-19 09:00 GMT\+9/,
    ],
    ['Europe/Berlin', 'UTC', /no report covers the 60 min from 2026-11-18 23:00 UTC to 2026-11-19 00:00 UTC/],
    ['Europe/Berlin', 'Europe/Paris', /no hour is left out/],
    ['Asia/Kolkata', 'Asia/Kathmandu', /two reports cover the 15 min from 2026-11-19 00:00/],
  ])('from %s to %s is told with its hours', async (before, after, words) => {
    const archive = createFileSystemArchive(directory);
    await judgeDays(['2026-11-18'], () => ({ archive, timezone: before }));
    const kind = { name: 'backup-compliance', lookbackDays: 7, memory: archivedMemory };
    const plan = { name: 'test', kind, language: english };
    const recalled = await recallMemory(archive, plan, dayOf('2026-11-19', after), quiet);
    expect(recalled.findings).toMatchObject([{ kind: 'memory', subject: after }]);
    expect(recalled.findings[0]?.words).toMatch(words);
    expect(recalled.faults).toEqual([]);
  });

  it('is told with the first day of the gap that comes with it', async () => {
    const archive = createFileSystemArchive(directory);
    await judgeDays(['2026-11-16'], () => ({ archive, timezone: 'Asia/Tokyo' }));
    const kind = { name: 'backup-compliance', lookbackDays: 7, memory: archivedMemory };
    const plan = { name: 'test', kind, language: english };
    const recalled = await recallMemory(archive, plan, day, quiet);
    expect(recalled.bridged.map(({ date }) => date)).toEqual(['2026-11-17', '2026-11-18']);
    expect(recalled.window.fromMs).toBe(Date.parse('2026-11-16T15:00:00Z'));
    expect(recalled.findings.map(({ words }) => words)).toEqual([
      expect.stringMatching(/no report of 2026-11-17 to 2026-11-18/),
      expect.stringMatching(/no report covers the 9 h from 2026-11-16 15:00 UTC to 2026-11-17 00:00 UTC/),
    ]);
  });

  it('is not told where there is none', async () => {
    await reportsOf('2026-11-18');
    expect((await recall()).findings).toEqual([]);
  });
});

describe('other plans of the archive', () => {
  it('are named in the log of a cold start, and in nothing else', async () => {
    const archive = createFileSystemArchive(directory);
    await judgeDays(['2026-11-17', '2026-11-18'], () => ({ archive }));
    await archive.create('doctor/probe.txt', { bytes: Buffer.from('x') }, 'text/plain');
    const logged: unknown[] = [];
    const log = { ...quiet, warn: (fields: object) => void logged.push(fields) };
    const plan = {
      name: 'renamed',
      kind: { name: 'backup-compliance', lookbackDays: 7, memory: archivedMemory },
      language: english,
    };
    const recalled = await recallMemory(archive, plan, day, log);
    expect(logged).toMatchObject([{ plan: 'renamed', otherPlans: ['test'] }]);
    expect([recalled.findings, recalled.faults]).toEqual([[], []]);
  });
});

function backupOn(date: string) {
  return databaseEvent('end', `${date}T02:00:00Z`, { resourceId: `b-${date}` });
}

describe('days that are made later', () => {
  it('are told by the next revision, and the manifest links what existed when each was made', async () => {
    const archive = createFileSystemArchive(directory);
    const records = [backupOn('2026-11-15'), backupOn('2026-11-17')];
    const [, first] = await judgeDays(['2026-11-15', '2026-11-17'], () => ({ archive, records }));
    await judgeDays(['2026-11-16'], () => ({ archive, records }));
    const more = [...records, databaseEvent('end', '2026-11-17T03:00:00Z', { resourceId: 'late' })];
    const [second] = await judgeDays(['2026-11-17'], () => ({ archive, records: more }));

    const linked = [first, second].map(
      (each) => JSON.parse(String(each?.files.get('manifest.json'))).previousManifest.key,
    );
    expect(linked).toEqual(['test/2026/11/15/r1/manifest.json', 'test/2026/11/16/r1/manifest.json']);
    expect(second?.report.status).toBe('COMPLETE');
    expect(second?.report.findings.map(({ words }) => words)).toEqual([
      expect.stringMatching(/went on from the report of 2026-11-15, this one from that of 2026-11-16/),
    ]);
  });
});
