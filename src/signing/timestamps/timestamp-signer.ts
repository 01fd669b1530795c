import { createHash, X509Certificate } from 'node:crypto';
import { type BaseBlock, OctetString, Sequence } from 'asn1js';
import { Certificate, IssuerAndSerialNumber, type SignedData, type SignerInfo } from 'pkijs';
import { oneLine } from '../../base/one-line.js';
import { oids } from './oids.js';
import type { InvalidTimestamp } from './timestamp-verdict.js';

/** Who signed a time stamp. */
export interface TimestampSigner {
  readonly certificate: Certificate;
  /** The certificate in DER. */
  readonly der: Uint8Array;
  /** Its subject on one line. */
  readonly name: string;
}

/** @throws Error where these bytes are no certificate in DER */
export function certificateOf(der: Uint8Array): Certificate {
  return Certificate.fromBER(Uint8Array.from(der).buffer);
}

/** The certificate of who signed, as it lies in the stamp; null: it does not. */
export function signerOf({ certificates = [], signerInfos }: SignedData): TimestampSigner | null {
  const { sid } = signerInfos[0] ?? {};
  if (!(sid instanceof IssuerAndSerialNumber)) return null;
  for (const certificate of certificates) {
    if (!(certificate instanceof Certificate)) continue;
    if (!certificate.issuer.isEqual(sid.issuer) || !certificate.serialNumber.isEqual(sid.serialNumber)) {
      continue;
    }
    const der = new Uint8Array(certificate.toSchema().toBER());
    const name = subjectOf(der);
    return name === null ? null : { certificate, der, name };
  }
  return null;
}

const longestName = 200;

/** null: it is no certificate after all. */
function subjectOf(der: Uint8Array): string | null {
  try {
    return oneLine(new X509Certificate(der).subject.split('\n').join(', '), longestName);
  } catch {
    return null;
  }
}

/** Whether the certificate may give time stamps, and is the one that its signature names; null: so it is. */
export function faultOfSigner(
  { certificate, der, name }: TimestampSigner,
  { signerInfos }: SignedData,
): InvalidTimestamp | null {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === oids.extendedKeyUsage);
  const purposes: readonly string[] = usage?.parsedValue?.keyPurposes ?? [];
  // RFC 3161, section 2.3: for this alone, and nobody may overlook it.
  if (usage?.critical !== true || purposes.length !== 1 || purposes[0] !== oids.timeStamping) {
    return { kind: 'untrusted', words: `the certificate of ${name} is not one for time stamps alone` };
  }
  const [signerInfo] = signerInfos;
  if (signerInfo === undefined || !namesCertificate(signerInfo, der)) {
    return { kind: 'untrusted', words: `its signature does not name the certificate of ${name}` };
  }
  return null;
}

/** RFC 5816: the signature covers the digest of the certificate, so that nobody puts another one in its place. */
function namesCertificate({ signedAttrs }: SignerInfo, der: Uint8Array): boolean {
  for (const { type, values } of signedAttrs?.attributes ?? []) {
    if (type !== oids.signingCertificate && type !== oids.signingCertificateV2) continue;
    const digest = firstCertificateDigest(values[0]);
    if (digest === null) continue;
    const algorithm = algorithmsByLength[digest.length];
    if (algorithm === undefined) continue;
    if (createHash(algorithm).update(der).digest().equals(digest)) return true;
  }
  return false;
}

/** By the length of their digests in bytes. */
const algorithmsByLength: Readonly<Record<number, string>> = {
  20: 'sha1',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
};

/** SigningCertificate(V2) ::= SEQUENCE { certs SEQUENCE OF SEQUENCE { [hashAlgorithm], certHash OCTET STRING, … }, … } */
function firstCertificateDigest(value: unknown): Buffer | null {
  const [first] = itemsOf(itemsOf(value)[0]);
  const digest = itemsOf(first).find((each) => each instanceof OctetString);
  return digest === undefined ? null : Buffer.from(digest.valueBlock.valueHexView);
}

function itemsOf(value: unknown): readonly BaseBlock[] {
  return value instanceof Sequence ? (value.valueBlock.value as readonly BaseBlock[]) : [];
}
