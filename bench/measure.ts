import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface Measurement {
  readonly seconds: number;
  /** Highest resident memory of the process, as the kernel counts it. */
  readonly peakMegabytes: number;
  readonly output: string;
}

/** How often the kernel's own high-water mark is read; it is lost when the process ends. */
const pollMs = 25;

/** Runs Node as a process of its own and measures it from start to end. Throws when it fails. */
export async function measure(args: readonly string[]): Promise<Measurement> {
  const from = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors = (errors + text.toString()).slice(-2000)));
  let peakKilobytes = 0;
  const timer = setInterval(() => {
    readFile(`/proc/${child.pid}/status`, 'utf8').then(
      (status) => (peakKilobytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? peakKilobytes)),
      () => undefined,
    );
  }, pollMs);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(timer);
  const seconds = (performance.now() - from) / 1000;
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}: ${errors}`);
  return { seconds, peakMegabytes: peakKilobytes / 1024, output };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
