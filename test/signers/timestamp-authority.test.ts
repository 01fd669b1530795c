import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTimestampAuthority } from '../../src/signers/timestamp-authority.js';
import {
  type Answering,
  StampingFolder,
  StampingServer,
  hasOpenssl,
} from '../support/timestamp-authority.js';

const bytes = Buffer.from('what is stamped');
const secret = 'sesame-7251';

let folder: StampingFolder;
let other: StampingFolder;
let server: StampingServer;

const authority = (ca = 'ca.pem', timeoutMs = 20_000) =>
  createTimestampAuthority(
    {
      url: `http://user:${secret}@${server.host}/${secret}?key=${secret}`,
      ca: join(folder.path, ca),
      timeoutMs,
      firstDelayMs: 1,
    },
    { nowMs: () => Date.now() },
  );

/** Answers a request with a status alone, and its own path, as some servers do. */
const status =
  (code: number): Answering =>
  (_query, response) => {
    response.writeHead(code).end(`/${secret}?key=${secret}`);
    return null;
  };
const closed: Answering = (_query, response) => {
  response.socket?.destroy();
  return null;
};
const silent: Answering = () => null;

async function failureOf(answers: readonly Answering[], of = authority()): Promise<Error> {
  server.asked.length = 0;
  server.answers.splice(0, server.answers.length, ...answers);
  return of.stamp(bytes).then(
    () => new Error('it was stamped'),
    (error: Error) => error,
  );
}

describe.skipIf(!hasOpenssl)('a time-stamping authority', () => {
  beforeAll(async () => {
    folder = await StampingFolder.create();
    other = await StampingFolder.create('Others');
    await folder.certify('ended.pem', 'stamps', '-1');
    await writeFile(join(folder.path, 'none.pem'), 'no certificate\n');
    server = await StampingServer.start(folder);
  });
  afterEach(() => {
    server.answers.length = 0;
    server.asked.length = 0;
  });
  afterAll(async () => {
    await server.stop();
    await folder.remove();
    await other.remove();
  });

  it('gets the digest alone, and its answer is checked and kept as it came', async () => {
    const stamp = await authority().stamp(bytes);
    expect(stamp.by).toBe('CN=Stamps of Tests');
    expect(Math.abs(stamp.clockSkewMs)).toBeLessThan(60_000);
    const [asked] = server.asked;
    expect(asked).toMatchObject({ type: 'application/timestamp-query', url: `/${secret}?key=${secret}` });
    await writeFile(join(folder.path, 'asked.tsq'), asked?.query ?? '');
    const text = await folder.openssl('ts', '-query', '-in', 'asked.tsq', '-text');
    expect(text).toMatch(/Hash Algorithm: sha256[^]*Nonce: 0x[4-7][^]*Certificate required: yes/);
    await writeFile(join(folder.path, 'stamped'), bytes);
    await writeFile(join(folder.path, 'stamp.tsr'), stamp.reply);
    const how = ['-data', 'stamped', '-in', 'stamp.tsr', '-CAfile', 'ca.pem'];
    expect(await folder.openssl('ts', '-verify', ...how)).toContain('Verification: OK');
  });

  it('is never asked twice with the same number', async () => {
    await authority().stamp(bytes);
    await authority().stamp(bytes);
    expect(server.asked[0]?.query.equals(server.asked[1]?.query ?? Buffer.alloc(0))).toBe(false);
  });

  it('is asked again where it failed for a moment', async () => {
    server.answers.push(status(503), closed);
    expect((await authority().stamp(bytes)).by).toBe('CN=Stamps of Tests');
    expect(server.asked).toHaveLength(3);
  });

  const nonsense: readonly (readonly [string, () => Answering, RegExp, number])[] = [
    [
      'refuses',
      () => () => folder.reply(Buffer.from('x')),
      /cannot be used: the authority refused \(status 2\)/,
      1,
    ],
    [
      'answers another request',
      () => () => folder.replyOver(bytes),
      /cannot be used: it answers another request$/,
      1,
    ],
    [
      'stamps other bytes',
      () => () => folder.replyOver(Buffer.from('y')),
      /cannot be used: it is about other bytes$/,
      1,
    ],
    [
      'is certified by others',
      () => (query) => other.reply(query),
      /Stamps of Others is not certified by who is trusted/,
      1,
    ],
    [
      'has a certificate that had ended',
      () => async (query) => folder.signAgain(await folder.reply(query), 'ended.pem', ['-cades']),
      /is not certified by who is trusted \(The certificate is either not yet valid or expired\)$/,
      1,
    ],
    ['answers with a page', () => () => Buffer.from('<html>'), /cannot be used: it is no time stamp/, 1],
    ['answers without end', () => () => Buffer.alloc(300_000), /answered with more than 131072 bytes$/, 1],
    ['knows nobody there', () => status(404), /answered 404: ……$/, 1],
    ['fails', () => status(500), /answered 500: ……$/, 3],
    ['hangs up', () => closed, /cannot be reached: /, 3],
  ];

  it.each(nonsense)('that %s gives none', async (_what, answer, words, times) => {
    const error = await failureOf([answer(), answer(), answer(), answer()]);
    expect(error).toMatchObject({ name: 'Failure', kind: 'storage' });
    expect(error.message).toMatch(words);
    expect(error.message).toContain(`the time-stamping authority ${server.host}: `);
    expect(error.message).not.toContain(secret);
    expect(server.asked).toHaveLength(times);
  });

  it('that says nothing is not waited for long', async () => {
    const error = await failureOf([silent, silent, silent], authority('ca.pem', 100));
    expect(error.message).toContain('did not answer within 0.1 s');
  });

  it.each([
    ['that is not there', 'nowhere.pem', /^timestamp\.ca: cannot read .*nowhere\.pem: it does not exist/],
    ['without a certificate', 'none.pem', /^timestamp\.ca: .*none\.pem has no certificate in PEM$/],
    ['with a key', 'tsa.key', /has no certificate in PEM$/],
  ])('is not asked with a file of certificates %s', async (_what, ca, words) => {
    const error = await failureOf([], authority(ca));
    expect(error).toMatchObject({ name: 'Failure', message: expect.stringMatching(words) });
    expect(server.asked).toEqual([]);
  });
});
