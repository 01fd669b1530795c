import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));

/** A rendering that the browser is told of. */
export interface Rendered {
  readonly number: number;
  readonly faults: number;
}

/** `preview` in a process of its own. Whoever starts one ends it with `kill`, also where it never answered. */
export class RunningPreview {
  readonly child: ChildProcess;
  /** The folder for temporary files that it was given. */
  readonly temporary: string;
  #url = '';

  private constructor(child: ChildProcess, temporary: string) {
    this.child = child;
    this.temporary = temporary;
  }

  /** Starts it; `listening` says when it answers. */
  static start(directory: string, ...args: readonly string[]): Promise<RunningPreview> {
    return RunningPreview.startWith({}, directory, ...args);
  }

  /** @param env beside PATH and TMPDIR */
  static async startWith(
    env: Readonly<Record<string, string>>,
    directory: string,
    ...args: readonly string[]
  ): Promise<RunningPreview> {
    const temporary = join(directory, 'temporary');
    await mkdir(temporary, { recursive: true });
    const child = spawn(process.execPath, [main, 'preview', ...args], {
      cwd: directory,
      env: { PATH: process.env['PATH'], TMPDIR: temporary, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new RunningPreview(child, temporary);
  }

  get url(): string {
    return this.#url;
  }

  /** Waits until it says its address. */
  async listening(): Promise<void> {
    const { child } = this;
    let said = '';
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    this.#url = await new Promise<string>((resolve, reject) => {
      child.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim()));
      child.once('close', () => reject(new Error(`the preview ended: ${said}`)));
    });
  }

  async get(
    path: string,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
    const response = await fetch(new URL(path, this.url));
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** The renderings that the browser is told of, from the one that is shown now. */
  async *renderings(): AsyncGenerator<Rendered> {
    const response = await fetch(new URL('/events', this.url));
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end === -1) break;
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        if (data !== undefined) yield JSON.parse(data) as Rendered;
      }
    }
  }

  /** Sends the signal and waits for the end. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const closed = once(this.child, 'close') as Promise<[number | null]>;
    this.child.kill(signal);
    const [code] = await closed;
    return code;
  }

  /** Ends it, whatever state it is in. */
  async kill(): Promise<void> {
    await this.stop('SIGKILL');
  }
}

/** The next rendering that is told. */
export async function next(renderings: AsyncGenerator<Rendered>): Promise<Rendered> {
  const { value } = await renderings.next();
  if (value === undefined) throw new Error('no more renderings are told');
  return value;
}
