import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { addDays, dateAt } from '../../src/base/civil-dates.js';
import { toIso } from '../../src/base/instants.js';
import { minuteMs } from '../../src/base/time-units.js';
import { Project, ndjson } from '../support/cli.js';
import { type MailSink, openMailSink } from '../support/mail-sink.js';
import { backupOf } from '../support/named-databases.js';
import { isEverythingRun, shareOf } from '../support/share-of.js';
import { faultsOf, mailSection } from './crash-runs.js';

/*
 * Processes that are killed at random, again and again: in the end every day has its report, every message came at least
 * once under one Message-ID, and no process that ended by itself said 0 while something was missing.
 */

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const killSwitch = new URL('kill-switch.js', import.meta.url).href;

/** It is about noon there, so that no day ends while the test runs. */
const timezone = zoneAtNoon();
const today = dateAt(Date.now(), timezone);
const days = [3, 2, 1].map((ago) => addDays(today, -ago));
const [from = '', to = ''] = [days[0], days.at(-1)];

/** There: at 03:00 UTC it may be the day before, by the hour at which the test runs. */
function threeOClock(day: string): string {
  return toIso(Date.parse(`${day}T03:00:00Z`) - DateTime.fromISO(day, { zone: timezone }).offset * minuteMs);
}

function zoneAtNoon(): string {
  const ahead = 12 - DateTime.utc().hour;
  return ahead >= 0 ? `Etc/GMT-${ahead}` : `Etc/GMT+${-ahead}`;
}

const commands = {
  backfill: ['backfill', '--from', from, '--to', to, '--mail'],
  run: ['run', '--date', to],
  schedule: ['schedule'],
} as const;

type Command = keyof typeof commands;

interface Loop {
  readonly command: Command;
  /** How many at once. */
  readonly processes: number;
  readonly kills: number;
  readonly seed: number;
}

/** 504 kills in all. */
const loops: readonly Loop[] = [1, 2, 3, 5, 7, 10].flatMap((processes) =>
  (Object.keys(commands) as Command[]).map((command, index) => ({
    command,
    processes,
    kills: 28,
    seed: 100 * processes + index,
  })),
);

/** The seeded tenth has fewer kills of each. */
const kills = isEverythingRun ? 28 : 14;

describe('killed at random', () => {
  it.each(shareOf('kill loops', loops).map((loop) => ({ ...loop, kills })))(
    '$command, $processes at once, $kills kills, seed $seed',
    async ({ command, processes, seed, kills: wanted }) => {
      const random = randomsOf(seed);
      // Where all is done there is little left to be killed at: then another archive is begun.
      let killed = 0;
      while (killed < wanted)
        killed += await killUntilDone({ command, processes, kills: wanted - killed }, random);
      expect(killed).toBeGreaterThanOrEqual(wanted);
    },
  );
});

/** In one archive: until a process says that all is done, or all kills are done. Gives their number. */
async function killUntilDone(
  { command, processes, kills: wanted }: Omit<Loop, 'seed'>,
  random: () => number,
): Promise<number> {
  const sink = await openMailSink();
  const project = await makeProject(sink.port);
  const wantedDays = command === 'run' ? [to] : days;
  const missing = async (): Promise<string[]> =>
    (await Promise.all(wantedDays.map((day) => faultsOf(project, sink, day)))).flat();
  try {
    let killed = 0;
    // A schedule is asked to end once every mail has come: then the next one would end before it begins.
    for (let isDone = false; !isDone && !isDelivered(sink) && killed < wanted;) {
      const ended = await Promise.all(
        Array.from({ length: processes }, () =>
          once({
            args: commands[command],
            killAt: 1 + Math.floor(random() * killPoints[command]),
            project,
            sink,
          }),
        ),
      );
      killed += ended.filter(({ signal }) => signal === 'SIGKILL').length;
      const codes = ended.flatMap(({ code }) => (code === null ? [] : [code]));
      expect(codes.filter((code) => code === 1)).toEqual([]);
      isDone = codes.includes(0);
      // Who says that all is done is right.
      expect({ killed, faults: isDone ? await missing() : [] }).toEqual({ killed, faults: [] });
    }
    const { code, stderr } = await once({
      args: command === 'run' ? commands.run : commands.backfill,
      killAt: 0,
      project,
      sink,
    });
    expect({ code, stderr, faults: await missing() }).toEqual({ code: 0, stderr: '', faults: [] });
    return killed;
  } finally {
    await project.remove();
    await sink.close();
  }
}

/** Some of them beyond the end: a run makes one day, the others make three. */
const killPoints: Readonly<Record<Command, number>> = { run: 300, backfill: 700, schedule: 700 };

function makeProject(port: number): Promise<Project> {
  const names = ['SALES', 'HR', 'CRM'];
  const files = Object.fromEntries(
    days.map((day) => [
      `events/${day}.ndjson`,
      ndjson(names.map((name) => backupOf(name, { time: threeOClock(day) }))),
    ]),
  );
  return Project.create(
    files,
    `plan: daily
timezone: ${timezone}
settleDelay: 1h
sources:
  - type: local-files
    paths: ["./events/{date}.ndjson"]
archive:
  type: file-system
  directory: ./reports
  lease: 0s
schedule:
  cron: '0 18 * * *'
  catchUpDays: 3
  reconcileDays: 2
${mailSection(port, '2s')}`,
  );
}

interface Attempt {
  readonly args: readonly string[];
  /** Before which operation it is killed; 0: it is not. */
  readonly killAt: number;
  readonly project: Project;
  readonly sink: MailSink;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** One process. A schedule that outlives its kill point is asked to end once every day's mail has come. */
async function once({ args, killAt, project, sink }: Attempt): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', killSwitch, main, ...args, '--log-level', 'error'], {
    cwd: project.directory,
    env: { PATH: process.env['PATH'], KILL_AT: String(killAt), TMPDIR: project.directory },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const unwatch = args[0] === 'schedule' ? endWhenDelivered(child, sink) : () => undefined;
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      unwatch();
      resolve({ code, signal, stderr });
    });
  });
}

function endWhenDelivered(child: ChildProcess, sink: MailSink): () => void {
  const timer = setInterval(() => {
    if (isDelivered(sink)) child.kill('SIGTERM');
  }, 200);
  return () => clearInterval(timer);
}

function isDelivered(sink: MailSink): boolean {
  return days.every((day) => sink.mails.some(({ messageId }) => messageId.includes(`.${day}.`)));
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function randomsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
