import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stages } from '../../src/profile/stages.js';
import { Project, ndjson, runCli } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';

const date = '2026-11-19';
const given = { 'events/a.ndjson': ndjson([databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' })]) };
const commands = [
  ['run', ['run', '--date', date]],
  ['backfill', ['backfill', '--from', date, '--to', date, '--mail']],
] as const;

async function newProject(): Promise<Project> {
  const project = await Project.create(given);
  onTestFinished(() => project.remove());
  return project;
}

/** Of what was archived and mailed: the ledger has the process and the time of its attempts, each mail its boundaries. */
async function digestsOf(project: Project): Promise<string[]> {
  const files = [...(await project.revision(date))].filter(([name]) => !name.startsWith('delivery-'));
  const mails = (await project.list('outbox')).filter((name) => name.endsWith('.eml'));
  return [...files.map(([name, bytes]) => `${name} ${sha256(bytes)}`), ...mails];
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Both columns of the table, by stage, in tenths of a percent. */
function tableOf(stderr: string): ReadonlyMap<string, readonly [number, number]> {
  const rows = stderr.matchAll(/^ +(\d+)\.(\d) % +(\d+)\.(\d) % {2}(.+?) {2}/gm);
  return new Map(
    [...rows].map(([, whole, tenth, wallWhole, wallTenth, stage = '']) => [
      stage.trim(),
      [Number(`${whole}${tenth}`), Number(`${wallWhole}${wallTenth}`)] as const,
    ]),
  );
}

describe('--profile', () => {
  it.each(commands)('%s has every stage, all adds up, and the artefacts are the same', async (_, args) => {
    const project = await newProject();
    const without = await runCli(args, { cwd: project.directory });
    const made = await digestsOf(project);
    for (const folder of ['reports', 'outbox'])
      await rm(join(project.directory, folder), { recursive: true });
    const asked = args[0] === 'run' ? ['--profile', 'where/profiles'] : ['--profile=where/profiles'];
    const result = await runCli([...args, ...asked], { cwd: project.directory });

    expect(result.code).toBe(without.code);
    const table = tableOf(result.stderr);
    expect([...table.keys()].sort()).toEqual([...stages].sort());
    const shares = [...table.values()];
    expect(shares.reduce((sum, [processor]) => sum + processor, 0)).toBe(1000);
    expect(shares.reduce((sum, [, wall]) => sum + wall, 0)).toBe(1000);
    for (const stage of ['loading', 'workbook', 'page']) expect(table.get(stage)?.[0]).toBeGreaterThan(0);

    expect(await digestsOf(project)).toEqual(made);
    expect(made.length).toBeGreaterThan(5);

    const names = await project.list('where/profiles');
    // Small workbooks are made in the main thread.
    expect(names.map((name) => name.replace(/^\d+-/, ''))).toEqual(['main.cpuprofile']);
    for (const name of names) {
      const profile: { samples: unknown[]; nodes: unknown[] } = JSON.parse(
        (await project.read(`where/profiles/${name}`)).toString(),
      );
      expect(profile.samples.length).toBeGreaterThan(10);
      expect(profile.nodes.length).toBeGreaterThan(10);
    }
    expect(without.stderr).not.toContain('Where the time went');
  });

  it('a folder that cannot be made is told before anything is', async () => {
    const project = await newProject();
    const result = await project.run(date, '--profile', 'backup-report.yaml/profiles');
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('--profile backup-report.yaml/profiles: the folder cannot be made');
    expect(await project.list('reports')).toEqual([]);
  });

  it('a command that fails ends with its own exit code, and is measured, too', async () => {
    const project = await newProject();
    const result = await project.run('2026-11-31', '--profile', 'profiles');
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('not a date');
    expect([...tableOf(result.stderr).keys()].sort()).toEqual([...stages].sort());
  });
});
