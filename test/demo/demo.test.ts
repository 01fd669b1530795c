import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DailyReport } from '../../src/model/daily-report.js';
import { writeDemo } from '../../src/demo/write-demo.js';
import { runCli } from '../support/cli.js';

let directory: string;
let stdout: string;
let code: number | null;
const reports = new Map<string, DailyReport>();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-'));
  const result = await runCli(['demo', '--directory', directory], { cwd: directory });
  ({ code, stdout } = result);
  const [folder = ''] = await readdir(directory);
  const names = await readdir(join(directory, folder, 'reports'), { recursive: true });
  for (const name of names.filter((each) => each.endsWith('report.json')).sort()) {
    const report: DailyReport = JSON.parse(await readFile(join(directory, folder, 'reports', name), 'utf8'));
    reports.set(report.reportDay.date, report);
  }
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the demo', () => {
  it('makes the reports of 14 days and says where to look', async () => {
    expect(code).toBe(0);
    expect(reports.size).toBe(14);
    expect(stdout).toMatch(/page +.*report\.html/);
    expect(stdout).toMatch(/mail +.*\.eml/);
  });

  it('ends with a complete day that has something of everything', () => {
    const last = [...reports.values()].at(-1);
    expect(last?.status).toBe('COMPLETE');
    const { byOutcome } = last?.totals ?? {};
    expect(byOutcome).toMatchObject({ FAILED: 2, MISSED: 1, IN_PROGRESS: 1, RECOVERED: 1 });
    expect(last?.incidents).toEqual([expect.objectContaining({ state: 'open', bearsOnBackups: true })]);
  });

  it('has a cleared incident, a restore, and one unreadable record on an earlier day', () => {
    const all = [...reports.values()];
    expect(all.some(({ incidents }) => incidents.some(({ state }) => state === 'cleared'))).toBe(true);
    expect(
      all.some(({ resources }) => resources.some(({ lastRestoreTime }) => lastRestoreTime !== null)),
    ).toBe(true);
    expect(Math.max(...all.map(({ controlTotals }) => controlTotals.rejected))).toBe(1);
    expect(all[2]?.status).toBe('INCOMPLETE');
    expect(all.at(-2)?.status).toBe('COMPLETE');
  });

  it('is the same for the same last day', async () => {
    const plan = { yesterday: '2026-11-19', timezone: 'America/New_York' };
    const one = join(directory, 'one');
    const other = join(directory, 'other');
    const dates = await writeDemo(one, plan);
    await writeDemo(other, plan);
    expect(dates).toHaveLength(14);
    for (const date of dates) {
      const name = join('events', `${date}.ndjson.gz`);
      const bytes = await readFile(join(one, name));
      expect(bytes.equals(await readFile(join(other, name)))).toBe(true);
      expect(gunzipSync(bytes).length).toBeGreaterThan(10_000);
    }
  });
});
