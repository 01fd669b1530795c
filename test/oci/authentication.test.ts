import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openScheduledPlan } from '../../src/cli/open-scheduled-plan.js';
import { dayFor } from '../../src/model/named-day.js';
import { connect } from '../../src/oci/connection.js';
import { type WiredPlan, wirePlan } from '../../src/wiring/wire-plan.js';
import { type CliResult, runCli } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { type LoggedLine, memoryLog, quickHttp } from '../support/oci-connection.js';
import { OciProject } from '../support/oci-project.js';
import { databaseEvent } from '../support/raw-event.js';
import { oneLine, runPlainly } from '../support/run-here.js';

const date = '2026-11-19';
const passphrase = 'correct horse battery staple';
let made: OciProject;

beforeEach(async () => {
  made = await OciProject.create();
  made.addEvents([databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' })]);
});

afterEach(() => made.remove());

async function runAs(auth: string, env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  await made.project.write('backup-report.yaml', made.configuration({ auth }));
  return mainHere(['run', '--date', date, '--log-level', 'warn'], made.project.directory, env);
}

/** The same without options, page, workbook and mail. */
async function runHereAs(auth: string, env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  await made.project.write('backup-report.yaml', made.configuration({ auth }));
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    return await runPlainly(made.project.directory, date);
  } finally {
    // Not `process.env = before`: a plain object would no longer reach what reads the environment of the process.
    for (const name of Object.keys(env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A token as OCI makes them, as far as anybody here looks into it. */
function token(claims: object): string {
  return `${part({ alg: 'RS256' })}.${part(claims)}.signature`;
}

const hour = 3600;
const inAnHour = Math.floor(Date.now() / 1000) + hour;

async function writeEncryptedKey(): Promise<void> {
  const key = createPrivateKey(made.standIn.credentials.privateKeyPem);
  const pem = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
  await made.project.write('encrypted.pem', pem);
  const config = (await readFile(join(made.project.directory, 'config'), 'utf8')).replace(
    'key.pem',
    'encrypted.pem',
  );
  await made.project.write('encrypted', config);
}

async function writeSession(text: string): Promise<void> {
  await made.project.write('token', `${text}\n`);
  const config = await readFile(join(made.project.directory, 'config'), 'utf8');
  const path = join(made.project.directory, 'token');
  await made.project.write('session', `${config}security_token_file=${path}\n`);
}

describe('an encrypted key', () => {
  it('works with its passphrase, from the environment or the profile', async () => {
    await writeEncryptedKey();
    const auth = '{ type: config-file, file: ./encrypted, passphrase: "${KEY_PASSPHRASE}" }';
    expect((await runHereAs(auth, { KEY_PASSPHRASE: passphrase })).code).toBe(0);
    const config = await readFile(join(made.project.directory, 'encrypted'), 'utf8');
    await made.project.write('encrypted', `${config}pass_phrase=${passphrase}\n`);
    expect((await runHereAs('{ type: config-file, file: ./encrypted }')).code).toBe(0);
  });

  it.each([
    ['a wrong one', ', passphrase: "battery"', 'the passphrase is wrong'],
    ['none', '', 'it is encrypted; set auth.passphrase'],
  ])('is refused in one line with %s, and no secret is told', async (_what, more, words) => {
    await writeEncryptedKey();
    const { code, stdout, stderr } = await runHereAs(`{ type: config-file, file: ./encrypted${more} }`);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/battery|PRIVATE KEY|\n\s+at /);
  });
});

describe('a session token', () => {
  it('signs as the session', async () => {
    const text = token({ exp: inAnHour, sub: 'ocid1.user.oc1..anna' });
    made.standIn.sessionTokens.add(text);
    await writeSession(text);
    expect((await runHereAs('{ type: session-token, file: ./session }')).code).toBe(0);
    const manifest = made.revision(date).get('manifest.json')?.toString() ?? '';
    expect(manifest).toContain('session of ocid1.user.oc1..anna');
    expect(manifest).not.toContain(text);
  });

  it('that is over is told before any call, with what to run', async () => {
    await writeSession(token({ exp: Math.floor(Date.parse('2026-11-19T06:00:00Z') / 1000) }));
    const { code, stderr } = await runHereAs('{ type: session-token, file: ./session }');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /the session token .* expired at 2026-11-19T06:00:00\.000Z\n .*oci session authenticate/,
    );
    expect(made.standIn.requests).toEqual([]);
  });

  it('that OCI does not accept ends the run', async () => {
    await writeSession(token({ exp: inAnHour }));
    const { code, stderr } = await runHereAs('{ type: session-token, file: ./session }');
    expect([code, stderr]).toEqual([2, expect.stringContaining('OCI does not accept the credentials')]);
  });

  it('in a profile is not taken for an API key', async () => {
    await writeSession(token({ exp: inAnHour }));
    const { code, stderr } = await runHereAs('{ type: config-file, file: ./session }');
    expect([code, stderr]).toEqual([2, expect.stringContaining('Set auth.type to session-token.')]);
  });
});

/** Page and workbook do not matter here. */
async function wirePlainly(...given: Parameters<typeof wirePlan>): Promise<WiredPlan> {
  const { ports, ...wired } = await wirePlan(...given);
  return { ...wired, ports: { ...ports, renderers: ports.renderers.map(oneLine) } };
}

describe('a session token that is renewed while a schedule runs', () => {
  it('is seen by its next day, and a broken one is told while the last good one signs', async () => {
    made.addEvents(
      ['2026-11-20', '2026-11-21'].map((day) => databaseEvent('end', `${day}T02:00:00Z`, { id: day })),
    );
    const old = token({ sub: 'anna', exp: inAnHour });
    made.standIn.sessionTokens.add(old);
    await writeSession(old);
    const auth = '{ type: session-token, file: ./session }';
    await made.project.write('backup-report.yaml', made.configuration({ auth }));
    const lines: LoggedLine[] = [];
    // A schedule goes by the clock.
    delete process.env['SOURCE_DATE_EPOCH'];
    const { plan } = await openScheduledPlan(
      join(made.project.directory, 'backup-report.yaml'),
      memoryLog(lines),
      wirePlainly,
    );
    const makeDay = async (date_: string): Promise<boolean> =>
      (await plan.makeDay(dayFor(date_, 'UTC'), new AbortController().signal)).isComplete;
    expect(await makeDay(date)).toBe(true);

    await made.project.write('token', '');
    expect(await makeDay('2026-11-20')).toBe(true);
    const warned = lines.filter(({ message }) => message.startsWith('OCI credentials'));
    expect(warned.map(({ fields }) => fields['reason'])).toEqual([expect.stringContaining('is empty')]);

    made.standIn.sessionTokens.clear();
    const renewed = token({ sub: 'anna', exp: inAnHour + hour });
    made.standIn.sessionTokens.add(renewed);
    await made.project.write('token', renewed);
    expect(await makeDay('2026-11-21')).toBe(true);
    expect(made.standIn.requests.filter(({ status }) => status === 401)).toEqual([]);
  });
});

const client = (): { regionId: string; endpoint: string } => ({ regionId: '', endpoint: '' });

describe('a region', () => {
  it('may be a key: iad is us-ashburn-1', async () => {
    const { tenancyId, userId, fingerprint, privateKeyPem: privateKey } = made.standIn.credentials;
    const auth = { type: 'api-key', tenancy: tenancyId, user: userId, fingerprint, privateKey } as const;
    const connection = await connect({ ...auth, region: 'iad' }, '.', quickHttp, memoryLog());
    expect(connection.place({}, client).regionId).toBe('us-ashburn-1');
    expect(connection.place({ region: 'FRA' }, client).regionId).toBe('eu-frankfurt-1');
    expect(connection.longRegion('lhr')).toBe('uk-london-1');
    expect(() => connection.checkPlace({ region: 'qqq' })).toThrow('the region qqq is not known');
  });

  it('of a configuration may be a key', async () => {
    const sources = made.logAnalytics(', region: iad');
    await made.project.write('backup-report.yaml', made.configuration({ sources }));
    expect((await runPlainly(made.project.directory, date)).code).toBe(0);
  });
});

describe('an API key in the configuration', () => {
  it('may come from the environment', async () => {
    const { tenancyId, userId, fingerprint, privateKeyPem } = made.standIn.credentials;
    const auth = `{ type: api-key, tenancy: ${tenancyId}, user: ${userId}, fingerprint: "${fingerprint}", privateKey: "\${KEY}" }`;
    expect((await runHereAs(auth, { KEY: privateKeyPem })).code).toBe(0);
    expect((await runHereAs(auth)).stderr).toContain('the environment variable KEY is not set');
  });
});

describe('principals', () => {
  it('of a resource sign with their token', async () => {
    const text = token({ exp: inAnHour, res_tenant: made.standIn.credentials.tenancyId });
    made.standIn.sessionTokens.add(text);
    const env = {
      OCI_RESOURCE_PRINCIPAL_VERSION: '2.2',
      OCI_RESOURCE_PRINCIPAL_RPST: text,
      OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: made.standIn.credentials.privateKeyPem,
      OCI_RESOURCE_PRINCIPAL_REGION: 'us-ashburn-1',
    };
    expect((await runHereAs('{ type: resource-principal }', env)).code).toBe(0);
    // Their SDK keeps no process from its end, and writes nothing of its own.
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    made.addEvents([databaseEvent('end', yesterday, { id: 'e2' })]);
    const { code, stdout, stderr } = await runCli(['doctor'], { cwd: made.project.directory, env });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ok +credentials +accepted: resource principal/m);
  });

  it.each(['resource-principal', 'oke-workload-identity'])(
    'that are not there are told in one line: %s',
    async (type) => {
      const { code, stderr } = await runAs(`{ type: ${type} }`);
      expect(code).toBe(2);
      expect(stderr).toMatch(
        new RegExp(`^backup-report: cannot authenticate as ${type}: .*\\n {2}-> .*\\n$`),
      );
    },
  );
});
