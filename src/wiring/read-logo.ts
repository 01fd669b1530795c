import { extname } from 'node:path';
import { Failure, explainError } from '../errors.js';
import { readRegularFile } from '../files/regular-file.js';
import type { Branding } from '../renderers/view/branding.js';

/** Every mail and page contains the logo. */
const maxLogoBytes = 64 * 1024;

/** How a file of each type begins. An image with the wrong extension would not be shown, without any error. */
const logoTypes: Readonly<Record<string, { readonly mediaType: string; readonly begins: RegExp }>> = {
  png: { mediaType: 'image/png', begins: /^\x89PNG\r\n/ },
  jpg: { mediaType: 'image/jpeg', begins: /^\xff\xd8\xff/ },
  svg: { mediaType: 'image/svg+xml', begins: /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!doctype|svg)/i },
};

/** @throws Failure('usage') for a file that cannot be read, is too large, or is not what its extension says */
export async function readLogo(path: string): Promise<NonNullable<Branding['logo']>> {
  let bytes: Buffer;
  try {
    bytes = await readRegularFile(path);
  } catch (error) {
    throw logoFault(`cannot read ${path}: ${explainError(error)}`, error);
  }
  if (bytes.length > maxLogoBytes) {
    throw logoFault(`${path} has ${bytes.length} bytes, at most ${maxLogoBytes} are taken`);
  }
  const extension = extname(path).slice(1).toLowerCase().replace('jpeg', 'jpg');
  const type = logoTypes[extension];
  if (type === undefined || !type.begins.test(bytes.toString('latin1'))) {
    throw logoFault(`${path} is no ${extension.toUpperCase()} picture, whatever its name says`);
  }
  return { mediaType: type.mediaType, base64: bytes.toString('base64') };
}

function logoFault(why: string, cause?: unknown): Failure {
  return new Failure('usage', `branding.logo: ${why}`, { cause });
}
