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

async function recall(lookbackDays = 7) {
  const plan = { name: 'test', kind: { lookbackDays, memory: archivedMemory }, language: english };
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

    expect(window).toEqual({ fromMs: day.startMs, toMs: day.cutOffMs });
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

  it('finds a report that is older than the look-back, and says what was not read', async () => {
    await reportsOf('2026-09-01');
    const { memory, previousReport, window, findings, knownSinceMs } = await recall(2);

    expect(memory?.date).toBe('2026-09-01');
    expect(previousReport?.bridgedDays).toEqual(['2026-11-17', '2026-11-18']);
    expect(window.fromMs).toBe(dayOf('2026-11-17').startMs);
    expect(knownSinceMs).toBe(window.fromMs);
    expect(findings[0]?.words).toMatch(/only the events since 2026-11-17 were read/);
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
    expect(previous?.revision).toBe(1);
    expect(faults).toEqual([expect.stringMatching(reason)]);
    expect(window.fromMs).toBe(dayOf('2026-11-12').startMs);
  });

  it('stops at a manifest that cannot be understood: nobody knows what it committed', async () => {
    await reportsOf('2026-11-18');
    await change('2026/11/18/r1/manifest.json', (text) => text.slice(0, 20));
    await expect(recall()).rejects.toMatchObject({ kind: 'storage' });
  });
});
