import { afterEach, describe, expect, it } from 'vitest';
import { type CliResult, Project, ndjson, runCli } from '../support/cli.js';
import { dayOfAllKinds as date, recordsOfAllKinds as records } from '../support/records-of-all-kinds.js';
import { runHere } from '../support/run-here.js';

const projects: Project[] = [];

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

async function artefacts(
  files: Record<string, string>,
  run: (project: Project) => Promise<CliResult> = ({ directory }) => runHere(directory, date),
): Promise<Map<string, Buffer>> {
  const project = await Project.create(files);
  projects.push(project);
  const { code } = await run(project);
  expect(code).toBe(3);
  return project.revision(date);
}

const elsewhere = { TZ: 'Pacific/Kiritimati', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' };

describe('the same input', () => {
  it('gives the same bytes of every artefact, whatever the machine speaks and wherever it is', async () => {
    const files = { 'events/a.ndjson': ndjson(records) };
    const one = await artefacts(files, ({ directory }) =>
      runCli(['run', '--date', date], { cwd: directory, env: elsewhere }),
    );
    process.env['TZ'] = 'America/Los_Angeles';
    const other = await artefacts(files);
    expect(one.size).toBe(10);
    for (const [name, bytes] of one) {
      if (name.startsWith('delivery-1.')) continue;
      expect([name, bytes.equals(other.get(name) ?? Buffer.alloc(0))]).toEqual([name, true]);
    }
  });

  it('in another order of files and lines changes nothing but the evidence', async () => {
    const one = await artefacts({
      'events/a.ndjson': ndjson(records.slice(0, 6)),
      'events/b.ndjson': ndjson(records.slice(6)),
    });
    const other = await artefacts({
      'events/1.ndjson': ndjson(records.slice(4).toReversed()),
      'events/0.jsonl': ndjson(records.slice(0, 4).toReversed()),
    });
    const made = ['report.json', 'report.html', 'report.xlsx', 'jobs.ndjson.gz', 'recovery-points.ndjson.gz'];
    for (const name of made) {
      expect([name, one.get(name)?.equals(other.get(name) ?? Buffer.alloc(0))]).toEqual([name, true]);
    }
  });
});
