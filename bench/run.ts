/* npm run bench [-- --events 10000,100000,1000000]: the whole run beside its floors, as ratios. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchDate, generateEvents } from './generate.js';
import { measure, median } from './measure.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const data = join(root, 'bench', 'data');
const main = join(root, 'dist', 'src', 'main.js');
const repetitions = 3;
const startRepetitions = 15;

interface SizeResult {
  readonly events: number;
  readonly runSeconds: number;
  readonly parseSeconds: number;
  readonly workbookSeconds: number;
  readonly peakMegabytes: number;
}

const sizes = sizesOf(process.argv);
await mkdir(data, { recursive: true });
const results: SizeResult[] = [];
for (const events of sizes) results.push(await measureSize(events));
const start = await measureStart();
const text = resultsText(results, start);
await writeFile(join(root, 'bench', 'RESULTS.md'), text);
process.stdout.write(text);

function sizesOf(args: readonly string[]): number[] {
  const at = args.indexOf('--events');
  const list = at < 0 ? '10000,100000,1000000' : (args[at + 1] ?? '');
  const events = list.split(',').map(Number);
  if (events.some((each) => !Number.isInteger(each) || each < 2)) {
    throw new Error(`--events takes numbers with commas between them, not ${JSON.stringify(list)}`);
  }
  return events;
}

async function measureSize(events: number): Promise<SizeResult> {
  const eventsPath = join(data, `events-${events}.ndjson.gz`);
  if (!existsSync(eventsPath)) {
    process.stderr.write(`making ${events} events\n`);
    await generateEvents(eventsPath, events);
  }
  const runs: { seconds: number; peakMegabytes: number }[] = [];
  const parses: number[] = [];
  const workbooks: number[] = [];
  for (let turn = 0; turn < repetitions; turn += 1) {
    const work = await mkdtemp(join(data, 'run-'));
    try {
      const config = join(work, 'backup-report.yaml');
      await writeFile(config, configuration(eventsPath));
      const run = await measure([
        main,
        'run',
        '--config',
        config,
        '--date',
        benchDate,
        '--json',
        '--log-level',
        'error',
      ]);
      runs.push(run);
      const { location }: { location: string } = JSON.parse(run.output);
      parses.push((await measure([join(here, 'floor-parse.js'), eventsPath])).seconds);
      const floor = await measure([
        join(here, 'floor-workbook.js'),
        join(location, 'jobs.ndjson.gz'),
        join(work, 'floor.xlsx'),
      ]);
      const { waitedMs }: { waitedMs: number } = JSON.parse(floor.output);
      workbooks.push(floor.seconds - waitedMs / 1000);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    const ratio = (runs.at(-1)?.seconds ?? 0) / ((parses.at(-1) ?? 0) + (workbooks.at(-1) ?? 0));
    process.stderr.write(
      `${events} events, turn ${turn + 1}: run ${runs.at(-1)?.seconds.toFixed(1)} s, ${runs.at(-1)?.peakMegabytes.toFixed(0)} MB, floors ${parses.at(-1)?.toFixed(1)} + ${workbooks.at(-1)?.toFixed(1)} s, ratio ${ratio.toFixed(2)}\n`,
    );
  }
  return {
    events,
    runSeconds: median(runs.map(({ seconds }) => seconds)),
    parseSeconds: median(parses),
    workbookSeconds: median(workbooks),
    peakMegabytes: Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

function configuration(eventsPath: string): string {
  return `plan: bench
timezone: UTC
lookbackDays: 1
sources: [{ type: local-files, paths: [${JSON.stringify(eventsPath)}] }]
archive: { type: file-system, directory: ./reports }
`;
}

/** `--help` beside a Node that does nothing, by turns. */
async function measureStart(): Promise<number> {
  const help: number[] = [];
  const bare: number[] = [];
  for (let turn = 0; turn < startRepetitions; turn += 1) {
    help.push((await measure([main, '--help'])).seconds);
    bare.push((await measure(['-e', '0'])).seconds);
  }
  return median(help) / median(bare);
}

function met(value: number, limit: number): string {
  // 0: there is no /proc on this machine, so nobody read the memory.
  if (Number.isNaN(value) || value === 0) return 'not measured';
  return value <= limit ? 'met' : 'NOT met';
}

function resultsText(sizesDone: readonly SizeResult[], startRatio: number): string {
  const rows = sizesDone.map(({ events, runSeconds, parseSeconds, workbookSeconds, peakMegabytes }) => {
    const ratio = runSeconds / (parseSeconds + workbookSeconds);
    return `| ${events} | ${runSeconds.toFixed(2)} | ${parseSeconds.toFixed(2)} | ${workbookSeconds.toFixed(2)} | ${ratio.toFixed(2)} | ${peakMegabytes.toFixed(0)} |`;
  });
  const largest = sizesDone.find(({ events }) => events === 1_000_000);
  const ratio =
    largest === undefined
      ? Number.NaN
      : largest.runSeconds / (largest.parseSeconds + largest.workbookSeconds);
  return `# Results of \`npm run bench\`

One run, all figures side by side: ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}. Times are medians of
${repetitions} turns in seconds and vary with the machine; the ratios are what counts. Peak memory is the highest of the turns.

- **run**: \`backup-report run\` from one NDJSON.gz file (1.5 KB an event, half begins, half ends) to all artefacts in a new archive
- **floor 1**: gunzip and JSON.parse of every line of the same file
- **floor 2**: exceljs' bare streaming writer on the same job rows, shared style objects, same compression; reading the rows taken off

| events | run (s) | floor 1 (s) | floor 2 (s) | run / (floor 1 + floor 2) | peak MB |
| ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

\`--help\` takes ${startRatio.toFixed(2)} x a bare \`node -e 0\` (medians of ${startRepetitions}).

| target | figure | |
| --- | ---: | --- |
| 1 million events: at most 1.2 x the floors | ${Number.isNaN(ratio) ? '-' : ratio.toFixed(2)} | ${met(ratio, 1.2)} |
| 1 million events: at most 700 MB | ${largest === undefined ? '-' : largest.peakMegabytes.toFixed(0)} | ${met(largest?.peakMegabytes ?? Number.NaN, 700)} |
| \`--help\`: at most 1.5 x a bare Node | ${startRatio.toFixed(2)} | ${met(startRatio, 1.5)} |
`;
}
