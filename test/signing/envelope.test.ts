import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readEnvelope, sealEnvelope } from '../../src/signing/envelope.js';
import { preAuthenticationEncoding } from '../../src/signing/pre-authentication.js';
import { firstKey } from '../support/signing.js';

/** The example in DSSE's protocol.md, version 1.0.2. */
const example = {
  payload: 'aGVsbG8gd29ybGQ=',
  payloadType: 'http://example.com/HelloWorld',
  signatures: [
    {
      sig: 'A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==',
    },
  ],
};
const exampleKey = {
  kty: 'EC',
  crv: 'P-256',
  x: coordinate('46950820868899156662930047687818585632848591499744589407958293238635476079160'),
  y: coordinate('5640078356564379163099075877009565129882514886557779369047442380624545832820'),
};

function coordinate(decimal: string): string {
  return Buffer.from(BigInt(decimal).toString(16).padStart(64, '0'), 'hex').toString('base64url');
}

describe('an envelope of DSSE', () => {
  it('is signed over what the published example is signed over', () => {
    const read = readEnvelope(Buffer.from(JSON.stringify(example)));
    const signed = preAuthenticationEncoding(read?.payloadType ?? '', read?.payload ?? Buffer.alloc(0));
    expect(Buffer.from(signed).toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
    const key = createPublicKey({ key: exampleKey, format: 'jwk' });
    const signature = read?.signatures[0]?.signature ?? Buffer.alloc(0);
    expect(verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
    expect(read?.signatures[0]?.keyId).toBeNull();
  });

  it('counts the bytes of a type, not its characters', () => {
    expect(Buffer.from(preAuthenticationEncoding('ä', Buffer.from('ö'))).toString()).toBe('DSSEv1 2 ä 2 ö');
  });

  it('is read as it was sealed', () => {
    const payload = Buffer.from('{"a":1}');
    const read = readEnvelope(sealEnvelope('text/plain', payload, firstKey));
    expect(read?.payload).toEqual(payload);
    expect(read).toMatchObject({ payloadType: 'text/plain', signatures: [{ keyId: firstKey.keyId }] });
  });

  it.each([
    ['no JSON', 'hello'],
    ['no UTF-8', Buffer.from([0xff, 0xfe])],
    ['without signatures', JSON.stringify({ ...example, signatures: [] })],
    ['without a payload', JSON.stringify({ ...example, payload: undefined })],
    ['of a payload that is not base64', JSON.stringify({ ...example, payload: '{}' })],
  ])('is nothing that is %s', (_what, text) => {
    expect(readEnvelope(Buffer.from(text))).toBeNull();
  });
});
