import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/package-root.js';

const start = promisify(execFile);
const root = fileURLToPath(packageRoot);

/** npm, as a person calls it, with what it has fetched before. */
export function npm(args: readonly string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  return start('npm', [...args, '--prefer-offline', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 1_200_000,
  });
}

/**
 * The package of the files that are built, made in a copy: `npm pack` would build here, below the feet of other tests.
 *
 * @param folder an empty one
 * @returns path of the tarball
 */
export async function packed(folder: string): Promise<string> {
  const copy = join(folder, 'package');
  mkdirSync(copy);
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly files: string[];
  };
  const listed = files.filter((each) => !/[*!]/.test(each) && !each.endsWith('.json'));
  for (const name of [...listed, 'dist/src', 'scripts', 'package.json', 'package-lock.json']) {
    await cp(join(root, name), join(copy, name), { recursive: true });
  }
  await start(process.execPath, ['scripts/package/declare-types.mjs', join(copy, 'dist/src')], { cwd: root });
  await start(process.execPath, ['scripts/package/package-files.mjs', copy], { cwd: copy });
  await npm(['pack', '--ignore-scripts', '--pack-destination', folder], copy);
  const name = (await readdir(folder)).find((each) => each.endsWith('.tgz')) ?? '';
  return join(folder, name);
}
