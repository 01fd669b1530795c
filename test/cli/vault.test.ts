import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { doctor } from '../../src/cli/doctor.js';
import { openScheduledPlan } from '../../src/cli/open-scheduled-plan.js';
import { status } from '../../src/cli/status.js';
import { ndjson } from '../support/cli.js';
import { HttpListener } from '../support/http-listener.js';
import { type LoggedLine, memoryLog } from '../support/oci-connection.js';
import { OciProject, bucketName } from '../support/oci-project.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';

const date = '2026-11-19';
const token = 'ocid1.vaultsecret.oc1.iad.token';
const planted = 'pl4nted-t0ken';

let oci: OciProject;
let hooks: HttpListener;
let config: string;

beforeEach(async () => {
  oci = await OciProject.create();
  hooks = await HttpListener.start();
  const { project, standIn } = oci;
  config = join(project.directory, 'backup-report.yaml');
  const more = [
    `vault: { endpoint: "${standIn.url}" }`,
    `channels: [{ type: webhook, name: chat, url: "http://${hooks.host}/\${vault:${token}}" }]`,
    `heartbeat: { url: "http://${hooks.host}/ping/\${vault:${token}}" }`,
  ];
  const sources = '  - { type: local-files, paths: ["./events/*"] }';
  await project.write('backup-report.yaml', `${oci.configuration({ sources })}${more.join('\n')}\n`);
  await project.write('events/a.ndjson', ndjson([databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' })]));
});

afterEach(async () => {
  await hooks.close();
  await oci.remove();
});

const run = () => runPlainly(oci.project.directory, date, [], { json: true });

function archived(): string {
  const { objects } = oci.standIn;
  return objects
    .names(bucketName)
    .map((name) => objects.get(bucketName, name)?.toString('latin1'))
    .join('\n');
}

describe('a plan with a secret of OCI Vault', () => {
  it('makes no report while the secret cannot be read, says why, and makes it afterwards', async () => {
    const first = await run();
    expect(first.code).toBe(4);
    expect(first.stderr).toContain(`channels[0].url: cannot read the secret ${token} of OCI Vault`);
    expect(oci.standIn.objects.names(bucketName)).toEqual([]);
    oci.standIn.secrets.put(token, planted);
    const second = await run();
    expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 0, stderr: '' });
    expect(hooks.heard.map(({ url }) => url)).toEqual([
      `/ping/${planted}/start`,
      `/${planted}`,
      `/ping/${planted}`,
    ]);
    expect(`${second.stdout}${archived()}`).not.toContain(planted);
  });

  it('shows its archive without the vault', async () => {
    oci.standIn.secrets.put(token, planted);
    await run();
    oci.standIn.secrets.remove(token);
    const shown = await captured((output) =>
      status({ config, from: date, to: date, logLevel: 'silent' }, output),
    );
    expect({ code: shown.code, stderr: shown.stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('has doctor name each secret and whether it was read', async () => {
    const answer = async () => {
      const options = { config, logLevel: 'silent', json: true };
      const { code, stdout } = await captured((output) => doctor(options, output));
      expect(stdout).not.toContain(planted);
      const { findings } = JSON.parse(stdout) as { findings: readonly { check: string; state: string }[] };
      return { code, secret: findings.find(({ check }) => check === 'vault secret'), findings };
    };
    const without = await answer();
    expect(without.secret).toMatchObject({
      state: 'failed',
      words: expect.stringMatching(/^channels\[0\]\.url, heartbeat\.url: cannot read the secret/),
      advice: expect.stringContaining('read secret-bundles'),
    });
    expect(without.code).toBe(4);
    expect(without.findings.find(({ check }) => check === 'create-only writes')?.state).toBe('ok');

    oci.standIn.secrets.put(token, planted);
    expect((await answer()).secret).toMatchObject({
      state: 'ok',
      words: `channels[0].url, heartbeat.url: version 1 of ${token} was read`,
    });
    oci.standIn.secrets.put(token, planted, { timeOfExpiry: '2026-11-01T00:00:00Z' });
    expect((await answer()).secret).toMatchObject({
      state: 'warning',
      words: expect.stringMatching(/it expired at 2026-11-01/),
    });
    oci.standIn.secrets.put(token, planted, { timeOfDeletion: '2026-12-24T00:00:00Z' });
    expect((await answer()).secret).toMatchObject({
      state: 'warning',
      words: expect.stringMatching(/it is to be deleted at 2026-12-24/),
    });
  });

  it('takes a rotated secret with the next pass of the schedule, and keeps the last one while none can be read', async () => {
    delete process.env['SOURCE_DATE_EPOCH'];
    oci.standIn.secrets.put(token, 'first');
    const lines: LoggedLine[] = [];
    const { plan } = await openScheduledPlan(config, memoryLog(lines));
    const pinged = async () => {
      await plan.renew?.();
      await plan.heartbeat?.ping('success', 'daily');
      return hooks.heard.at(-1)?.url;
    };
    expect(await pinged()).toBe('/ping/first');
    oci.standIn.secrets.put(token, 'second');
    expect(await pinged()).toBe('/ping/second');
    oci.standIn.secrets.remove(token);
    expect(await pinged()).toBe('/ping/second');
    expect(lines.map(({ message }) => message)).toEqual([
      'schedule: secrets of OCI Vault could not be read again',
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/first|second/);
  });
});
