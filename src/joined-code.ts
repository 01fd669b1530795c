import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

/** Loads one of the modules that were joined, by its path in src. */
export type LoadModule = (path: string) => unknown;

/** What a file of joined modules is: a function of what it needs from outside (scripts/bundle.mjs). */
type JoinedModules = (
  require: NodeJS.Require,
  importOutside: (url: string) => Promise<unknown>,
  appUrl: string,
  loadWork: LoadModule,
) => LoadModule;

/**
 * How much of a function runs before V8 optimises it, in bytes of bytecode: some eight times as much as by itself. Most
 * functions of a small day run for milliseconds, and optimising them costs more than it gains; what a large day runs is
 * optimised a moment later. It is a number that V8 looks up each time, so that it may be set now. It belongs to the flags that
 * the compiled code is kept for.
 *
 * V8 11 of Node 20 knows it. That of Node 22 and later does not, and would say so on standard error at each start.
 */
export const optimiseAfter = '--interrupt-budget=1000000';

const app = new URL('../app/', import.meta.url);

/** Whether the build has joined the modules. */
export function isJoined(): boolean {
  return existsSync(new URL('program.js', app));
}

/** Starts the program of the joined modules. What its commands need is loaded when one of them is called. */
export function startJoined(): unknown {
  if (process.versions.v8.startsWith('11.')) setFlagsFromString(optimiseAfter);
  let work: LoadModule | null = null;
  const loadWork: LoadModule = (path) => (work ??= openWork())(path);
  return open('program.js', loadWork)('program.js');
}

/** Starts a thread's module. */
export function startJoinedThread(path: string): unknown {
  return openWork()(path);
}

function openWork(): LoadModule {
  const work: LoadModule = open('work.js', (path) => work(path));
  return work;
}

/**
 * Opens a file of joined modules. V8 takes the code that the build has compiled from the file beside it. It refuses what was
 * compiled with other flags, and compiles the text as always; so it does where there is no such file.
 */
function open(name: string, loadWork: LoadModule): LoadModule {
  const file = new URL(name, app);
  // ASCII: the build escapes everything else.
  const text = readFileSync(file, 'latin1');
  const cachedData = compiledCode(new URL(compiledCodeName(name), app));
  const script = new Script(text, { filename: file.href, ...(cachedData ? { cachedData } : {}) });
  const modules = script.runInThisContext() as JoinedModules;
  return modules(createRequire(file), (url) => import(url), app.href, loadWork);
}

/** Name of the file with the code of a file of joined modules, for this Node: another one reads another format. */
export function compiledCodeName(name: string): string {
  return `${name}.${process.version}-${process.arch}.code`;
}

function compiledCode(file: URL): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
