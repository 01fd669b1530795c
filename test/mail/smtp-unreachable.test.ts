import { afterEach, describe, expect, it } from 'vitest';
import { MessageTooLarge } from '../../src/errors.js';
import { failureOf, mailMessage, smtpMailer } from '../support/smtp-mail.js';
import { Relay } from '../support/smtp-relay.js';
import { startScript } from '../support/smtp-script.js';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Gives the port of a server that speaks as told, until the end of the test. */
async function listen(...script: Parameters<typeof startScript>): Promise<number> {
  const server = await startScript(...script);
  closing.push(() => server.close());
  return server.port;
}

describe('a server that cannot be reached', () => {
  const once = { deadlineMs: 1 };

  it('is told when it refuses', async () => {
    const relay = await Relay.start();
    const { port } = relay;
    await relay.close();
    const failure = await failureOf(smtpMailer(port, once).send(mailMessage()));
    expect(failure.message).toBe(
      `cannot send mail: 127.0.0.1:${port} refuses connections (ECONNREFUSED) (given up after one attempt)`,
    );
    expect(failure.hints.join()).toMatch(/mail\.port/);
    expect(failure.retryable).toBe(true);
  });

  it('is told when nobody knows its name', async () => {
    // Too long a label to be asked for: no name service is needed here.
    const unknown = `${'x'.repeat(64)}.invalid`;
    const failure = await failureOf(smtpMailer(25, { ...once, host: unknown }).send(mailMessage()));
    expect(failure.message).toMatch(/x\.invalid:25 is not known by name \(ENOTFOUND\)/);
    expect(failure.hints.join()).toMatch(/mail\.host/);
  });

  it('is told when it says nothing', async () => {
    const port = await listen('', () => null);
    const failure = await failureOf(smtpMailer(port, { ...once, greetingTimeoutMs: 50 }).send(mailMessage()));
    expect(failure.message).toMatch(/sends no greeting/);
    expect(failure.hints.join()).toMatch(/465 \(tls\)/);
  });

  it('is told when it falls silent', async () => {
    const port = await listen('220 hello', () => '');
    const options = { ...once, security: 'none', socketTimeoutMs: 500 } as const;
    await expect(smtpMailer(port, options).send(mailMessage())).rejects.toThrow(/does not answer: Timeout/);
  });

  it('ends what is under way when the time is over, however it dawdles', async () => {
    const port = await listen('220 hello', (_line, socket) => {
      // A line now and then: the connection is never idle.
      const timer = setInterval(() => socket.write('250-wait\r\n'), 5);
      socket.once('close', () => clearInterval(timer));
      return '250-wait';
    });
    const options = {
      deadlineMs: 20,
      connectionTimeoutMs: 500,
      socketTimeoutMs: 500,
      security: 'none',
    } as const;
    const mailer = smtpMailer(port, options);
    await expect(mailer.send(mailMessage())).rejects.toThrow(/the time for sending is over/);
    expect(mailer.claimMs).toBe(1020);
  });
});

it('takes a refusal in the middle of the message for an answer, and does not speak into the message', async () => {
  let isInMessage = false;
  let received = '';
  const port = await listen('220 hello', (line) => {
    if (isInMessage) {
      received += `${line}\n`;
      return '552 5.3.4 Enough';
    }
    isInMessage = line === 'DATA';
    return line === 'DATA' ? '354 go on' : '250 well';
  });
  const inline = [
    { cid: 'a@b', filename: 'a.png', contentType: 'image/png', bytes: Buffer.alloc(3_000_000) },
  ];
  const mailer = smtpMailer(port, { security: 'none' });
  await expect(mailer.send(mailMessage({ inline }))).rejects.toBeInstanceOf(MessageTooLarge);
  expect(received).not.toMatch(/^QUIT$/m);
});
