import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/cli/output.js';
import { dayFor } from '../../src/model/named-day.js';
import { loadConfiguration } from '../../src/config/load.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import { writeDemo } from '../../src/demo/write-demo.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { wirePlan } from '../../src/wiring/wire-plan.js';
import { oneLine, oneLineMail } from '../support/run-here.js';
import { themeHere } from '../support/theme-here.js';

/* The command itself, with all that it renders, is in slow/demo-command. */

const timezone = 'America/New_York';

let directory: string;
const reports = new Map<string, DailyReport>();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-'));
  const dates = await writeDemo(directory, { yesterday: '2026-11-19', timezone });
  const loaded = await loadConfiguration(join(directory, 'backup-report.yaml'));
  const { plan, ports } = await wirePlan(loaded, await createLog('silent'), themeHere);
  const renderers = ports.renderers.map(oneLine);
  for (const date of dates) {
    const day = dayFor(date, timezone);
    const { report } = await makeDailyReport(
      plan,
      { day, generatedAtMs: day.cutOffMs },
      { ...ports, renderers, mailRenderer: oneLineMail },
    );
    reports.set(date, report as DailyReport);
  }
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the demo', () => {
  it('ends with a complete day that has something of everything', () => {
    const last = [...reports.values()].at(-1);
    expect(last?.status).toBe('COMPLETE');
    const { byOutcome } = last?.totals ?? {};
    expect(byOutcome).toMatchObject({ FAILED: 3, MISSED: 1, IN_PROGRESS: 1, RECOVERED: 1 });
    const ofAzure = last?.resources.filter(({ cloud }) => cloud === 'azure') ?? [];
    expect(
      ofAzure.map(({ resourceName, outcome, storedBytes }) => [resourceName, outcome, storedBytes]),
    ).toEqual([
      ['portal-web02', 'FAILED', 211_673_939_968],
      ['branch-files', 'SUCCEEDED', 101_151_932_416],
      ['crmreports', 'SUCCEEDED', 63_484_985_344],
      ['portal-web01', 'SUCCEEDED', 222_581_227_520],
    ]);
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
    const plan = { yesterday: '2026-11-19', timezone };
    const other = join(directory, 'other');
    const dates = await writeDemo(other, plan);
    expect(dates).toHaveLength(14);
    for (const date of dates) {
      const name = join('events', `${date}.ndjson.gz`);
      const bytes = await readFile(join(directory, name));
      expect(bytes.equals(await readFile(join(other, name)))).toBe(true);
      expect(gunzipSync(bytes).length).toBeGreaterThan(10_000);
    }
  });
});
