import { createPublicKey } from 'node:crypto';
import { sha256Hex } from '../base/digest.js';

/** A public key of the archive, as `openssl` reads it. */
export interface PublicKeyFile {
  /** `<key id>.pem` */
  readonly name: string;
  readonly pem: string;
}

/**
 * The key in a record of `keys/`: `{"keyId": …, "publicKey": PEM}`.
 *
 * @returns null for anything else, and where the id is not the sha-256 of the key (SubjectPublicKeyInfo, DER)
 */
export function publicKeyOf(name: string, bytes: Uint8Array): PublicKeyFile | null {
  if (!/^[0-9a-f]{64}\.json$/.test(name)) return null;
  try {
    const { publicKey } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly publicKey?: unknown };
    if (typeof publicKey !== 'string' || publicKey.includes('PRIVATE')) return null;
    const key = createPublicKey(publicKey);
    const id = sha256Hex(key.export({ type: 'spki', format: 'der' }));
    if (name !== `${id}.json`) return null;
    return { name: `${id}.pem`, pem: key.export({ type: 'spki', format: 'pem' }).toString() };
  } catch {
    return null;
  }
}
