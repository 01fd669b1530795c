import { toIso } from '../base/instants.js';
import { Failure, explainError } from '../errors.js';
import { type CallGate, CallsSpentError } from '../http/call-gate.js';
import type { OciConnection, Place } from './connection.js';
import { OciCallError, isRefusal } from './oci-error.js';

/** A secret, and where it is asked for. */
export interface VaultSecretPlace extends Place {
  /** OCID of the secret. Its current version is read. */
  readonly secretId: string;
}

export interface VaultSecret {
  /** A secret: never shown, logged or archived. */
  readonly text: string;
  readonly version: number;
  /** When this version is to be deleted, ISO 8601; null: it is not. */
  readonly deletedAt: string | null;
  /** After which it should not be used any more, ISO 8601; null: none is set. */
  readonly expiresAt: string | null;
}

/** Whoever needs a secret waits for it: a report can be made a little later, too. */
const longestTryMs = 60_000;

/** `the secret ocid1.vaultsecret.… of OCI Vault` */
export function vaultSecretInWords(secretId: string): string {
  return `the secret ${secretId} of OCI Vault`;
}

/**
 * Reads the current version of a secret. The SDK's package is loaded when this is called.
 * https://docs.oracle.com/iaas/api/#/en/secretretrieval/20190301/SecretBundle/GetSecretBundle
 *
 * @param at without a region or endpoint, the region that the OCID names
 * @throws Failure('storage') in words, never with a part of what was read; Failure('usage') for credentials that OCI refuses
 */
export async function readVaultSecret(connection: OciConnection, at: VaultSecretPlace): Promise<VaultSecret> {
  const { secretId } = at;
  const place = { ...at, region: at.region ?? regionOfSecret(connection, secretId) };
  connection.checkPlace(place);
  const { default: sdk } = await import('oci-secrets');
  const client = connection.place(
    place,
    ({ params, configuration }) => new sdk.SecretsClient(params, configuration),
  );
  const stage = sdk.requests.GetSecretBundleRequest.Stage.Current;
  try {
    const limited = connection.within(gateFor(longestTryMs));
    const { secretBundle } = await limited.call(() => client.getSecretBundle({ secretId, stage }));
    return {
      text: textOf(secretBundle.secretBundleContent, secretId),
      version: secretBundle.versionNumber,
      deletedAt: instantOf(secretBundle.timeOfDeletion),
      expiresAt: instantOf(secretBundle.timeOfExpiry),
    };
  } catch (error) {
    throw readingFailure(secretId, error);
  }
}

/** `ocid1.vaultsecret.oc1.iad.…`: undefined where it is none that the SDK knows. */
function regionOfSecret(connection: OciConnection, secretId: string): string | undefined {
  const [, , , named = ''] = secretId.split('.');
  const region = connection.longRegion(named);
  return region !== named || /^[a-z]+(?:-[a-z]+)+-\d+$/.test(named) ? region : undefined;
}

/** The service's only form of content is base64. */
function textOf(
  content: { readonly contentType?: string; readonly content?: string } | undefined,
  secretId: string,
): string {
  if (content?.contentType !== 'BASE64' || typeof content.content !== 'string') {
    throw new Failure(
      'storage',
      `cannot read ${vaultSecretInWords(secretId)}: the answer has no content in base64`,
      { hints: ['Look at the secret in the console: its current version must hold the value itself.'] },
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(content.content, 'base64'));
  } catch {
    throw new Failure(
      'storage',
      `cannot read ${vaultSecretInWords(secretId)}: its content is no text in UTF-8`,
      { hints: ['Store the value itself as plain text; the console encodes it.'] },
    );
  }
}

/** The types say Date; the SDK hands texts over. */
function instantOf(value: unknown): string | null {
  const ms = value instanceof Date ? value.getTime() : Date.parse(String(value));
  return Number.isNaN(ms) ? null : toIso(ms);
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
function readingFailure(secretId: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const words = `cannot read ${vaultSecretInWords(secretId)}: ${explainError(error)}`;
  return new Failure('storage', words, { hints: [hintFor(error)], cause: error });
}

function hintFor(error: unknown): string {
  if (isRefusal(error)) {
    return 'OCI answers 404 for a secret that is not there, that is pending deletion, or that may not be read: check its OCID, the region and the policy (read secret-bundles).';
  }
  if (error instanceof OciCallError && error.status === 409) {
    return 'The secret is not active: look at its state in the console; cancel its deletion, or name another secret.';
  }
  return 'Run it again when the service answers.';
}
