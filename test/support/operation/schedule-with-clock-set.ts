import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CliResult } from '../cli.js';

const main = fileURLToPath(new URL('../../../src/main.js', import.meta.url));

/** In the process of the schedule, SIGUSR2 sets the wall clock: no test may set that of the machine. */
const settable = (minutes: number): string =>
  `data:text/javascript,let o=0;const R=Date;process.on('SIGUSR2',()=>{o+=${minutes}*60000});` +
  `globalThis.Date=class extends R{constructor(...a){if(a.length===0)super(R.now()+o);else super(...a)}` +
  `static now(){return R.now()+o}}`;

/** Starts `schedule`, sets its clock after the first pass, and ends it as a service is ended once it has noticed. */
export async function scheduleWithClockSet(
  directory: string,
  config: string,
  minutes: number,
): Promise<CliResult> {
  const args = ['--import', settable(minutes), main, 'schedule', '--config', config];
  const child = spawn(process.execPath, args, {
    cwd: directory,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const closed = once(child, 'close');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    const isSet = lines.some((each) => each.includes('"schedule: the clock was set"'));
    if (line.includes('"schedule: pass done"') && !isSet) child.kill('SIGUSR2');
    // One that was set forward holds the next pass for ten minutes.
    if (isSet && (minutes > 0 || line.includes('"schedule: pass done"'))) child.kill('SIGTERM');
  }
  const [code] = (await closed) as [number | null];
  return { code, stdout: '', stderr: lines.join('\n') };
}
