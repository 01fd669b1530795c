import { afterEach, describe, expect, it } from 'vitest';
import { readAuthorities } from '../../src/http/authorities.js';
import { readSigningKey } from '../../src/mail/smtp/key-files.js';
import { failureOf, mailMessage, smtpMailer } from '../support/smtp-mail.js';
import { authorityPath, Relay, type RelayOptions, serverFiles } from '../support/smtp-relay.js';
import { startScript } from '../support/smtp-script.js';

const user = { name: 'reporter', password: 'correct horse/battery+staple' };
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const relay = await Relay.start(options);
  closing.push(() => relay.close());
  return relay;
}

/** Gives the port of a server that speaks as told, until the end of the test. */
async function listen(...script: Parameters<typeof startScript>): Promise<number> {
  const server = await startScript(...script);
  closing.push(() => server.close());
  return server.port;
}

describe('encryption', () => {
  it.each([
    ['STARTTLS', { secure: false }, 'starttls', '127.0.0.1'],
    ['STARTTLS to a name', { secure: false }, 'starttls', 'localhost'],
    ['TLS from the start', { secure: true }, 'tls', '127.0.0.1'],
    ['TLS from the start to a name', { secure: true }, 'tls', 'localhost'],
  ] as const)('sends after %s', async (_what, options, security, host) => {
    const relay = await startRelay(options);
    const mailer = smtpMailer(relay.port, { security, host, name: 'reports.example.com' });
    const message = mailMessage();

    expect(await mailer.send(message)).toEqual({ accepted: message.to, refused: [], location: null });
    expect(relay.received).toMatchObject([
      {
        from: 'backup-reports@example.com',
        to: ['ops@example.com', 'dba@example.com'],
        tls: 'TLSv1.3',
        user: null,
        helloName: 'reports.example.com',
      },
    ]);
  });

  it('sends in clear where it is told to, also past an offer of STARTTLS', async () => {
    const relay = await startRelay();
    await smtpMailer(relay.port, { security: 'none' }).send(mailMessage());
    expect(relay.received).toMatchObject([{ tls: null }]);
  });

  it.each([
    ['an authority that is not trusted', 'server', null, /not trusted: .*\(\w+\)/, /mail\.ca/],
    ['a certificate of another host', 'elsewhere', undefined, /ALTNAME_INVALID/, /mail\.host/],
    ['a certificate that has expired', 'expired', undefined, /CERT_HAS_EXPIRED/, /renew/],
  ] as const)('refuses %s, and tries once only', async (_what, certificate, ca, words, hint) => {
    for (const security of ['starttls', 'tls'] as const) {
      const relay = await startRelay({ certificate, secure: security === 'tls' });
      const mailer = smtpMailer(relay.port, { security, ...(ca === null ? { ca } : {}) });
      const failure = await failureOf(mailer.send(mailMessage()));
      expect(failure).toMatchObject({ kind: 'delivery', retryable: false });
      expect(failure.message).toMatch(words);
      expect(failure.hints.join()).toMatch(hint);
      expect([relay.received, mailer.timing.slept]).toEqual([[], []]);
    }
  });

  it('is not turned off by the environment', async () => {
    const relay = await startRelay();
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      await expect(smtpMailer(relay.port, { ca: null }).send(mailMessage())).rejects.toThrow(/not trusted/);
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
    expect(relay.received).toEqual([]);
  });

  it('refuses a server without STARTTLS', async () => {
    const relay = await startRelay({ offersStarttls: false });
    const mailer = smtpMailer(relay.port);
    const failure = await failureOf(mailer.send(mailMessage()));
    expect(failure.message).toMatch(/^cannot send mail: 127\.0\.0\.1:\d+ does not offer STARTTLS: 5\d\d/);
    expect(failure.hints.join()).toMatch(/mail\.security/);
    expect([relay.received, mailer.timing.slept]).toEqual([[], []]);
  });

  it('refuses a server that speaks no TLS where it must from the start', async () => {
    const relay = await startRelay();
    const failure = await failureOf(smtpMailer(relay.port, { security: 'tls' }).send(mailMessage()));
    expect(failure.message).toMatch(/could not agree on TLS \(ERR_SSL_\w+\)/);
    expect(failure.hints.join()).toMatch(/465 \(tls\)/);
  });

  it('asks again when TLS is not there for now', async () => {
    let asked = 0;
    const port = await listen('220 hello', (line) => {
      if (line.startsWith('EHLO')) return '250-me\r\n250 STARTTLS';
      asked += 1;
      return asked < 3 ? '454 4.7.0 TLS not available' : null;
    });
    const failure = await failureOf(smtpMailer(port, { deadlineMs: 10_000 }).send(mailMessage()));
    expect(asked).toBe(3);
    expect(failure.retryable).toBe(true);
  });
});

describe('signing in', () => {
  it('is done when it is configured', async () => {
    const relay = await startRelay({ user });
    await smtpMailer(relay.port, { username: user.name, password: user.password }).send(mailMessage());
    expect(relay.received).toMatchObject([{ user: 'reporter' }]);
  });

  it('fails at once with a wrong password, which is told to nobody', async () => {
    const relay = await startRelay({ user });
    const password = 'hunter2-secret';
    const mailer = smtpMailer(relay.port, { username: user.name, password });
    const failure = await failureOf(mailer.send(mailMessage()));
    expect(failure.message).toMatch(
      /did not accept the sign-in of reporter: 535 5\.7\.8 wrong: reporter \*\*\* \*\*\*$/,
    );
    expect(failure.hints).toEqual(['Check mail.username and mail.password.']);
    expect([failure.retryable, failure.cause]).toEqual([false, undefined]);
    expect(mailer.timing.slept).toEqual([]);
    const [finding] = await mailer.diagnose();
    const told = JSON.stringify([failure, failure.stack, finding, mailer.logged]);
    expect(told).not.toContain(password);
    expect(told).not.toContain(Buffer.from(password).toString('base64'));
  });

  it('is tried again after 454', async () => {
    const relay = await startRelay({ user });
    relay.refuse('auth', 454, '4.7.0 Temporary authentication failure', 2);
    const mailer = smtpMailer(relay.port, { username: user.name, password: user.password });
    await mailer.send(mailMessage());
    expect(relay.received).toHaveLength(1);
    expect(mailer.timing.slept).toHaveLength(2);
  });

  it('fails where the server offers none, rather than sending as nobody', async () => {
    const relay = await startRelay();
    const mailer = smtpMailer(relay.port, { username: user.name, password: user.password });
    await expect(mailer.send(mailMessage())).rejects.toThrow(/offers no sign-in \(AUTH\)/);
    expect(relay.received).toEqual([]);
  });
});

describe('doctor', () => {
  it('says how it got to the server, and sends nothing', async () => {
    const relay = await startRelay({ user, size: 2_000_000 });
    const signedIn = { username: user.name, password: user.password };
    expect(await smtpMailer(relay.port, signedIn).diagnose()).toEqual([
      {
        check: 'mail server',
        state: 'ok',
        words: `127.0.0.1:${relay.port}, STARTTLS TLSv1.3, signed in as reporter, takes messages of up to 2000000 bytes`,
        advice: null,
      },
    ]);
    expect(relay.received).toEqual([]);
  });

  it('warns of a connection that is not encrypted', async () => {
    const relay = await startRelay();
    expect(await smtpMailer(relay.port, { security: 'none' }).diagnose()).toMatchObject([
      { state: 'warning', words: expect.stringContaining('not encrypted'), advice: expect.any(String) },
    ]);
  });

  it('says what is wrong, without trying again', async () => {
    const port = await listen('421 4.3.2 busy', () => null);
    const mailer = smtpMailer(port);
    expect(await mailer.diagnose()).toMatchObject([
      { state: 'failed', words: `127.0.0.1:${port} turned the connection down: 421 4.3.2 busy` },
    ]);
    expect(mailer.timing.slept).toEqual([]);
  });
});

describe('files of keys', () => {
  it('gives every certificate of a file', async () => {
    expect(await readAuthorities('mail.ca', authorityPath)).toMatch(/^-----BEGIN CERTIFICATE-----/);
  });

  it.each([
    [
      'a missing file',
      () => readAuthorities('mail.ca', '/nowhere/ca.pem'),
      /mail\.ca: cannot read \/nowhere\/ca\.pem: it does not exist/,
    ],
    [
      'a file without certificates',
      () => readAuthorities('mail.ca', serverFiles.key),
      /mail\.ca: .*no certificate in PEM/,
    ],
    [
      'a key that is none',
      () => readSigningKey({ pem: 'secret nonsense' }),
      /mail\.dkim\.privateKey: the value is not a private key/,
    ],
    [
      'a key of another kind',
      () => readSigningKey({ path: serverFiles.key }),
      /mail\.dkim\.keyFile: .*type ec, and RSA is needed/,
    ],
  ] as const)('refuses %s before anything is sent', async (_what, read, words) => {
    const failure = await failureOf(read());
    expect(failure.kind).toBe('usage');
    expect(failure.message).toMatch(words);
    expect(failure.message).not.toContain('secret nonsense');
  });
});
