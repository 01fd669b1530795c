import { generateKeyPairSync } from 'node:crypto';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../src/config/load.js';
import type { Mailer } from '../../src/ports/delivery.js';
import { wirePlan } from '../../src/wiring/wire-plan.js';
import { memoryLog } from '../support/oci-connection.js';
import { writeConfigFile, sharedCredentials } from '../support/oci/credentials.js';
import { EmailDelivery } from '../support/oci/email-delivery.js';
import { checkDkim } from '../support/smtp-dkim.js';
import { mailMessage } from '../support/smtp-mail.js';
import { authorityPath, Relay } from '../support/smtp-relay.js';
import { themeHere } from '../support/theme-here.js';

const plan = `plan: daily-backup
timezone: UTC
sources: [{ type: local-files, paths: [events] }]
archive: { type: file-system, directory: ./reports }
`;
const addresses = 'from: backup-reports@example.com, to: [ops@example.com]';
const message = mailMessage({ to: ['ops@example.com'] });
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mail-wiring-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function wire(mail: string, more = ''): Promise<Mailer> {
  const path = join(directory, 'backup-report.yaml');
  await writeFile(path, `${plan}mail: { ${mail}, ${addresses} }\n${more}`);
  const { ports } = await wirePlan(await loadConfiguration(path), memoryLog(), themeHere);
  if (ports.mailer === null) throw new Error('there is no mailer');
  return ports.mailer;
}

describe('mail as it is configured', () => {
  it('goes by smtp, with files beside the configuration', async () => {
    const user = { name: 'reporter', password: 'from a file' };
    const relay = await Relay.start({ user });
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    await writeFile(join(directory, 'dkim.pem'), privateKey);
    await writeFile(join(directory, 'password'), user.password);
    await copyFile(authorityPath, join(directory, 'ca.pem'));
    const mailer = await wire(
      `type: smtp, host: localhost, port: ${relay.port}, username: reporter, password: "\${file:password}", ca: ca.pem, name: reports.example.com, dkim: { domain: example.com, selector: s1, keyFile: dkim.pem }`,
    );
    await mailer.send(message);
    await relay.close();
    const [mail] = relay.received;
    expect(mail).toMatchObject({ user: 'reporter', tls: 'TLSv1.3', helloName: 'reports.example.com' });
    expect(checkDkim(mail?.raw ?? Buffer.alloc(0), publicKey).signatureHolds).toBe(true);
    // Five minutes, and the last attempt's own time.
    expect(mailer.claimMs).toBeGreaterThan(300_000);
  });

  it('goes by email-delivery with the credentials of the plan', async () => {
    const service = await EmailDelivery.start();
    const file = await writeConfigFile(sharedCredentials(), directory);
    const mailer = await wire(
      `type: email-delivery, endpoint: "${service.url}", compartmentId: ${service.compartmentId}`,
      `auth: { type: config-file, file: "${file}" }\n`,
    );
    await mailer.send(message);
    await service.close();
    expect(service.submitted).toMatchObject([{ recipients: ['ops@example.com'] }]);
  });

  it.each([
    [
      'a URL for a host',
      'host: "smtp://mail.example.com"',
      /host: must be a name or an address, without smtp/,
    ],
    ['a host with a port', 'host: "mail.example.com:587"', /host: must be a name or an address/],
    [
      'a password in clear',
      'host: relay, security: none, username: a, password: b',
      /none would send the password/,
    ],
    ['a name alone', 'host: relay, username: a', /username and password go together/],
    [
      'a signature without a key',
      'host: relay, dkim: { domain: a.example, selector: s }',
      /needs keyFile or privateKey/,
    ],
    [
      'a selector that is none',
      'host: relay, dkim: { domain: a.example, selector: "s; x", keyFile: k }',
      /selector: must be/,
    ],
    [
      'a missing file of certificates',
      'host: relay, ca: none.pem',
      /mail\.ca: cannot read .*none\.pem: it does not exist/,
    ],
  ])('is refused with %s', async (_what, smtp, words) => {
    await expect(wire(`type: smtp, ${smtp}`)).rejects.toMatchObject({ kind: 'usage' });
    await expect(wire(`type: smtp, ${smtp}`)).rejects.toThrow(words);
  });

  it('takes an address of IPv6 for a host', async () => {
    const mailer = await wire('type: smtp, host: "::1", port: 9, deadline: 1ms');
    await expect(mailer.send(message)).rejects.toThrow(/cannot send mail: \[::1\]:9 /);
  });
});
