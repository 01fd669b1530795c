import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../src/base/time-units.js';
import { schedule } from '../../src/cli/schedule.js';
import { Project, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';
import { RunningSchedule } from '../support/running-schedule.js';

const projects: Project[] = [];
const processes: ChildProcess[] = [];
const servers: Server[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const each of processes.splice(0)) each.kill('SIGKILL');
  for (const each of sockets.splice(0)) each.destroy();
  for (const each of servers.splice(0)) each.close();
  for (const each of projects.splice(0)) await each.remove();
});

interface SilentServer {
  readonly port: number;
  /** Somebody has connected, and waits. */
  readonly called: Promise<unknown>;
}

/** Takes connections and never says a word: who waits for it does not end. */
async function silentServer(): Promise<SilentServer> {
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  servers.push(server);
  const called = once(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, called };
}

/** With the report of yesterday, of which a channel would not be told, and which hangs when it is to be told again. */
async function hangingProject(gracePeriod: string, { port }: SilentServer): Promise<Project> {
  const text = (toldAt: number): string => {
    const channel = `{ type: webhook, name: hangs, url: "http://127.0.0.1:${toldAt}/", timeout: 10m }`;
    return `${configuration('daily', `{ catchUpDays: 1, gracePeriod: ${gracePeriod} }`)}channels: [${channel}]\n`;
  };
  const refusing = createHttpServer((_request, response) => response.writeHead(410).end());
  servers.push(refusing.listen(0, '127.0.0.1'));
  await once(refusing, 'listening');
  const made = await project({}, text((refusing.address() as AddressInfo).port));
  // What hangs needs no report that is made in the process of the schedule.
  await runPlainly(made.directory, dateOf(1));
  await made.write('backup-report.yaml', text(port));
  return made;
}

function configuration(plan: string, settings: string): string {
  return `plan: ${plan}
timezone: UTC
settleDelay: 0s
sources:
  - { type: local-files, paths: ["./events/*"] }
archive: { type: file-system, directory: ./reports, lease: 0s }
schedule: ${settings}
`;
}

async function project(files: Readonly<Record<string, string>>, main_: string): Promise<Project> {
  const made = await Project.create(files, main_);
  projects.push(made);
  return made;
}

/** Ended after the test, whatever it does. */
function start(directory: string, ...args: readonly string[]): RunningSchedule {
  const running = RunningSchedule.start(directory, args);
  processes.push(running.child);
  return running;
}

const dateOf = (daysAgo: number): string => new Date(Date.now() - daysAgo * dayMs).toISOString().slice(0, 10);

describe('schedule', () => {
  it('catches up all plans at start, answers on its health port and ends with 0 when it is told to', async () => {
    const dates = [dateOf(2), dateOf(1)];
    const events = dates.map((date) => databaseEvent('end', `${date}T02:00:00Z`, { id: date }));
    const made = await project(
      {
        'events/a.ndjson': ndjson(events),
        'other.yaml': configuration('other', '{ catchUpDays: 1 }'),
      },
      configuration('daily', '{ catchUpDays: 2 }'),
    );
    // Of the two days that it looks back, the older is there.
    await runPlainly(made.directory, dateOf(2));
    const configs = ['--config', 'backup-report.yaml', '--config', 'other.yaml'];
    const running = start(made.directory, ...configs, '--health-port', '0');
    const { url } = await running.logged('schedule: health');
    expect(await running.logged('schedule: started')).toMatchObject({
      plan: 'daily',
      cron: '0 6 * * *',
      next: expect.stringMatching(/^\d{4}-\d\d-\d\d 06:00$/),
    });
    expect(await running.logged('schedule: pass done')).toMatchObject({ plan: 'daily', made: 1, failed: 0 });
    expect(await running.logged('schedule: pass done')).toMatchObject({ plan: 'other', made: 1, failed: 0 });

    for (const path of ['/healthz', '/readyz']) expect((await fetch(`${url}${path}`)).status).toBe(200);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('backup_report_reports_total{plan="daily",outcome="complete"} 1');
    expect(metrics).toContain('backup_report_reports_behind{plan="other"} 0');
    expect(metrics).toContain('backup_report_resources{plan="daily",outcome="SUCCEEDED"} 1');
    expect(metrics).toMatch(/^backup_report_build_info\{version="\d/m);

    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    for (const date of dates) {
      expect([...(await made.revision(date)).keys()]).toContain('manifest.json');
      expect(await made.list(`reports/daily/${date.replaceAll('-', '/')}`)).toEqual(['r1']);
    }
  });

  it('ends as by the signal when the stage at hand takes longer than the grace period', async () => {
    const server = await silentServer();
    const made = await hangingProject('200ms', server);
    const running = start(made.directory);
    await server.called;
    running.child.kill('SIGTERM');
    expect(await running.logged('schedule: stopped in the midst of a stage')).toMatchObject({
      gracePeriod: '0.2 s',
    });
    expect(await running.ended).toBe('SIGTERM');
  });

  it('ends at once by a second signal', async () => {
    const server = await silentServer();
    const made = await hangingProject('1h', server);
    const running = start(made.directory);
    await server.called;
    running.child.kill('SIGTERM');
    expect(await running.logged('schedule: stopping')).toMatchObject({ signal: 'SIGTERM', atWork: 'daily' });
    running.child.kill('SIGINT');
    expect(await running.ended).toBe('SIGINT');
  });
});

const refused = (directory: string, ...configs: readonly string[]): Promise<number> => {
  const config = configs.map((name) => join(directory, name));
  const output = { answer: () => undefined, note: () => undefined };
  return schedule({ config, healthHost: '127.0.0.1', logLevel: 'silent' }, output);
};

describe('schedule refuses to start', () => {
  it('with a cron that would not run where clocks go forward, and proposes another', async () => {
    const gap = configuration('daily', '{ cron: "30 2 * * *" }').replace('UTC', 'Europe/Berlin');
    const { directory } = await project({}, gap);
    await expect(refused(directory, 'backup-report.yaml')).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(/'30 2 \* \* \*' would not run at 02:30 on .* in Europe\/Berlin/),
      hints: ["Write '30 3 * * *': the next free hour."],
    });
  });

  it('with a settle delay by which no day would ever be made', async () => {
    const never = configuration('daily', '{ catchUpDays: 1 }').replace('settleDelay: 0s', 'settleDelay: 1d');
    const { directory } = await project({}, never);
    await expect(refused(directory, 'backup-report.yaml')).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(/no day would ever be made/),
    });
  });

  it('with two plans of one name', async () => {
    const { directory } = await project(
      { 'b.yaml': configuration('daily', '{}') },
      configuration('daily', '{}'),
    );
    await expect(refused(directory, 'backup-report.yaml', 'b.yaml')).rejects.toMatchObject({
      kind: 'usage',
      message: 'two configurations have the plan daily',
    });
  });
});
