import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-command-'));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the demo', () => {
  it('makes the reports of 14 days and says where to look', async () => {
    const { code, stdout } = await runCli(['demo', '--directory', directory], { cwd: directory });
    expect(code).toBe(0);
    const [folder = ''] = await readdir(directory);
    const names = await readdir(join(directory, folder, 'reports'), { recursive: true });
    expect(names.filter((each) => each.endsWith('report.json'))).toHaveLength(14);
    expect(stdout).toMatch(/page +.*report\.html/);
    expect(stdout).toMatch(/mail +.*\.eml/);
  });
});
