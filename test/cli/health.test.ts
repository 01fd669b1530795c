import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { health } from '../../src/cli/health.js';
import { askHealth } from '../../src/schedule/ask-health.js';
import { type HealthServer, startHealthServer } from '../../src/schedule/health-server.js';
import { createScheduleMetrics } from '../../src/schedule/metrics.js';
import type { ScheduleStatus } from '../../src/schedule/schedule-status.js';
import type { CliResult } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { captured } from '../support/run-here.js';

const host = '127.0.0.1';
const well: ScheduleStatus = { isStopping: false, sinceLookMs: 0, pass: null, isIdle: true, plans: [] };
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The health server of a schedule that is so. */
async function portOfSchedule(status: ScheduleStatus): Promise<number> {
  const metrics = createScheduleMetrics([], { nowMs: () => 0 });
  const server: HealthServer = await startHealthServer({ host, port: 0 }, () => status, metrics);
  closing.push(() => server.close());
  return Number(new URL(server.url).port);
}

async function portOf(server: Server): Promise<number> {
  await once(server.listen(0, host), 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const ask = (port: number, ready = false): Promise<CliResult> =>
  captured((output) => health({ host, port, ready }, output));

describe('health', () => {
  it('ends with 0 while the schedule is well', async () => {
    expect(await ask(await portOfSchedule(well))).toEqual({ code: 0, stdout: 'ok\n', stderr: '' });
  });

  it('ends with 4 and says why and what to do when it is not', async () => {
    const port = await portOfSchedule({ ...well, sinceLookMs: 600_000 });
    const { code, stdout, stderr } = await ask(port);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toBe(
      `backup-report: the schedule on port ${port} answers /healthz with 503: The schedule has stopped checking its clocks.\n` +
        '  -> Restart it: nothing else ends what hangs.\n',
    );
  });

  it('asks with --ready whether reports can be made: a schedule that stops lives, and is not ready', async () => {
    const port = await portOfSchedule({ ...well, isStopping: true });
    expect((await ask(port)).code).toBe(0);
    const { code, stderr } = await ask(port, true);
    expect(code).toBe(4);
    expect(stderr).toContain('answers /readyz with 503: {"ready":false,"stopping":true');
    expect(stderr).toContain('A restart does not help.');
  });

  it('takes another server for none, whatever it answers', async () => {
    const port = await portOf(
      createServer((_request, response) => response.writeHead(404).end('no such page')),
    );
    const { code, stderr } = await ask(port);
    expect(code).toBe(4);
    expect(stderr).toContain('Is it a schedule that listens there?');
  });

  it('ends with 4 where nothing listens, without a stack trace', async () => {
    const server = createServer();
    const port = await portOf(server);
    await new Promise((resolve) => server.close(resolve));
    const { code, stderr } = await mainHere(['health', '--port', String(port)], '/');
    expect(code).toBe(4);
    expect(stderr).toContain(`backup-report: nothing answers on 127.0.0.1 port ${port}: `);
    expect(stderr).toContain('  -> Start the schedule with --health-port');
    expect(stderr).not.toContain('    at ');
  });

  it('waits a limited time for a server that is silent', async () => {
    const port = await portOf(createServer());
    const asking = askHealth({ host, port, path: '/healthz', withinMs: 50 });
    await expect(asking).rejects.toThrow(`nothing answers on ${host} port ${port}: no answer within 0.05 s`);
  });

  it('does not read without end', async () => {
    const port = await portOf(createServer((_request, response) => response.end('x'.repeat(100_000))));
    await expect(askHealth({ host, port, path: '/healthz' })).rejects.toThrow('more than a schedule would');
  });
});
