import type { LoadedConfiguration } from '../config/load.js';
import { UnreachableText } from '../config/unreachable-text.js';
import { Failure } from '../errors.js';
import type { Archive } from '../ports/archive.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { Signer } from '../ports/signer.js';
import { createPemSigner } from '../signers/pem-signer.js';
import { rememberSigner } from '../signers/remembered-signer.js';
import { systemClock } from './system-clock.js';
import { wireArchive } from './wire-archive.js';
import { type OciParts, connectToOci } from './wire-oci.js';
import { localPrincipal, readTool } from './who-runs.js';

/**
 * What signs the plan's reports; null: it does not sign. Nothing is asked of a service yet, so that a report is made and
 * archived even where the key cannot be reached.
 *
 * @param oci the plan's connection; null: it has none, and one is made when the key is asked for
 */
export function wireSigner(
  loaded: LoadedConfiguration,
  oci: OciParts | null,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Signer | null {
  const { signing } = loaded.configuration;
  if (signing === undefined) return null;
  const { key, vault } = signing;
  if (key instanceof UnreachableText) return unreachable(key);
  if (key !== undefined) return createPemSigner(key, 'signing.key');
  if (vault === undefined) throw new TypeError('signing has neither key nor vault');
  const connect = async () => (oci ?? (await connectToOci(loaded, log))).connection;
  const open = async (): ReturnType<Signer['open']> => {
    const { createVaultSigner } = await import('../signers/vault-signer.js');
    return createVaultSigner(connect, vault).open();
  };
  return rememberSigner({ location: `the secret ${vault.secretId} of OCI Vault`, open }, clock);
}

function unreachable({ words }: UnreachableText): Signer {
  const hints = ['Put the key there, where reports are made: the next run signs what was not signed.'];
  const open = async (): Promise<never> => {
    throw new Failure('storage', `signing.key ${words}`, { hints });
  };
  return { location: 'signing.key', open };
}

/** What `keys` works with: the archive of a plan, and its signer. */
export interface SigningParts {
  readonly plan: {
    readonly name: string;
    readonly tool: { readonly name: string; readonly version: string };
  };
  readonly timezone: string;
  /** Who runs it. Never a secret. */
  readonly principal: string;
  readonly ports: {
    readonly archive: Archive;
    readonly clock: Clock;
    readonly log: Log;
    readonly signer?: Signer;
  };
}

/** The parts of a plan that concern its signatures alone. */
export async function wireSigning(loaded: LoadedConfiguration, log: Log): Promise<SigningParts> {
  const { plan: name, timezone, archive } = loaded.configuration;
  const oci = archive.type === 'object-storage' ? await connectToOci(loaded, log) : null;
  const signer = wireSigner(loaded, oci, { clock: systemClock, log });
  return {
    plan: { name, tool: await readTool() },
    timezone,
    principal: localPrincipal(),
    ports: {
      archive: await wireArchive(loaded, oci),
      clock: systemClock,
      log,
      ...(signer !== null && { signer }),
    },
  };
}
