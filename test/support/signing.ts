import { createPrivateKey } from 'node:crypto';
import type { Manifest } from '../../src/model/manifest.js';
import type { Signer } from '../../src/ports/signer.js';
import { type KeyRecord, type KeyRing, keyRingOf } from '../../src/signing/key-record.js';
import { openSigningKey } from '../../src/signing/key-pair.js';

/** What stands before the 32 bytes of an Ed25519 seed in PKCS#8 (RFC 8410, section 7). */
const pkcs8Head = '302e020100300506032b657004220420';

/** The private key of a seed in PEM. */
export function pemOfSeed(hex: string): string {
  const der = Buffer.from(`${pkcs8Head}${hex}`, 'hex');
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

/** Two keys that are the same in each run. */
export const firstPem = pemOfSeed('11'.repeat(32));
export const secondPem = pemOfSeed('22'.repeat(32));
export const firstKey = openSigningKey(firstPem, 'the first key');
export const secondKey = openSigningKey(secondPem, 'the second key');

/** The base64 line of a private key: what must never be printed. */
export function secretOf(pem: string): string {
  return pem.split('\n')[1] ?? pem;
}

export function recordOf(key: typeof firstKey, over: Partial<KeyRecord> = {}): KeyRecord {
  return {
    schemaVersion: 1,
    keyId: key.keyId,
    plan: 'daily',
    name: null,
    algorithm: 'Ed25519',
    publicKey: key.publicPem,
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: null,
    publishedAt: '2026-01-01T00:00:00.000Z',
    tool: { name: 'oci-backup-reporter', version: '0.0.0' },
    ...over,
  };
}

export const ringOfFirst: KeyRing = keyRingOf([recordOf(firstKey)], []);

/** Signs with this key, as many times as it is asked. */
export function signerOf(key: typeof firstKey): Signer {
  return { location: 'a test', open: async () => key };
}

/** The manifest of a small revision. */
export function sampleManifest(over: Partial<Manifest> = {}): Manifest {
  const controlTotals = { read: 3, used: 2, duplicate: 1, outside: 0, ignored: 0, rejected: 0 };
  return {
    schemaVersion: 2,
    plan: 'daily',
    date: '2026-11-19',
    timezone: 'UTC',
    windowStart: '2026-11-19T00:00:00.000Z',
    cutOff: '2026-11-20T00:00:00.000Z',
    revision: 1,
    supersedes: null,
    unfinishedRevisions: [],
    generatedAt: '2026-11-20T06:00:00.000Z',
    tool: { name: 'oci-backup-reporter', version: '0.0.0' },
    nodeVersion: 'v20',
    runtime: { icu: null, timeZones: null, zlib: null },
    principal: 'test',
    status: 'COMPLETE',
    contentDigest: 'c'.repeat(64),
    contentDigestVersion: 2,
    configurationDigest: 'd'.repeat(64),
    inventoryDigest: 'e'.repeat(64),
    madeBy: {},
    controlTotals,
    sources: [
      {
        name: 'exports',
        type: 'local-files',
        request: './events/*',
        windowStart: '2026-11-12T00:00:00.000Z',
        windowEnd: '2026-11-20T00:00:00.000Z',
        complete: true,
        reasons: [],
        controlTotals,
        requests: [],
      },
    ],
    previousManifest: { key: 'daily/2026/11/18/r1/manifest.json', sha256: 'f'.repeat(64) },
    artefacts: [
      { name: 'report.json', bytes: 1, sha256: 'a'.repeat(64), mediaType: 'application/json' },
      { name: 'report.html', bytes: 1, sha256: 'b'.repeat(64), mediaType: 'text/html' },
    ],
    ...over,
  };
}

export function bytesOf(manifest: Manifest): Uint8Array {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
}
