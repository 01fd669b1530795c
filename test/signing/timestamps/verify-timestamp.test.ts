import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyTimestamp } from '../../../src/signing/timestamps/verify-timestamp.js';
import { StampingFolder, hasOpenssl } from '../../support/timestamp-authority.js';

const bytes = Buffer.from('what is stamped');

let folder: StampingFolder;
let good: Buffer;
let root: X509Certificate;

const verify = (reply: Uint8Array, over: Uint8Array = bytes, authorities = [root], nonce?: Uint8Array) =>
  verifyTimestamp(reply, over, authorities, nonce);

describe.skipIf(!hasOpenssl)('a time stamp', () => {
  beforeAll(async () => {
    folder = await StampingFolder.create();
    // Certificates begin before what they sign.
    await folder.certify('again.pem');
    await folder.certify('ended.pem', 'stamps', '-1');
    await folder.certify('plain.pem', 'plain');
    await folder.certify('lenient.pem', 'lenient');
    good = await folder.replyOver(bytes);
    root = new X509Certificate(await folder.read('ca.pem'));
  });
  afterAll(() => folder.remove());

  it('of openssl says when, and who says so', async () => {
    const verdict = await verify(good);
    expect(verdict).toMatchObject({ kind: 'valid', by: 'CN=Stamps of Tests' });
    const genTimeMs = verdict.kind === 'valid' ? verdict.genTimeMs : 0;
    expect(Math.abs(genTimeMs - Date.now())).toBeLessThan(60_000);
    expect((await verify(await folder.signAgain(good, 'again.pem', ['-cades']))).kind).toBe('valid');
  });

  it('about other bytes, or of another request, proves nothing', async () => {
    expect(await verify(good, Buffer.from('other bytes'))).toMatchObject({ kind: 'wrong-imprint' });
    expect(await verify(good, bytes, [root], Buffer.from('40', 'hex'))).toMatchObject({
      kind: 'wrong-nonce',
    });
  });

  it('by nobody who is known, or somebody else, proves nothing', async () => {
    expect(await verify(good, bytes, [])).toEqual({
      kind: 'no-authority',
      words: 'there is no certificate to check CN=Stamps of Tests by',
    });
    const other = await StampingFolder.create('Others');
    const others = new X509Certificate(await other.read('ca.pem'));
    expect(await verify(good, bytes, [others])).toEqual({
      kind: 'untrusted',
      words: 'CN=Stamps of Tests is not certified by who is trusted (No valid certificate paths found)',
    });
    expect((await verify(good, bytes, [others, root])).kind).toBe('valid');
    await other.remove();
  });

  it.each([
    ['had ended', 'ended.pem', ['-cades'], /is not certified by who is trusted \(The certificate is either/],
    ['is not for them', 'plain.pem', ['-cades'], /^the certificate of .* is not one for time stamps alone$/],
    [
      'may be overlooked by some',
      'lenient.pem',
      ['-cades'],
      /^the certificate of .* is not one for time stamps alone$/,
    ],
    ['is not named in it', 'again.pem', [], /^its signature does not name the certificate/],
    ['is left out', 'again.pem', ['-cades', '-nocerts'], /^the certificate of who signed it is not in it$/],
  ] as const)('whose certificate %s proves nothing', async (_what, certificate, more, words) => {
    const verdict = await verify(await folder.signAgain(good, certificate, more));
    expect(verdict).toEqual({ kind: 'untrusted', words: expect.stringMatching(words) });
  });

  it('that is refused says why', async () => {
    expect(await verify(await folder.reply(Buffer.from('no request')))).toEqual({
      kind: 'refused',
      words: 'the authority refused (status 2): Bad request format or system error.',
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('<html>Sign in</html>')],
    ['zeros', Buffer.alloc(1000)],
    ['more than any', Buffer.alloc(200_000, 0x30)],
  ])('is not %s', async (_what, reply) => {
    expect((await verify(reply)).kind).toBe('malformed');
  });

  it('is not an answer with more behind it, or a part of one', async () => {
    expect((await verify(Buffer.concat([good, Buffer.from([0])]))).kind).toBe('malformed');
    for (let length = 0; length < good.length; length += 37) {
      expect((await verify(good.subarray(0, length))).kind).toBe('malformed');
    }
  });

  it('never says another time, or of other bytes, whichever byte is altered (one in 13)', async () => {
    const verdicts = new Set([JSON.stringify(await verify(good))]);
    for (let at = 0; at < good.length; at += 13) {
      const altered = Buffer.from(good);
      altered[at] = (altered[at] ?? 0) ^ 1;
      const verdict = await verify(altered);
      if (verdict.kind === 'valid') verdicts.add(JSON.stringify(verdict));
    }
    expect(verdicts.size).toBe(1);
  });
});
