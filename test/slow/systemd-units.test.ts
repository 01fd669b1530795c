import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deployNames, deployPath } from '../support/deploy-files.js';

const analyze = (...args: readonly string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8' });
const services = ['backup-report.service', 'backup-report-daily.service'];

let folder: string;

/** Systemd looks whether the program is there: another one stands for it. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'units-'));
  await cp(deployPath('systemd'), folder, { recursive: true });
  for (const name of services) await change(name, '/usr/local/bin/backup-report', process.execPath);
});
afterEach(() => rm(folder, { recursive: true }));

async function change(name: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, name), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(folder, name), text.replaceAll(from, to));
}

describe.skipIf(analyze('--version').status !== 0)('systemd itself', () => {
  it('finds no fault with the units', async () => {
    for (const name of await deployNames('systemd')) {
      const { status, stdout, stderr } = analyze('verify', join(folder, name));
      expect({ name, status, said: stdout + stderr }).toEqual({ name, status: 0, said: '' });
    }
  });

  it('would tell a setting that it does not know', async () => {
    await change('backup-report.service', 'ProtectHome=', 'ProtectHouse=');
    expect(analyze('verify', join(folder, 'backup-report.service')).stderr).toContain("'ProtectHouse'");
  });

  it.each(services)('finds little of the system exposed to %s', (name) => {
    const { status, stdout } = analyze('security', '--offline=true', '--threshold=20', join(folder, name));
    expect({ status, stdout: status === 0 ? '' : stdout }).toEqual({ status: 0, stdout: '' });
  });
});
