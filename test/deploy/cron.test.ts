import { spawnSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { validate } from 'node-cron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from '../support/cli.js';
import { deployText, refusalOf } from '../support/deploy-files.js';

interface Entry {
  readonly when: string;
  readonly user: string;
  readonly command: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** As cron reads a file of /etc/cron.d: variables, and lines of five fields, a user and a command. */
async function entry(): Promise<Entry> {
  const lines = (await deployText('cron/crontab')).split('\n').filter((line) => /^[^#\s]/.test(line));
  const variables = lines.flatMap((line) => /^(\w+)=(.*)$/.exec(line)?.slice(1, 3) ?? []);
  const jobs = lines.flatMap((line) => /^((?:\S+ ){5})(\S+) (.+)$/.exec(line)?.slice(1) ?? []);
  const [when = '', user = '', command = '', ...more] = jobs;
  expect(more).toEqual([]);
  const pairs = variables.flatMap((name, i) => (i % 2 === 0 ? [[name, variables[i + 1] ?? '']] : []));
  return { when: when.trim(), user, command, variables: Object.fromEntries(pairs) };
}

let project: Project;

beforeEach(async () => {
  project = await Project.create({});
});
afterEach(() => project.remove());

/** Runs the entry's command as cron does, with a program in place of ours that does so. */
async function ran(program: string): Promise<string> {
  await project.write('backup-report', `#!/bin/sh\n${program}\n`);
  await chmod(join(project.directory, 'backup-report'), 0o755);
  const { command, variables } = await entry();
  const env = {
    ...variables,
    PATH: `${project.directory}:${variables['PATH']}`,
    DIRECTORY: project.directory,
  };
  const { stdout, stderr } = spawnSync(variables['SHELL'] ?? '', ['-c', command], { env, encoding: 'utf8' });
  return stdout + stderr;
}

describe('the crontab', () => {
  it('has one entry, that cron and the program understand', async () => {
    const { when, user, command } = await entry();
    expect(validate(when)).toBe(true);
    expect(user).toBe('backup-report');
    // To cron, it is the end of a line.
    expect(command).not.toContain('%');
    const [, args = ''] = /backup-report\.yaml backup-report (.*?) 2>&1/.exec(command) ?? [];
    expect(await refusalOf(args.split(' '))).toBeNull();
  });

  it('is after midnight and the settle delay in the zone of the examples, in summer and in winter', async () => {
    const [minute, hour] = (await entry()).when.split(' ').map(Number) as [number, number];
    for (const date of ['2026-01-15', '2026-07-15']) {
      const at = Date.parse(`${date}T00:00:00Z`) + (hour * 60 + minute) * 60_000;
      const form = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'short' });
      expect(form.format(at) > '06:00').toBe(true);
    }
  });

  it('says nothing of a run that ended well, and everything of one that did not', async () => {
    expect(await ran('echo archived; echo noted >&2')).toBe('');
    expect(await ran('echo INCOMPLETE; echo noted >&2; exit 3')).toBe(
      'INCOMPLETE\nnoted\nbackup-report run ended with 3\n',
    );
  });

  it('does not run beside a run that is not over, and says so', async () => {
    // While the first one has the lock, the same entry is started again.
    const { command } = await entry();
    await project.write('again.sh', command);
    const inner = 'if [ -z "$INNER" ]; then INNER=1 sh ./again.sh; exit 9; fi; echo second ran';
    expect(await ran(inner)).toBe('\nbackup-report run ended with 75\nbackup-report run ended with 9\n');
  });
});
