import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import { sealEnvelope } from '../../src/signing/envelope.js';
import { type KeyRing, keyRingOf, pinnedKey } from '../../src/signing/key-record.js';
import { signatureFilesOf } from '../../src/signing/signature-files.js';
import { readStatement, statementOf, statementPayloadType } from '../../src/signing/statement.js';
import { verifyDetached, verifyEnvelope } from '../../src/signing/verify-signature.js';
import { bytesOf, firstKey, recordOf, ringOfFirst, sampleManifest, secondKey } from '../support/signing.js';

const signedAt = '2026-11-20T06:00:05.000Z';
const signedMs = Date.parse(signedAt);
const dayMs = 86_400_000;
const unstamped = { claimedMs: signedMs, stampedMs: null };
const manifest = sampleManifest();
const bytes = bytesOf(manifest);
const [sig, dsse] = signatureFilesOf({ bytes, manifest }, firstKey, signedAt).map((file) => file.bytes);
const signature = sig ?? Buffer.alloc(0);
const envelope = dsse ?? Buffer.alloc(0);

function revokedRing(at: string): KeyRing {
  const revocation = {
    schemaVersion: 1,
    keyId: firstKey.keyId,
    plan: 'daily',
    revokedAt: at,
    reason: 'laptop stolen',
    recordedAt: at,
    principal: 'test',
    tool: recordOf(firstKey).tool,
  } as const;
  return keyRingOf([recordOf(firstKey)], [revocation]);
}

const ringOfSecond = keyRingOf([recordOf(secondKey)], []);
const pinned = pinnedKey(firstKey.publicPem);
const ringOfPinned: KeyRing = new Map(pinned === null ? [] : [[pinned.keyId, pinned]]);
const ringOfBoth = keyRingOf([recordOf(firstKey), recordOf(secondKey)], []);
const expired = keyRingOf([recordOf(firstKey, { validTo: signedAt })], []);
const notYet = keyRingOf([recordOf(firstKey, { validFrom: '2026-11-20T06:00:05.001Z' })], []);

describe('a detached signature', () => {
  it.each([
    ['valid', ringOfFirst, {}],
    ['valid', ringOfBoth, {}],
    ['valid', ringOfBoth, { keyId: firstKey.keyId }],
    ['unknown-key', new Map(), {}],
    ['unknown-key', ringOfSecond, { keyId: firstKey.keyId }],
    ['wrong-signature', ringOfSecond, {}],
    ['wrong-signature', ringOfBoth, { keyId: secondKey.keyId }],
    ['outside-validity', expired, {}],
    ['outside-validity', notYet, {}],
    // The time stamp goes before what the signer says.
    ['valid', expired, { times: { claimedMs: signedMs, stampedMs: signedMs - 1 } }],
    ['outside-validity', expired, { times: { claimedMs: 0, stampedMs: signedMs } }],
    // What the signer says is no proof against a thief of the key.
    ['key-revoked', revokedRing('2026-12-24T00:00:00.000Z'), {}],
    ['key-revoked', revokedRing('2026-11-01T00:00:00.000Z'), {}],
    ['valid', revokedRing('2026-12-24T00:00:00.000Z'), { times: { claimedMs: 0, stampedMs: signedMs } }],
    ['key-revoked', revokedRing(signedAt), { times: { claimedMs: 0, stampedMs: signedMs } }],
    ['valid', ringOfPinned, {}],
  ] as const)('is %s', (kind, ring, over) => {
    expect(verifyDetached(bytes, signature, ring, { times: unstamped, ...over }).kind).toBe(kind);
  });

  it('is wrong after any one byte of manifest or signature was changed', () => {
    for (let index = 0; index < signature.length; index += 1) {
      const other = Buffer.from(signature);
      other[index] = (other[index] ?? 0) ^ 1;
      expect(verifyDetached(bytes, other, ringOfFirst, { times: unstamped }).kind).toBe('wrong-signature');
    }
    for (let index = 0; index < bytes.length; index += 31) {
      const other = Buffer.from(bytes);
      other[index] = (other[index] ?? 0) ^ 1;
      expect(verifyDetached(other, signature, ringOfFirst, { times: unstamped }).kind).toBe(
        'wrong-signature',
      );
    }
  });

  it.each([0, 63, 65, 128])('of %i bytes is malformed', (length) => {
    const verdict = verifyDetached(bytes, Buffer.alloc(length), ringOfFirst, { times: unstamped });
    expect(verdict.kind).toBe('malformed');
  });

  it('says when and why its key was revoked', () => {
    const ring = revokedRing('2026-12-24T00:00:00.000Z');
    expect(verifyDetached(bytes, signature, ring, { times: unstamped })).toEqual({
      kind: 'key-revoked',
      keyId: firstKey.keyId,
      revokedAtMs: Date.parse('2026-12-24T00:00:00.000Z'),
      reason: 'laptop stolen',
    });
  });
});

describe('an envelope about a revision', () => {
  const about = (other: Manifest = manifest) => ({ bytes: bytesOf(other), manifest: other });
  const check = (
    sealed: Uint8Array,
    other = about(),
    ring: KeyRing = ringOfFirst,
    stampedMs: number | null = null,
  ) => verifyEnvelope(sealed, other, ring, { stampedMs });

  it('names every file and the manifest, and what was asked', () => {
    const verdict = check(envelope);
    expect(verdict).toMatchObject({ kind: 'valid', keyId: firstKey.keyId });
    expect(verdict.statement?.subject.map(({ name }) => name)).toEqual([
      'report.json',
      'report.html',
      'manifest.json',
    ]);
    const statement = JSON.parse(Buffer.from(statementOf(manifest, bytes, signedAt)).toString()) as object;
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'urn:oci-backup-reporter:report-revision:1',
      predicate: {
        plan: 'daily',
        day: '2026-11-19',
        cutOff: manifest.cutOff,
        window: { start: manifest.windowStart, end: manifest.cutOff },
        queries: [{ name: 'exports', request: './events/*', controlTotals: { read: 3 } }],
        controlTotals: { read: 3, used: 2, duplicate: 1 },
        configurationDigest: manifest.configurationDigest,
        inventoryDigest: manifest.inventoryDigest,
        tool: manifest.tool,
        previousManifest: manifest.previousManifest,
        signedAt,
      },
    });
  });

  const lessOne = sampleManifest({ artefacts: manifest.artefacts.slice(1) });
  const [first, ...rest] = manifest.artefacts;
  const swapped = sampleManifest({ artefacts: [{ ...first!, sha256: '0'.repeat(64) }, ...rest] });
  it.each([
    ['another day', sampleManifest({ date: '2026-11-18' })],
    ['another plan', sampleManifest({ plan: 'weekly' })],
    ['another revision', sampleManifest({ revision: 2 })],
    ['a file less', lessOne],
    ['another file', swapped],
    ['another word in the manifest', sampleManifest({ principal: 'somebody' })],
  ])('is about other files where the manifest has %s', (_what, other) => {
    expect(check(envelope, about(other)).kind).toBe('other-files');
  });

  it('is about other files where it names one more', () => {
    const more = sampleManifest({ artefacts: [...manifest.artefacts, { ...first!, name: 'slice-a.html' }] });
    const sealed = sealEnvelope(statementPayloadType, statementOf(more, bytes, signedAt), firstKey);
    expect(check(sealed).kind).toBe('other-files');
  });

  it.each([
    ['wrong-signature', Buffer.from(Buffer.from(envelope).toString().replace('"eyJ', '"eyK'))],
    ['malformed', Buffer.from('{}')],
    ['malformed', sealEnvelope('application/json', statementOf(manifest, bytes, signedAt), firstKey)],
    ['malformed', sealEnvelope(statementPayloadType, Buffer.from('{"_type":"x"}'), firstKey)],
    ['unknown-key', sealEnvelope(statementPayloadType, statementOf(manifest, bytes, signedAt), secondKey)],
    ['malformed', sealEnvelope(statementPayloadType, statementOf(manifest, bytes, 'yesterday'), firstKey)],
  ] as const)('is %s', (kind, sealed) => {
    const verdict = check(sealed);
    // A payload that no longer is JSON is found before its signature.
    expect(kind === 'wrong-signature' ? ['wrong-signature', 'malformed'] : [kind]).toContain(verdict.kind);
  });

  it('is wrong where the statement was edited, and stays JSON', () => {
    const read = JSON.parse(Buffer.from(envelope).toString()) as { payload: string };
    const edited = Buffer.from(read.payload, 'base64').toString().replace('"COMPLETE"', '"COMPLETF"');
    const sealed = JSON.stringify({ ...read, payload: Buffer.from(edited).toString('base64') });
    expect(readStatement(Buffer.from(edited))).not.toBeNull();
    expect(check(Buffer.from(sealed)).kind).toBe('wrong-signature');
  });

  it('is valid by one good signature of several', () => {
    const read = JSON.parse(Buffer.from(envelope).toString()) as { signatures: object[] };
    const other = { keyid: secondKey.keyId, sig: Buffer.alloc(64).toString('base64') };
    const sealed = JSON.stringify({ ...read, signatures: [other, ...read.signatures] });
    expect(check(Buffer.from(sealed)).kind).toBe('valid');
  });

  it('is judged by the time that it says, and by a time stamp before that', () => {
    expect(check(envelope, about(), expired).kind).toBe('outside-validity');
    expect(check(envelope, about(), expired, signedMs - dayMs).kind).toBe('valid');
    const revoked = revokedRing('2026-12-24T00:00:00.000Z');
    expect(check(envelope, about(), revoked).kind).toBe('key-revoked');
    expect(check(envelope, about(), revoked, signedMs).kind).toBe('valid');
  });
});
