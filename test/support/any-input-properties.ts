import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import fc from 'fast-check';
import type { ControlTotals } from '../../src/model/control-totals.js';
import type { Manifest } from '../../src/model/manifest.js';
import { createLocalFilesSource } from '../../src/sources/local-files/local-files-source.js';
import { type PlantedFile, anyTree, isPlantedFailed, plantedName } from './any-input.js';
import { jsonOf } from './cli.js';
import { type JudgedReport, judge } from './judge-day.js';

/**
 * Plants events in any tree of files, and reads it into a report. Each event is judged there, or the report is INCOMPLETE
 * and names the file that it was in; and what was read and found adds up.
 */
export async function checkAnyInput(numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyTree, async (files) => {
      const made = await judgeTree(files);
      checkRecords(made);
      checkInputs(made, files);
      for (const file of files) checkPlanted(made, file);
    }),
    { numRuns },
  );
}

async function judgeTree(files: readonly PlantedFile[]): Promise<JudgedReport> {
  const directory = await mkdtemp(join(tmpdir(), 'any-input-'));
  try {
    for (const { name, bytes } of files) {
      const path = join(directory, 'events', name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
    const source = createLocalFilesSource({ paths: ['events'], directory, timezone: 'UTC' });
    return await judge([], '2026-11-19', { sources: [source] });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Every record read has one disposition: in the report, in the manifest and in the evidence. */
function checkRecords({ report, files, evidence }: JudgedReport): void {
  const last = new Map(evidence.map((line) => [line['record'], String(line['disposition'])]));
  const counted = (disposition: string): number =>
    [...last.values()].filter((each) => each === disposition).length;
  const totals: ControlTotals = {
    read: last.size,
    used: counted('used'),
    duplicate: counted('duplicate'),
    outside: counted('outside'),
    ignored: counted('ignored'),
    rejected: counted('rejected'),
  };
  expect(report.controlTotals).toEqual(totals);
  expect(totals.used + totals.duplicate + totals.outside + totals.ignored + totals.rejected).toBe(
    totals.read,
  );
  const manifest = jsonOf<Manifest>(files, 'manifest.json');
  expect(manifest.sources.map(({ controlTotals }) => controlTotals)).toEqual([totals]);
  if (totals.rejected > 0) expect(report.status).toBe('INCOMPLETE');
}

/** Every file was found and has one disposition: in the report and in the manifest. */
function checkInputs({ report, files: artefacts }: JudgedReport, files: readonly PlantedFile[]): void {
  const manifest = jsonOf<Manifest>(artefacts, 'manifest.json');
  const archived = manifest.sources[0]?.inputs;
  const inputs = report.sources[0]?.inputs;
  if (archived === undefined || inputs === undefined) throw new Error('inputs are missing');
  const { entries, ...totals } = archived;
  expect(inputs).toMatchObject(totals);
  expect(totals.found).toBe(files.length);
  expect(totals.read + totals.unreadable + totals.leftOut).toBe(totals.found);
  expect(entries.map(({ name }) => name).toSorted()).toEqual(
    files.map(({ name }) => `events/${name}`).toSorted(),
  );
  const unread = entries.filter(({ disposition }) => disposition !== 'read');
  expect(unread).toHaveLength(totals.unreadable);
  for (const { name } of unread) expect(report.statusReasons.join('\n')).toContain(name);
  if (unread.length > 0) expect(report.status).toBe('INCOMPLETE');
}

function checkPlanted({ report, evidence }: JudgedReport, file: PlantedFile): void {
  const outcomes = new Map(report.resources.map((each) => [each.resourceName, each.outcome]));
  const lost = file.planted.filter(
    (n) => outcomes.get(plantedName(n)) !== (isPlantedFailed(n) ? 'FAILED' : 'SUCCEEDED'),
  );
  if (!file.isDamaged) {
    expect(lost).toEqual([]);
    return;
  }
  if (lost.length === 0 || file.isCutBetween) return;
  const name = `events/${file.name}`;
  const isNamed =
    report.statusReasons.some((reason) => reason.includes(`${name}: `)) ||
    evidence.some(
      ({ disposition, place }) => disposition === 'rejected' && String(place).startsWith(`${name}`),
    );
  expect({ lost, status: report.status, isNamed }).toEqual({ lost, status: 'INCOMPLETE', isNamed: true });
}
