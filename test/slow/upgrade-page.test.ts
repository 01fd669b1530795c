import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { CliResult } from '../support/cli.js';
import { scheduledPass } from '../support/scheduled-pass.js';
import { UpgradedProject, belowHeading, commandsBelow } from '../support/upgraded-project.js';

let project: UpgradedProject;

beforeEach(async () => {
  project = await UpgradedProject.create();
});

afterEach(() => project.remove());

/** The blocks of configuration below a heading of docs/upgrade.md, merged into the configuration. */
function configureAsWritten(heading: string): void {
  const blocks = [...belowHeading(heading).matchAll(/```yaml\n([^]*?)```/g)].map(([, block = '']): object =>
    parse(block),
  );
  const merged = Object.assign({}, parse(project.read('backup-report.yaml')), ...blocks) as object;
  project.write('backup-report.yaml', stringify(merged));
}

/** `doctor` warns of other things, too. */
function isFine(line: string, { code, stdout }: CliResult): boolean {
  return line.includes(' doctor') ? !/^failed/m.test(stdout) : code === 0;
}

/** Follows the commands of the page one by one. */
async function followed(heading: string): Promise<readonly (readonly [line: string, result: CliResult])[]> {
  const results: [string, CliResult][] = [];
  for (const line of commandsBelow(heading)) {
    const result = await project.follow(line.replace('KEYID', await keyId()));
    expect([line, isFine(line, result), result]).toEqual([line, true, result]);
    results.push([line, result]);
  }
  return results;
}

async function keyId(): Promise<string> {
  const pem = project.files().find((key) => /^demo-company\/keys\/[0-9a-f]{64}\.pem$/.test(key)) ?? '';
  return pem.slice('demo-company/keys/'.length, -'.pem'.length);
}

const saidBy = (results: Awaited<ReturnType<typeof followed>>, command: string): string =>
  results.find(([line]) => line.startsWith(`backup-report ${command}`))?.[1].stdout ?? '';

const committed = ['05/r1', '06/r1', '06/r2', '07/r1'].map((day) => `demo-company/2026/11/${day}`);
const ofCompany = (folder?: string): readonly string[] =>
  project.revisions(folder).filter((key) => key.startsWith('demo-company/'));

describe('docs/upgrade.md, followed as it is written', () => {
  it('tries a newer version without a change to the archive and without a mail', async () => {
    const before = project.files();
    project.configure('directory: ./archive', 'directory: ./trial', 'trial.yaml');
    project.write('trial.yaml', project.read('trial.yaml').replace(/^mail: .*$/m, 'mail: { type: none }'));
    const results = await followed('A newer version');
    expect(results.map(([line]) => line.split(' ')[1])).toEqual(
      expect.arrayContaining(['doctor', 'templates', 'verify', 'run']),
    );
    expect(saidBy(results, 'run --config trial.yaml --date 2026-11-07')).toContain('unchanged');
    expect(saidBy(results, 'run --config trial.yaml --date 2026-11-08')).toContain('revision 1');
    expect(project.files().filter((key) => key !== 'doctor/probe.txt')).toEqual(before);
    expect(project.mails()).toEqual([]);
  });

  it('goes back to an older version, which replaces nothing that it cannot read, and names it', async () => {
    const key = 'archive/demo-company/2026/11/07/r1/manifest.json';
    project.write(key, project.read(key).replace('"schemaVersion": 2', '"schemaVersion": 3'));
    const same = await project.call('run --date 2026-11-07');
    const words = 'a newer version of this program wrote it';
    expect([same.code, same.stderr]).toEqual([4, expect.stringContaining(words)]);
    const next = await project.call('run --date 2026-11-08');
    expect([next.code, next.stdout]).toEqual([3, expect.stringContaining('INCOMPLETE')]);
    expect((await project.call('verify')).code).toBe(6);
    project.configure('plan: demo-company', 'plan: demo-company\nkeyOfLater: 1');
    const refused = await project.call('run --date 2026-11-08');
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('keyOfLater: this version knows no such key'),
    ]);
  });

  it('renames a plan', async () => {
    configureAsWritten('Renaming a plan');
    const results = await followed('Renaming a plan');
    const until = 'as the plan was called until 2026-11-07';
    expect(saidBy(results, 'doctor')).toMatch(
      new RegExp(`^ok +plans +.*goes on from demo-company, ${until}`, 'm'),
    );
    expect(saidBy(results, 'run')).toContain('goes on from that of 2026-11-07 of the plan demo-company');
    expect(saidBy(results, 'status')).toContain('the days up to 2026-11-07 are those of demo-company');
    expect(saidBy(results, 'verify')).toContain('Nothing was found');
    expect(project.mails()).toEqual(['company-backups.2026-11-08.r1@example.com.eml']);
  });

  it('moves an archive from folder to folder', async () => {
    await followed('Moving an archive');
    for (const line of commandsBelow('From folder to folder').slice(0, 3)) {
      expect((await project.follow(line)).code).toBe(0);
    }
    project.configure('directory: ./archive', 'directory: ./moved');
    const again = await project.call('run --date 2026-11-07');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('unchanged')]);
    for (const line of commandsBelow('From folder to folder').slice(3)) {
      const result = await project.follow(line);
      expect([line, isFine(line, result), result]).toEqual([line, true, result]);
    }
    expect(ofCompany('moved')).toEqual([...committed, 'demo-company/2026/11/08/r1']);
    expect(project.mails()).toEqual(['demo-company.2026-11-08.r1@example.com.eml']);
  });

  it('goes on with another key after one was lost', async () => {
    await project.follow('rm ./test-signing-key.pem');
    const unsigned = await project.call('run --date 2026-11-08');
    expect([unsigned.code, unsigned.stderr + unsigned.stdout]).toEqual([
      4,
      expect.stringContaining('does not exist'),
    ]);
    configureAsWritten('A key that was lost');
    const results = await followed('A key that was lost');
    expect(saidBy(results, 'verify')).toContain('Nothing was found');
    expect(project.files()).toContain('demo-company/2026/11/08/r1/manifest.json.sig');
  });

  it('revokes a key that was stolen: it signs nothing more, and what it signed without a time stamp stands no more', async () => {
    const results = await followed('A key that was stolen');
    expect(saidBy(results, 'keys list')).toContain('keys       demo-company: 1 key');
    const { code, stdout } = await project.call('verify');
    expect([code, stdout]).toEqual([6, expect.stringContaining('key-revoked')]);
    const { code: made, stderr, stdout: said } = await project.call('run --date 2026-11-08');
    expect([made, stderr + said]).toEqual([4, expect.stringContaining('was revoked as of')]);
    expect((await project.call('keys list')).stdout).toContain('laptop stolen');
  });
});

/** Days that the fixture has no events for are read and are INCOMPLETE, as in life: here only what it does not do counts. */
async function passOf(config: string): Promise<string> {
  const { stderr } = await scheduledPass(project.directory, config);
  return stderr;
}

describe('a schedule', () => {
  it('of an archive that was moved makes and mails no day that is there', async () => {
    await project.follow('cp -a ./archive ./moved');
    project.configure('directory: ./archive', 'directory: ./moved');
    await passOf('backup-report.yaml');
    expect(ofCompany('moved').filter((key) => key <= 'demo-company/2026/11/07~')).toEqual(committed);
    expect(project.mails().filter((name) => /2026-11-0[567]/.test(name))).toEqual([]);
  });

  it('of a plan that was renamed makes no day of the old name, and one of the old name fails in words', async () => {
    project.write('old.yaml', project.read('backup-report.yaml'));
    configureAsWritten('Renaming a plan');
    expect((await project.call('run --date 2026-11-08')).code).toBe(0);
    await passOf('backup-report.yaml');
    expect(project.revisions().filter((key) => /company-backups\/2026\/11\/0[1-7]/.test(key))).toEqual([]);
    expect(await passOf('old.yaml')).toContain('it was renamed to company-backups after 2026-11-07');
    expect(ofCompany()).toEqual(committed);
  });
});

describe('doctor', () => {
  it('fails for the old name of a plan, and asks where a new name is all that there is', async () => {
    project.write('old.yaml', project.read('backup-report.yaml'));
    project.configure('plan: demo-company', 'plan: company-backups');
    const asks = await project.call('doctor');
    expect(asks.stdout).toContain('Was this plan renamed? Say so: `renamedFrom: NAME`');
    project.configure('plan: company-backups', 'plan: company-backups\nrenamedFrom: demo-company');
    await project.call('run --date 2026-11-08');
    const fails = await project.call('doctor --config old.yaml');
    expect(fails.stdout).toMatch(/^failed +plans +.*was renamed to company-backups after 2026-11-07/m);
    expect(fails.code).not.toBe(0);
  });
});
