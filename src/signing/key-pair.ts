import { type KeyObject, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { oneLine } from '../base/one-line.js';
import { Failure } from '../errors.js';
import type { SignatureKey } from '../ports/signer.js';
import { keyIdOf, publicPemOf } from './key-id.js';

/** A new Ed25519 key pair. */
export interface NewKeyPair {
  readonly keyId: string;
  /** PKCS#8 in PEM, with the name of the key in a line before it. A secret. */
  readonly privatePem: string;
  /** SPKI in PEM. */
  readonly publicPem: string;
}

const longestName = 100;

/** @param name what people call the key; it is kept beside it and published with it */
export function createKeyPair(name: string | null = null): NewKeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  // Programs that read PEM pass over what stands before it (RFC 7468, section 2).
  const named = name === null ? '' : `Name: ${oneLine(name, longestName)}\n`;
  return { keyId: keyIdOf(publicKey), privatePem: `${named}${pem}`, publicPem: publicPemOf(publicKey) };
}

const howToMakeOne = '`backup-report keys create --out FILE` makes one.';

/**
 * Why text is no key to sign with, in words without any part of it; null: it is one. A key is Ed25519, PKCS#8 in PEM, not
 * encrypted.
 */
export function faultOfSigningKey(text: string): string | null {
  const opened = openedKey(text);
  return typeof opened === 'string' ? opened : null;
}

/**
 * A key that signs.
 *
 * @param where names the key in messages
 * @throws Failure('usage') where the text is none; never with a part of it
 */
export function openSigningKey(text: string, where: string): SignatureKey {
  const opened = openedKey(text);
  if (typeof opened === 'string') {
    throw new Failure('usage', `cannot sign with ${where}: it ${opened}`, { hints: [howToMakeOne] });
  }
  const publicKey = createPublicKey(opened);
  const name = /^Name: (.+)$/m.exec(text.slice(0, text.indexOf('-----BEGIN')))?.[1];
  return {
    keyId: keyIdOf(publicKey),
    publicPem: publicPemOf(publicKey),
    ...(name === undefined ? {} : { name: oneLine(name, longestName) }),
    sign: (bytes) => sign(null, bytes, opened),
  };
}

/** The private key, or what is wrong. Never the error's own text: some versions of OpenSSL quote their input. */
function openedKey(text: string): KeyObject | string {
  if (text.trim() === '') return 'is empty';
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(text)) {
    return 'is encrypted: a plan signs without asking, so keep it where only the job can read it, unencrypted';
  }
  if (/-----BEGIN OPENSSH PRIVATE KEY-----/.test(text))
    return 'is in the format of OpenSSH, not PKCS#8 in PEM';
  if (/-----BEGIN PUBLIC KEY-----/.test(text)) return 'is a public key; the private one signs';
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\n| )/.test(text)) {
    return 'has lost its line breaks: read it from its file with ${file:PATH}';
  }
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return 'is no private key in PEM, which begins with -----BEGIN PRIVATE KEY-----';
  }
  try {
    const key = createPrivateKey(text);
    const type = key.asymmetricKeyType ?? 'unknown';
    return type === 'ed25519' ? key : `is a key of type ${type}, not Ed25519`;
  } catch {
    return 'is no whole private key in PEM: copy it again, from -----BEGIN to -----END';
  }
}
