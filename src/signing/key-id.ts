import { type KeyObject, createPublicKey } from 'node:crypto';
import { sha256Hex } from '../base/digest.js';

/** The id of a key: sha-256 of its public half (SubjectPublicKeyInfo in DER), in lower-case hex. */
export function keyIdOf(publicKey: KeyObject): string {
  return sha256Hex(publicKey.export({ type: 'spki', format: 'der' }));
}

/** `-----BEGIN PUBLIC KEY-----`, with a newline at its end. */
export function publicPemOf(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

/** The Ed25519 public key in PEM (SPKI); null: it is none. A private key is none, either. */
export function openPublicKey(pem: string): KeyObject | null {
  if (!/-----BEGIN PUBLIC KEY-----/.test(pem) || /PRIVATE KEY-----/.test(pem)) return null;
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}
