import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/errors.js';
import { authenticate } from '../../src/oci/authentication.js';
import { type Credentials, otherCredentials, sharedCredentials } from '../support/oci/credentials.js';

const first = sharedCredentials();
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'credential-files-'));
});

afterEach(() => rm(directory, { recursive: true }));

const write = (name: string, text: string | Buffer): Promise<void> => writeFile(join(directory, name), text);

async function writeProfile(
  of: Credentials,
  key: string | Buffer,
  more: Record<string, string> = {},
): Promise<void> {
  await write('key.pem', key);
  const { tenancyId: tenancy, userId: user, fingerprint } = of;
  const fields = { tenancy, user, fingerprint, key_file: 'key.pem', region: 'us-ashburn-1', ...more };
  const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  await write('config', `[DEFAULT]\n${lines.join('\n')}\n`);
}

const asProfile = { type: 'config-file', file: './config', profile: 'DEFAULT' } as const;
const asSession = { ...asProfile, type: 'session-token' } as const;

/** The failure in one line, and its first hint. */
async function refusal(auth: Parameters<typeof authenticate>[0]): Promise<readonly [string, string]> {
  try {
    await authenticate(auth, directory);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'usage') throw error;
    return [error.message.replaceAll(`${directory}/`, ''), error.hints[0] ?? ''];
  }
  throw new Error('it was accepted');
}

const pem = first.privateKeyPem;
const rsa = createPrivateKey(pem);
const cipher = { cipher: 'aes-256-cbc', passphrase: 'battery' } as const;
const publicPem = first.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const openSsh = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\n';

describe('a private key that OCI cannot use', () => {
  it.each<[string, string | Buffer, string, RegExp]>([
    ['EC', ec.export({ type: 'sec1', format: 'pem' }), 'it is a key of type EC, not RSA', /oci setup keys/],
    ['1024 bits', short.export({ type: 'pkcs8', format: 'pem' }), 'it has 1024 bits', /oci setup keys/],
    ['a public key', publicPem, 'it is the public key', /Name the private key/],
    ['an SSH public key', 'ssh-rsa AAAAB3 anna@example.com\n', 'it is the public key', /Name the private/],
    ['a certificate', certificate, 'it is a certificate', /Name the private key/],
    ['OpenSSH', openSsh, 'it is in the format of OpenSSH', /ssh-keygen -p -m PEM/],
    ['PuTTY', 'PuTTY-User-Key-File-2: ssh-rsa\n', 'it is a key of PuTTY', /PuTTYgen/],
    ['PKCS#8, encrypted', rsa.export({ type: 'pkcs8', format: 'pem', ...cipher }), 'it is encrypted', /pass/],
    ['PKCS#1, encrypted', rsa.export({ type: 'pkcs1', format: 'pem', ...cipher }), 'it is encrypted', /pass/],
    ['empty', '\n', 'it is empty', /another file/],
    ['UTF-16', Buffer.from(pem, 'utf16le'), 'it is not text in UTF-8', /PEM/],
    ['DER', rsa.export({ type: 'pkcs8', format: 'der' }), 'it is not text in UTF-8', /PEM/],
    ['cut off', pem.slice(0, 900), 'its end is missing', /Copy it again/],
    ['on one line', pem.replaceAll('\n', String.raw`\n`), 'its line breaks are lost', /lines as they are/],
    ['with spaces', pem.replaceAll('\n', ' '), 'its line breaks are lost', /lines as they are/],
    ['something else', 'hello\n', 'it is not a private key in PEM', /openssl pkey/],
  ])('is told in one line, with what to do: %s', async (_what, key, words, hint) => {
    await writeProfile(first, key);
    const [message, advice] = await refusal(asProfile);
    expect(message).toContain(`cannot use the private key key.pem: ${words}`);
    expect(message).not.toMatch(/\n|PRIVATE KEY|MII/);
    expect(advice).toMatch(hint);
  });

  it.each([
    ['PKCS#1', rsa.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['with the label that the console adds', `${pem}\nOCI_API_KEY`],
    ['with a certificate before it', `${certificate}${pem}`],
    ['with Windows line ends', pem.replaceAll('\n', '\r\n')],
  ])('is not refused for its looks: %s', async (_what, key) => {
    await writeProfile(first, key);
    expect((await authenticate(asProfile, directory)).principal).toBe(`user ${first.userId}`);
  });
});

describe('a profile that cannot be right', () => {
  it('has a fingerprint of another key: both are named', async () => {
    const other = otherCredentials();
    await writeProfile(first, other.privateKeyPem);
    const [message, advice] = await refusal(asProfile);
    expect(message).toBe(
      `fingerprint in profile DEFAULT of config is ${first.fingerprint}, but the key key.pem has ${other.fingerprint}`,
    );
    expect(advice).toMatch(/^Set the fingerprint of the key/);
    const { tenancyId: tenancy, userId: user, fingerprint } = first;
    const inline = {
      type: 'api-key',
      tenancy,
      user,
      fingerprint,
      privateKey: other.privateKeyPem,
    } as const;
    expect((await refusal(inline))[0]).toContain(
      `fingerprint in auth is ${fingerprint}, but the key auth.privateKey`,
    );
  });

  it('may write the fingerprint in capitals: what is signed has it as OCI does', async () => {
    await writeProfile(first, pem, { fingerprint: first.fingerprint.toUpperCase() });
    const { provider } = await authenticate(asProfile, directory);
    expect(await provider.getKeyId()).toBe(`${first.tenancyId}/${first.userId}/${first.fingerprint}`);
  });

  it.each<[string, Record<string, string>, string]>([
    ['tenancy and user are swapped', { tenancy: first.userId }, 'is not the OCID of a tenancy'],
    [
      'the key is to be filled in',
      { key_file: '<path to your private keyfile> # TODO' },
      'has the placeholder of key_file',
    ],
    ['the user is missing', { user: '' }, 'lacks user'],
  ])('is told before any call: %s', async (_what, fields, words) => {
    await writeProfile(first, pem, fields);
    const [message, advice] = await refusal(asProfile);
    expect(message).toContain(words);
    expect(advice).not.toBe('');
  });

  it.each([
    ['empty', '\n', 'the session token token is empty'],
    ['something else', '<html>Sign in</html>\n', 'token does not hold a session token'],
  ])('has a token file that is %s', async (_what, text, words) => {
    await write('token', text);
    await writeProfile(first, pem, { security_token_file: 'token' });
    expect(await refusal(asSession)).toEqual([words, 'Run: oci session authenticate --profile-name DEFAULT']);
  });
});

describe('credentials that are renewed on disk', () => {
  it('sign from then on, key and fingerprint together; until then the same object signs', async () => {
    await writeProfile(first, pem);
    const { provider, renewed } = await authenticate(asProfile, directory);
    expect(await renewed()).toBe(provider);
    const second = otherCredentials();
    // Half of it: a key that does not belong to the fingerprint.
    await write('key.pem', second.privateKeyPem);
    await expect(renewed()).rejects.toThrow(/fingerprint in profile DEFAULT/);
    await writeProfile(second, second.privateKeyPem);
    const [next, again] = await Promise.all([renewed(), renewed()]);
    expect(again).toBe(next);
    expect(await next.getKeyId()).toContain(second.fingerprint);
    expect(next.getPrivateKey()).toBe(second.privateKeyPem);
    expect(await renewed()).toBe(next);
  });

  it('of somebody else are not taken: the manifest names who runs', async () => {
    await writeProfile(first, pem);
    const { renewed } = await authenticate(asProfile, directory);
    await writeProfile(first, pem, { user: 'ocid1.user.oc1..berta' });
    await expect(renewed()).rejects.toThrow(
      `now those of user ocid1.user.oc1..berta, but this process runs as user ${first.userId}`,
    );
  });

  it('that are gone for a moment are no change', async () => {
    await writeProfile(first, pem);
    const { provider, renewed } = await authenticate(asProfile, directory);
    await rm(join(directory, 'key.pem'));
    expect(await renewed()).toBe(provider);
  });
});
