import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebhookOptions, createWebhookChannel } from '../../src/channels/webhook/webhook-channel.js';
import { packageRoot } from '../../src/package-root.js';
import type { Channel, Notice } from '../../src/ports/delivery.js';
import { HttpListener } from '../support/http-listener.js';
import { sampleNotice } from '../support/sample-notice.js';
import { hostileNames } from '../support/sample-report.js';

const secret = 'T0123/B4567/sEcReTtOkEn';

/** Of an authority that this machine does not know. */
const readTls = (name: string): Promise<Buffer> => readFile(new URL(`test/mail/tls/${name}`, packageRoot));

async function failureOf(made: Channel): Promise<{ readonly message: string } & object> {
  try {
    await made.notify(sampleNotice());
  } catch (error) {
    return error as { readonly message: string };
  }
  throw new Error('it was taken');
}

describe('a webhook', () => {
  let listener: HttpListener;
  let slept: number[];

  beforeEach(async () => {
    listener = await HttpListener.start();
    slept = [];
  });

  afterEach(() => listener.close());

  function channel(over: Partial<WebhookOptions> = {}): Channel {
    return createWebhookChannel({
      name: 'ops',
      when: 'always',
      url: `http://${listener.host}/services/${secret}?key=qUeRy`,
      format: 'json',
      timeoutMs: 60_000,
      firstDelayMs: 1,
      sleep: async (ms) => void slept.push(ms),
      ...over,
    });
  }

  async function sentBy(format: WebhookOptions['format'], notice: Notice): Promise<Record<string, unknown>> {
    await channel({ format }).notify(notice);
    return JSON.parse(listener.heard.at(-1)?.body ?? '') as Record<string, unknown>;
  }

  it('posts a small document for programs', async () => {
    const notice = sampleNotice();
    const document = await sentBy('json', notice);

    expect(document).toEqual({
      schemaVersion: 1,
      id: notice.id,
      plan: 'daily-backup',
      date: '2026-11-19',
      revision: 1,
      status: 'COMPLETE',
      statusReasons: [],
      verdict: 'NON-COMPLIANT',
      totals: notice.standing.totals,
      title: notice.title,
      location: notice.location,
    });
    expect(listener.heard).toMatchObject([
      {
        method: 'POST',
        url: `/services/${secret}?key=qUeRy`,
        headers: { 'content-type': 'application/json; charset=utf-8' },
      },
    ]);
  });

  it('does not tell the credentials of its URL, though the server repeats its headers', async () => {
    const pair = 'hooks:p4ss-of-the-hook';
    const encoded = Buffer.from(pair).toString('base64');
    listener.answers.push({ status: 403, body: `no right: Authorization: Basic ${encoded} (${pair})` });
    const url = `http://${pair}@${listener.host}/in`;
    await expect(channel({ url }).notify(sampleNotice())).rejects.toThrow(
      /answered 403: no right: Authorization: Basic … \(…:…\)$/,
    );
    expect(listener.heard[0]?.headers.authorization).toBe(`Basic ${encoded}`);
  });

  it('keeps the fields of every notice, whatever the kind of report adds', async () => {
    const details = {
      findings: [{ name: 'ORDERS' }],
      exceptions: 1,
      plan: 'other',
      id: 'other',
      schemaVersion: 9,
    };
    const notice = sampleNotice({ details });
    expect(await sentBy('json', notice)).toMatchObject({
      schemaVersion: 1,
      plan: 'daily-backup',
      id: notice.id,
      exceptions: 1,
      findings: [{ name: 'ORDERS' }],
    });
  });

  it('posts blocks to Slack', async () => {
    const location = 'https://reports.example/a?b=1&c=2';
    expect(await sentBy('slack', sampleNotice({ location }))).toEqual({
      text: '[NON-COMPLIANT] Backup report 2026-11-19: 1 failed of 2',
      mrkdwn: false,
      parse: 'none',
      link_names: false,
      blocks: [
        {
          type: 'header',
          text: {
            type: 'plain_text',
            text: '[NON-COMPLIANT] Backup report 2026-11-19: 1 failed of 2',
            emoji: false,
          },
        },
        {
          type: 'section',
          text: { type: 'plain_text', text: 'Plan daily-backup', emoji: false },
        },
        {
          type: 'section',
          text: { type: 'plain_text', text: '1 of 2 resources compliant', emoji: false },
        },
        {
          type: 'context',
          elements: [{ type: 'mrkdwn', text: '<https://reports.example/a?b=1&amp;c=2>', verbatim: true }],
        },
      ],
    });
  });

  it('gives names no meaning in Slack: they mention nobody and link nowhere', async () => {
    const hostile = '<!channel> <@U123> <https://evil.example|click> & @here @channel';
    const text = JSON.stringify(
      await sentBy('slack', sampleNotice({ title: hostile, text: hostile, location: hostile })),
    );

    expect(text).not.toMatch(/[<>]/);
    expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
    expect(text).not.toMatch(/@(here|channel)/);
    expect(text).toContain('&lt;!channel&gt; &lt;@U123&gt; &lt;https://evil.example|click&gt; &amp;');
  });

  it('posts a card of plain runs to Teams', async () => {
    const message = await sentBy('teams', sampleNotice({ location: 'https://reports.example/a' }));

    expect(message).toEqual({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            msteams: { width: 'Full' },
            body: [
              {
                type: 'RichTextBlock',
                inlines: [
                  {
                    type: 'TextRun',
                    text: '[NON-COMPLIANT] Backup report 2026-11-19: 1 failed of 2',
                    weight: 'bolder',
                    size: 'large',
                    color: 'attention',
                  },
                ],
              },
              { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'Plan daily-backup' }] },
              { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '1 of 2 resources compliant' }] },
              {
                type: 'RichTextBlock',
                inlines: [
                  {
                    type: 'TextRun',
                    text: 'https://reports.example/a',
                    selectAction: { type: 'Action.OpenUrl', url: 'https://reports.example/a' },
                  },
                ],
              },
            ],
          },
        },
      ],
    });
  });

  it.each(['slack', 'teams'] as const)(
    'keeps %s small and readable whatever names are in it',
    async (format) => {
      const hostile = Object.values(hostileNames).join('\n');
      const message = await sentBy(
        format,
        sampleNotice({ title: hostile, text: hostile.repeat(3), location: hostile }),
      );
      const body = listener.heard.at(-1)?.body ?? '';

      expect(body.length).toBeLessThan(20_000);
      expect(body).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\\u0000|\\u001b|\\ud800/i);
      const header = (message['blocks'] as { text: { text: string } }[] | undefined)?.[0]?.text.text ?? '';
      expect(header.length).toBeLessThanOrEqual(150);
    },
  );

  it.each([
    ['many lines', 'x\n'.repeat(20_000)],
    ['many paragraphs', 'x\n\n'.repeat(20_000)],
    ['many bytes', '\u{1f4be}'.repeat(60_000)],
    ['what JSON writes longer', '"\\'.repeat(30_000)],
  ])('keeps Teams below 28 KB and Slack within 50 blocks of 3,000 characters: %s', async (_what, text) => {
    await sentBy('teams', sampleNotice({ text, title: text, location: text }));
    expect(Buffer.byteLength(listener.heard.at(-1)?.body ?? '')).toBeLessThan(28_000);
    const { blocks } = await sentBy('slack', sampleNotice({ text, title: text, location: text }));
    const sections = blocks as { text?: { text: string } }[];
    expect(sections.length).toBeLessThanOrEqual(50);
    for (const section of sections) expect(section.text?.text.length ?? 0).toBeLessThanOrEqual(3000);
  });

  it.each([[{ status: 429 }], [{ status: 500 }], [{ status: 503 }], ['reset' as const]])(
    'tries again after %j',
    async (answer) => {
      listener.answers.push(answer, answer);
      await channel().notify(sampleNotice());

      expect(listener.heard).toHaveLength(3);
      expect(listener.heard[2]?.body).toBe(listener.heard[0]?.body);
    },
  );

  it('waits as long as the answer asks', async () => {
    const beganMs = Date.now();
    const inHalfAMinute = new Date(beganMs + 30_000).toUTCString();
    listener.answers.push(
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 503, headers: { 'retry-after': inHalfAMinute } },
    );
    await channel().notify(sampleNotice());

    expect(slept[0]).toBe(7000);
    // The header knows no fractions of a second, and some time has passed since.
    const passedMs = Date.now() - beganMs;
    expect(slept[1]).toBeLessThanOrEqual(30_000);
    expect(slept[1]).toBeGreaterThan(29_000 - passedMs);
    expect(listener.heard).toHaveLength(3);
  });

  it.each([
    [429, '3600', '60 min'],
    [503, '86400', '24 h'],
    [429, 'Fri, 31 Dec 9999 23:59:59 GMT', '3650 d'],
    [429, '9'.repeat(400), '3650 d'],
  ])('does not wait beyond its deadline: %i, %s', async (status, retryAfter, words) => {
    listener.answers.push({ status, headers: { 'retry-after': retryAfter } });
    await expect(channel().notify(sampleNotice())).rejects.toMatchObject({
      kind: 'delivery',
      retryable: true,
      message: `channel ops: ${listener.host} answered ${status}; it asks to wait ${words} (Retry-After), which is not waited for`,
    });

    expect([slept, listener.heard.length]).toEqual([[], 1]);
  });

  it.each([400, 401, 403, 404, 410])('does not try again after %i', async (status) => {
    listener.answers.push({ status, body: 'no_service' });
    const failure = await failureOf(channel());

    expect(failure).toMatchObject({
      kind: 'delivery',
      retryable: false,
      message: `channel ops: ${listener.host} answered ${status}: no_service`,
    });
    expect(listener.heard).toHaveLength(1);
  });

  it('follows no redirect', async () => {
    const other = await HttpListener.start();
    try {
      listener.answers.push({ status: 307, headers: { location: `http://${other.host}/steal` } });
      const { message } = await failureOf(channel());

      expect(message).toBe(`channel ops: ${listener.host} answered 307: a redirect, which is not followed`);
      expect(other.heard).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('gives up on a server that does not answer, within its claim', async () => {
    listener.answers.push('silence');
    const made = channel({ timeoutMs: 50, deadlineMs: 0 });
    const failure = await failureOf(made);

    expect(failure).toMatchObject({
      message: `channel ops: ${listener.host} did not answer within 0.05 s`,
      retryable: true,
    });
    expect(made.claimMs).toBeGreaterThanOrEqual(50);
  });

  it('says its host alone, even where the server repeats what it was asked', async () => {
    const words = `no route for /services/${secret}?key=qUeRy\nnor for ${encodeURIComponent(secret)}\u202e`;
    listener.answers.push({ status: 404, body: words.repeat(100) });
    const refused = await failureOf(channel());
    await listener.close();
    const unreachable = await failureOf(
      channel({ url: `http://user:pAsSwOrD@${listener.host}/${secret}`, deadlineMs: 0 }),
    );
    listener = await HttpListener.start();

    for (const failure of [refused, unreachable]) {
      const told = JSON.stringify([failure, failure.message, (failure as { stack?: string }).stack]);
      expect(told).not.toMatch(/T0123|B4567|sEcReT|qUeRy|pAsSwOrD/);
      expect(failure.message.split('\n')).toHaveLength(1);
      expect(failure.message.length).toBeLessThan(300);
    }
    expect(unreachable.message).toContain('cannot be reached: ');
  });

  it('sends credentials of its URL as such', async () => {
    await channel({ url: `http://us%40er:pass@${listener.host}/hook` }).notify(sampleNotice());

    const expected = `Basic ${Buffer.from('us@er:pass').toString('base64')}`;
    expect(listener.heard[0]).toMatchObject({ url: '/hook', headers: { authorization: expected } });
  });

  it('does not talk to a server whose certificate nobody vouches for, nor tries again', async () => {
    const server = createServer(
      { key: await readTls('key.pem'), cert: await readTls('server.pem') },
      (_request, response) => response.end(),
    );
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    try {
      const { port } = server.address() as AddressInfo;
      const failure = await failureOf(channel({ url: `https://127.0.0.1:${port}/${secret}` }));

      expect(failure).toMatchObject({
        retryable: false,
        message: expect.stringMatching(/cannot be reached: .*certificate/),
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
