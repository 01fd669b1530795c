/*
 * Makes wrong rules, one at a time, and looks whether a test turns red.
 *
 *   npm run mutate -- --room facts --seed 1
 *
 * --room     a room of src/reports/backup-compliance, or a folder below src: base, records
 * --seed     which of the possible mutants are drawn (1)
 * --count    how many (60)
 * --workers  how many at once (one for each processor)
 * --seconds  of processor time for the tests of one mutant (20); what is not detected by then survives
 * --at       only those of a place: cadence.js:157: or a part of a file's name
 * --tests    only these: a part of the path of test files, several times
 * --all      lists the killed ones, too, each with the test that is red
 * --record   writes the score into docs/mutation-score.md
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findMutants } from './mutate/find-mutants.mjs';
import { runMutants } from './mutate/run-mutants.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    room: { type: 'string' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '60' },
    workers: { type: 'string', default: String(availableParallelism()) },
    seconds: { type: 'string', default: '20' },
    at: { type: 'string', default: '' },
    tests: { type: 'string', multiple: true },
    all: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});
const kind = 'reports/backup-compliance';
const folder = [`${kind}/${values.room}`, values.room].find((each) =>
  existsSync(join(root, 'dist/src', each ?? '-')),
);
if (folder === undefined) {
  process.stderr.write(
    `mutate: --room ${values.room}: there is no such folder below src; is the project built?\n`,
  );
  process.exit(2);
}

const all = filesBelow(join(root, 'dist/src', folder))
  .flatMap((file) =>
    findMutants(readFileSync(join(root, file), 'utf8')).map((mutant) => ({ file, ...mutant })),
  )
  .map((mutant, id) => ({ id, ...mutant }));
const eligible = all.filter(({ file, line }) => `${file}:${line}:`.includes(values.at));
const drawn = draw(eligible, Number(values.count), Number(values.seed));
// The room's own tests first: most mutants end there. What they leave goes through those of all pure rooms.
const folders = [folder, 'reports', 'records', 'base'].map((each) => `dist/test/${each}/`);
const suites = values.tests ?? folders.filter((each) => existsSync(join(root, each)));
const fates = { killed: 0, timeout: 0, survived: 0 };
process.stdout.write(`${folder}: ${drawn.length} of ${all.length} mutants, seed ${values.seed}\n`);
await runMutants(root, all, new Set(drawn.map(({ id }) => id)), {
  suites,
  workers: Number(values.workers),
  seconds: Number(values.seconds),
  onDone(id, { fate, by }) {
    const { file, line, before, after } = all[id];
    fates[fate] += 1;
    if (fate === 'survived' || values.all) {
      process.stdout.write(`${fate}  ${file}:${line}  ${short(before)} -> ${short(after)}  ${by}\n`);
    }
  },
});
const score = Math.round(((fates.killed + fates.timeout) * 1000) / drawn.length) / 10;
process.stdout.write(
  `${fates.killed} killed, ${fates.timeout} timed out, ${fates.survived} survived: ${score} %\n`,
);
if (values.record) record(`| ${folder} | ${values.seed} | ${drawn.length} of ${all.length} | ${score} % |`);

function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => relative(root, join(directory, name)))
    .sort();
}

/** The same ones for the same seed. */
function draw(mutants, count, seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const keyed = mutants.map((mutant) => ({ mutant, key: random() }));
  return keyed
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

function short(text) {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

/** One row a room: the newest takes the place of the one before. */
function record(row) {
  const path = join(root, 'docs/mutation-score.md');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const kept = lines.filter((line) => !line.startsWith(`| ${folder} |`));
  writeFileSync(path, `${[...kept, row].join('\n')}\n`);
}
