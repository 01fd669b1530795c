import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AzureStandIn, azureAuthorityUrl, azurePrincipal } from '../support/azure/stand-in.js';
import { jobRows } from '../support/azure/backup-rows.js';
import { type CliResult, ndjson, runCli } from '../support/cli.js';
import { dataSafeEvent } from '../support/data-safe-events.js';
import { logId, logPlace } from '../support/forwarding.js';
import { HttpListener } from '../support/http-listener.js';
import { OciProject } from '../support/oci-project.js';
import { databaseEvent } from '../support/raw-event.js';
import { RunningPreview } from '../support/running-preview.js';
import { type FoundSecret, type PlantedSecret, formsOf, secretsIn } from '../support/secret-search.js';
import { firstPem, secretOf } from '../support/signing.js';
import { Relay, authorityPath } from '../support/smtp-relay.js';

const date = '2026-11-19';
const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const dkimPem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const vaultSecret = 'ocid1.vaultsecret.oc1.iad.chat';

/** One for each place. Characters that URLs, JSON and HTML escape are in those that may have them. */
const values = {
  'SMTP password': 'smtp&"P1ss<w0rd>zq',
  'token of a webhook': 'T0kenOfWebhookq7x',
  'token of a webhook in OCI Vault': 'T0kenOfVaultw4k2',
  'token of a heartbeat': 'T0kenOfHeartbeatm3',
  'user of a time-stamping authority': 'tsaUs3r-0f-stamps',
  'password of a time-stamping authority': 'tsaP4ss-0f-stamps',
  'key of hashes': 'r3dact-Key-0f-hashes+/zz',
  'passphrase of an API key': 'p4ssphr&se-of-API-"key"',
  'setting of a module': 'm0dule-S3tting-xyz',
  'password of a proxy': 'pr0xyP4ssw0rd-uu1',
  'Azure client secret': azurePrincipal.clientSecret,
  'signing key': secretOf(firstPem),
  'DKIM key': secretOf(dkimPem),
} as const;
const secrets: readonly PlantedSecret[] = Object.entries(values).map(([name, value]) => ({ name, value }));

const variables = {
  SMTP_PASSWORD: values['SMTP password'],
  HOOK_TOKEN: values['token of a webhook'],
  HEARTBEAT_TOKEN: values['token of a heartbeat'],
  OCI_KEY_PASSPHRASE: values['passphrase of an API key'],
  AZURE_CLIENT_SECRET: values['Azure client secret'],
  MODULE_TOKEN: values['setting of a module'],
  DKIM_KEY: dkimPem,
};

/** A module of somebody who did not think of it: what it throws has the secret in its words. */
const careless = `import { join } from 'node:path';
export const source = {
  settings: { '~standard': { version: 1, vendor: 'x', validate: (value) => ({ value }) } },
  open: ({ token }) => ({
    request: 'careless',
    read: () => { throw new Error('401 for https://files.example.com/?key=' + token); },
  }),
};
export const channel = {
  settings: source.settings,
  open: ({ token }) => ({ notify: async () => { throw new Error('403: token ' + token + ' is not known'); } }),
};
`;

let oci: OciProject;
let relay: Relay;
let hooks: HttpListener;
let azure: AzureStandIn;
let folder: string;
/** What was said, by command. */
const said: (readonly [command: string, text: string])[] = [];
const heldFiles = new Set([
  'backup-report.yaml',
  'forward.yaml',
  'signing.pem',
  'redact.key',
  'key.pem',
  'own.mjs',
]);

beforeAll(async () => {
  oci = await OciProject.create();
  const user = { name: 'reporter', password: values['SMTP password'] };
  relay = await Relay.start({ user });
  hooks = await HttpListener.start();
  azure = await AzureStandIn.start();
  azure.workspace('00000000-0000-4000-8000-000000000001').put('AddonAzureBackupJobs', jobRows);
  folder = oci.project.directory;
  await writeKeyWithPassphrase();
  const event = databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' });
  oci.addEvents([event]);
  oci.standIn.secrets.put(vaultSecret, values['token of a webhook in OCI Vault']);
  oci.standIn.customLogs.create(logPlace);
  oci.standIn.dataSafe.events.push(
    dataSafeEvent({
      id: 'ocid1.auditevent.oc1..e1',
      auditEventTime: `${date}T02:00:00Z`,
      timeCollected: `${date}T02:10:00Z`,
    }),
  );
  await oci.project.write('events/a.ndjson', ndjson([event]));
  await oci.project.write('signing.pem', firstPem);
  await oci.project.write('redact.key', values['key of hashes']);
  await oci.project.write('own.mjs', careless);
  await oci.project.write('backup-report.yaml', configuration());
  await oci.project.write('forward.yaml', forwarding());
});

afterAll(async () => {
  await relay.close();
  await hooks.close();
  await azure.close();
  await oci.remove();
});

/** The API key as `oci setup config` writes it where a passphrase is given. */
async function writeKeyWithPassphrase(): Promise<void> {
  const { createPrivateKey } = await import('node:crypto');
  const key = createPrivateKey(oci.standIn.credentials.privateKeyPem);
  const passphrase = values['passphrase of an API key'];
  const pem = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
  await writeFile(join(folder, 'key.pem'), pem, { mode: 0o600 });
  await chmod(join(folder, 'key.pem'), 0o600);
}

function configuration(): string {
  const { standIn } = oci;
  const sources = `  - { type: local-files, paths: ["./events/*"], name: files }
${oci.logAnalytics(', name: logs')}
  - { type: azure-monitor, name: azure, workspaces: [00000000-0000-4000-8000-000000000001] }
  - { type: module, module: ./own.mjs, name: own, settings: { token: "\${MODULE_TOKEN}" } }`;
  const auth = '{ type: config-file, file: ./config, passphrase: "${OCI_KEY_PASSPHRASE}" }';
  const archive = '  { type: file-system, directory: ./reports, lease: 0s }';
  return `${oci.configuration({ sources, auth, archive })}vault: { endpoint: "${standIn.url}" }
azure:
  signIn: { type: client-secret, tenantId: "${azurePrincipal.tenantId}", clientId: "${azurePrincipal.clientId}", clientSecret: "\${AZURE_CLIENT_SECRET}" }
  endpoint: ${azure.url}
  authority: ${azure.url}
  audience: ${azure.audience}
  ca: ${fileURLToPath(azureAuthorityUrl)}
mail:
  type: smtp
  host: localhost
  port: ${relay.port}
  username: reporter
  password: "\${SMTP_PASSWORD}"
  ca: ${authorityPath}
  deadline: 1s
  dkim: { domain: example.com, selector: s1, privateKey: "\${DKIM_KEY}" }
  from: reports@example.com
  to: [ops@example.com]
channels:
  - { type: webhook, name: hook, url: "http://${hooks.host}/\${HOOK_TOKEN}" }
  - { type: webhook, name: vaulted, url: "http://${hooks.host}/\${vault:${vaultSecret}}" }
  - { type: module, name: own, module: ./own.mjs, settings: { token: "\${MODULE_TOKEN}" } }
heartbeat: { url: "http://${hooks.host}/\${HEARTBEAT_TOKEN}" }
timestamp: { url: "http://${values['user of a time-stamping authority']}:${values['password of a time-stamping authority']}@${hooks.host}/tsa", ca: ${authorityPath}, timeout: 1s }
signing: { key: "\${file:./signing.pem}" }
redact: [{ field: principalName, by: hash }]
redactKey: "\${file:./redact.key}"
`;
}

function forwarding(): string {
  const { standIn } = oci;
  const [compartmentId = '', logGroupId = ''] = logPlace.split('/');
  const sources = `  - { type: data-safe, endpoint: "${standIn.url}", compartmentId: ocid1.compartment.oc1..prod }`;
  const auth = '{ type: config-file, file: ./config, passphrase: "${OCI_KEY_PASSPHRASE}" }';
  const archive = '  { type: file-system, directory: ./forwarded, lease: 0s }';
  return `${oci.configuration({ sources, auth, archive }).replace(/^lookbackDays.*\n/m, '')}report: database-activity
forward:
  endpoint: "${standIn.url}"
  logId: ${logId}
  since: "2026-11-01T00:00:00Z"
  readBack: { compartmentId: ${compartmentId}, logGroupId: ${logGroupId}, endpoint: "${standIn.url}" }
`;
}

async function call(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<CliResult> {
  const temporary = join(folder, 'temporary');
  await mkdir(temporary, { recursive: true });
  const result = await runCli(args, { cwd: folder, env: { ...variables, TMPDIR: temporary, ...env } });
  keep(`${args.join(' ')} (exit ${result.code})`, `${result.stdout}\n${result.stderr}`);
  return result;
}

const keep = (command: string, text: string): void => void said.push([command, text]);

/** Every file of the folder but those that hold the secrets, as they lie there. */
async function written(): Promise<readonly (readonly [string, Buffer])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((each) => each.isFile() && !(each.parentPath === folder && heldFiles.has(each.name)))
    .map((each) => join(each.parentPath, each.name));
  return Promise.all(
    paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const),
  );
}

async function found(): Promise<readonly FoundSecret[]> {
  const texts = said.map(([command, text]) => [command, Buffer.from(text)] as const);
  const all = [...texts, ...(await written())];
  return (await Promise.all(all.map(([place, bytes]) => secretsIn(place, bytes, secrets)))).flat();
}

describe('planted secrets', () => {
  it('are in nothing that any command says or writes, where all is well', async () => {
    const codes: (number | null)[] = [];
    const well: readonly (readonly string[])[] = [
      ['doctor', '--verbose'],
      ['doctor', '--json'],
      ['run', '--date', date, '--verbose'],
      ['run', '--date', date, '--json'],
      ['backfill', '--from', '2026-11-17', '--to', date, '--mail', '--ahead', '0'],
      ['resend', '--date', date, '--to', 'audit@example.com', '--verbose'],
      ['verify', '--json'],
      ['verify', '--verbose'],
      ['status', '--json', '--verbose'],
      ['index', '--out', './pages', '--verbose'],
      ['explain', 'events/a.ndjson', '--json'],
      ['explain', '--resource', 'ERPPRD', '--date', date],
      ['keys', 'list'],
      ['export', '--from', date, '--to', date, '--out', 'p.zip', '--verbose'],
      ['export', '--from', date, '--to', date, '--out', 'p.tar.gz'],
      ['export', '--from', date, '--to', date, '--out', 'oscal.json', '--format', 'oscal'],
      ['export', '--from', date, '--to', date, '--out', 'ocsf.json', '--format', 'ocsf'],
      ['forward', '--config', 'forward.yaml', '--verbose'],
    ];
    for (const args of well) codes.push((await call(args)).code);
    for (const [name, bytes] of relay.received.map(({ raw }, index) => [`${index}.eml`, raw] as const)) {
      await oci.project.write(`mails/${name}`, bytes);
    }
    await lookedAt();
    expect(codes.filter((code) => code === null || code === 2)).toEqual([]);
    expect(relay.received.length).toBeGreaterThan(1);
    expect((await written()).length).toBeGreaterThan(30);
    expect(await found()).toEqual([]);
  });

  it('are in no page and no metric', async () => {
    await scheduled();
    expect(said.at(-1)?.[1]).toContain('backup_report_newest_report_complete');
    expect(await found()).toEqual([]);
  });

  it('are in no words of a failure, even if a server says them back', async () => {
    await failing();
    expect(await found()).toEqual([]);
  });
});

/** The pages of the preview. */
async function lookedAt(): Promise<void> {
  const preview = await RunningPreview.start(folder, '--date', date);
  try {
    await preview.listening();
    for (const path of ['/', '/report', '/mail', '/workbook']) {
      keep(`preview ${path}`, (await preview.get(path)).text);
    }
  } finally {
    const ended = once(preview.child, 'close');
    preview.child.kill('SIGTERM');
    await ended;
  }
}

/** A pass of the schedule, and what it says of itself. */
async function scheduled(): Promise<void> {
  const args = [main, 'schedule', '--config', 'backup-report.yaml', '--health-port', '0', '--verbose'];
  const env = { PATH: process.env['PATH'], ...variables };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const log = { text: '' };
  try {
    const url = await passOf(child, log);
    keep('GET /readyz', await (await fetch(new URL('/readyz', url))).text());
    keep('schedule', log.text);
    keep('GET /metrics', await (await fetch(new URL('/metrics', url))).text());
  } finally {
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
  }
}

/** Waits until a pass is done. Returns where the schedule answers. */
async function passOf(child: ChildProcess, log: { text: string }): Promise<string> {
  if (child.stderr === null) throw new Error('its log is not read');
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (data: Buffer) => {
      log.text += data.toString();
      const url = /"url":"(http:[^"]*)","msg":"schedule: health"/.exec(log.text)?.[1];
      if (log.text.includes('schedule: pass done') && url !== undefined) resolve(url);
    });
    child.once('close', () => reject(new Error(`the schedule ended:\n${log.text}`)));
  });
}

async function failing(): Promise<void> {
  const run = ['run', '--date', '2026-11-16', '--verbose'];
  // A server that says back what it was asked.
  const echo = Object.values(values).join(' ');
  for (let index = 0; index < 40; index += 1) hooks.answers.push({ status: 410, body: `gone: ${echo}` });
  relay.refuse('auth', 535, `5.7.8 no user for ${values['SMTP password']}`);
  await call(run);
  await call(['resend', '--date', '2026-11-16', '--to', 'a@example.com'], { SMTP_PASSWORD: 'wrong' });
  const proxy = `http://u:${values['password of a proxy']}@127.0.0.1:1`;
  await call(['run', '--date', '2026-11-15', '--verbose'], { HTTPS_PROXY: proxy });
  await call(['doctor', '--verbose'], { HTTPS_PROXY: proxy });
  oci.standIn.faults.next('secretbundles', { status: 404 }, 20);
  await call(['run', '--date', '2026-11-14']);
  const wrong = { OCI_KEY_PASSPHRASE: `${values['passphrase of an API key']}x` };
  await call(['run', '--date', '2026-11-14'], wrong);
  await call(['doctor'], wrong);
  const broken = [
    ['channels: [{ type: webhook, name: x, url: "not a url ${HOOK_TOKEN}" }]'],
    ['mail: { type: smtp, host: "${SMTP_PASSWORD}", from: 1, to: [] }'],
    ['signing: { key: "x${file:./signing.pem}" }', 'redactKey: "${file:./redact.key}'],
    ['settleDelay: "${MODULE_TOKEN}"', 'timezone: "${HEARTBEAT_TOKEN}"'],
    ['heartbeat: { url: "${HEARTBEAT_TOKEN}" }', 'timestamp: { url: "${HOOK_TOKEN}" }'],
    ['mail: { type: outbox, directory: ./o, from: "${SMTP_PASSWORD}", to: ["${HOOK_TOKEN}"] }'],
    ['sources: [{ type: "${MODULE_TOKEN}" }]', '"${HOOK_TOKEN}": 1'],
  ];
  for (const lines of broken) {
    await oci.project.write('broken.yaml', `plan: daily\ntimezone: UTC\n${lines.join('\n')}\n`);
    for (const how of [[], ['--json']]) await call(['doctor', '--config', 'broken.yaml', ...how]);
    await call(['run', '--config', 'broken.yaml', '--date', date]);
  }
}

const text = (form: string): Buffer => Buffer.from(`before ${form} after`);

describe('the search itself', () => {
  const secret: PlantedSecret = { name: 'x', value: 'a planted "s3cret" & more?' };

  it.each(formsOf(secret.value))('finds it %s', async (_form, form) => {
    expect(await secretsIn('here', text(form), [secret])).toMatchObject([{ name: 'x', place: 'here' }]);
  });

  it('finds it in base64 at each offset, and wrapped as in a mail', async () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const encoded = Buffer.from(`${before}${secret.value}zz`).toString('base64');
      expect(await secretsIn('here', text(encoded), [secret])).toHaveLength(1);
      const wrapped = encoded.replace(/.{7}/g, '$&\r\n');
      expect(await secretsIn('here', text(wrapped), [secret])).toHaveLength(1);
    }
  });

  it('finds it in what is packed, however often', async () => {
    const zip = new JSZip();
    zip.file('inner.gz', gzipSync(text(secret.value)));
    const bytes = gzipSync(await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }));
    expect(await secretsIn('a', bytes, [secret])).toMatchObject([
      { place: 'a > gunzip > inner.gz > gunzip', form: 'plain' },
    ]);
    const encoded = bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
    const mail = Buffer.from(`Content-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n`);
    expect((await secretsIn('m.eml', mail, [secret]))[0]?.place).toMatch(/^m\.eml > part 1 > gunzip/);
  });

  it('finds nothing where nothing is', async () => {
    expect(await secretsIn('here', text('a planted s3cret'), [secret])).toEqual([]);
  });
});
