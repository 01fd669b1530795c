import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '../../src/base/civil-dates.js';
import { generateNight } from '../generate.js';
import { type Measurement, measure, median, ratios, withSpread } from '../measure.js';
import { type Part, type PartResult, roomsOfRun } from '../part.js';
import { dataFolder, mainPath } from '../paths.js';

const firstDate = '2025-06-01';

export interface BackfillSize {
  readonly resources: number;
  readonly days: number;
}

/** A backfill of so many days beside one run of such a day. */
export function backfillPart({ resources, days }: BackfillSize, turns: number): Part {
  return {
    name: `backfill-${resources}x${days}`,
    title: `A backfill of ${days} days of ${resources.toLocaleString('en')} resources`,
    rooms: [...roomsOfRun, 'src/backfill', 'bench/parts/backfill.ts', 'bench/generate.ts'],
    measure: () => measureBackfill({ resources, days }, turns),
  };
}

/** A range of days by one process beside ten that share it and its archive. */
export function shardsPart({ resources, days }: BackfillSize, processes: number): Part {
  return {
    name: `shards-${processes}x${resources}x${days}`,
    title: `${days} days of ${resources} resources by ${processes} processes that share one archive`,
    rooms: [...roomsOfRun, 'src/backfill', 'bench/parts/backfill.ts', 'bench/generate.ts'],
    measure: () => measureShards({ resources, days }, processes),
  };
}

async function measureBackfill(size: BackfillSize, turns: number): Promise<PartResult> {
  const { resources, days } = size;
  const runs: Measurement[] = [];
  const backfills: Measurement[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    runs.push(await inEstate(size, (folder) => runDay(folder)));
    backfills.push(await inEstate(size, (folder) => backfill(folder, days)));
    process.stderr.write(`${days} days of ${resources} resources, turn ${turn + 1} of ${turns}\n`);
  }
  const seconds = backfills.map((each) => each.seconds);
  const perSecond = seconds.map((each) => days / each);
  const toRun = ratios(
    seconds,
    runs.map((each) => each.seconds),
  );
  const cpuToRun = ratios(cpuOf(backfills), cpuOf(runs));
  const text = [
    '| | seconds | processor seconds | peak MB | days a second |',
    '| --- | ---: | ---: | ---: | ---: |',
    rowOf('one `run`', runs, ''),
    rowOf(`backfill of ${days} days`, backfills, withSpread(perSecond)),
    '',
    `Page, workbook, a slice and mails for each day. Backfill / run: ${withSpread(toRun)} by the clock, ${withSpread(cpuToRun)} by processor time.`,
  ].join('\n');
  return { text, figures: { toRun: median(toRun), daysPerSecond: median(perSecond) } };
}

async function measureShards(size: BackfillSize, processes: number): Promise<PartResult> {
  const { days } = size;
  const alone = await inEstate(size, (folder) => backfill(folder, days));
  const from = performance.now();
  const shared = await inEstate(size, (folder) =>
    Promise.all(
      Array.from({ length: processes }, (_, index) =>
        backfill(folder, days, ['--shard', `${index + 1}/${processes}`]),
      ),
    ),
  );
  const seconds = (performance.now() - from) / 1000;
  const cpu = cpuOf(shared).reduce((sum, each) => sum + each, 0);
  const peak = shared.reduce((sum, each) => sum + each.peakMegabytes, 0);
  const text = [
    '| | seconds | processor seconds | peak MB | days a second |',
    '| --- | ---: | ---: | ---: | ---: |',
    rowOf('one process', [alone], (days / alone.seconds).toFixed(2)),
    `| ${processes} processes, all together | ${seconds.toFixed(2)} | ${cpu.toFixed(2)} | ${peak.toFixed(0)} | ${(days / seconds).toFixed(2)} |`,
    '',
    `${processes} processes make ${(alone.seconds / seconds).toFixed(2)} x the days a second of one.`,
  ].join('\n');
  return { text, figures: { toOneProcess: alone.seconds / seconds, daysPerSecond: days / seconds } };
}

function cpuOf(measurements: readonly Measurement[]): number[] {
  return measurements.map(({ cpuSeconds }) => cpuSeconds);
}

function rowOf(name: string, measurements: readonly Measurement[], perSecond: string): string {
  const seconds = withSpread(measurements.map((each) => each.seconds));
  const peak = Math.max(...measurements.map(({ peakMegabytes }) => peakMegabytes)).toFixed(0);
  return `| ${[name, seconds, withSpread(cpuOf(measurements)), peak, perSecond].join(' | ')} |`;
}

/** In a new archive, beside the events of all days. */
async function inEstate<T>(
  { resources, days }: BackfillSize,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const events = await nights(resources, days);
  const folder = await mkdtemp(join(dataFolder, 'work-'));
  try {
    await writeFile(join(folder, 'backup-report.yaml'), estateConfiguration(events));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From the day before the first, and the day after the last: a day is read beyond its ends. */
async function nights(resources: number, days: number): Promise<string> {
  const folder = join(dataFolder, `nights-${resources}`);
  await mkdir(folder, { recursive: true });
  for (let day = -2; day <= days + 1; day += 1) {
    const date = addDays(firstDate, day);
    const path = join(folder, `${date}.ndjson.gz`);
    if (!existsSync(path)) await generateNight(path, date, resources);
  }
  return folder;
}

/** A plan with a page, a workbook, a slice and mails of such an estate. */
export function estateConfiguration(events: string): string {
  return `plan: bench
timezone: UTC
lookbackDays: 1
sources: [{ type: local-files, paths: [${JSON.stringify(join(events, '{date}.ndjson.gz'))}] }]
recipients:
  - { name: volumes, match: { resourceType: [volume] }, to: [volumes@example.com] }
archive: { type: file-system, directory: ./reports }
mail: { type: outbox, directory: ./outbox, from: reports@example.com, to: [ops@example.com] }
`;
}

/** 0: all is well. 3: a resource failed. Others are failures of the bench. */
const codes = [0, 3];

function runDay(folder: string): Promise<Measurement> {
  const options = [
    '--config',
    join(folder, 'backup-report.yaml'),
    '--date',
    firstDate,
    '--log-level',
    'error',
  ];
  return measure([mainPath, 'run', ...options], { codes });
}

function backfill(folder: string, days: number, more: readonly string[] = []): Promise<Measurement> {
  const range = ['--from', firstDate, '--to', addDays(firstDate, days - 1), '--mail'];
  const options = ['--config', join(folder, 'backup-report.yaml'), '--log-level', 'error'];
  return measure([mainPath, 'backfill', ...range, ...options, ...more], { codes });
}

/** A folder with a plan of a small estate, and one night of its events. The caller removes it. */
export async function smallEstate(): Promise<{ readonly folder: string; readonly date: string }> {
  const events = await nights(48, 1);
  const folder = await mkdtemp(join(dataFolder, 'work-'));
  await writeFile(join(folder, 'backup-report.yaml'), estateConfiguration(events));
  return { folder, date: firstDate };
}
