import { createPrivateKey } from 'node:crypto';
import { explainError, Failure } from '../../errors.js';
import { readRegularFile } from '../../files/regular-file.js';

/**
 * The key that messages are signed with, from a file or from the configuration.
 *
 * @throws Failure('usage') if it is not an RSA key: the signature would be omitted
 */
export async function readSigningKey(from: { path: string } | { pem: string }): Promise<string> {
  const where = 'path' in from ? `the file ${from.path}` : 'the value';
  const pem = 'path' in from ? await readText('mail.dkim.keyFile', from.path) : from.pem;
  const name = 'path' in from ? 'mail.dkim.keyFile' : 'mail.dkim.privateKey';
  let type: string | undefined;
  try {
    type = createPrivateKey(pem).asymmetricKeyType;
  } catch {
    // Without the error's own text: some versions of OpenSSL quote their input.
    throw fault(name, `${where} is not a private key in PEM without a passphrase`);
  }
  if (type !== 'rsa') throw fault(name, `${where} is a key of type ${type}, and RSA is needed`);
  return pem;
}

async function readText(name: string, path: string): Promise<string> {
  try {
    return (await readRegularFile(path)).toString('utf8');
  } catch (error) {
    throw fault(name, `cannot read ${path}: ${explainError(error)}`, error);
  }
}

function fault(name: string, why: string, cause?: unknown): Failure {
  return new Failure('usage', `${name}: ${why}`, { cause });
}
