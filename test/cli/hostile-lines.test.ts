import { describe, expect, it } from 'vitest';
import { Project, ndjson } from '../support/cli.js';
import { backupOf } from '../support/named-databases.js';
import { runPlainly } from '../support/run-here.js';

describe('run', () => {
  it('is INCOMPLETE where a line has 100,000 brackets and another an empty list, and knows the rest', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const lines = `${deep}\n{"message":"backup of LEDGER failed","tags":[]}\n`;
    const project = await Project.create({ 'events/a.ndjson': lines + ndjson([backupOf('HR')]) });
    try {
      const { code, stdout } = await runPlainly(project.directory, '2026-11-19');
      expect(code).toBe(3);
      expect(stdout).toContain('2 records could not be read');
    } finally {
      await project.remove();
    }
  });

  it.each([
    [
      'a file that is the empty answer of a service: nothing was there',
      '{\n  "data": { "items": [] }\n}\n',
      0,
    ],
    ['two of them in one file: a line is a record', '{"data":{"items":[]}}\n{"data":{"items":[]}}\n', 3],
  ])('%s', async (_what, text, code) => {
    const project = await Project.create({
      'events/a.json': text,
      'events/b.ndjson': ndjson([backupOf('HR')]),
    });
    try {
      expect((await runPlainly(project.directory, '2026-11-19')).code).toBe(code);
    } finally {
      await project.remove();
    }
  });
});
