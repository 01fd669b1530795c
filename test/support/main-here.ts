import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CliResult } from './cli.js';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const program = fileURLToPath(new URL('../../src/program.js', import.meta.url));

/** Variables to set; undefined: to take away. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The whole command line in this process, options included: a process of its own costs half a second. What it changes of
 * this process is put back.
 */
export async function mainHere(
  args: readonly string[],
  cwd: string,
  variables: Variables = {},
): Promise<CliResult> {
  const written = { stdout: '', stderr: '' };
  const restore = [
    changedEnvironment(variables),
    changedFolder(cwd),
    ignoringNewListeners(),
    withoutExits(),
    withoutExitTimers(),
    changedArguments([process.execPath, main, ...args]),
    collectingFrom('stdout', (text) => (written.stdout += text)),
    collectingFrom('stderr', (text) => (written.stderr += text)),
  ];
  try {
    // A module of its own for each query.
    await import(`${pathToFileURL(program).href}?run=${process.hrtime.bigint()}`);
    return { code: Number(process.exitCode ?? 0), ...written };
  } finally {
    for (const each of restore.reverse()) each();
    process.exitCode = undefined;
  }
}

function changedEnvironment(variables: Variables): () => void {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  setVariables(variables);
  return () => setVariables(before);
}

function setVariables(variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

function changedFolder(cwd: string): () => void {
  const before = process.cwd();
  process.chdir(cwd);
  return () => process.chdir(before);
}

function changedArguments(argv: string[]): () => void {
  const before = process.argv;
  process.argv = argv;
  return () => {
    process.argv = before;
  };
}

/** A command that is done ends its process a little later, whatever it left behind: this process goes on. */
function withoutExitTimers(): () => void {
  const { setTimeout: before } = globalThis;
  const timers: NodeJS.Timeout[] = [];
  globalThis.setTimeout = Object.assign((...parameters: Parameters<typeof before>) => {
    const timer = before(...parameters);
    if (String(parameters[0]).includes('process.exit')) timers.push(timer);
    return timer;
  }, before);
  return () => {
    globalThis.setTimeout = before;
    for (const timer of timers) clearTimeout(timer);
  };
}

/** What is written comes to `take`, and listeners that the program adds go again. */
function collectingFrom(name: 'stdout' | 'stderr', take: (text: string) => void): () => void {
  const stream = process[name];
  const { write } = stream;
  const listeners = new Set(stream.listeners('error'));
  stream.write = (chunk: unknown, ...more: readonly unknown[]): boolean => {
    take(chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk));
    const done = more.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
  return () => {
    stream.write = write;
    for (const each of stream.listeners('error')) {
      if (!listeners.has(each) && isListener(each)) stream.off('error', each);
    }
  };
}

/** What a command leaves to end its process when nothing is left to do. */
function withoutExits(): () => void {
  const before = new Set<unknown>(process.listeners('beforeExit'));
  return () => {
    for (const each of process.listeners('beforeExit')) {
      if (!before.has(each) && String(each).includes('process.exit')) process.off('beforeExit', each);
    }
  };
}

function isListener(value: unknown): value is () => void {
  return typeof value === 'function';
}

/** What the program listens to while it runs; at the end of a process of its own, nothing of it is left. */
function ignoringNewListeners(): () => void {
  const events = ['SIGINT', 'SIGTERM', 'beforeExit'];
  // Of any event: the types of a process list each by itself.
  const emitter: NodeJS.EventEmitter = process;
  const before = new Set<unknown>(events.flatMap((event) => emitter.listeners(event)));
  return () => {
    for (const event of events) {
      for (const each of emitter.listeners(event)) {
        if (!before.has(each) && isListener(each)) emitter.off(event, each);
      }
    }
  };
}
