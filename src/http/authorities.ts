import { X509Certificate } from 'node:crypto';
import { explainError, Failure } from '../errors.js';
import { readRegularFile } from '../files/regular-file.js';

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificates of a file, in PEM.
 *
 * @param key of the configuration that names the file: `mail.ca`
 * @throws Failure('usage') if it cannot be read or has none: TLS would silently trust nobody
 */
export async function readAuthorities(key: string, path: string): Promise<string> {
  const found = (await readText(key, path)).match(certificate) ?? [];
  if (found.length === 0) throw new Failure('usage', `${key}: ${path} has no certificate in PEM`);
  for (const each of found) {
    try {
      void new X509Certificate(each);
    } catch (cause) {
      throw new Failure('usage', `${key}: ${path} has a certificate that cannot be read`, { cause });
    }
  }
  return found.join('\n');
}

async function readText(key: string, path: string): Promise<string> {
  try {
    return (await readRegularFile(path)).toString('utf8');
  } catch (cause) {
    throw new Failure('usage', `${key}: cannot read ${path}: ${explainError(cause)}`, { cause });
  }
}
