import { writeSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded before a program (`node --import`), it counts the program's file-system and network operations and kills
 * the process before the n-th: KILL_AT=n. Without, it prints at the end how many there were, to the file descriptor
 * COUNT_FD. Operations on paths of the program itself (its modules) are not counted.
 */
type Methods = Record<string, ((...parameters: unknown[]) => unknown) | undefined>;

const require = createRequire(import.meta.url);
const killAt = Number(process.env['KILL_AT'] ?? 0);
let count = 0;

function counted(): void {
  count += 1;
  if (count === killAt) process.kill(process.pid, 'SIGKILL');
}

function isOwn(first: unknown): boolean {
  return (
    typeof first === 'string' && /node_modules|[/\\]dist[/\\]|[/\\]templates[/\\]|package\.json$/.test(first)
  );
}

function countCalls(target: Methods, names: readonly string[]): void {
  for (const name of names) {
    const original = target[name];
    if (typeof original !== 'function') throw new Error(`there is no ${name}`);
    target[name] = function counting(this: unknown, ...parameters: unknown[]) {
      if (!isOwn(parameters[0])) counted();
      return original.apply(this, parameters);
    };
  }
}

if (isMainThread) {
  const promises = require('node:fs/promises') as Methods & { open: (path: string) => Promise<object> };
  const handle = await promises.open(import.meta.filename);
  countCalls(Object.getPrototypeOf(handle) as Methods, ['read', 'write', 'writeFile', 'sync', 'stat']);
  await (handle as { close(): Promise<void> }).close();
  const names = [
    'open',
    'mkdir',
    'mkdtemp',
    'link',
    'unlink',
    'rename',
    'stat',
    'readdir',
    'readFile',
    'writeFile',
    'rm',
  ];
  countCalls(promises, names);
  // Streams of files use these.
  countCalls(require('node:fs') as Methods, ['open', 'write', 'writev', 'read', 'close']);
  const { Socket } = require('node:net') as { Socket: { prototype: Methods } };
  countCalls(Socket.prototype, ['connect', '_write', '_writev', '_final']);
  syncBuiltinESMExports();
  const countFd = Number(process.env['COUNT_FD'] ?? 0);
  if (countFd > 0) process.on('exit', () => writeSync(countFd, `${count}\n`));
}
