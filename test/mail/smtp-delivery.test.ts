import { afterAll, describe, expect, it } from 'vitest';
import { simpleParser } from 'mailparser';
import { Failure } from '../../src/errors.js';
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

function people(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `person-${index}@example.com`);
}

async function headOf(raw: Buffer | undefined): Promise<string> {
  const { headers } = await simpleParser(raw ?? '');
  return String(headers.get('x-resent') ?? '');
}

const message = mailMessage();
const [ops = '', dba = ''] = message.to;

describe('what is refused for now', () => {
  it.concurrent.each<[Stage, number, string]>([
    ['connect', 421, '4.3.2 Too many connections'],
    ['connect', 450, '4.7.1 Not now'],
    ['mail', 421, '4.3.0 Closing'],
    ['mail', 450, '4.7.1 Greylisted'],
    ['mail', 451, '4.3.0 Local error'],
    ['mail', 452, '4.3.1 No space'],
    ['data', 421, '4.3.0 Closing'],
    ['data', 450, '4.2.0 Busy'],
    ['data', 451, '4.3.0 Local error'],
    ['data', 452, '4.3.1 No space'],
  ])('at %s with %d is sent again, ever more slowly', async (stage, code, words) => {
    const { relay, mailer } = await start();
    relay.refuse(stage, code, words, 3);
    expect(await mailer.send(message)).toEqual({ accepted: [ops, dba], refused: [], location: null });
    expect(relay.received).toHaveLength(1);
    expect(mailer.timing.slept).toEqual([1500, 3000, 6000]);
    expect(mailer.logged.map(({ fields }) => fields['reason'])).toEqual(
      Array.from({ length: 3 }, () => expect.stringContaining(`${code} ${words}`)),
    );
    // Nobody has it twice: there is nothing to say about that.
    expect(await headOf(relay.received[0]?.raw)).toBe('');
  });

  it.concurrent.each([true, false])(
    'of one recipient is sent to him alone (PIPELINING: %s)',
    async (offersPipelining) => {
      const { relay, mailer } = await start({ offersPipelining });
      relay.refuse('rcpt', 451, '4.2.0 Mailbox busy', 2, 'dba@example.com');
      expect(await mailer.send(message)).toMatchObject({ accepted: [ops, dba], refused: [] });
      expect(relay.received.map(({ to }) => to)).toEqual([['ops@example.com'], ['dba@example.com']]);
      expect(relay.asked).toEqual(['ops', 'dba', 'dba', 'dba'].map((name) => `${name}@example.com`));
      const [first, second] = relay.received;
      expect(second?.raw.equals(first?.raw ?? Buffer.alloc(0))).toBe(true);
    },
  );

  it.concurrent('of one recipient with 421 ends the turn, and nobody is left out', async () => {
    const { relay, mailer } = await start();
    relay.refuse('rcpt', 421, '4.7.0 Enough', 1, 'dba@example.com');
    expect(await mailer.send(message)).toMatchObject({ accepted: [ops, dba], refused: [] });
    expect(relay.received.map(({ to }) => to)).toEqual([['ops@example.com', 'dba@example.com']]);
  });

  it.concurrent('is given up at the deadline, with the words of the server', async () => {
    const { relay, mailer } = await start({}, { deadlineMs: 60_000 });
    relay.refuse('mail', 451, '4.3.0 Later', Infinity);
    const sending = mailer.send(message);
    await expect(sending).rejects.toMatchObject({ kind: 'delivery', retryable: true });
    await expect(sending).rejects.toThrow(
      /^cannot send mail: 127\.0\.0\.1:\d+ refused the sender: 451 4\.3\.0 Later \(given up after 6 attempts\)$/,
    );
    // The next wait would have reached beyond it.
    expect(mailer.timing.slept).toEqual([1500, 3000, 6000, 12_000, 24_000]);
  });

  it.concurrent('of one recipient until the deadline is his refusal; the others have it', async () => {
    const { relay, mailer } = await start({}, { deadlineMs: 10_000, maxRecipients: 1 });
    relay.refuse('rcpt', 450, '4.2.1 Rate', Infinity, 'ops@example.com');
    expect(await mailer.send(message)).toMatchObject({
      accepted: [dba],
      refused: [
        { recipient: ops, reason: expect.stringMatching(/450 4\.2\.1 Rate \(given up after 3 attempts\)/) },
      ],
    });
  });

  it.concurrent('keeps who was refused for good out of the next attempt', async () => {
    const { relay, mailer } = await start();
    relay.refuse('rcpt', 550, '5.1.1 No such user', 1, 'dba@example.com');
    relay.refuse('data', 451, '4.3.0 Local error');
    expect(await mailer.send(message)).toMatchObject({ accepted: [ops], refused: [{ recipient: dba }] });
    expect(relay.asked).toEqual(['ops', 'dba', 'ops'].map((name) => `${name}@example.com`));
  });
});

describe('a connection that breaks', () => {
  it.concurrent('in the middle of the message is tried again, as the first time', async () => {
    const { relay, mailer } = await start();
    relay.breakOff('during-data', 2);
    // More than sockets hold (Linux: 4 MB to send; what is received grows only with reading): the end is never sent.
    const bytes = Buffer.alloc(5_000_000);
    const large = mailMessage({
      inline: [{ cid: 'a@b', filename: 'a.png', contentType: 'image/png', bytes }],
    });
    expect(await mailer.send(large)).toMatchObject({ accepted: [ops, dba], refused: [] });
    expect(relay.connections).toBe(3);
    expect(relay.received).toHaveLength(1);
    expect(await headOf(relay.received[0]?.raw)).toBe('');
  });

  it.concurrent(
    'after the message, before the answer: is sent again under the same id, and says so',
    async () => {
      const { relay, mailer } = await start();
      relay.breakOff('after-data');
      expect(await mailer.send(message)).toMatchObject({ accepted: [ops, dba], refused: [] });
      const mails = await Promise.all(relay.received.map(({ raw }) => simpleParser(raw)));
      expect(mails.map(({ messageId }) => messageId)).toEqual([message.messageId, message.messageId]);
      expect(mails.map(({ headers }) => headers.get('x-resent'))).toEqual([
        undefined,
        'the connection broke before the server said whether it has the message',
      ]);
      expect(mails[1]?.text).toBe(mails[0]?.text);
    },
  );

  it.concurrent('keeps what an earlier run said of X-Resent', async () => {
    const { relay, mailer } = await start();
    relay.breakOff('after-data');
    await mailer.send({ ...message, resent: 'attempt 2' });
    expect(await Promise.all(relay.received.map(({ raw }) => headOf(raw)))).toEqual([
      'attempt 2',
      'attempt 2',
    ]);
  });

  it.concurrent('each time after the message is given up, and says that it may have arrived', async () => {
    const { relay, mailer } = await start({}, { deadlineMs: 5000 });
    relay.breakOff('after-data', 9);
    await expect(mailer.send(message)).rejects.toThrow(
      /broke the connection: .*\(given up after 3 attempts; it may have arrived all the same\)$/,
    );
  });

  it.concurrent('in one turn leaves the other turns as they are', async () => {
    const { relay, mailer } = await start({}, { maxRecipients: 1 });
    relay.breakOff('after-data');
    expect(await mailer.send(message)).toMatchObject({ accepted: [dba, ops] });
    expect(
      await Promise.all(relay.received.map(async ({ to, raw }) => [to[0], (await headOf(raw)) !== ''])),
    ).toEqual([
      ['ops@example.com', false],
      ['dba@example.com', false],
      ['ops@example.com', true],
    ]);
  });
});

describe('many recipients', () => {
  it.concurrent('get the same message in several turns', async () => {
    const { relay, mailer } = await start();
    const to = people(120);
    const result = await mailer.send(mailMessage({ to }));
    expect(result).toEqual({ accepted: to, refused: [], location: null });
    expect(relay.received.map((mail) => mail.to)).toEqual([
      to.slice(0, 50),
      to.slice(50, 100),
      to.slice(100),
    ]);
    const [first, ...others] = relay.received;
    for (const { raw } of others) expect(raw.equals(first?.raw ?? Buffer.alloc(0))).toBe(true);
    const { to: named } = await simpleParser(first?.raw ?? '');
    expect([named ?? []].flat()[0]?.value.map(({ address }) => address)).toEqual(to);
  });

  it.concurrent('are asked once each, whatever they are called', async () => {
    const { relay, mailer } = await start();
    const to = ['ops@example.com', 'Ops <ops@example.com>'];
    expect(await mailer.send(mailMessage({ to }))).toMatchObject({ accepted: to });
    expect(relay.asked).toEqual(['ops@example.com']);
  });

  it.concurrent('of whom some have it already: it names all and goes to the rest', async () => {
    const { relay, mailer } = await start();
    await mailer.send({ ...message, recipients: [dba] });
    expect(relay.received.map(({ to }) => to)).toEqual([['dba@example.com']]);
    expect(relay.received[0]?.raw.toString()).toMatch(
      /^To: ops@example\.com, DBA team <dba@example\.com>\r$/m,
    );
  });

  it.concurrent('keep what they have when a later turn fails', async () => {
    const { relay, mailer } = await start({}, { maxRecipients: 50, deadlineMs: 5000 });
    const to = people(120);
    relay.refuse('rcpt', 421, '4.7.0 Enough for today', Infinity, 'person-50@example.com');
    const { accepted, refused } = await mailer.send(mailMessage({ to }));
    expect(accepted).toEqual(to.slice(0, 50));
    expect(refused.map(({ recipient }) => recipient)).toEqual(to.slice(50));
    expect(refused.at(-1)?.reason).toMatch(/421 4\.7\.0 Enough for today \(given up after \d attempts\)/);
  });

  it.concurrent('are all tried when those before them are refused', async () => {
    const { relay, mailer } = await start({}, { maxRecipients: 1 });
    relay.refuse('data', 554, '5.7.1 No');
    expect(await mailer.send(message)).toMatchObject({ accepted: [dba], refused: [{ recipient: ops }] });
  });
});

it.concurrent('fails before any connection where an attachment cannot be read', async () => {
  const { relay, mailer } = await start();
  const attachments = [{ filename: 'a.xlsx', path: '/nowhere/a.xlsx', contentType: 'application/x' }];
  const sending = mailer.send(mailMessage({ attachments }));
  await expect(sending).rejects.toThrow(Failure);
  await expect(sending).rejects.toThrow('cannot attach /nowhere/a.xlsx: it does not exist (ENOENT)');
  expect(relay.connections).toBe(0);
});
