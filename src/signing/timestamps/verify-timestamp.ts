import type { X509Certificate } from 'node:crypto';
import type { SignedData } from 'pkijs';
import { oneLine } from '../../base/one-line.js';
import { certificateOf, faultOfSigner, signerOf } from './timestamp-signer.js';
import { oids } from './oids.js';
import { readTimestampReply } from './read-timestamp-reply.js';
import { sha256 } from './sha256.js';
import type { InvalidTimestamp, TimestampVerdict } from './timestamp-verdict.js';

/**
 * Checks the answer of a time-stamping authority, as archived in `manifest.json.tsr`: RFC 3161, by the certificates of those
 * who certify the authority. Certificates are judged as of the time of the stamp, so it stays valid when they end. Whatever the
 * bytes are, nothing is thrown. Some of them no signature covers, as the numbers of versions: they may differ.
 *
 * @param reply the answer (TimeStampResp in DER)
 * @param bytes that it is to be about
 * @param authorities certificates that are trusted: of roots, or of others that issue certificates
 * @param nonce of the request; absent: it is not compared, as of an archived one
 */
export async function verifyTimestamp(
  reply: Uint8Array,
  bytes: Uint8Array,
  authorities: readonly X509Certificate[],
  nonce?: Uint8Array,
): Promise<TimestampVerdict> {
  const read = readTimestampReply(reply);
  if ('kind' in read) return read;
  const { imprint, genTime } = read.info;
  if (imprint.algorithm !== oids.sha256 || !areEqual(imprint.hash, new Uint8Array(sha256(bytes)))) {
    return { kind: 'wrong-imprint', words: 'it is about other bytes' };
  }
  if (nonce !== undefined && !areEqual(read.info.nonce, nonce)) {
    return { kind: 'wrong-nonce', words: 'it answers another request' };
  }
  const signer = signerOf(read.signed);
  if (signer === null) return { kind: 'untrusted', words: 'the certificate of who signed it is not in it' };
  const fault = faultOfSigner(signer, read.signed);
  if (fault !== null) return fault;
  const { name: by } = signer;
  const ofSignature = await faultOfSignature(read.signed, { by, bytes, authorities });
  return ofSignature ?? { kind: 'valid', genTimeMs: genTime.getTime(), by };
}

function areEqual(a: Uint8Array | null, b: Uint8Array): boolean {
  return a !== null && Buffer.compare(a, b) === 0;
}

/** null: it is good. */
async function faultOfSignature(
  signed: SignedData,
  {
    by,
    bytes,
    authorities,
  }: {
    readonly by: string;
    readonly bytes: Uint8Array;
    readonly authorities: readonly X509Certificate[];
  },
): Promise<InvalidTimestamp | null> {
  try {
    const result = await signed.verify({
      signer: 0,
      data: Uint8Array.from(bytes).buffer,
      trustedCerts: authorities.map(({ raw }) => certificateOf(raw)),
      checkChain: authorities.length > 0,
      passedWhenNotRevValues: true,
      extendedMode: true,
    });
    if (result.signatureVerified !== true) return wrongSignature;
  } catch (error) {
    const isOfChain = error instanceof Error && 'code' in error && error.code === chainFault;
    if (!isOfChain) return wrongSignature;
    const why = oneLine(error.message.replace(/^.*?: /, ''), longestWords);
    return { kind: 'untrusted', words: `${by} is not certified by who is trusted (${why})` };
  }
  if (authorities.length > 0) return null;
  return { kind: 'no-authority', words: `there is no certificate to check ${by} by` };
}

/** As the library numbers it: the certificates lead to none that is trusted, or did not at that time. */
const chainFault = 5;
const longestWords = 200;
const wrongSignature = {
  kind: 'wrong-signature',
  words: 'it is not what the authority signed',
} as const;
