import { afterEach, describe, expect, it } from 'vitest';
import { doctor } from '../../src/cli/doctor.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { captured } from '../support/run-here.js';

const projects: Project[] = [];

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

async function findingsOf(more: string, configuration = defaultConfiguration) {
  const project = await Project.create({ 'events/a.ndjson': ndjson([]) }, `${configuration}${more}`);
  projects.push(project);
  const config = `${project.directory}/backup-report.yaml`;
  const options = { config, logLevel: 'silent', json: true };
  const { code, stdout } = await captured((output) => doctor(options, output));
  const { findings }: { findings: readonly { check: string; state: string; words: string }[] } =
    JSON.parse(stdout);
  return { code, stateOf: (check: string) => findings.find((each) => each.check === check) };
}

const outbox = /^mail:[^]*$/m;
const others = ['time zone', 'create-only writes', 'inventory'];

describe('doctor checks what needs no secret, though', () => {
  it.each([
    [
      'mail',
      'mail: { type: smtp, host: h, username: u, password: "${NO_SECRET_HERE}", from: a@example.com, to: [b@example.com] }\n',
      /^mail\.password: the environment variable NO_SECRET_HERE is not set \(line \d+\)$/,
    ],
    [
      'channels',
      'channels: [{ type: webhook, name: chat, url: "${NO_SECRET_HERE}" }]\n',
      /^channels\[0\]\.url: the environment variable NO_SECRET_HERE is not set \(line \d+\)$/,
    ],
    [
      'heartbeat',
      'heartbeat: { url: "${file:./none}" }\n',
      /^heartbeat\.url: cannot read \.\/none: it does not exist/,
    ],
    [
      'credentials',
      'auth: { type: config-file, passphrase: "${NO_SECRET_HERE}" }\n',
      /^auth\.passphrase: the environment/,
    ],
  ])('that of %s is not there', async (check, section, words) => {
    const without = check === 'mail' ? defaultConfiguration.replace(outbox, '') : defaultConfiguration;
    const { code, stateOf } = await findingsOf(section, without);
    expect(stateOf(check)).toMatchObject({ state: 'failed', words: expect.stringMatching(words) });
    expect(stateOf('configuration')).toMatchObject({ state: 'warning' });
    expect(others.map((each) => stateOf(each)?.state)).toEqual(['ok', 'ok', 'ok']);
    expect(code).toBe(2);
  });

  it('leaves out the sources of Azure where their secret is not there', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const source = `{ type: azure-monitor, workspaces: [${id}] }`;
    const files = '{ type: local-files, paths: [./events] }';
    const signIn = `{ type: client-secret, tenantId: t, clientId: ${id}, clientSecret: "\${NO_SECRET_HERE}" }`;
    const sources = defaultConfiguration.replace(
      /sources:[^]*(?=archive:)/,
      `sources: [${files}, ${source}]\nazure: { signIn: ${signIn} }\n`,
    );
    const { code, stateOf } = await findingsOf('', sources);
    expect(stateOf('2:azure-monitor source')).toMatchObject({
      state: 'failed',
      words: expect.stringMatching(/^azure\.signIn\.clientSecret: the environment variable NO_SECRET_HERE/),
    });
    expect(others.map((each) => stateOf(each)?.state)).toEqual(['ok', 'ok', 'ok']);
    expect(code).toBe(2);
  });

  it('lists what cannot be checked without credentials', async () => {
    const source = '{ type: log-analytics, region: us-ashburn-1, compartmentId: ocid1.compartment.oc1..x }';
    const configuration = defaultConfiguration.replace(/sources:[^]*(?=archive:)/, `sources: [${source}]\n`);
    const { code, stateOf } = await findingsOf(
      'auth: { type: config-file, passphrase: "${NO_SECRET}" }\n',
      configuration,
    );
    expect(stateOf('1:log-analytics source')).toMatchObject({
      state: 'failed',
      words: 'not checked: it needs the credentials',
    });
    expect([code, stateOf('create-only writes')?.state, stateOf('mail')?.state]).toEqual([2, 'ok', 'ok']);
  });

  it('but no further where anything else is not there', async () => {
    const { code, stateOf } = await findingsOf('language: "${NO_SECRET_HERE}"\n');
    expect(stateOf('configuration')).toMatchObject({
      state: 'failed',
      words: expect.stringContaining('language: the environment variable NO_SECRET_HERE is not set'),
    });
    expect([code, stateOf('create-only writes')]).toEqual([2, undefined]);
  });
});
