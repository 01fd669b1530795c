import type { OciConnection } from '../oci/connection.js';
import { type VaultSecretPlace, readVaultSecret, vaultSecretInWords } from '../oci/vault-secret.js';
import type { Signer } from '../ports/signer.js';
import { openSigningKey } from '../signing/key-pair.js';

/**
 * A key that is a secret of OCI Vault: its current version is the key in PEM. It is read when it is asked for; what signs is this
 * process, so that every manifest needs no call. A report that is not signed is signed by the next run.
 *
 * @param connect gives the connection; it may be made only now
 */
export function createVaultSigner(connect: () => Promise<OciConnection>, place: VaultSecretPlace): Signer {
  const location = vaultSecretInWords(place.secretId);
  return {
    location,
    open: async () => openSigningKey((await readVaultSecret(await connect(), place)).text, location),
  };
}
