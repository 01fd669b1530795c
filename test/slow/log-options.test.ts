import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showsColours } from '../../src/cli/colours.js';
import { runIdOf } from '../../src/cli/run-id.js';
import { databaseEvent } from '../support/raw-event.js';
import { Project, ndjson, runCli } from '../support/cli.js';

const date = '2026-11-18';

describe('what is logged', () => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.create({
      'events/a.ndjson': ndjson([databaseEvent('end', `${date}T02:00:00Z`)]),
    });
  });

  afterAll(() => project.remove());

  const run = (args: readonly string[], env = {}) =>
    runCli(['run', '--date', date, '--json', ...args], { cwd: project.directory, env });

  it('has the id of the run in each line, as the answer has', async () => {
    const { stdout, stderr } = await run([], { BACKUP_REPORT_RUN_ID: 'job/42' });
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { run?: string });
    expect(lines.length).toBeGreaterThan(2);
    expect(new Set(lines.map((line) => line.run))).toEqual(new Set(['job/42']));
    expect(JSON.parse(stdout).runId).toBe('job/42');
  });

  it('has an id of its own where the caller gives none, and refuses what is none', async () => {
    const first = JSON.parse((await run(['--quiet'])).stdout).runId;
    const second = JSON.parse((await run(['--quiet'])).stdout).runId;
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
    const { code, stderr } = await run([], { BACKUP_REPORT_RUN_ID: 'a b\n' });
    expect([code, stderr.split('\n')[0]]).toEqual([2, 'backup-report: BACKUP_REPORT_RUN_ID is no id']);
  });

  it('is nothing with --quiet, and all with --verbose; two levels at once are refused', async () => {
    expect((await run(['--quiet'])).stderr).toBe('');
    expect((await run(['--verbose'])).stderr).toContain('"msg"');
    const { code, stderr } = await run(['--quiet', '--log-level', 'info']);
    expect(code).toBe(2);
    expect(stderr).toContain("option '--quiet' cannot be used with option '--log-level <level>'");
    expect((await run(['--quiet', '--verbose'])).code).toBe(2);
  });
});

describe('the id of a run', () => {
  it('stays the same in a process', () => {
    const environment = {};
    expect(runIdOf(environment)).toBe(runIdOf(environment));
  });
});

describe('colours', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
  ])('on a terminal: %s, with %j: %s', (isTerminal, environment, expected) => {
    expect(showsColours(isTerminal, environment)).toBe(expected);
  });
});
