import { artefactNames } from '../model/artefact-names.js';
import type { SignatureKey } from '../ports/signer.js';
import { sealEnvelope } from './envelope.js';
import { type SignedManifest, statementOf, statementPayloadType } from './statement.js';

/** A file that stands beside a manifest and is about it. */
export interface SignatureFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/**
 * The signatures of a manifest, in the order of writing: `manifest.json.sig` (the raw signature of its bytes) and
 * `manifest.json.dsse` (an envelope with the statement about the revision).
 *
 * @param bytes of manifest.json as archived
 * @param signedAt ISO 8601 in UTC
 */
export function signatureFilesOf(
  { bytes, manifest }: { readonly bytes: Uint8Array; readonly manifest: SignedManifest },
  key: SignatureKey,
  signedAt: string,
): readonly SignatureFile[] {
  const statement = statementOf(manifest, bytes, signedAt);
  return [
    { name: artefactNames.signature, bytes: key.sign(bytes), mediaType: 'application/octet-stream' },
    {
      name: artefactNames.statement,
      bytes: sealEnvelope(statementPayloadType, statement, key),
      mediaType: 'application/vnd.dsse.envelope.v1+json',
    },
  ];
}
