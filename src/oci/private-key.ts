import { createPrivateKey } from 'node:crypto';
import { Failure } from '../errors.js';

/**
 * A private key without its passphrase, as PEM (PKCS#8).
 *
 * @param where the key's name in messages
 * @throws Failure('usage') if it cannot be used; never with a part of the key in it
 */
export function decryptKey(pem: string, passphrase: string | undefined, where: string): string {
  if (passphrase === undefined && /ENCRYPTED/.test(pem)) {
    throw new Failure('usage', `cannot use the private key ${where}: it is encrypted; set auth.passphrase`);
  }
  try {
    const key = createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase });
    return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch (error) {
    throw new Failure('usage', `cannot use the private key ${where}: ${keyFault(error)}`, {
      hints: [
        'Keys are RSA in PEM, PKCS#1 or PKCS#8; `openssl pkey -in FILE -noout` says whether it is whole.',
      ],
    });
  }
}

/** Never the error's own text: some versions of OpenSSL quote their input. */
function keyFault(error: unknown): string {
  const code = (error as { readonly code?: unknown }).code;
  if (code === 'ERR_OSSL_BAD_DECRYPT' || code === 'ERR_OSSL_EVP_BAD_DECRYPT')
    return 'the passphrase is wrong';
  return 'it is not a private key in PEM, or its passphrase is wrong';
}
