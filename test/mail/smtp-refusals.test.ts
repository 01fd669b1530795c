import { afterAll, describe, expect, it } from 'vitest';
import { MessageTooLarge } from '../../src/errors.js';
import type { SmtpOptions } from '../../src/mail/smtp/smtp-options.js';
import { mailMessage, smtpMailer, type TestMailer } from '../support/smtp-mail.js';
import { Relay, type RelayOptions, type Stage } from '../support/smtp-relay.js';

const relays: Relay[] = [];

afterAll(async () => {
  for (const relay of relays) await relay.close();
});

/**
 * Nothing is encrypted here: that is tested elsewhere. The tests run side by side, because the server waits a tenth of
 * a second before each greeting.
 */
async function start(
  options: RelayOptions = {},
  overrides: Partial<SmtpOptions> = {},
): Promise<{ readonly relay: Relay; readonly mailer: TestMailer }> {
  const relay = await Relay.start(options);
  relays.push(relay);
  return { relay, mailer: smtpMailer(relay.port, { security: 'none', ...overrides }) };
}

const message = mailMessage();
const [ops = '', dba = ''] = message.to;

describe('what is refused for good', () => {
  it.concurrent.each<[Stage, number, string, RegExp]>([
    ['connect', 554, '5.7.1 No service', /turned the connection down: 554 5\.7\.1 No service$/],
    ['mail', 550, '5.7.1 Sender unknown', /refused the sender: 550 5\.7\.1 Sender unknown$/],
    ['mail', 530, '5.7.0 Authentication required', /refused the sender: 530/],
    ['mail', 554, '5.7.1 Blocked', /554 5\.7\.1 Blocked$/],
    ['rcpt', 550, '5.1.1 No such user', /answered 550 5\.1\.1 No such user$/],
    ['rcpt', 552, '5.2.2 Mailbox full', /answered 552 5\.2\.2 Mailbox full$/],
    ['rcpt', 554, '5.7.1 Relay denied', /answered 554/],
    ['data', 550, '5.7.1 Spam', /answered 550 5\.7\.1 Spam$/],
    ['data', 552, '5.2.2 Mailbox full', /answered 552/],
    ['data', 552, '5.7.0 Content blocked', /answered 552/],
    ['data', 554, '5.6.0 Virus', /answered 554 5\.6\.0 Virus$/],
  ])('at %s with %d %s is not sent again', async (stage, code, words, told) => {
    const { relay, mailer } = await start();
    relay.refuse(stage, code, words, 2);
    const sending = mailer.send(message);
    await expect(sending).rejects.toThrow(told);
    await expect(sending).rejects.not.toBeInstanceOf(MessageTooLarge);
    await expect(sending).rejects.toMatchObject({ kind: 'delivery', retryable: false });
    expect(relay.connections).toBe(1);
    expect([relay.received, mailer.timing.slept]).toEqual([[], []]);
  });

  it.concurrent.each([true, false])(
    'of one recipient is told; the others have it (PIPELINING: %s)',
    async (offersPipelining) => {
      const { relay, mailer } = await start({ offersPipelining });
      relay.refuse('rcpt', 550, `5.1.1 No such\tuser\u202e ${'x'.repeat(900)}`, 1, 'dba@example.com');
      const { accepted, refused } = await mailer.send(message);
      expect(accepted).toEqual([ops]);
      expect(refused).toEqual([
        {
          recipient: dba,
          reason: expect.stringMatching(/^127\.0\.0\.1:\d+ answered 550 5\.1\.1 No such user x+…$/),
        },
      ]);
      expect(refused[0]?.reason.length).toBeLessThan(350);
      expect(relay.received.map(({ to }) => to)).toEqual([['ops@example.com']]);
      expect(mailer.timing.slept).toEqual([]);
    },
  );

  it.concurrent('tells of each recipient where their reasons differ', async () => {
    const { relay, mailer } = await start();
    relay.refuse('rcpt', 550, '5.1.1 No such user', 1, 'ops@example.com');
    relay.refuse('rcpt', 552, '5.2.2 Mailbox full', 1, 'dba@example.com');
    await expect(mailer.send(message)).rejects.toThrow(
      /took it for nobody; ops@example\.com: .*550 5\.1\.1.*; DBA team <dba@example\.com>: .*552 5\.2\.2/,
    );
  });

  it.concurrent('is told of what is no address, and the server never hears of it', async () => {
    const { relay, mailer } = await start();
    const to = [
      'ops@example.com',
      'ops@example.com> SIZE=1',
      'two words@example.com',
      '@',
      'a@b\r\nRCPT TO:<c@example.com>',
    ];
    const { accepted, refused } = await mailer.send(mailMessage({ to }));
    expect(accepted).toEqual(['ops@example.com']);
    expect(refused).toEqual(
      to.slice(1).map((recipient) => ({ recipient, reason: 'this is not a mail address' })),
    );
    expect(relay.asked).toEqual(['ops@example.com']);
  });
});

describe('a message that is too large', () => {
  it.concurrent.each<[Stage, number, string]>([
    ['mail', 552, '5.3.4 Message size exceeds fixed limit'],
    ['mail', 552, 'Message size exceeds fixed limit'],
    ['mail', 523, '5.3.4 Too big'],
    ['mail', 534, 'Message too big'],
    ['data', 552, '5.3.4 Message too big'],
    ['data', 552, 'Too much'],
    ['data', 554, '5.3.4 Message too big for system'],
    ['data', 552, '5.2.3 Message length exceeds limit'],
  ])('is told from another refusal: at %s with %d %s', async (stage, code, words) => {
    const { relay, mailer } = await start({}, { maxRecipients: 1 });
    relay.refuse(stage, code, words);
    await expect(mailer.send(message)).rejects.toBeInstanceOf(MessageTooLarge);
    // Nobody else gets the large one.
    expect(relay.received).toEqual([]);
  });

  it.concurrent('is told also where some are refused for another reason', async () => {
    const { relay, mailer } = await start();
    relay.refuse('rcpt', 550, '5.1.1 No such user', 1, 'dba@example.com');
    relay.refuse('data', 552, '5.3.4 Message too big');
    await expect(mailer.send(message)).rejects.toBeInstanceOf(MessageTooLarge);
  });

  it.concurrent('is not even offered to a server that tells its limit', async () => {
    const { relay, mailer } = await start({ size: 500 });
    await expect(mailer.send(message)).rejects.toBeInstanceOf(MessageTooLarge);
    expect(relay.asked).toEqual([]);
  });

  it.concurrent('is a refusal when somebody has it already', async () => {
    const { relay, mailer } = await start({}, { maxRecipients: 1 });
    relay.refuse('rcpt', 451, '4.2.0 Later', 1, 'dba@example.com');
    relay.refuse('rcpt', 552, '5.3.4 Too big for this one', 1, 'dba@example.com');
    expect(await mailer.send(message)).toMatchObject({
      accepted: [ops],
      refused: [{ recipient: dba, reason: expect.stringContaining('552 5.3.4') }],
    });
  });
});
