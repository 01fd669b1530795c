import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { withSwitches } from './with-switches.mjs';

/** What the compiled tests need beside them. */
const parts = [
  'dist',
  'src',
  'scripts',
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
 * @param {{ id: number, file: string, whole: object }[]} mutants all of the files: `file` below dist/
 * @param {Set<number>} drawn ids of those that are tried
 * @param {{ suites: string[], workers: number, seconds: number, onDone: (id: number, end: { fate: string, by: string }) => void }} options
 *   suites: folders below dist/test, the nearest first; seconds: of processor time for the tests of one mutant
 */
export async function runMutants(root, mutants, drawn, options) {
  const { workers } = options;
  const shares = Array.from({ length: Math.min(workers, drawn.size) }, (_, share) =>
    [...drawn].filter((id, index) => index % workers === share),
  );
  await Promise.all(shares.map((living) => runShare(root, mutants, living, options)));
}

async function runShare(root, mutants, living, { suites, seconds, onDone }) {
  const copy = await copyProject(root);
  try {
    await putSwitchesIn(copy, mutants);
    const lines = await runTests(copy, suites, { living, seconds });
    const red = lines.find((line) => line.red !== undefined);
    if (red !== undefined) throw new Error(`${red.red} is red in ${copy} without a mutant`);
    for (const id of living) {
      const own = lines.filter((line) => line.id === id);
      const end =
        own.find(({ fate }) => fate !== 'unrepeatable') ??
        (await runAlone(copy, mutants[id], own, { suites, seconds }));
      onDone(id, end);
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** A mutant that is executed when a file is loaded, or by a test that cannot be run twice, is on from the start. */
async function runAlone(copy, { id, file }, unrepeatable, { suites, seconds }) {
  const survived = { fate: 'survived', by: '' };
  if (unrepeatable.length === 0) return survived;
  const everywhere = unrepeatable.some(({ suite }) => suite === null);
  const files = everywhere ? suites : [...new Set(unrepeatable.map(({ suite }) => suite))];
  // Starting costs a few seconds of its own, and so do tests that do not execute it.
  const lines = await runTests(copy, files, { active: id, seconds: seconds + 20, namesakes: testsOf(file) });
  return lines.find((line) => line.id === id) ?? survived;
}

/** Of event-catalogue-rows.js: the tests of that name, then event-catalogue.test.js, then event.test.js. */
function testsOf(file) {
  const words = basename(file, '.js').split('-');
  return words.map((_, index) => `/${words.slice(0, words.length - index).join('-')}.test.js`);
}

async function copyProject(root) {
  const copy = await mkdtemp(join(tmpdir(), 'mutate-'));
  for (const part of parts) await cp(join(root, part), join(copy, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

async function putSwitchesIn(copy, mutants) {
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const path = join(copy, file);
    const own = mutants.filter((mutant) => mutant.file === file);
    await writeFile(path, withSwitches(await readFile(path, 'utf8'), own));
  }
}

/** What the runner notes. A process that does not end in time was stopped by a mutant. */
async function runTests(copy, suites, plan) {
  const planFile = join(copy, 'plan.json');
  const results = join(copy, `results-${plan.active ?? 'all'}.jsonl`);
  await writeFile(
    planFile,
    JSON.stringify({ ...plan, results, nearest: [...(plan.namesakes ?? []), ...suites] }),
  );
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--config', 'scripts/mutate/vitest.config.mjs', ...suites],
    {
      cwd: copy,
      env: { ...process.env, MUTATE_PLAN: planFile },
      stdio: process.env.MUTATE_SHOW === undefined ? 'ignore' : 'inherit',
      timeout: 10_000_000,
      killSignal: 'SIGKILL',
    },
  );
  const signal = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (_, by) => resolve(by));
  });
  if (signal !== null) return [{ id: plan.active, fate: 'timeout', by: signal }];
  const lines = existsSync(results) ? (await readFile(results, 'utf8')).split('\n') : [];
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}
