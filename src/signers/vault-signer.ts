import { Failure, explainError } from '../errors.js';
import { type CallGate, CallsSpentError } from '../http/call-gate.js';
import type { OciConnection, Place } from '../oci/connection.js';
import { isRefusal } from '../oci/oci-error.js';
import type { Signer } from '../ports/signer.js';
import { openSigningKey } from '../signing/key-pair.js';

export interface VaultSignerOptions extends Place {
  /** OCID of a secret whose current version is the key in PEM. */
  readonly secretId: string;
}

/** A report that is not signed is signed by the next run: nothing is worth a long wait. */
const longestTryMs = 60_000;

/**
 * A key that is a secret of OCI Vault. The SDK's package is loaded, and the secret is read, when it is asked for; what signs
 * is this process, so that every manifest needs no call.
 * https://docs.oracle.com/iaas/api/#/en/secretretrieval/20190301/SecretBundle/GetSecretBundle
 *
 * @param connect gives the connection; it may be made only now
 */
export function createVaultSigner(
  connect: () => Promise<OciConnection>,
  options: VaultSignerOptions,
): Signer {
  const location = `the secret ${options.secretId} of OCI Vault`;
  return {
    location,
    open: async () => openSigningKey(await readSecret(await connect(), options, location), location),
  };
}

async function readSecret(
  connection: OciConnection,
  options: VaultSignerOptions,
  location: string,
): Promise<string> {
  connection.checkPlace(options);
  const { default: sdk } = await import('oci-secrets');
  const client = connection.place(
    options,
    ({ params, configuration }) => new sdk.SecretsClient(params, configuration),
  );
  const { secretId } = options;
  const stage = sdk.requests.GetSecretBundleRequest.Stage.Current;
  try {
    const limited = connection.within(gateFor(longestTryMs));
    const { secretBundle } = await limited.call(() => client.getSecretBundle({ secretId, stage }));
    return textOf(secretBundle.secretBundleContent, location);
  } catch (error) {
    throw readingFailure(location, error);
  }
}

/** The service's only form of content is base64. */
function textOf(
  content: { readonly contentType?: string; readonly content?: string } | undefined,
  location: string,
): string {
  if (content?.contentType === 'BASE64' && typeof content.content === 'string') {
    return Buffer.from(content.content, 'base64').toString('utf8');
  }
  throw new Failure('storage', `cannot sign with ${location}: the answer has no content in base64`, {
    hints: ['Look at the secret in the console: its current version must hold the key in PEM.'],
  });
}

function gateFor(ms: number): CallGate {
  const endMs = performance.now() + ms;
  const leftMs = (): number => endMs - performance.now();
  return {
    leftMs,
    enter: () => {
      if (leftMs() <= 0) throw new CallsSpentError(`it did not answer within ${ms / 1000} s`);
    },
  };
}

/** Never with what was read. */
function readingFailure(location: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const hints = isRefusal(error)
    ? [
        'OCI answers 404 for a secret that is not there and for one that may not be read: check secretId, region and the policy (read secret-bundles).',
      ]
    : ['The next run signs it when the service answers.'];
  return new Failure('storage', `cannot read ${location}: ${explainError(error)}`, { hints, cause: error });
}
