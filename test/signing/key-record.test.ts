import { describe, expect, it } from 'vitest';
import { keyRingOf, pinnedKey, readKeyRecord, readKeyRevocation } from '../../src/signing/key-record.js';
import { firstKey, firstPem, recordOf, secondKey } from '../support/signing.js';

const written = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));

describe('the record of a key', () => {
  it('is read back', () => {
    expect(readKeyRecord(written(recordOf(firstKey)))).toEqual(recordOf(firstKey));
  });

  it.each([
    ['an id that is not that of its key', { keyId: secondKey.keyId }],
    ['another key than its id', { publicKey: secondKey.publicPem }],
    ['a private key', { publicKey: firstPem }],
    ['no key', { publicKey: 'hello' }],
    ['no validity', { validFrom: 'always' }],
  ])('is none with %s', (_what, over) => {
    expect(readKeyRecord(written({ ...recordOf(firstKey), ...over }))).toBeNull();
  });

  it('of a revocation is none, and the other way round', () => {
    const { keyId, plan, tool } = recordOf(firstKey);
    const at = '2026-12-24T00:00:00.000Z';
    const revocation = {
      schemaVersion: 1,
      keyId,
      plan,
      tool,
      revokedAt: at,
      reason: 'lost',
      recordedAt: at,
      principal: 'p',
    } as const;
    expect(readKeyRecord(written(revocation))).toBeNull();
    expect(readKeyRevocation(written(revocation))).toEqual(revocation);
    expect(readKeyRevocation(written(recordOf(firstKey)))).toBeNull();
    const earlier = { ...revocation, revokedAt: '2026-12-01T00:00:00.000Z', reason: 'earlier' };
    const ring = keyRingOf([recordOf(firstKey)], [revocation, earlier]);
    expect(ring.get(keyId)?.revoked?.reason).toBe('earlier');
  });
});

describe('a key that somebody has from elsewhere', () => {
  it('is valid at all times', () => {
    const known = pinnedKey(firstKey.publicPem);
    expect(known).toMatchObject({ keyId: firstKey.keyId, validToMs: null, revoked: null });
    expect(known?.validFromMs).toBe(-Infinity);
    expect(pinnedKey(firstPem)).toBeNull();
    expect(pinnedKey('hello')).toBeNull();
  });
});
