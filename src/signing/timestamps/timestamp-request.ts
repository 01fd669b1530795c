import { Integer, Null, OctetString } from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, TimeStampReq } from 'pkijs';
import { sha256 } from './sha256.js';
import { oids } from './oids.js';

/**
 * What a time-stamping authority is asked (RFC 3161, section 2.4.1): a stamp over the sha-256 of these bytes, with its
 * certificates in it. The bytes themselves do not leave the house. DER.
 *
 * @param nonce a positive integer, big-endian, which the answer must repeat
 */
export function timestampRequestOf(bytes: Uint8Array, nonce: Uint8Array): Uint8Array {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: oids.sha256, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: sha256(bytes) }),
    }),
    nonce: new Integer({ valueHex: Uint8Array.from(nonce).buffer }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

/** 16 random bytes as a number that DER writes in 16 bytes: positive, without leading zeros. */
export function nonceOf(random: Uint8Array): Uint8Array {
  const nonce = Uint8Array.from(random);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
}
