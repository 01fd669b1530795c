import { afterEach, describe, expect, it } from 'vitest';
import { Project, ndjson } from '../support/cli.js';
import { dayOfAllKinds as date, recordsOfAllKinds as records } from '../support/records-of-all-kinds.js';
import { runPlainly } from '../support/run-here.js';

/* slow/same-bytes has the workbook, and a machine that speaks another language. */

const projects: Project[] = [];

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

async function artefacts(files: Record<string, string>): Promise<Map<string, Buffer>> {
  const project = await Project.create(files);
  projects.push(project);
  const { code } = await runPlainly(project.directory, date, ['report.html']);
  expect(code).toBe(3);
  return project.revision(date);
}

const made = ['report.json', 'report.html', 'jobs.ndjson.gz', 'recovery-points.ndjson.gz'];

describe('the same input', () => {
  it('gives the same bytes in another folder, where another clock is used', async () => {
    const files = { 'events/a.ndjson': ndjson(records) };
    process.env['TZ'] = 'Pacific/Kiritimati';
    const one = await artefacts(files);
    process.env['TZ'] = 'America/Los_Angeles';
    const other = await artefacts(files);
    expect(one.size).toBe(10);
    for (const name of [...made, 'events.ndjson.gz', 'manifest.json', 'checkpoint.txt']) {
      expect([name, one.get(name)?.equals(other.get(name) ?? Buffer.alloc(0))]).toEqual([name, true]);
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
    for (const name of made) {
      expect([name, one.get(name)?.equals(other.get(name) ?? Buffer.alloc(0))]).toEqual([name, true]);
    }
  });
});
