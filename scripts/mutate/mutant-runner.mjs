import { appendFileSync, readFileSync } from 'node:fs';
import { TestRunner } from 'vitest';

/*
 * Runs each test once as it is, and sees which mutants it executes. For each of these it runs the test once more, with the mutant
 * on. One process does all, so a mutant costs no more than the tests that can detect it.
 *
 * The plan (file MUTATE_PLAN): `living`, ids of mutants; or `active`, the only one, on from the start; `seconds` of processor
 * time that each may take. Results are lines of JSON in the plan's `results`.
 */

/** What does not end after so many times what the test needs without a mutant never ends. */
const patience = { times: 20, calls: 1_000_000, milliseconds: 60_000 };

const state = (globalThis.mutation ??= openState());
globalThis.mutantOn = (id) => {
  state.executed.add(id);
  state.calls += 1;
  if (state.calls > state.limit) throw new Error('a mutant that does not end');
  return id === state.active;
};

export default class MutantRunner extends TestRunner {
  async importFile(path, source) {
    if (source === 'setup') return await super.importFile(path, source);
    // A file without tests is an error, which nobody counts.
    if (state.living.size === 0) return {};
    const imported = await super.importFile(path, source);
    noteUnrepeatable([...state.executed], null);
    return imported;
  }

  async runTask(test) {
    if (state.living.size === 0) return;
    const run = TestRunner.getTestFn(test);
    if (state.plan.active !== undefined) return await run();
    // What was executed since the last test: by hooks.
    noteUnrepeatable([...state.executed], test.file.filepath);
    const first = await observe(run);
    if (first.error !== undefined) {
      note({ red: nameOf(test) });
      throw first.error;
    }
    const touched = [...first.executed].filter((id) => state.living.has(id));
    if (touched.length > 0) await tryMutants(run, touched, test);
  }

  onAfterRunTask(test) {
    noteIfRed(test);
    super.onAfterRunTask(test);
  }

  async onAfterRunSuite(suite) {
    noteIfRed(suite);
    await super.onAfterRunSuite(suite);
  }
}

/** Of a mutant that is on from the start. */
function noteIfRed(task) {
  const { active, seconds } = state.plan;
  if (active === undefined || !state.living.has(active)) return;
  if (task.result?.state === 'fail') note({ id: active, fate: 'killed', by: nameOf(task) });
  if (task.result?.state === 'fail' || secondsOfProcess() > seconds) state.living.clear();
}

async function tryMutants(run, touched, test) {
  const { filepath } = test.file;
  const again = await observe(run);
  const repeatable = touched.filter((id) => again.error === undefined && again.executed.has(id));
  noteUnrepeatable(
    touched.filter((id) => !repeatable.includes(id)),
    filepath,
  );
  const limit = again.calls * patience.times + patience.calls;
  for (const id of repeatable) {
    const { error, ended, seconds } = await observe(run, id, limit);
    const spent = (state.spent.get(id) ?? 0) + seconds;
    state.spent.set(id, spent);
    if (error === undefined && spent <= state.plan.seconds) continue;
    // A mutant may leave something behind that makes the test red for the next one, too.
    if (error !== undefined && (await observe(run)).error !== undefined) {
      noteUnrepeatable(repeatable, filepath);
      return;
    }
    state.living.delete(id);
    if (error !== undefined) note({ id, fate: ended ? 'killed' : 'timeout', by: nameOf(test) });
  }
}

async function observe(run, active = -1, limit = Infinity) {
  Object.assign(state, { active, limit, calls: 0, executed: new Set() });
  const before = secondsOfProcess();
  let error;
  let timer;
  const late = new Promise((_, reject) => {
    if (active < 0) return;
    timer = setTimeout(() => reject(new Error('no end')), patience.milliseconds);
  });
  try {
    await Promise.race([run(), late]);
  } catch (thrown) {
    error = thrown ?? new Error('thrown');
  }
  clearTimeout(timer);
  const { calls, executed } = state;
  const ended = calls <= limit && error?.message !== 'no end';
  Object.assign(state, { active: -1, limit: Infinity, executed: new Set() });
  return { error, ended, calls, executed, seconds: secondsOfProcess() - before };
}

/** Such a mutant needs a process of its own. `suite`: the tests that execute it; null if it may be all of them. */
function noteUnrepeatable(ids, suite) {
  const isAlone = state.plan.active !== undefined;
  for (const id of ids) if (!isAlone && state.living.has(id)) note({ id, fate: 'unrepeatable', suite });
  state.executed.clear();
}

function note(line) {
  appendFileSync(state.plan.results, `${JSON.stringify(line)}\n`);
}

function nameOf(task) {
  return `${task.file.name} > ${task.name}`;
}

function secondsOfProcess() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function openState() {
  const plan = JSON.parse(readFileSync(process.env.MUTATE_PLAN, 'utf8'));
  return {
    plan,
    living: new Set(plan.living ?? [plan.active]),
    active: plan.active ?? -1,
    spent: new Map(),
    executed: new Set(),
    calls: 0,
    limit: plan.active === undefined ? Infinity : 1e9,
  };
}
