import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the compiled tests need beside them. */
const parts = [
  'dist',
  'src',
  'templates',
  'schema',
  'docs',
  'package.json',
  'vitest.config.mjs',
  'test-sequencer.mjs',
  'test/suite-seconds.json',
  'test/fixtures',
  'test/archives/fixtures',
  'README.md',
];

/**
 * Runs the tests against each mutant, in copies of the project, several at once.
 *
 * @param {string} root folder of the project, built
 * @param {{ file: string, start: number, end: number, after: string }[]} mutants `file` below dist/
 * @param {{ suites: string[], workers: number, timeoutMs: number, onDone: (mutant: object, fate: string) => void }} options
 *   suites: each a text that the paths of its files contain, several separated by a blank; one after the other until a test
 *   is red
 */
export async function runMutants(root, mutants, { suites, workers, timeoutMs, onDone }) {
  const waiting = [...mutants];
  const work = async () => {
    const copy = await copyProject(root);
    try {
      for (const suite of suites) await mustBeGreen(copy, suite, timeoutMs);
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        onDone(mutant, await fateOf(copy, mutant, suites, timeoutMs));
      }
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}

/** Where tests are red without a mutant, every mutant would count as killed. */
async function mustBeGreen(copy, suite, timeoutMs) {
  const fate = await runTests(copy, suite, timeoutMs);
  if (fate !== 'survived') throw new Error(`the tests of ${suite} are not green in ${copy} without a mutant`);
}

async function copyProject(root) {
  const copy = await mkdtemp(join(tmpdir(), 'mutate-'));
  for (const part of parts) await cp(join(root, part), join(copy, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** killed: a test is red. timeout: nothing ends, which a person sees as well. survived: no test misses the rule. */
async function fateOf(copy, { file, start, end, after }, suites, timeoutMs) {
  const path = join(copy, file);
  const whole = await readFile(path, 'utf8');
  await writeFile(path, whole.slice(0, start) + after + whole.slice(end));
  try {
    for (const suite of suites) {
      const fate = await runTests(copy, suite, timeoutMs);
      if (fate !== 'survived') return fate;
    }
    return 'survived';
  } finally {
    await writeFile(path, whole);
  }
}

function runTests(copy, pattern, timeoutMs) {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const options = ['run', '--bail=1', '--silent', '--maxWorkers=1', ...pattern.split(' ')];
  const child = spawn(process.execPath, [vitest, ...options], {
    cwd: copy,
    stdio: 'ignore',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      resolve(signal !== null ? 'timeout' : code === 0 ? 'survived' : 'killed'),
    );
  });
}
