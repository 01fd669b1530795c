import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Measurement, measure, median, ratios, withSpread } from '../measure.js';
import type { Part, PartResult } from '../part.js';
import { mainPath } from '../paths.js';
import { smallEstate } from './backfill.js';

/** Commands on a small estate beside a Node that does nothing. */
export function startPart(turns: number): Part {
  return {
    name: 'start',
    title: 'Starting: commands beside a bare Node',
    rooms: ['src', 'templates', 'bench/parts/start.ts'],
    measure: () => measureStart(turns),
  };
}

async function measureStart(turns: number): Promise<PartResult> {
  const bare: Measurement[] = [];
  const commands: Record<string, Measurement[]> = { help: [], version: [], run: [], doctor: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    bare.push(await measure(['-e', '0']));
    commands['help']?.push(await measure([mainPath, '--help']));
    commands['version']?.push(await measure([mainPath, '--version']));
    const { folder, date } = await smallEstate();
    try {
      const config = ['--config', join(folder, 'backup-report.yaml'), '--log-level', 'error'];
      const run = [mainPath, 'run', ...config, '--date', date];
      commands['run']?.push(await measure(run, { codes: [0, 3] }));
      commands['doctor']?.push(await measure([mainPath, 'doctor', ...config], { codes: [0, 1, 3] }));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const figures = Object.fromEntries(
    Object.entries(commands).map(([name, each]) => [name, median(ratios(cpu(each), cpu(bare)))]),
  );
  const names: Record<string, string> = {
    help: '`--help`',
    version: '`--version`',
    run: '`run` of 48 resources',
    doctor: '`doctor` of that plan',
  };
  const text = [
    '| | seconds | processor seconds | / bare Node, processor time |',
    '| --- | ---: | ---: | ---: |',
    `| \`node -e 0\` | ${withSpread(seconds(bare))} | ${withSpread(cpu(bare))} | 1 |`,
    ...Object.entries(commands).map(
      ([name, each]) =>
        `| ${names[name]} | ${withSpread(seconds(each))} | ${withSpread(cpu(each))} | ${withSpread(ratios(cpu(each), cpu(bare)))} |`,
    ),
  ].join('\n');
  return { text, figures };
}

function cpu(measurements: readonly Measurement[]): number[] {
  return measurements.map(({ cpuSeconds }) => cpuSeconds);
}

function seconds(measurements: readonly Measurement[]): number[] {
  return measurements.map((each) => each.seconds);
}
