import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/errors.js';
import type { Signer } from '../../src/ports/signer.js';
import { rememberSigner } from '../../src/signers/remembered-signer.js';
import { createVaultSigner } from '../../src/signers/vault-signer.js';
import { connectTo } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { firstKey, firstPem, secondKey, secondPem, secretOf, signerOf } from '../support/signing.js';

const secretId = 'ocid1.vaultsecret.oc1.iad.signing';

describe('a key in OCI Vault', () => {
  let standIn: StandIn;
  let signer: Signer;

  beforeEach(async () => {
    standIn = await startStandIn();
    signer = createVaultSigner(() => connectTo(standIn), { secretId, endpoint: standIn.url });
  });

  afterEach(() => standIn.close());

  it('is the current version of a secret, read in one signed call', async () => {
    standIn.secrets.put(secretId, firstPem);
    expect(standIn.requests).toEqual([]);
    const key = await signer.open();
    expect(key.keyId).toBe(firstKey.keyId);
    expect(key.sign(Buffer.from('a'))).toEqual(firstKey.sign(Buffer.from('a')));
    expect(standIn.requests.map(({ method, path, status }) => [method, path, status])).toEqual([
      ['GET', `/20190301/secretbundles/${secretId}?stage=CURRENT`, 200],
    ]);
    expect(standIn.requests[0]?.headers['authorization']).toMatch(/^Signature /);
  });

  it('is the newer one after a rotation', async () => {
    standIn.secrets.put(secretId, firstPem);
    standIn.secrets.put(secretId, secondPem);
    expect((await signer.open()).keyId).toBe(secondKey.keyId);
  });

  it('comes after a fault that passes', async () => {
    standIn.secrets.put(secretId, firstPem);
    standIn.faults.next('secretbundles', { status: 503 });
    expect((await signer.open()).keyId).toBe(firstKey.keyId);
  });

  it.each([
    ['is not there', () => undefined, /^cannot read the secret ocid1\.vaultsecret\.\S+ of OCI Vault: .*404/],
    [
      'has no content',
      () => {
        standIn.secrets.put(secretId, firstPem);
        standIn.secrets.hasContent = false;
      },
      /the answer has no content in base64$/,
    ],
    [
      'is something else',
      () => standIn.secrets.put(secretId, `hunter2 ${secretOf(firstPem)}`),
      /^cannot sign with the secret .* it is no private key in PEM/,
    ],
  ])('fails in words where the secret %s, without a part of it', async (_what, arrange, words) => {
    arrange();
    const error = await signer.open().catch((caught: unknown) => caught);
    if (!(error instanceof Failure)) throw error;
    expect(error.message).toMatch(words);
    expect(error.hints).toHaveLength(1);
    expect(JSON.stringify([error.message, error.hints, error.cause ?? null])).not.toMatch(/hunter2|MC4CAQ/);
  });

  it('names the policy where it may not be read', async () => {
    const error = await signer.open().catch((caught: unknown) => caught);
    expect((error as Failure).hints[0]).toContain('read secret-bundles');
  });
});

describe('a signer that is remembered', () => {
  it('is asked once, and after a failure again in five minutes', async () => {
    let nowMs = 0;
    let asked = 0;
    let isThere = false;
    const open = async () => {
      asked += 1;
      if (!isThere) throw new Failure('storage', 'not there');
      return signerOf(firstKey).open();
    };
    const signer = rememberSigner({ location: 'a test', open }, { nowMs: () => nowMs });
    await expect(signer.open()).rejects.toThrow('not there');
    isThere = true;
    nowMs = 299_999;
    await expect(signer.open()).rejects.toThrow('not there');
    expect(asked).toBe(1);
    nowMs = 300_000;
    expect((await signer.open()).keyId).toBe(firstKey.keyId);
    await signer.open();
    expect(asked).toBe(2);
  });
});
