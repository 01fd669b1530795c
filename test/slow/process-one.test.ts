import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
/** A process of its own, as its number 1: for such a one the kernel has no default action. */
const asOne = ['--user', '--map-root-user', '--pid', '--fork', '--kill-child'];

function canBeOne(): boolean {
  try {
    execFileSync('unshare', [...asOne, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let server: Server;
let project: Project;
let called: Promise<unknown>;
const sockets: Socket[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  // A mail server that takes connections and never says a word.
  server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  called = once(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const files = { 'events/a.ndjson': ndjson([databaseEvent('end', `${date}T02:00:00Z`, { id: 'a' })]) };
  project = await Project.create(
    files,
    `plan: daily
timezone: UTC
settleDelay: 0s
sources:
  - { type: local-files, paths: ["./events/*"] }
archive: { type: file-system, directory: ./reports, lease: 0s }
schedule: { catchUpDays: 1, gracePeriod: 1s }
mail:
  type: smtp
  host: 127.0.0.1
  port: ${port}
  security: none
  from: reports@example.com
  to: [ops@example.com]
  greetingTimeout: 10m
  socketTimeout: 10m
  deadline: 10m
`,
  );
});

afterEach(async () => {
  for (const each of children.splice(0)) each.kill('SIGKILL');
  for (const each of sockets.splice(0)) each.destroy();
  server.close();
  await project.remove();
});

interface Started {
  /** Sends a signal to the command, which is number 1 where it is. */
  signal(name: string): void;
  /** A line of its output or log. */
  said(words: string): Promise<void>;
  readonly ended: Promise<number | string | null>;
}

function start(args: readonly string[]): Started {
  const child = spawn('unshare', [...asOne, process.execPath, main, ...args], {
    cwd: project.directory,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      text += part.toString();
      for (const look of listeners) look();
    });
  }
  return {
    signal: (name) => {
      const [own = ''] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ');
      process.kill(Number(own), name);
    },
    said: (words) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (text.includes(words)) resolve();
        };
        listeners.add(look);
        look();
      }),
    ended: once(child, 'close').then(([code, signal]): number | string | null => code ?? signal),
  };
}

describe.skipIf(!canBeOne())('as process 1 of a container', () => {
  it.each([
    ['run', 'SIGTERM', 143],
    ['run', 'SIGINT', 130],
    ['doctor', 'SIGTERM', 143],
  ])('%s ends by %s', async (command, signal, code) => {
    const started = start([command]);
    await called;
    started.signal(signal);
    expect(await started.ended).toBe(code);
  });

  it('schedule ends when its grace period is over', async () => {
    const started = start(['schedule']);
    await called;
    started.signal('SIGTERM');
    expect(await started.ended).toBe(143);
  });

  it('backfill stops after its stage, and at once by a second signal', async () => {
    const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const started = start(['backfill', '--from', date, '--to', date, '--mail']);
    await called;
    started.signal('SIGTERM');
    await started.said('stopping after the current stage');
    started.signal('SIGTERM');
    expect(await started.ended).toBe(143);
  });

  it('demo ends in the midst of its days', async () => {
    const started = start(['demo']);
    await started.said('Two weeks of');
    started.signal('SIGTERM');
    expect(await started.ended).toBe(143);
  });

  it('preview ends with 0', async () => {
    const started = start(['preview', '--demo']);
    await started.said('http://127.0.0.1:');
    started.signal('SIGTERM');
    expect(await started.ended).toBe(0);
  });
});
