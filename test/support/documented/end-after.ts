/* For a command that runs until a person ends it: `end-after.js WORDS MAIN ARGS…` ends it when it has said the words. */

import { spawn } from 'node:child_process';

const [words = '', ...args] = process.argv.slice(2);
const child = spawn(process.execPath, [...process.execArgv, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
let said = '';
let isEnding = false;

for (const [from, to] of [
  [child.stdout, process.stdout],
  [child.stderr, process.stderr],
] as const) {
  from.on('data', (part: Buffer) => {
    to.write(part);
    said += part.toString();
    if (isEnding || !said.includes(words)) return;
    isEnding = true;
    child.kill('SIGTERM');
  });
}
// By a signal or without its words, it did not end as it should.
child.once('close', (code) => (process.exitCode = isEnding ? (code ?? 1) : 1));
