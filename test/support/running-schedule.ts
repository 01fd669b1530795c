import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));

/** `schedule` as a process of its own, with the clock of the machine. Whoever starts it ends it. */
export class RunningSchedule {
  readonly child: ChildProcess;
  /** How it ended: a code, or a signal. */
  readonly ended: Promise<number | string | null>;
  /** The lines of its log that were waited for or passed over. */
  readonly seen: string[] = [];
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>) {
    this.child = child;
    this.#lines = lines;
    this.ended = once(child, 'close').then(([code, signal]): number | string | null => code ?? signal);
  }

  /** @param env beside PATH, which it always has */
  static start(
    directory: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): RunningSchedule {
    const child = spawn(process.execPath, [main, 'schedule', ...args], {
      cwd: directory,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    return new RunningSchedule(child, createInterface({ input: child.stderr })[Symbol.asyncIterator]());
  }

  /** The next line of the log with this message. */
  async logged(message: string): Promise<Record<string, unknown>> {
    const before = this.seen.length;
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true) {
        throw new Error(`it never logged ${message}, but:\n${this.seen.slice(before).join('\n')}`);
      }
      this.seen.push(value);
      // What it says of a start that fails is in words.
      if (!value.startsWith('{')) continue;
      const line: Record<string, unknown> = JSON.parse(value);
      if (line['msg'] === message) return line;
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }
}
