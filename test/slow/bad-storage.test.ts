import { execFileSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { Project, jsonOf, ndjson, runCli } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { canMount } from '../support/small-disk.js';

const date = '2026-11-19';
const records = Array.from({ length: 4000 }, (_, index) =>
  databaseEvent('end', new Date(Date.parse(`${date}T00:00:00Z`) + index * 20_000).toISOString(), {
    resourceId: `ocid1.dbbackup.oc1.iad.b${Math.imul(index, 2_654_435_761)}`,
    details: { databaseId: `ocid1.database.oc1.iad.d${index % 200}`, dbUniqueName: `DB${index % 200}` },
  }),
);

const mountable = canMount();

async function withSmallDisk(path: string, work: () => Promise<void>, kilobytes = 200): Promise<void> {
  await mkdir(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path]);
  try {
    await work();
  } finally {
    execFileSync('umount', [path]);
  }
}

(mountable || process.env['CI'] === 'true' ? describe : describe.skip)('a full disk', () => {
  it('under the archive ends with 4, in words, and leaves no revision that counts', async () => {
    const project = await Project.create({ 'events/a.ndjson': ndjson(records) });
    await withSmallDisk(join(project.directory, 'reports'), async () => {
      const { code, stderr } = await project.run(date);
      expect(code).toBe(4);
      expect(stderr).toMatch(/no space left on the device \(ENOSPC\)/);
      expect(stderr).not.toContain('    at ');
      expect((await project.revision(date)).has('manifest.json')).toBe(false);
    });
    await project.remove();
  });

  it('under the temporary folder ends with 4, in words', async () => {
    const project = await Project.create({ 'events/a.ndjson': ndjson(records) });
    const small = join(project.directory, 'tmp');
    await withSmallDisk(small, async () => {
      const { code, stderr } = await runCli(['run', '--date', date], {
        cwd: project.directory,
        env: { TMPDIR: small },
      });
      expect(code).toBe(4);
      expect(stderr).toMatch(/no space left on the device \(ENOSPC\)/);
      expect(stderr).not.toContain('    at ');
    });
    expect(await project.list('reports')).toEqual([]);
    await project.remove();
  });

  // Each size fails another writer first, with the others in the midst of the jobs that they share.
  it.each(Array.from({ length: 14 }, (_, index) => 60 + index * 40))(
    'of %d kB under the temporary folder is told, never a silent end',
    async (kilobytes) => {
      const project = await Project.create({ 'events/a.ndjson': ndjson(records) });
      const small = join(project.directory, 'tmp');
      await withSmallDisk(
        small,
        async () => {
          const { code, stderr } = await runCli(['run', '--date', date], {
            cwd: project.directory,
            env: { TMPDIR: small },
          });
          expect(code).toBe(4);
          expect(stderr).toContain('ENOSPC');
        },
        kilobytes,
      );
      await project.remove();
    },
  );
});

describe('a line of 50 MB', () => {
  it('is one unreadable record; everything else is judged', async () => {
    const long = `{"x":"${'y'.repeat(50 * 1024 * 1024)}"}`;
    const project = await Project.create({ 'events/a.ndjson': ndjson([records[0], long, records[1]]) });
    const { code, stdout } = await project.run(date);
    expect(code).toBe(3);
    expect(stdout).toContain('1 record could not be read');
    const report = jsonOf<DailyReport>(await project.revision(date), 'report.json');
    expect(report.controlTotals).toMatchObject({ read: 3, used: 2, rejected: 1 });
    await project.remove();
  });
});

/** Peak memory in kilobytes of a run over the same jobs and so many times the noise. */
async function peakOf(times: number): Promise<number> {
  const lines = ndjson(records.slice(0, 1000));
  const noise = ndjson(
    Array.from({ length: 1000 }, (_, index) => ({
      eventType: 'com.oraclecloud.computeapi.launchinstance.end',
      eventTime: `${date}T00:00:00Z`,
      eventID: `noise-${index}`,
      data: { padding: 'p'.repeat(1500) },
    })),
  );
  const files = Object.fromEntries(
    Array.from({ length: 5 * times }, (_, index) => [`events/${index}.ndjson`, lines + noise.repeat(8)]),
  );
  const project = await Project.create(files);
  const preload = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))`;
  const { code, stderr } = await runCli(['run', '--date', date], {
    cwd: project.directory,
    env: { NODE_OPTIONS: `--import="${preload}"` },
  });
  await project.remove();
  expect(code).toBe(0);
  return Number(/peak (\d+)/.exec(stderr)?.[1]);
}

describe('memory', () => {
  it('grows with jobs, not with events: ten times the noise and the duplicates take no more', async () => {
    const small = await peakOf(1);
    const large = await peakOf(10);
    expect(small).toBeGreaterThan(0);
    expect(large).toBeLessThan(small * 1.35);
  });
});

describe('cleaning up', () => {
  it('leaves nothing in the temporary folder, whatever the end', async () => {
    const project = await Project.create({ 'events/a.ndjson': ndjson([records[0], '{']) });
    const temporary = join(project.directory, 'tmp');
    await mkdir(temporary);
    await runCli(['run', '--date', date], { cwd: project.directory, env: { TMPDIR: temporary } });
    expect(await project.list('tmp')).toEqual([]);
    await rm(project.directory, { recursive: true, force: true });
  });
});
