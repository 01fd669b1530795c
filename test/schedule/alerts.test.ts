import { describe, expect, it } from 'vitest';
import { createScheduleMetrics } from '../../src/schedule/metrics.js';
import type { NewestReport } from '../../src/schedule/scheduled-plan.js';
import { metricsOf, shippedAlerts, shippedPanels } from '../support/prometheus.js';

const nowMs = Date.parse('2026-11-20T12:00:00Z');
const newest: NewestReport = {
  cutOffMs: Date.parse('2026-11-20T00:00:00Z'),
  generatedAtMs: Date.parse('2026-11-20T06:00:00Z'),
  isComplete: true,
  lastCompleteMs: Date.parse('2026-11-20T06:00:00Z'),
  byOutcome: { FAILED: 1, SUCCEEDED: 4 },
  byVerdict: { COMPLIANT: 4, NON_COMPLIANT: 1, UNKNOWN: 0, NOT_APPLICABLE: 0 },
  bySeverity: { critical: 1, high: 0, medium: 0, low: 0 },
};
const status = {
  name: 'daily',
  timezone: 'UTC',
  catchUpDays: 7,
  isArchiveReached: true,
  newestDate: '2026-11-19',
  failures: 0,
  missingDays: 0,
  nextMs: nowMs,
};

async function scrape(arrange = (_metrics: ReturnType<typeof createScheduleMetrics>): void => undefined) {
  const metrics = createScheduleMetrics(['daily'], { nowMs: () => nowMs }, '1.2.3');
  metrics.newestReport?.('daily', newest);
  metrics.dayDone('daily', 'complete', 2);
  arrange(metrics);
  return metrics.text([status]);
}

const lastSuccess = async (arrange?: Parameters<typeof scrape>[0]): Promise<string | undefined> =>
  /^backup_report_last_success_timestamp_seconds\S* (.*)$/m.exec(await scrape(arrange))?.[1];

const expressions = (): readonly string[] => [
  ...shippedAlerts().map(({ expr }) => expr),
  ...shippedPanels().map(([, expr]) => expr),
];

describe('the alerts and the dashboard that ship', () => {
  it('are PromQL over metrics that a scrape has', async () => {
    const samples = new Set((await scrape()).match(/^[a-z_]+(?=[{ ])/gm));
    const used = expressions().flatMap(metricsOf);
    expect(used.length).toBeGreaterThan(15);
    expect(used.filter((name) => name !== 'up' && !samples.has(name))).toEqual([]);
  });

  it('would be told of an expression that is none', () => {
    expect(() => metricsOf('time( - backup_report_resources')).toThrow(SyntaxError);
  });
});

describe('the metrics of the schedule', () => {
  // As of `promtool check metrics`: https://prometheus.io/docs/practices/naming/
  it('keep to the conventions of Prometheus', async () => {
    const text = await scrape();
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => ({
      name,
      type,
    }));
    expect(types.length).toBeGreaterThan(10);
    for (const { name, type } of types) {
      expect(text).toMatch(new RegExp(`^# HELP ${name} \\S.+\\.$`, 'm'));
      expect(name).toMatch(/^backup_report_[a-z]+(?:_[a-z]+)*$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      expect(name).not.toMatch(/_(?:count|sum|bucket|gauge|counter|histogram|summary)(?:_|$)/);
      expect(name).not.toMatch(
        /_(?:ms|s|milliseconds|minutes|hours|days|weeks|kilobytes|kib|mib|percent)(?:_|$)/,
      );
    }
  });

  it('count every kind of delivery from 0, and name what runs', async () => {
    const lines = (await scrape()).split('\n');
    expect(lines).toContain('backup_report_deliveries_total{plan="daily",kind="refused"} 0');
    expect(lines).toContain('backup_report_deliveries_total{plan="daily",kind="failed"} 0');
    expect(lines).toContain(`backup_report_build_info{version="1.2.3",node="${process.versions.node}"} 1`);
  });

  it('say what the newest report says, and nothing of the one before', async () => {
    const lines = (
      await scrape((metrics) => metrics.newestReport?.('daily', { ...newest, byOutcome: { SUCCEEDED: 5 } }))
    ).split('\n');
    for (const line of [
      'backup_report_resources{plan="daily",outcome="FAILED"} 0',
      'backup_report_resources{plan="daily",outcome="SUCCEEDED"} 5',
      'backup_report_resources_judged{plan="daily",verdict="NON_COMPLIANT"} 1',
      'backup_report_resources_noncompliant{plan="daily",severity="critical"} 1',
      'backup_report_newest_report_complete{plan="daily"} 1',
      `backup_report_newest_report_cutoff_timestamp_seconds{plan="daily"} ${newest.cutOffMs / 1000}`,
    ]) {
      expect(lines).toContain(line);
    }
  });

  it('have after a restart the time of the newest COMPLETE report as the last success, until a pass ends well and leaves no INCOMPLETE one', async () => {
    expect(await lastSuccess()).toBe(String(newest.generatedAtMs / 1000));
    const earlierMs = Date.parse('2026-11-12T06:00:00Z');
    const incomplete = { ...newest, isComplete: false, lastCompleteMs: earlierMs };
    const restarted = await lastSuccess((metrics) => metrics.newestReport?.('daily', incomplete));
    expect(restarted).toBe(String(earlierMs / 1000));
    const left = await lastSuccess((metrics) => {
      metrics.newestReport?.('daily', incomplete);
      metrics.passDone('daily', true, nowMs);
    });
    expect(left).toBe(String(earlierMs / 1000));
    const passed = await lastSuccess((metrics) => {
      metrics.passDone('daily', true, nowMs);
      metrics.newestReport?.('daily', newest);
    });
    expect(passed).toBe(String(nowMs / 1000));
  });
});
