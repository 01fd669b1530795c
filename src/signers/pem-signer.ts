import type { Signer } from '../ports/signer.js';
import { openSigningKey } from '../signing/key-pair.js';

/**
 * A key that is at hand as text: from a file or the environment, by the configuration.
 *
 * @param text PKCS#8 in PEM. A secret.
 * @param location names the key in messages
 */
export function createPemSigner(text: string, location: string): Signer {
  return { location, open: async () => openSigningKey(text, location) };
}
