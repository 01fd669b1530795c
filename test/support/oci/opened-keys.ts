import { type KeyObject, Sign, createPrivateKey } from 'node:crypto';

/** By their PEM. */
const opened = new Map<string, KeyObject>();
const { sign } = Sign.prototype;

/**
 * The SDK hands OpenSSL the PEM of the key with each request, and reading it takes longer than signing: here each key is
 * read once in a process. The signatures are the same.
 */
export function openKeysOnce(): void {
  Object.defineProperty(Sign.prototype, 'sign', { value: signWithOpenedKey });
}

function signWithOpenedKey(this: Sign, key: unknown, ...more: readonly unknown[]): unknown {
  return Reflect.apply(sign, this, [Buffer.isBuffer(key) ? openedKey(key.toString('latin1')) : key, ...more]);
}

function openedKey(pem: string): KeyObject {
  const known = opened.get(pem) ?? createPrivateKey(pem);
  opened.set(pem, known);
  return known;
}
