import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { parseInstant } from '../base/instants.js';
import type { DeepReadonly } from '../base/deep-readonly.js';
import {
  instantSchema,
  planNameSchema,
  schemaVersionSchema,
  sha256Schema,
  toolSchema,
} from '../model/document-values.js';
import { readDocument } from '../model/read-document.js';
import { keyIdOf, openPublicKey } from './key-id.js';

/** `<plan>/keys/<keyid>.json` */
export const keyRecordSchema = z
  .object({
    schemaVersion: schemaVersionSchema,
    keyId: sha256Schema.describe('sha-256 of the public key (SubjectPublicKeyInfo in DER).'),
    plan: planNameSchema,
    name: z.string().nullable().describe('What people call the key; null: nothing.'),
    algorithm: z.literal('Ed25519').describe('How it signs: RFC 8032, pure.'),
    publicKey: z.string().describe('SubjectPublicKeyInfo in PEM.'),
    validFrom: instantSchema.describe('First instant at which it may sign.'),
    validTo: instantSchema
      .nullable()
      .describe('First instant at which it may not sign any more; null: none.'),
    publishedAt: instantSchema.describe('When this record was made.'),
    tool: toolSchema,
  })
  .meta({ title: 'Public key', description: 'A key that signs the reports of a plan.' });

export type KeyRecord = DeepReadonly<z.infer<typeof keyRecordSchema>>;

/** `<plan>/keys/<keyid>.revoked.json` */
export const keyRevocationSchema = z
  .object({
    schemaVersion: schemaVersionSchema,
    keyId: sha256Schema.describe('The key that is revoked.'),
    plan: planNameSchema,
    revokedAt: instantSchema.describe(
      'From when nobody can say who signs with it. A signature from before stands only where its time stamp says so.',
    ),
    reason: z.string().min(1).describe('Why, in words.'),
    recordedAt: instantSchema.describe('When this record was made.'),
    principal: z.string().describe('Who made it.'),
    tool: toolSchema,
  })
  .meta({ title: 'Revocation of a key', description: 'Says that a key is no longer to be trusted.' });

export type KeyRevocation = DeepReadonly<z.infer<typeof keyRevocationSchema>>;

/** A public key that signatures are checked by. Instants in epoch milliseconds. */
export interface KnownKey {
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly name: string | null;
  readonly validFromMs: number;
  /** null: it has no end. */
  readonly validToMs: number | null;
  /** null: it is not revoked. */
  readonly revoked: { readonly atMs: number; readonly reason: string } | null;
}

/** By key id. */
export type KeyRing = ReadonlyMap<string, KnownKey>;

/** null: the bytes are no record, or its id is not that of its key: somebody wrote it by hand. */
export function readKeyRecord(bytes: Uint8Array): KeyRecord | null {
  const read = readDocument(bytes, keyRecordSchema);
  if (!read.ok) return null;
  const key = openPublicKey(read.checked.publicKey);
  return key !== null && keyIdOf(key) === read.checked.keyId ? read.checked : null;
}

/** null: the bytes are no revocation. */
export function readKeyRevocation(bytes: Uint8Array): KeyRevocation | null {
  const read = readDocument(bytes, keyRevocationSchema);
  return read.ok ? read.checked : null;
}

/** The keys of an archive, from what was read by readKeyRecord and readKeyRevocation. */
export function keyRingOf(records: readonly KeyRecord[], revocations: readonly KeyRevocation[]): KeyRing {
  return new Map(
    records.flatMap((record) => {
      const key = knownKeyOf(record, revocations);
      return key === null ? [] : [[key.keyId, key] as const];
    }),
  );
}

/** The earliest of several revocations counts. null: the record has no key. */
function knownKeyOf(record: KeyRecord, revocations: readonly KeyRevocation[]): KnownKey | null {
  const publicKey = openPublicKey(record.publicKey);
  if (publicKey === null) return null;
  const own = revocations
    .filter(({ keyId }) => keyId === record.keyId)
    .map(({ revokedAt, reason }) => ({ atMs: parseInstant(revokedAt) ?? 0, reason }))
    .sort((a, b) => a.atMs - b.atMs);
  return {
    keyId: record.keyId,
    publicKey,
    name: record.name,
    validFromMs: parseInstant(record.validFrom) ?? 0,
    validToMs: record.validTo === null ? null : (parseInstant(record.validTo) ?? 0),
    revoked: own[0] ?? null,
  };
}

/**
 * A key that somebody has from elsewhere, as a file: valid at all times. A stranger who trusts no key of the archive checks by
 * a ring of such keys alone. null: the text is no Ed25519 public key in PEM.
 */
export function pinnedKey(pem: string): KnownKey | null {
  const publicKey = openPublicKey(pem);
  if (publicKey === null) return null;
  const always = { validFromMs: Number.NEGATIVE_INFINITY, validToMs: null, revoked: null };
  return { keyId: keyIdOf(publicKey), publicKey, name: null, ...always };
}
