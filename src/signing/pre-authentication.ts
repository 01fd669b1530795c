/**
 * What a DSSE signature is made of: "DSSEv1", the length and text of the payload's type, the length and bytes of the payload,
 * each apart by one space. https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 *
 * @param payloadType media type; its length is counted in bytes of UTF-8
 */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType);
  const head = Buffer.from(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `);
  return Buffer.concat([head, payload]);
}
