// Has V8 compile what the joined files run, for the build: `--help`, the report of a day of the demo, and `doctor`. What V8 has made
// then is written beside the files, and a later start takes it from there (src/joined-code.ts). It is for this version
// of Node, and for this sort of processor; any other compiles as always.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDemo } from '../dist/src/demo/write-demo.js';

const main = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
const keep = new URL('keep-code.mjs', import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), 'compile-joined-'));
try {
  const days = await writeDemo(folder, { yesterday: '2026-03-02', timezone: 'America/New_York' });
  const config = join(folder, 'backup-report.yaml');
  start('program.js', ['--help'], [0]);
  // A day of the demo is not compliant, or not complete.
  start('work.js', ['run', '--config', config, '--date', days.at(-1)], [0, 3]);
  // What it runs beside that is added to the code of the run, from which it starts.
  start('work.js', ['doctor', '--config', config], [0, 3]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function start(file, args, codes) {
  const env = { ...process.env, KEEP_CODE_OF: file };
  const { status, stderr } = spawnSync(process.execPath, ['--import', keep, main, ...args], {
    env,
    encoding: 'utf8',
  });
  if (!codes.includes(status)) throw new Error(`${args[0]} ended with ${status}\n${stderr}`);
}
