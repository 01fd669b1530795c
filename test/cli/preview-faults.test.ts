import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { preview as previewHere } from '../../src/cli/preview.js';
import { type CliResult, Project, ndjson } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { mainHere } from '../support/main-here.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';

const date = '2026-11-19';
const projects: Project[] = [];

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

/** With an archive of one day; made once and never changed: each test has a copy. */
let original: Project;

beforeAll(async () => {
  const events = ndjson([databaseEvent('end', `${date}T02:00:00Z`)]);
  original = await Project.create({ 'events/a.ndjson': events });
  const { code, stderr } = await runPlainly(original.directory, date);
  if (code !== 0) throw new Error(stderr);
});

afterAll(() => original.remove());

async function project(): Promise<Project> {
  const made = await Project.create({});
  projects.push(made);
  copyFolder(original.directory, made.directory);
  return made;
}

/** What ends before it shows anything needs no process. */
const failing = (
  made: Project,
  more: Partial<Parameters<typeof previewHere>[0]> = {},
): Promise<CliResult> => {
  const config = join(made.directory, 'backup-report.yaml');
  return captured((output) => previewHere({ config, port: 0, logLevel: 'silent', ...more }, output));
};

describe('preview of what is not there', () => {
  it('a day: ends with 2 and names the newest', async () => {
    const made = await project();
    const { code, stderr } = await failing(made, { date: '2026-11-18' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/--date 2026-11-18: there is no report of this day/);
    expect(stderr).toContain('-> The newest day there is 2026-11-19.');
  });

  it('any report: ends with 2 and says how to make one', async () => {
    const made = await Project.create({});
    projects.push(made);
    const { code, stderr } = await failing(made);
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no report of daily in the archive yet/);
  });

  it('a configuration: ends with 2', async () => {
    const { code, stderr } = await failing(original, { config: 'nowhere.yaml' });
    expect({ code }).toEqual({ code: 2 });
    expect(stderr).toMatch(/cannot read the configuration nowhere\.yaml/);
  });

  it.each([
    ['--port', 'x', /Write a number up to 65535/],
    ['--port', '70000', /Write a number up to 65535/],
  ])('%s %s: ends with 2', async (option, value, words) => {
    const made = await project();
    const { code, stderr } = await mainHere(['preview', option, value], made.directory);
    expect({ code }).toEqual({ code: 2 });
    expect(stderr).toMatch(words);
  });

  it('a free port: ends with 2', async () => {
    const made = await project();
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const bound = taken.address();
    const port = typeof bound === 'object' ? (bound?.port ?? 0) : 0;
    const { code, stderr } = await failing(made, { port });
    taken.close();
    expect(code).toBe(2);
    expect(stderr).toContain(`--port ${port}: cannot listen there`);
  });

  it.each(['report.json', 'jobs.ndjson.gz'])('the %s of the manifest: ends with 4', async (name) => {
    const made = await project();
    const path = join(made.directory, 'reports/daily/2026/11/19/r1', name);
    await rm(path);
    await writeFile(path, '{}');
    const { code, stderr } = await failing(made);
    expect(code).toBe(4);
    expect(stderr).toMatch(new RegExp(`cannot show .*${name}: it is not the one that its manifest names`));
  });
});
