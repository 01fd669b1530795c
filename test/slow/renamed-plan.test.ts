import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Manifest } from '../../src/model/manifest.js';
import { UpgradedProject, belowHeading } from '../support/upgraded-project.js';

const heading = 'Renaming a plan';
const [, block = ''] = /```yaml\n([^]*?)```/.exec(belowHeading(heading)) ?? [];
const written: { readonly plan: string; readonly renamedFrom: string } = parse(block);
const [oldName, newName] = ['demo-company', written.plan];
const next = '2026-11-08';

let project: UpgradedProject;

beforeEach(async () => {
  project = await UpgradedProject.create();
});

afterEach(() => project.remove());

/** What the page says to write; the configuration of the old name stays beside it. */
function rename(): void {
  const text = project.read('backup-report.yaml');
  project.write('old.yaml', text);
  project.write('backup-report.yaml', stringify({ ...parse(text), ...written }));
}

const totalsOf = (text: string): unknown => (JSON.parse(text) as { totals: unknown }).totals;

describe('a plan that is renamed as docs/upgrade.md says', () => {
  it('goes on from the newest report under the old name, and mails the day once', async () => {
    rename();
    const { stdout } = await project.call(`run --date ${next}`);
    expect(stdout).toContain(`goes on from that of 2026-11-07 of the plan ${oldName}`);
    expect(stdout).not.toContain('cold start');
    const manifest = project.json<Manifest>(`archive/${newName}/2026/11/08/r1/manifest.json`);
    expect(manifest.previousManifest?.key).toBe(`${oldName}/2026/11/07/r1/manifest.json`);
    expect(project.mails()).toEqual([`${newName}.${next}.r1@example.com.eml`]);
    const { code, stdout: verified } = await project.call('verify --archive ./archive');
    expect([code, verified]).toEqual([
      0,
      expect.stringContaining(`the plan was called ${oldName} until 2026-11-07`),
    ]);
  });

  it('says what the same day says under the old name', async () => {
    const { stdout: before } = await project.call(`run --date ${next} --json`);
    const old = await UpgradedProject.create();
    project.remove();
    project = old;
    rename();
    const { stdout: after } = await project.call(`run --date ${next} --json`);
    expect(totalsOf(after)).toEqual(totalsOf(before));
  });

  it('leaves the days before to the old name: none is made or mailed again', async () => {
    rename();
    const { code, stderr } = await project.call('run --date 2026-11-07');
    expect([code, stderr]).toEqual([2, expect.stringContaining(`2026-11-07 is a day of ${oldName}`)]);
    expect(project.mails()).toEqual([]);
    expect(project.revisions().filter((key) => key.startsWith(newName))).toEqual([]);
  });

  it('stops the old name, which is told so, and can still revise and send its own days', async () => {
    rename();
    await project.call(`run --date ${next}`);
    const { code, stderr } = await project.call(`run --config old.yaml --date ${next}`);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`it was renamed to ${newName} after 2026-11-07`),
    ]);
    const again = await project.call('run --config old.yaml --date 2026-11-07');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('unchanged')]);
    const status = await project.call('status --config old.yaml');
    expect(status.stdout).toContain(
      `the plan is called ${newName} since: the days after 2026-11-07 are there`,
    );
    expect(status.stdout).toContain('3 days = 3 present + 0 missing');
    expect(project.mails()).toEqual([`${newName}.${next}.r1@example.com.eml`]);
  });

  it('is shown in the index of either name', async () => {
    rename();
    await project.call(`run --date ${next}`);
    await project.call('index --out ./public');
    expect(project.read('public/index.html')).toContain(`those of ${oldName}, as the plan was called before`);
    await project.call('index --config old.yaml --out ./public-old');
    expect(project.read('public-old/index.html')).toContain(`The plan is called ${newName} since`);
  });

  it('is made again from the archive, over the renaming', async () => {
    rename();
    await project.call(`run --date ${next}`);
    const { code, stdout } = await project.call(`verify --archive ./archive --plan ${newName} --rebuild`);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Nothing was found')]);
  });
});

describe('a plan that is renamed otherwise', () => {
  it('without renamedFrom begins anew, and the report says so', async () => {
    project.configure(`plan: ${oldName}`, `plan: ${newName}`);
    const { stdout } = await project.call(`run --date ${next}`);
    expect(stdout).toContain('cold start');
  });

  it('by a name that the archive does not have is refused', async () => {
    project.configure(`plan: ${oldName}`, `plan: ${newName}\nrenamedFrom: nightly`);
    const { code, stderr } = await project.call(`run --date ${next}`);
    expect([code, stderr]).toEqual([2, expect.stringContaining('the archive has no report of this plan')]);
  });

  it('to two names is refused the second time', async () => {
    rename();
    await project.call(`run --date ${next}`);
    project.configure(`plan: ${newName}`, 'plan: third');
    const { code, stderr } = await project.call(`run --date ${next}`);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`it was renamed to ${newName}`)]);
  });

  it('to the name that it has is a fault of the configuration', async () => {
    project.configure(`plan: ${oldName}`, `plan: ${oldName}\nrenamedFrom: ${oldName}`);
    const { code, stderr } = await project.call(`run --date ${next}`);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('renamedFrom: is the name that the plan has'),
    ]);
  });

  it('by renaming its folder is found by verify, and the next report is INCOMPLETE', async () => {
    await project.follow(`mv archive/${oldName} archive/${newName}`);
    project.configure(`plan: ${oldName}`, `plan: ${newName}`);
    const { code, stdout } = await project.call('verify');
    expect([code, stdout]).toEqual([6, expect.stringContaining('manifest-of-another')]);
    const made = await project.call(`run --date ${next}`);
    expect([made.code, made.stdout]).toEqual([4, expect.stringContaining('INCOMPLETE')]);
  });

  it('and copied without the folder of the old name is found by verify', async () => {
    rename();
    await project.call(`run --date ${next}`);
    rmSync(join(project.directory, 'archive', oldName), { recursive: true });
    const { code, stdout } = await project.call('verify');
    expect([code, stdout]).toEqual([6, expect.stringContaining('chain-broken')]);
  });

  it('while an older version, which knows no renaming, makes days under the old name is found by verify', async () => {
    project.write('old.yaml', project.read('backup-report.yaml'));
    await project.call(`run --config old.yaml --date ${next}`);
    const record = { schemaVersion: 1, plan: oldName, renamedTo: newName, lastDay: '2026-11-07' };
    const made = { recordedAt: '2026-11-09T12:00:00Z', principal: 'ops', tool: { name: 'it', version: '1' } };
    project.write(`archive/${oldName}/renamed.json`, JSON.stringify({ ...record, ...made }));
    const { code, stdout } = await project.call('verify --archive ./archive');
    expect([code, stdout]).toEqual([
      6,
      expect.stringContaining('2026-11-08 came under the old name all the same'),
    ]);
  });

  it('with a record that was altered is found by verify, and makes no further day', async () => {
    rename();
    await project.call(`run --date ${next}`);
    project.write(`archive/${oldName}/renamed.json`, '{}');
    const { code, stdout } = await project.call('verify --archive ./archive');
    expect([code, stdout]).toEqual([6, expect.stringContaining('renaming-damaged')]);
    expect((await project.call(`run --date ${next}`)).code).toBe(4);
  });
});
