import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));

export interface ScheduledPass {
  /** The line of the log that ends the pass. */
  readonly done: Readonly<Record<string, unknown>>;
  /** How the process ended after SIGTERM: a code, or a signal. */
  readonly ended: number | string | null;
  readonly stderr: string;
}

/** Starts `schedule` as a process of its own, waits for its first pass, and ends it as a service is ended. */
export async function scheduledPass(directory: string, config: string): Promise<ScheduledPass> {
  const child = spawn(process.execPath, [main, 'schedule', '--config', config], {
    cwd: directory,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'close').then(([code, signal]): number | string | null => code ?? signal);
  const lines: string[] = [];
  const done = await firstPass(child, lines);
  child.kill('SIGTERM');
  return { done, ended: await ended, stderr: lines.join('\n') };
}

async function firstPass(child: ChildProcess, lines: string[]): Promise<Readonly<Record<string, unknown>>> {
  if (child.stderr === null) throw new Error('its log is not read');
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    const logged = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if (logged['msg'] === 'schedule: pass done') return logged;
  }
  throw new Error(`it never ended a pass, but logged:\n${lines.join('\n')}`);
}
