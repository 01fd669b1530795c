import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Measurement {
  readonly seconds: number;
  /** User and system, of the process and of all that it waited for. */
  readonly cpuSeconds: number;
  /** Highest resident memory of the process, as the kernel counts it. */
  readonly peakMegabytes: number;
  readonly output: string;
}

export interface Measured {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are no failure. */
  readonly codes?: readonly number[];
}

/** GNU time: it asks the kernel (wait4) for processor time and memory of what it ran. */
const time = '/usr/bin/time';
/** No part of a bench may run for longer. */
const longestMs = 45 * 60_000;

/** Runs Node as a process of its own and measures it from start to end. Throws when it fails. */
export function measure(args: readonly string[], measured: Measured = {}): Promise<Measurement> {
  return measureCommand([process.execPath, ...args], measured);
}

/** The same with any program. */
export async function measureCommand(
  command: readonly string[],
  { cwd, env, codes = [0] }: Measured = {},
): Promise<Measurement> {
  if (!existsSync(time)) throw new Error(`${time} is not there: apt-get install time`);
  const folder = await mkdtemp(join(tmpdir(), 'bench-time-'));
  try {
    const said = join(folder, 'time');
    const from = performance.now();
    const child = spawn(time, ['--quiet', '-o', said, '-f', '%U %S %M', ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
      timeout: longestMs,
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (errors = (errors + text.toString()).slice(-2000)));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    const seconds = (performance.now() - from) / 1000;
    if (code === null || !codes.includes(code)) {
      throw new Error(`${command.join(' ')} ended with ${code}: ${errors}`);
    }
    const [user = 0, system = 0, kilobytes = 0] = (await readFile(said, 'utf8'))
      .trim()
      .split(' ')
      .map(Number);
    return { seconds, cpuSeconds: user + system, peakMegabytes: kilobytes / 1024, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Median, and in brackets the least and the most of the turns. */
export function withSpread(values: readonly number[], digits = 2): string {
  if (values.length === 0) return '-';
  const shown = median(values).toFixed(digits);
  if (values.length === 1) return shown;
  return `${shown} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;
}

/** The ratio turn by turn: what slows the machine for a while is in both. */
export function ratios(values: readonly number[], others: readonly number[]): number[] {
  return values.flatMap((value, turn) => {
    const other = others[turn];
    return other === undefined || other === 0 ? [] : [value / other];
  });
}
