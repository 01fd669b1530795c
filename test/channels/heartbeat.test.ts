import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHeartbeat } from '../../src/channels/heartbeat.js';
import { HttpListener } from '../support/http-listener.js';
import { type LoggedLine, memoryLog } from '../support/oci-connection.js';

const secret = '5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278';

describe('a heartbeat', () => {
  let listener: HttpListener;
  let logged: LoggedLine[];

  beforeEach(async () => {
    listener = await HttpListener.start();
    logged = [];
  });

  afterEach(() => listener.close());

  const heartbeat = (path = `/ping/${secret}`, timeoutMs = 60_000) =>
    createHeartbeat({ url: `http://${listener.host}${path}`, timeoutMs, firstDelayMs: 1 }, memoryLog(logged));

  it('tells of start, success and failure, each with some words', async () => {
    const beat = heartbeat();
    await beat.ping('start', 'daily-backup 2026-11-19');
    await beat.ping('success', 'COMPLIANT');
    await beat.ping('failure', 'cannot write the archive\u001b[31m');

    expect(listener.heard.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['POST', `/ping/${secret}/start`, 'daily-backup 2026-11-19'],
      ['POST', `/ping/${secret}`, 'COMPLIANT'],
      ['POST', `/ping/${secret}/fail`, 'cannot write the archive [31m'],
    ]);
    expect(listener.heard[0]?.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it('keeps the query of its URL behind the signal', async () => {
    await heartbeat(`/ping/${secret}/?create=1`).ping('failure', 'x');

    expect(listener.heard[0]?.url).toBe(`/ping/${secret}/fail?create=1`);
  });

  it('sends few words of many', async () => {
    await heartbeat().ping('failure', 'x'.repeat(100_000));

    expect(listener.heard[0]?.body.length).toBeLessThanOrEqual(2001);
  });

  it('tries again a few times', async () => {
    listener.answers.push({ status: 503 }, 'reset', { status: 500 });
    await heartbeat().ping('start', 'x');

    expect([listener.heard.length, logged]).toEqual([4, []]);
  });

  it.each([
    ['a refusal', { status: 404, body: `no check ${secret}` }],
    ['silence', 'silence' as const],
  ])('never fails for %s, and warns with the host alone', async (_what, answer) => {
    // Whoever tries again hears the same.
    listener.answers.push(answer, answer, answer, answer);
    await heartbeat(undefined, 50).ping('success', 'x');

    expect(logged).toEqual([
      {
        fields: { host: listener.host, signal: 'success', reason: expect.any(String) },
        message: 'heartbeat: not heard',
      },
    ]);
    expect(JSON.stringify(logged)).not.toContain('5bf66975');
  });

  it('never fails where nobody listens', async () => {
    const beat = heartbeat();
    await listener.close();
    await beat.ping('start', 'x');
    listener = await HttpListener.start();

    expect(logged).toHaveLength(1);
  });
});
