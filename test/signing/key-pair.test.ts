import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/errors.js';
import { createKeyPair, faultOfSigningKey, openSigningKey } from '../../src/signing/key-pair.js';
import { firstPem, pemOfSeed, secretOf } from '../support/signing.js';

/** RFC 8032, section 7.1: seed, public key, message, signature. */
const vectors = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

describe('a key that signs', () => {
  it.each(vectors)('makes the signatures of RFC 8032, seed %s', (seed, publicKey, message, signature) => {
    const key = openSigningKey(pemOfSeed(seed), 'a test');
    const spki = createPublicKey(key.publicPem).export({ type: 'spki', format: 'der' });
    expect(spki.subarray(-32).toString('hex')).toBe(publicKey);
    expect(Buffer.from(key.sign(Buffer.from(message, 'hex'))).toString('hex')).toBe(signature);
    expect(key.keyId).toBe(createHash('sha256').update(spki).digest('hex'));
  });

  it('is what createKeyPair makes, a new one each time, with its name before it', () => {
    const [one, two] = [createKeyPair('production\n2027'), createKeyPair()];
    const opened = openSigningKey(one.privatePem, 'a test');
    expect(opened).toMatchObject({ keyId: one.keyId, publicPem: one.publicPem, name: 'production 2027' });
    expect(one.privatePem).toMatch(/^Name: production 2027\n-----BEGIN PRIVATE KEY-----\n/);
    expect(openSigningKey(two.privatePem, 'a test').name).toBeUndefined();
    expect(one.keyId).not.toBe(two.keyId);
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const pem = { type: 'pkcs8', format: 'pem' } as const;
  it.each([
    ['nothing', ' \n', 'is empty'],
    ['a text', 'hunter2', 'is no private key in PEM'],
    ['half of one', firstPem.slice(0, 60), 'is no whole private key'],
    ['one of RSA', rsa.privateKey.export(pem).toString(), 'is a key of type rsa, not Ed25519'],
    ['a public key', openSigningKey(firstPem, '').publicPem, 'is a public key'],
    ['one on one line', firstPem.replaceAll('\n', '\\n'), 'has lost its line breaks'],
    ['one of OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA', 'is in the format of OpenSSH'],
    [
      'an encrypted one',
      rsa.privateKey.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'hunter2' }).toString(),
      'is encrypted',
    ],
  ])('is not %s, which is said without a part of it', (_what, text, words) => {
    expect(faultOfSigningKey(text)).toContain(words);
    const opened = (): unknown => openSigningKey(text, 'signing.key');
    expect(opened).toThrow(Failure);
    expect(opened).toThrow(`cannot sign with signing.key: it ${words}`);
    for (const secret of [...text.split(/\s+/).filter((part) => part.length > 20), 'hunter2']) {
      expect(faultOfSigningKey(text)).not.toContain(secret);
    }
  });

  it('is none that is told by its own text', () => {
    expect(faultOfSigningKey(firstPem)).toBeNull();
    expect(secretOf(firstPem)).toMatch(/^MC4CAQ/);
  });
});
