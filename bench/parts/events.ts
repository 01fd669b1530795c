import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { benchDate, generateEvents } from '../generate.js';
import { type Measurement, measure, measureCommand, median, ratios, withSpread } from '../measure.js';
import { type Part, type PartResult, roomsOfRun } from '../part.js';
import { compiled, dataFolder, mainPath, projectRoot } from '../paths.js';

/** Where a workbook in memory takes more than this machine has: 100,000 rows took 1.9 GB. */
const mostNaive = 200_000;

type Figures = Omit<Measurement, 'output'>;
type Turns = Map<string, Figures[]>;

/**
 * One day of so many events beside floors of the machine and peers.
 *
 * @param jobs fewer than half of the events: then the run is compared with that of a day of as many jobs, and nothing else
 */
export function eventsPart(events: number, turns: number, jobs?: number): Part {
  return {
    name: `events-${events}`,
    title: `A day of ${events.toLocaleString('en')} events`,
    rooms: [...roomsOfRun, 'bench/parts/events.ts', 'bench/floors', 'bench/peers', 'bench/generate.ts'],
    measure: () => measureEvents(events, turns, jobs),
  };
}

async function measureEvents(events: number, turns: number, jobs = events / 2): Promise<PartResult> {
  const isSame = jobs !== events / 2;
  const other = isSame ? jobs * 2 : Math.round(events / 10);
  const path = await eventsFile(events, jobs);
  const otherPath = await eventsFile(other, other / 2);
  const measured: Turns = new Map();
  for (let turn = 0; turn < turns; turn += 1) {
    await inFolder(async (work) => {
      const location = await runOf(path, join(work, 'whole'), 'run', measured);
      await runOf(otherPath, join(work, 'other'), 'run of other', measured);
      if (!isSame) await beside(path, location, work, measured);
    });
    process.stderr.write(`${events} events, turn ${turn + 1} of ${turns}\n`);
  }
  return isSame ? sameJobsResult(measured, events, other) : eventsResult(measured, events, other);
}

async function beside(path: string, location: string, work: string, measured: Turns): Promise<void> {
  const add = (name: string, each: Measurement): void => note(measured, name, each);
  const workbook = join(location, 'report.xlsx');
  add('gunzip', await measure([compiled('floors/gunzip.js'), path]));
  add('gunzip + JSON.parse', await measure([compiled('floors/parse.js'), path]));
  const deflate = await measure(['--max-old-space-size=8192', compiled('floors/deflate.js'), workbook]);
  const alone: { seconds: number; cpuSeconds: number } = JSON.parse(deflate.output);
  add('deflate of the sheets', { ...deflate, ...alone });
  const floor = await measure([
    compiled('floors/workbook.js'),
    join(location, 'jobs.ndjson.gz'),
    join(work, 'floor.xlsx'),
  ]);
  const { waitedMs, waitedCpuMs }: { waitedMs: number; waitedCpuMs: number } = JSON.parse(floor.output);
  const seconds = floor.seconds - waitedMs / 1000;
  add('exceljs’ bare writer', { ...floor, seconds, cpuSeconds: floor.cpuSeconds - waitedCpuMs / 1000 });
  const python = await pythonWithWriter();
  if (python !== null) {
    const script = join(projectRoot, 'bench', 'peers', 'pipeline.py');
    const results = [join(work, 'peer.xlsx'), join(work, 'peer.json')];
    add('peer: Python, XlsxWriter', await measureCommand([python, script, path, ...results]));
  }
  if (eventsOf(path) <= mostNaive) {
    const args = ['--max-old-space-size=12288', compiled('peers/naive-node.js'), path];
    add('peer: Node, exceljs in memory', await measure([...args, join(work, 'naive.xlsx')]));
  }
}

/** A Python that has XlsxWriter: BENCH_PYTHON, or one of the machine's. */
async function pythonWithWriter(): Promise<string | null> {
  for (const python of [process.env['BENCH_PYTHON'], 'python3', '/usr/bin/python3']) {
    if (python === undefined) continue;
    const isThere = await measureCommand([python, '-c', 'import xlsxwriter']).then(
      () => true,
      () => false,
    );
    if (isThere) return python;
  }
  return null;
}

function eventsOf(path: string): number {
  return Number(/events-(\d+)-/.exec(path)?.[1]);
}

async function eventsFile(events: number, jobs: number): Promise<string> {
  await mkdir(dataFolder, { recursive: true });
  const path = join(dataFolder, `events-${events}-of-${jobs}-jobs.ndjson.gz`);
  if (!existsSync(path)) {
    process.stderr.write(`making ${events} events\n`);
    await generateEvents(path, events, jobs);
  }
  return path;
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(dataFolder, 'work-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns where the report is. */
async function runOf(path: string, folder: string, name: string, measured: Turns): Promise<string> {
  await mkdir(folder);
  const config = join(folder, 'backup-report.yaml');
  await writeFile(config, configuration(path));
  const options = ['--config', config, '--date', benchDate, '--json', '--log-level', 'error'];
  const run = await measure([mainPath, 'run', ...options], { codes: [0] });
  note(measured, name, run);
  const { location }: { location: string } = JSON.parse(run.output);
  return location;
}

function configuration(eventsPath: string): string {
  return `plan: bench
timezone: UTC
lookbackDays: 1
sources: [{ type: local-files, paths: [${JSON.stringify(eventsPath)}] }]
archive: { type: file-system, directory: ./reports }
`;
}

function note(measured: Turns, name: string, each: Measurement): void {
  const { seconds, cpuSeconds, peakMegabytes } = each;
  measured.set(name, [...(measured.get(name) ?? []), { seconds, cpuSeconds, peakMegabytes }]);
}

function valuesOf(measured: Turns, name: string, key: keyof Figures): number[] {
  return (measured.get(name) ?? []).map((each) => each[key]);
}

function tableOf(measured: Turns): string[] {
  const seconds = valuesOf(measured, 'run', 'seconds');
  const cpu = valuesOf(measured, 'run', 'cpuSeconds');
  return [
    '| | seconds | processor seconds | peak MB | run / it, by the clock | by processor time |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...[...measured.keys()].map((name) => {
      const its = valuesOf(measured, name, 'seconds');
      const itsCpu = valuesOf(measured, name, 'cpuSeconds');
      const peak = Math.max(...valuesOf(measured, name, 'peakMegabytes')).toFixed(0);
      const cells = [withSpread(its), withSpread(itsCpu), peak];
      const compared = [ratios(seconds, its), ratios(cpu, itsCpu)].map((each) => withSpread(each));
      return `| ${[name, ...cells, ...compared].join(' | ')} |`;
    }),
  ];
}

function eventsResult(measured: Turns, events: number, other: number): PartResult {
  const seconds = (name: string): number[] => valuesOf(measured, name, 'seconds');
  const floors = seconds('gunzip + JSON.parse').map(
    (parse, turn) => parse + (seconds('exceljs’ bare writer')[turn] ?? Number.NaN),
  );
  const toFloors = ratios(seconds('run'), floors);
  const toOther = ratios(seconds('run'), seconds('run of other'));
  const python = ratios(seconds('run'), seconds('peer: Python, XlsxWriter'));
  const notes = [
    `run / (gunzip + JSON.parse + exceljs’ bare writer): ${withSpread(toFloors)}. Time of ${events / other} x the events (\`run of other\`: ${other.toLocaleString('en')}): ${withSpread(toOther)} x.`,
    ...(python.length === 0 ? ['', 'Python with XlsxWriter: not present on this machine.'] : []),
    ...(events > mostNaive ? ['', 'Node with exceljs in memory: not tried, it needs more memory.'] : []),
  ];
  const figures = {
    toFloors: median(toFloors),
    toOther: median(toOther),
    peakMegabytes: Math.max(...valuesOf(measured, 'run', 'peakMegabytes')),
    ...(python.length === 0 ? {} : { toPython: median(python) }),
  };
  return { text: [...tableOf(measured), '', ...notes].join('\n'), figures };
}

function sameJobsResult(measured: Turns, events: number, other: number): PartResult {
  const toOther = ratios(
    valuesOf(measured, 'run', 'peakMegabytes'),
    valuesOf(measured, 'run of other', 'peakMegabytes'),
  );
  const words = `${events.toLocaleString('en')} events of the jobs of ${other.toLocaleString('en')} (\`run of other\`): ${withSpread(toOther)} x its memory.`;
  return { text: [...tableOf(measured), '', words].join('\n'), figures: { memoryToOther: median(toOther) } };
}
