import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRegularFile, readRegularFile, readRegularFileSync } from '../../src/files/regular-file.js';

let directory: string;
let server: Server | null = null;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'regular-file-'));
});

afterEach(async () => {
  server?.close();
  server = null;
  await rm(directory, { recursive: true, force: true });
});

/** What stands where a file is expected, none of which may be waited for. */
const others: readonly (readonly [string, (path: string) => Promise<unknown>, RegExp])[] = [
  ['a pipe', async (path) => execFileSync('mkfifo', [path]), /^it is a pipe, not a file$/],
  ['a device that never ends', (path) => symlink('/dev/zero', path), /^it is a device, not a file$/],
  ['a folder', (path) => mkdir(path), /^it is a folder, not a file$/],
  [
    'a socket',
    (path) => new Promise((resolve) => void (server = createServer().listen(path, () => resolve(path)))),
    /^it is a socket, not a file$/,
  ],
  ['a link to itself', (path) => symlink(path, path), /ELOOP/],
  ['nothing', () => Promise.resolve(), /ENOENT/],
];

describe.each(others)('%s', (_what, make, words) => {
  it('is refused at once, whoever asks', async () => {
    const path = join(directory, 'x');
    await make(path);
    await expect(openRegularFile(path)).rejects.toThrow(words);
    await expect(readRegularFile(path)).rejects.toThrow(words);
    expect(() => readRegularFileSync(path)).toThrow(words);
  });
});

it('a file is read whole, through links, and not beyond its limit', async () => {
  // More than three chunks, of which none is like another.
  const bytes = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, index) => index % 251));
  await writeFile(join(directory, 'file'), bytes);
  const path = join(directory, 'link');
  await symlink('file', path);
  expect((await readRegularFile(path, 200_000)).equals(bytes)).toBe(true);
  expect(readRegularFileSync(path, 200_000).equals(bytes)).toBe(true);
  const words = 'it has more than 199999 bytes';
  await expect(readRegularFile(path, 199_999)).rejects.toThrow(words);
  expect(() => readRegularFileSync(path, 199_999)).toThrow(words);
});
