import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
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
import { type HeardRequest, HttpListener } from '../support/http-listener.js';
import { mainHere } from '../support/main-here.js';
import { OciProject } from '../support/oci-project.js';
import { databaseEvent } from '../support/raw-event.js';
import { RunningPreview } from '../support/running-preview.js';
import { RunningSchedule } from '../support/running-schedule.js';
import { type FoundSecret, type PlantedSecret, SecretSearch, formsOf } from '../support/secret-search.js';
import { firstPem, secretOf } from '../support/signing.js';
import { Relay, authorityPath } from '../support/smtp-relay.js';

const date = '2026-11-19';
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
  'password in the URL of a webhook': 'h00kP4ss-in-a-url',
  'password in a statement of SQL': 'SqlP4ssword-of-bob',
  'Azure client secret': azurePrincipal.clientSecret,
  'signing key': secretOf(firstPem),
  'DKIM key': secretOf(dkimPem),
} as const;
const search = new SecretSearch(Object.entries(values).map(([name, value]) => ({ name, value })));

const variables = {
  SMTP_PASSWORD: values['SMTP password'],
  HOOK_TOKEN: values['token of a webhook'],
  HEARTBEAT_TOKEN: values['token of a heartbeat'],
  OCI_KEY_PASSPHRASE: values['passphrase of an API key'],
  AZURE_CLIENT_SECRET: values['Azure client secret'],
  MODULE_TOKEN: values['setting of a module'],
  DKIM_KEY: dkimPem,
  HOOK_PASSWORD: values['password in the URL of a webhook'],
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
  'broken.yaml',
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
      operation: 'CREATE USER',
      commandText: `create user bob identified by "${values['password in a statement of SQL']}"`,
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
  - { type: webhook, name: basic, url: "http://hookuser:\${HOOK_PASSWORD}@${hooks.host}/basic" }
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

/** What was found in all that was said and written since the last look. */
async function found(): Promise<readonly FoundSecret[]> {
  const texts = said.splice(0).map(([command, text]) => [command, Buffer.from(text)] as const);
  const sent = [...relay.received.splice(0).map(({ raw }) => raw), ...hooks.heard.splice(0).map(bodyOf)];
  const all = [
    ...texts,
    ...sent.map((raw, index) => [`message ${index}`, raw] as const),
    ...(await written()),
  ];
  const finds: FoundSecret[] = [];
  for (const [place, bytes] of all) finds.push(...(await search.in(place, bytes)));
  return finds;
}

/** What a notice says. Where it goes, and by which right, is secret. */
const bodyOf = ({ body }: HeardRequest): Buffer => Buffer.from(body);

/** Each by a process of its own, a few at once. */
async function callAll(commands: readonly (readonly string[])[]): Promise<readonly (number | null)[]> {
  const codes: (number | null)[] = [];
  for (let at = 0; at < commands.length; at += 3) {
    codes.push(
      ...(await Promise.all(commands.slice(at, at + 3).map(async (args) => (await call(args)).code))),
    );
  }
  return codes;
}

const range = ['--from', date, '--to', date];

describe('planted secrets', () => {
  it('are in nothing that is said, archived, mailed or told where reports are made', async () => {
    const codes = [
      (await call(['doctor', '--verbose'])).code,
      (await call(['run', '--date', date, '--verbose'])).code,
      (await call(['backfill', '--from', '2026-11-18', '--to', date, '--mail', '--ahead', '0'])).code,
      (await call(['resend', '--date', date, '--to', 'audit@example.com', '--verbose'])).code,
      (await call(['forward', '--config', 'forward.yaml', '--verbose'])).code,
    ];
    // The module fails, and so does its channel: all the rest is done.
    expect(codes).toEqual([3, 4, 4, 0, 0]);
    expect(relay.received.length).toBeGreaterThan(1);
    expect(hooks.heard.length).toBeGreaterThan(3);
    expect((await written()).length).toBeGreaterThan(20);
    expect(await found()).toEqual([]);
    expect(search.bytes).toBeGreaterThan(1_000_000);
  });

  it('are in nothing that commands say and write of an archive', async () => {
    const codes = await callAll([
      ['verify', '--verbose'],
      ['status', '--json', '--verbose'],
      ['index', '--out', './pages', '--verbose'],
      ['explain', 'events/a.ndjson', '--json'],
      ['explain', '--resource', 'ERPPRD', '--date', date],
      ['keys', 'list'],
      ['templates', 'check'],
      ['init', '--help'],
    ]);
    expect(codes.filter((code) => code === null || code === 1)).toEqual([]);
    expect(await found()).toEqual([]);
  });

  it('are in nothing that is exported', async () => {
    const codes = await callAll([
      ['export', ...range, '--out', 'p.zip', '--verbose'],
      ['export', ...range, '--out', 'p.tar.gz'],
      ['export', ...range, '--out', 'oscal.json', '--format', 'oscal'],
      ['export', ...range, '--out', 'ocsf.json', '--format', 'ocsf'],
    ]);
    expect(codes.filter((code) => code === null || code === 1)).toEqual([]);
    expect(await found()).toEqual([]);
  });

  it('are in no page of the preview', async () => {
    await lookedAt();
    expect(await found()).toEqual([]);
  });

  it('are in no metric and no line of the log of a schedule', async () => {
    await scheduled();
    expect(said.at(-1)?.[1]).toContain('backup_report_newest_report_complete');
    expect(await found()).toEqual([]);
  });

  it('are in no words of a failure, even if a server says them back', async () => {
    await echoed();
    expect(await found()).toEqual([]);
  });

  it('are in no words on proxies and vaults that cannot be reached', async () => {
    await unreachable();
    expect(await found()).toEqual([]);
  });

  it('are in no words on keys and passwords that are wrong', async () => {
    await refused();
    expect(await found()).toEqual([]);
  });

  it('are in no words on a configuration that has faults', async () => {
    await faulty();
    expect(said.length).toBeGreaterThan(15);
    expect(await found()).toEqual([]);
  });
});

/** The pages of the preview. */
async function lookedAt(): Promise<void> {
  const preview = await RunningPreview.startWith(variables, folder, '--date', date);
  try {
    await preview.listening();
    for (const path of ['/', '/report', '/mail', '/workbook']) {
      keep(`preview ${path}`, (await preview.get(path)).text);
    }
  } finally {
    await preview.stop('SIGTERM');
  }
}

/** A pass of the schedule, and what it says of itself. */
async function scheduled(): Promise<void> {
  const schedule = RunningSchedule.start(folder, ['--health-port', '0', '--verbose'], variables);
  try {
    const { url } = await schedule.logged('schedule: health');
    await schedule.logged('schedule: pass done');
    keep('GET /readyz', await (await fetch(new URL('/readyz', String(url)))).text());
    keep('schedule', schedule.seen.join('\n'));
    keep('GET /metrics', await (await fetch(new URL('/metrics', String(url)))).text());
  } finally {
    await schedule.stop('SIGKILL');
  }
}

/** Every server says back what it was asked, with its secrets. */
async function echoed(): Promise<void> {
  hooks.otherwise = 'echo';
  const password = values['SMTP password'];
  const plain = Buffer.from(`\0reporter\0${password}`).toString('base64');
  relay.refuse('auth', 535, `5.7.8 no user for ${password} (${plain})`);
  await call(['run', '--date', '2026-11-16', '--verbose']);
  await call(['doctor', '--probe', '--verbose']);
  hooks.otherwise = { status: 200 };
}

async function unreachable(): Promise<void> {
  const proxy = `http://u:${values['password of a proxy']}@127.0.0.1:1`;
  await call(['doctor', '--verbose'], { HTTPS_PROXY: proxy });
  oci.standIn.faults.next('secretbundles', { status: 404 }, 20);
  await call(['run', '--date', '2026-11-14']);
}

async function refused(): Promise<void> {
  const wrong = { OCI_KEY_PASSPHRASE: `${values['passphrase of an API key']}x` };
  await call(['run', '--date', '2026-11-14'], wrong);
  await call(['doctor'], wrong);
  await call(['resend', '--date', date, '--to', 'a@example.com'], { SMTP_PASSWORD: 'wrong' });
}

async function faulty(): Promise<void> {
  const token = values['token of a webhook'];
  const broken = [
    ['channels: [{ type: webhook, name: x, url: "not a url ${HOOK_TOKEN}" }]'],
    ['mail: { type: smtp, host: "${SMTP_PASSWORD}", from: 1, to: [] }'],
    ['signing: { key: "x${file:./signing.pem}" }', 'redactKey: "${file:./redact.key}'],
    ['settleDelay: "${MODULE_TOKEN}"', 'timezone: "${HEARTBEAT_TOKEN}"'],
    ['heartbeat: { url: "${HEARTBEAT_TOKEN}" }', 'timestamp: { url: "${HOOK_TOKEN}" }'],
    ['mail: { type: outbox, directory: ./o, from: "${SMTP_PASSWORD}", to: ["${HOOK_TOKEN}"] }'],
    ['sources: [{ type: "${MODULE_TOKEN}" }]', '"${HOOK_TOKEN}": 1'],
    // Written plainly, by somebody who did not know better, beside a fault.
    [`heartbeat: { url: "http://h/${token}" }}`],
    [`mail: { type: smtp, password: ${token}`, 'from: ["'],
    [`channels: [{ type: webhook, name: x, url: "ftp://u:${token}@h/" }]`],
  ];
  for (const lines of broken) {
    await oci.project.write('broken.yaml', `plan: daily\ntimezone: UTC\n${lines.join('\n')}\n`);
    for (const args of [['doctor'], ['doctor', '--json'], ['run', '--date', date]]) {
      const { code, stdout, stderr } = await mainHere(
        [...args, '--config', 'broken.yaml'],
        folder,
        variables,
      );
      keep(`${args.join(' ')}: ${lines.join(' ')} (exit ${code})`, `${stdout}\n${stderr}`);
    }
  }
}

const around = (form: string): Buffer => Buffer.from(`before ${form} after`);
const secret: PlantedSecret = { name: 'x', value: 'a"planted <s3cret> & more?=+/' };
const lookIn = (bytes: Buffer): Promise<readonly FoundSecret[]> =>
  new SecretSearch([secret]).in('here', bytes);

/** What may lie around a text, by name. */
const containers: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer> | Buffer>> = {
  nothing: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  'zip of gzip': async (bytes) => {
    const zip = new JSZip();
    zip.file('inner.gz', gzipSync(bytes));
    return gzipSync(await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }));
  },
  'tar.gz of gzip': (bytes) => gzipSync(tarOf('inner.gz', gzipSync(bytes))),
  'mail with gzip': (bytes) => {
    const encoded = gzipSync(bytes).toString('base64').replace(/.{76}/g, '$&\r\n');
    return Buffer.from(`Content-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n`);
  },
};

function tarOf(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write('ustar', 257);
  return Buffer.concat([head, content, Buffer.alloc(1024 + ((512 - (content.length % 512)) % 512))]);
}

describe('the search itself', () => {
  it.each(Object.entries(containers))('finds it in every form, in %s', async (_name, wrapped) => {
    for (const [form, text] of formsOf(secret.value)) {
      expect([form, await lookIn(await wrapped(around(text)))]).toEqual([
        form,
        [expect.objectContaining({ name: 'x' })],
      ]);
    }
  });

  it('finds its first eight characters, and its last', async () => {
    for (const part of [secret.value.slice(0, 8), secret.value.slice(-8)]) {
      for (const [form, text] of formsOf(part)) {
        expect([form, (await lookIn(around(text))).length]).toEqual([form, 1]);
      }
    }
    expect(await lookIn(around(secret.value.slice(0, 7)))).toEqual([]);
  });

  it('finds it in base64 at each offset, and wrapped as in a mail', async () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const encoded = Buffer.from(`${before}${secret.value}zz`).toString('base64');
      expect(await lookIn(around(encoded))).toHaveLength(1);
      expect(await lookIn(around(encoded.replace(/.{7}/g, '$&\r\n')))).toHaveLength(1);
    }
  });

  it('finds nothing where nothing is', async () => {
    expect(await lookIn(around('a planted s3cret'))).toEqual([]);
  });
});
