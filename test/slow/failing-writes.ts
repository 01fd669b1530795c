import { existsSync, readlinkSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

/**
 * Loaded before a program (`node --import`), it lets every write to a file below FAIL_BELOW fail with the system error
 * FAIL_CODE, as a full disk or a broken device does; where FAIL_ONCE_THERE is set, only from when that file exists.
 */
type Method = (...parameters: unknown[]) => unknown;
type Methods = Record<string, Method | undefined>;

const require = createRequire(import.meta.url);
const { FAIL_BELOW: below = '', FAIL_CODE: code = '', FAIL_ONCE_THERE: once = '' } = process.env;

const isOn = below !== '';

const messages: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on device',
  EIO: 'i/o error',
  EPIPE: 'broken pipe',
};

function isFailing(descriptor: unknown): boolean {
  if (!isOn || typeof descriptor !== 'number' || (once !== '' && !existsSync(once))) return false;
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(below);
  } catch {
    return false;
  }
}

function fault(): Error {
  return Object.assign(new Error(`${code}: ${messages[code] ?? 'it failed'}, write`), {
    code,
    syscall: 'write',
  });
}

function failing(
  target: Methods,
  name: string,
  fail: (self: unknown, parameters: unknown[]) => unknown,
): void {
  const original = target[name];
  if (typeof original !== 'function') throw new Error(`there is no ${name}`);
  target[name] = function guarded(this: unknown, ...parameters: unknown[]) {
    return fail(this, parameters) ?? original.apply(this, parameters);
  };
}

const fs = require('node:fs') as Methods;
for (const name of ['writeSync', 'writevSync', 'writeFileSync']) {
  failing(fs, name, (_, [descriptor]) => {
    if (isFailing(descriptor)) throw fault();
    return undefined;
  });
}
for (const name of ['write', 'writev']) {
  failing(fs, name, (_, [descriptor, ...rest]) => {
    const done = rest.at(-1);
    if (!isFailing(descriptor) || typeof done !== 'function') return undefined;
    return process.nextTick(() => done(fault())) ?? true;
  });
}
const promises = require('node:fs/promises') as Methods & { open: (path: string) => Promise<object> };
const handle = (await promises.open(import.meta.filename)) as { close(): Promise<void> };
for (const name of ['write', 'writev', 'writeFile', 'appendFile', 'sync', 'datasync']) {
  failing(Object.getPrototypeOf(handle) as Methods, name, (self) =>
    isFailing((self as { fd: number }).fd) ? Promise.reject(fault()) : undefined,
  );
}
await handle.close();
failing(promises, 'writeFile', (_, [path]) =>
  isOn && typeof path === 'string' && path.startsWith(below) && (once === '' || existsSync(once))
    ? Promise.reject(fault())
    : undefined,
);
syncBuiltinESMExports();
