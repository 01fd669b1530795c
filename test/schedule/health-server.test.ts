import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/time-units.js';
import { Failure } from '../../src/errors.js';
import { type HealthServer, startHealthServer } from '../../src/schedule/health-server.js';
import { type ScheduleMetrics, createScheduleMetrics } from '../../src/schedule/metrics.js';
import type { PlanStatus, ScheduleStatus } from '../../src/schedule/schedule-status.js';

const nowMs = Date.parse('2026-11-20T12:00:00Z');

const planStatus: PlanStatus = {
  name: 'daily',
  timezone: 'UTC',
  catchUpDays: 7,
  isArchiveReached: true,
  newestDate: '2026-11-19',
  failures: 0,
  nextMs: Date.parse('2026-11-21T06:00:00Z'),
};

let status: ScheduleStatus;
let metrics: ScheduleMetrics;
let server: HealthServer;

beforeEach(async () => {
  status = { isStopping: false, sinceLookMs: 0, pass: null, isIdle: true, plans: [planStatus] };
  metrics = createScheduleMetrics(['daily'], { nowMs: () => nowMs });
  server = await startHealthServer({ host: '127.0.0.1', port: 0 }, () => status, metrics);
});

afterEach(() => server.close());

async function get(path: string): Promise<{ status: number; body: string }> {
  const response = await fetch(`${server.url}${path}`);
  return { status: response.status, body: await response.text() };
}

describe('/healthz', () => {
  it('is 200 while the loop lives, also during a pass', async () => {
    status = { ...status, pass: { plan: 'daily', forMs: 5 * hourMs }, sinceLookMs: 4 * 60_000 };
    expect(await get('/healthz')).toEqual({ status: 200, body: 'ok\n' });
  });

  it('is 503 for a pass that does not end', async () => {
    status = { ...status, pass: { plan: 'daily', forMs: 6 * hourMs + 1 } };
    expect(await get('/healthz')).toEqual({ status: 503, body: 'A pass of daily does not end.\n' });
  });

  it('is 503 only after the deadline of a pass that may take longer', async () => {
    const longestMs = 12 * hourMs;
    status = { ...status, pass: { plan: 'daily', forMs: longestMs + 5 * 60_000, longestMs } };
    expect((await get('/healthz')).status).toBe(200);
    status = { ...status, pass: { plan: 'daily', forMs: longestMs + 5 * 60_000 + 1, longestMs } };
    expect((await get('/healthz')).status).toBe(503);
  });

  it('is 503 when so many passes hang that only a restart helps', async () => {
    status = { ...status, plans: [{ ...planStatus, leftBehind: 2 }] };
    expect((await get('/healthz')).status).toBe(200);
    status = { ...status, plans: [...status.plans, { ...planStatus, name: 'other', leftBehind: 1 }] };
    expect(await get('/healthz')).toEqual({
      status: 503,
      body: '3 passes were given up and hang still: only a restart ends them.\n',
    });
  });

  it('is 503 when nobody looks at the clocks any more', async () => {
    status = { ...status, sinceLookMs: 5 * 60_000 + 1 };
    expect((await get('/healthz')).status).toBe(503);
  });
});

describe('/readyz', () => {
  it('says per plan what it knows', async () => {
    const { status: code, body } = await get('/readyz');
    expect(code).toBe(200);
    expect(JSON.parse(body)).toEqual({
      ready: true,
      stopping: false,
      plans: {
        daily: {
          archive: 'reached',
          newestReport: '2026-11-19',
          failedPasses: 0,
          atWork: false,
          next: '2026-11-21 06:00 UTC',
        },
      },
    });
  });

  it.each([
    ['the archive of one plan was not reached', { plans: [{ ...planStatus, isArchiveReached: false }] }],
    ['it is stopping', { isStopping: true }],
    [
      'a pass of one plan was given up',
      { plans: [planStatus, { ...planStatus, name: 'b', givenUp: 'late' }] },
    ],
  ])('is 503 when %s', async (_what, over) => {
    status = { ...status, ...over };
    const { status: code, body } = await get('/readyz');
    expect([code, JSON.parse(body).ready]).toEqual([503, false]);
  });
});

it('/readyz says which pass was given up, why, and what is missing', async () => {
  const over = { givenUp: 'a pass did not end within 2 h', leftBehind: 1, missingDays: 3 };
  status = { ...status, plans: [planStatus, { ...planStatus, ...over, name: 'hanging' }] };
  const { plans } = JSON.parse((await get('/readyz')).body);
  expect(plans.daily).not.toHaveProperty('givenUp');
  expect(plans.hanging).toMatchObject({
    givenUp: 'a pass did not end within 2 h',
    hangingPasses: 1,
    missingDays: 3,
  });
});

describe('/metrics', () => {
  it('counts days, deliveries and durations of each plan', async () => {
    metrics.dayDone('daily', 'complete', 2.5);
    metrics.dayDone('daily', 'failed', null);
    metrics.dayDone('daily', 'revised', 40);
    metrics.delivered('daily', ['delivered', 'refused', 'delivered']);
    metrics.passDone('daily', true, nowMs);
    metrics.passDone('daily', false, nowMs + 1000);
    const { status: code, body } = await get('/metrics');
    expect(code).toBe(200);
    for (const line of [
      `backup_report_last_success_timestamp_seconds{plan="daily"} ${nowMs / 1000}`,
      'backup_report_reports_behind{plan="daily"} 0',
      'backup_report_reports_total{plan="daily",outcome="complete"} 1',
      'backup_report_reports_total{plan="daily",outcome="incomplete"} 0',
      'backup_report_reports_total{plan="daily",outcome="unchanged"} 0',
      'backup_report_reports_total{plan="daily",outcome="revised"} 1',
      'backup_report_reports_total{plan="daily",outcome="failed"} 1',
      'backup_report_deliveries_total{plan="daily",kind="delivered"} 2',
      'backup_report_deliveries_total{plan="daily",kind="refused"} 1',
      'backup_report_day_duration_seconds_count{plan="daily"} 2',
      'backup_report_day_duration_seconds_sum{plan="daily"} 42.5',
    ]) {
      expect(body.split('\n')).toContain(line);
    }
    // Nothing of the process itself.
    expect(body).not.toMatch(/^(process|nodejs)_/m);
  });

  it.each([
    ['2026-11-15', true, 'backup_report_reports_behind{plan="daily"} 4'],
    ['2026-11-20', true, 'backup_report_reports_behind{plan="daily"} 0'],
    [null, true, 'backup_report_reports_behind{plan="daily"} 7'],
  ])('tells of a newest day %s how far it lags', async (newestDate, isArchiveReached, line) => {
    status = { ...status, plans: [{ ...planStatus, newestDate, isArchiveReached }] };
    expect((await get('/metrics')).body.split('\n')).toContain(line);
  });

  it('says nothing of a lag that is not known yet', async () => {
    status = { ...status, plans: [{ ...planStatus, newestDate: null, isArchiveReached: null }] };
    expect((await get('/metrics')).body).not.toContain('reports_behind{');
  });
});

describe('the health server', () => {
  it('knows no other path and no other method', async () => {
    expect((await get('/')).status).toBe(404);
    expect((await get('/healthz/../readyz2')).status).toBe(404);
    expect((await get('/healthz?verbose')).status).toBe(200);
    const posted = await fetch(`${server.url}/healthz`, { method: 'POST', body: 'x'.repeat(10) });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const head = await fetch(`${server.url}/healthz`, { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', '3']);
  });

  it('refuses a request with a head of any length', async () => {
    const code = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest(
        `${server.url}/healthz`,
        { headers: { 'x-long': 'x'.repeat(20_000) } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sent.on('error', reject);
      sent.end();
    });
    expect(code).toBe(431);
  });

  it('ends connections that somebody keeps open', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await new Promise<void>((resolve) => {
      socket.once('connect', () => resolve());
    });
    socket.write('GET /healthz HTTP/1.1\r\n');
    const ended = new Promise<void>((resolve) => {
      // However it ends it.
      socket.on('error', () => undefined).once('close', () => resolve());
    });
    await server.close();
    await expect(ended).resolves.toBeUndefined();
    server = await startHealthServer({ host: '127.0.0.1', port: 0 }, () => status, metrics);
  });

  it('refuses a port that is taken, in words', async () => {
    const port = Number(new URL(server.url).port);
    const again = startHealthServer({ host: '127.0.0.1', port }, () => status, metrics);
    await expect(again).rejects.toThrow(
      new RegExp(`^--health-port ${port}: cannot listen on 127\\.0\\.0\\.1: .*EADDRINUSE`),
    );
    await expect(again).rejects.toBeInstanceOf(Failure);
  });
});
