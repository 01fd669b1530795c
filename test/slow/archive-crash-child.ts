import type * as FileSystem from 'node:fs/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';

/**
 * Commits one revision and, with KILL_AT=n, kills itself before its n-th file-system operation. Without KILL_AT
 * it prints how many operations there were.
 *
 * argv: archive directory, directory of the artefacts, lease in milliseconds
 */
type Operations = Record<string, (...parameters: unknown[]) => Promise<unknown>>;

// The CommonJS face of the module can be changed; syncBuiltinESMExports carries that to every import.
const operations = createRequire(import.meta.url)('node:fs/promises') as Operations;
const killAt = Number(process.env['KILL_AT'] ?? 0);
let count = 0;

function countCalls(target: Operations, names: readonly string[]): void {
  for (const name of names) {
    const original = target[name];
    if (original === undefined) throw new Error(`there is no ${name}`);
    target[name] = function counted(this: unknown, ...parameters: unknown[]) {
      count += 1;
      if (count === killAt) process.kill(process.pid, 'SIGKILL');
      return original.apply(this, parameters);
    };
  }
}

const [archiveDirectory = '', artefactDirectory = '', leaseMs = '0'] = process.argv.slice(2);
const handle = await (operations as unknown as typeof FileSystem).open(import.meta.filename, 'r');
countCalls(Object.getPrototypeOf(handle) as Operations, ['read', 'write', 'writeFile', 'sync']);
countCalls(operations, ['open', 'mkdir', 'link', 'unlink', 'stat', 'readdir', 'readFile']);
syncBuiltinESMExports();

// Only now: the archive must see the counted operations.
const { commitSample } = await import('./commit-sample.js');
const { kind, revision } = await commitSample(archiveDirectory, artefactDirectory, Number(leaseMs));
process.stdout.write(JSON.stringify({ kind, revision, operations: count }));
