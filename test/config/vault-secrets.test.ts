import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoadOptions, loadConfiguration, loadWithoutMissing } from '../../src/config/load.js';
import { Failure } from '../../src/errors.js';
import { OciProject } from '../support/oci-project.js';

const password = 'ocid1.vaultsecret.oc1.iad.password';
const chat = 'ocid1.vaultsecret.oc1.iad.chat';
const key = 'ocid1.vaultsecret.oc1.iad.redact';
const planted = 'pl4nted-s3cret';

let oci: OciProject;

beforeEach(async () => {
  oci = await OciProject.create();
});

const impatient = '{ timeout: 500ms, attempts: 2, firstDelay: 1ms, deadline: 60s }';

afterEach(() => oci.remove());

const mail = `mail: { type: smtp, host: h, username: u, password: "\${vault:${password}}", from: a@example.com, to: [b@example.com] }`;
const channels = `channels: [{ type: webhook, name: chat, url: "https://chat.example.com/\${vault:${chat}}/send" }]`;

async function write(...more: readonly string[]): Promise<string> {
  const archive = '  { type: file-system, directory: ./reports }';
  const sources = '  - { type: local-files, paths: ["./events/*"] }';
  const place = `vault: { endpoint: "${oci.standIn.url}" }`;
  await oci.project.write(
    'backup-report.yaml',
    `${oci.configuration({ sources, archive, oci: impatient })}${[place, ...more].join('\n')}\n`,
  );
  return join(oci.project.directory, 'backup-report.yaml');
}

const load = async (more: readonly string[], options: LoadOptions = {}) =>
  loadConfiguration(await write(...more), options);

async function failureOf(more: readonly string[], options: LoadOptions = {}): Promise<Failure> {
  const error = await load(more, options).catch((caught: unknown) => caught);
  if (!(error instanceof Failure)) throw error;
  expect(JSON.stringify([error.message, error.hints])).not.toContain(planted);
  return error;
}

const asked = () => oci.standIn.requests.map(({ path }) => path.split('/').at(-1));

describe('${vault:OCID}', () => {
  it('is the current version of a secret, wherever in a value, and is read once', async () => {
    oci.standIn.secrets.put(password, 'an older one');
    oci.standIn.secrets.put(password, `${planted}\n`);
    oci.standIn.secrets.put(chat, 'T0KEN');
    const dkim = `dkim: { domain: example.com, selector: s, privateKey: "\${vault:${password}}" }`;
    const loaded = await load([mail.replace('from:', `${dkim}, from:`), channels]);
    const { configuration } = loaded;
    expect(configuration.mail).toMatchObject({ password: planted, dkim: { privateKey: planted } });
    expect(configuration.channels[0]).toMatchObject({ url: 'https://chat.example.com/T0KEN/send' });
    expect(asked().sort()).toEqual([`${chat}?stage=CURRENT`, `${password}?stage=CURRENT`].sort());
    expect(loaded.secrets.map(({ secretId, usedBy, version }) => ({ secretId, usedBy, version }))).toEqual([
      { secretId: password, usedBy: ['mail.password', 'mail.dkim.privateKey'], version: 2 },
      { secretId: chat, usedBy: ['channels[0].url'], version: 1 },
    ]);
  });

  it('goes neither into what is archived of the configuration nor into what is said of its secrets', async () => {
    oci.standIn.secrets.put(password, planted);
    const { archivable, settings, secrets, digest } = await load([mail]);
    expect(JSON.stringify({ archivable, settings, secrets, digest })).not.toContain(planted);
    expect(archivable).toMatchObject({ mail: { password: '[removed]' } });
  });

  it('asks nobody where the configuration names no secret', async () => {
    const { secrets, again } = await load([]);
    expect({ secrets, again, asked: asked() }).toEqual({ secrets: [], again: undefined, asked: [] });
  });

  it.each([
    ['is not there', () => undefined, /404/, /pending deletion.*read secret-bundles/],
    [
      'is not active',
      () => oci.standIn.faults.next('secretbundles', { status: 409, code: 'IncorrectState' }),
      /409/,
      /not active/,
    ],
    [
      'has no content',
      () => {
        oci.standIn.secrets.put(password, planted);
        oci.standIn.secrets.hasContent = false;
      },
      /no content in base64/,
      /console/,
    ],
    [
      'is no text',
      () => oci.standIn.secrets.put(password, Buffer.from([0xff, 0xfe, 0x00])),
      /no text in UTF-8/,
      /plain text/,
    ],
    [
      'does not answer',
      () => {
        oci.standIn.secrets.put(password, planted);
        oci.standIn.faults.next('secretbundles', { status: 503 }, 4);
      },
      /503/,
      /Run it again when the service answers/,
    ],
    [
      'is not answered in time',
      () => {
        oci.standIn.secrets.put(password, planted);
        oci.standIn.faults.next('secretbundles', { kind: 'slow', ms: 600_000 }, 4);
      },
      /no answer for 0\.5 s/,
      /Run it again when the service answers/,
    ],
  ])('says where and why, and what to do, if the secret %s', async (_what, arrange, words, hint) => {
    arrange();
    const { kind, message, hints } = await failureOf([mail]);
    expect(kind).toBe('storage');
    expect(message).toContain(
      `backup-report.yaml needs what cannot be read now:\n  mail.password: cannot read the secret ${password} of OCI Vault`,
    );
    expect(message).toMatch(words);
    expect(message).toMatch(/\(line \d+\)$/);
    expect(hints).toEqual([expect.stringMatching(hint)]);
  });

  it('tells what is to be corrected before what could not be read', async () => {
    const { kind, message } = await failureOf([mail, 'tolerateRejected: -1']);
    expect(kind).toBe('usage');
    expect(message).toContain('tolerateRejected');
    expect(message).toContain(`mail.password: cannot read the secret ${password}`);
  });

  it('is a matter of the sign-in where OCI does not take it', async () => {
    oci.standIn.secrets.put(password, planted);
    oci.standIn.faults.next('secretbundles', { status: 401, code: 'NotAuthenticated' }, 9);
    expect((await failureOf([mail])).kind).toBe('usage');
  });

  it.each([
    [
      'auth: { type: config-file, file: ./config, passphrase: "${vault:SECRET}" }',
      'auth.passphrase',
      /to sign in/,
    ],
    ['vault: { endpoint: "${vault:SECRET}" }', 'vault.endpoint', /to sign in/],
    ['branding: { company: "${vault:SECRET}" }', 'branding.company', /shown or archived/],
    ['publicUrl: "${vault:SECRET}"', 'publicUrl', /shown or archived/],
    [mail.replace('host: h', 'host: "${vault:SECRET}"'), 'mail.host', /shown or archived/],
    ['heartbeat: { url: "${vault:ocid1.vault.oc1..x}" }', 'heartbeat.url', /must hold the OCID of a secret/],
    ['heartbeat: { url: "${vault:}" }', 'heartbeat.url', /must hold the OCID of a secret/],
  ])('is refused in %s', async (line, place, words) => {
    const { kind, message } = await failureOf([line.replace('SECRET', chat)]);
    expect(kind).toBe('usage');
    expect(message).toMatch(new RegExp(`${place.replace('.', '\\.')}: `));
    expect(message).toMatch(words);
    expect(asked()).toEqual([]);
  });

  it('is read again, of the same text, as it is then', async () => {
    oci.standIn.secrets.put(password, 'first');
    const loaded = await load([mail]);
    oci.standIn.secrets.put(password, 'second');
    await write('plan: other');
    const again = await loaded.again?.();
    expect(again?.configuration).toMatchObject({ plan: 'daily', mail: { password: 'second' } });
    expect(again?.secrets.map(({ version }) => version)).toEqual([2]);
    expect(again?.again).toBeTypeOf('function');
  });
});

describe('a command that needs no secret of a section', () => {
  it('asks the vault nothing, and does without the section', async () => {
    const redact = ['redact: [{ field: principalName, by: hash }]', `redactKey: "\${vault:${key}}"`];
    const path = await write(mail, channels, ...redact, `signing: { key: "\${vault:${password}}" }`);
    for (const loaded of [await loadConfiguration(path, { secretsOf: [] }), await loadWithoutMissing(path)]) {
      expect(loaded.configuration.mail).toEqual({ type: 'none' });
      expect(loaded.configuration.redact).toEqual([]);
      expect(loaded.configuration.signing).toBeUndefined();
      expect([...(loaded.leftOut?.keys() ?? [])].sort()).toEqual([
        'channels',
        'mail',
        'redact',
        'redactKey',
        'signing',
      ]);
    }
    expect(asked()).toEqual([]);
  });

  it('reads those of the sections that it needs alone', async () => {
    oci.standIn.secrets.put(chat, 'T0KEN');
    const { configuration } = await load([mail, channels], { secretsOf: ['channels'] });
    expect(configuration.channels).toHaveLength(1);
    expect(asked()).toEqual([`${chat}?stage=CURRENT`]);
  });

  it('of doctor, leaves out the section whose secret cannot be read, and says why', async () => {
    oci.standIn.secrets.put(chat, 'T0KEN');
    const loaded = await loadWithoutMissing(await write(mail, channels), { secretsOf: 'all' });
    expect(loaded.configuration.channels).toHaveLength(1);
    expect(loaded.leftOut?.get('mail')?.message).toContain(`cannot read the secret ${password}`);
    expect(loaded.secrets.map(({ failure }) => failure === null)).toEqual([false, true]);
  });
});

describe('a signing key that is ${vault:OCID}', () => {
  it('does not stop a report where it cannot be read', async () => {
    const { configuration } = await load([`signing: { key: "\${vault:${key}}" }`]);
    expect(configuration.signing?.key).toMatchObject({
      words: expect.stringContaining('cannot read the secret'),
    });
  });
});
