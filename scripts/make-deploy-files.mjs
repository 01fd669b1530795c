/*
 * Writes what deploy/ has of the code: the event types of the rules, the importable log source, and docs/log-source.md.
 *
 *   npm run deploy-files
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { deployFiles } from '../dist/test/support/deploy/deploy-files.js';

const root = new URL('../', import.meta.url);
const files = await deployFiles();

// The name of the zip changes with its content, and there must be one of it.
const folder = new URL('deploy/log-analytics/', root);
for (const name of await readdir(folder)) {
  if (name.endsWith('.zip') && !files.has(`deploy/log-analytics/${name}`)) await rm(new URL(name, folder));
}
for (const [path, bytes] of files) await writeFile(new URL(path, root), bytes);
