import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/digest.js';
import { publishKey, revokeKey } from '../../src/day/signatures/key-store.js';
import { attestationSignatures } from '../../src/signing/attestation-files.js';
import { pinnedKey } from '../../src/signing/key-record.js';
import { alteredArchive } from '../support/altered-archive.js';
import { attestIn } from '../support/attestations.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import { firstKey, secondKey } from '../support/signing.js';
import { verifiedArchive } from '../support/verified-archive.js';

const tool = { name: 'oci-backup-reporter', version: '0.0.0' };
const published = { plan: 'daily', tool, nowMs: Date.parse('2026-11-10T00:00:00Z'), validToMs: null };
const none = { from: null, to: null };

const archive = createMemoryArchive();
/** From before the plan signed, signed, and another one signed. */
let keys: readonly string[];

beforeAll(async () => {
  const early = { testedAt: '2026-11-08T12:00:00.000Z' };
  const unsigned = await attestIn(archive, early, { attestedAt: '2026-11-09T00:00:00.000Z' });
  await publishKey(archive, firstKey, published);
  const signed = await attestIn(archive, {}, { key: firstKey });
  const other = await attestIn(archive, { ticket: 'CHG-2' }, { key: firstKey });
  keys = [unsigned.key, signed.key, other.key];
});

const bytesOf = async (key: string): Promise<Uint8Array> => (await archive.read(key)) ?? Buffer.of();

async function found(change: Readonly<Record<string, Uint8Array | string | null>>, outside = {}) {
  const altered = new Map(
    Object.entries(change).map(([key, value]) => [
      key,
      typeof value === 'string' ? Buffer.from(value) : value,
    ]),
  );
  const all = await verifiedArchive(alteredArchive(archive, altered), none, 'daily', outside);
  const findings = all.findings.filter(({ key }) => key.includes('/attestations/'));
  return { all, findings: findings.map(({ kind, key }) => `${kind} ${key}`).toSorted() };
}

/** What the text becomes, under the name of its own digest, signed by a key. */
async function attested(edit: (attestation: Record<string, unknown>) => void, key = firstKey) {
  const attestation = JSON.parse(Buffer.from(await bytesOf(keys[1] ?? '')).toString());
  edit(attestation);
  const bytes = Buffer.from(`${JSON.stringify(attestation, null, 2)}\n`);
  const prefix = 'daily/attestations/';
  const files = attestationSignatures(bytes, attestation, key).map((each) => [
    `${prefix}${each.name}`,
    each.bytes,
  ]);
  const name = `${prefix}${sha256Hex(bytes)}.json`;
  return { name, change: { [name]: bytes, ...Object.fromEntries(files) } as Record<string, Uint8Array> };
}

const pinned = (key: typeof firstKey) => ({
  pinned: [pinnedKey(key.publicPem)].flatMap((each) => each ?? []),
});

describe('verify reads attestations', () => {
  it('and finds nothing in whole ones', async () => {
    const { all, findings } = await found({});
    expect([findings, all.attestations, all.signatures]).toStrictEqual([[], 3, 4]);
  });

  it('finds a changed byte, and one that is put in the place of another', async () => {
    const [, signed = '', other = ''] = keys;
    const text = Buffer.from(await bytesOf(signed)).toString();
    const altered = [`artefact-altered ${signed}`];
    expect((await found({ [signed]: text.replace('passed', 'failed') })).findings).toStrictEqual(altered);
    expect((await found({ [signed]: text.slice(0, -5) })).findings).toStrictEqual(altered);
    expect((await found({ [signed]: await bytesOf(other) })).findings).toStrictEqual(altered);
  });

  it('finds one that is gone while its signatures are there', async () => {
    const [, signed = ''] = keys;
    expect((await found({ [signed]: null })).findings).toStrictEqual([`attestation-missing ${signed}`]);
  });

  it.each(['.sig', '.dsse'])('finds a signature %s that is gone, flipped or of another', async (ending) => {
    const [, signed = '', other = ''] = keys;
    const key = `${signed}${ending}`;
    const bytes = Buffer.from(await bytesOf(key));
    const flipped = Buffer.from(bytes);
    flipped[40] = (flipped[40] ?? 0) ^ 1;
    expect((await found({ [key]: null })).findings).toStrictEqual([`signature-missing ${key}`]);
    expect((await found({ [key]: flipped })).findings).toStrictEqual([
      expect.stringMatching(/^(wrong|malformed)-signature /),
    ]);
    const ofOther = (await found({ [key]: await bytesOf(`${other}${ending}`) })).findings;
    expect(ofOther).toStrictEqual([`${ending === '.sig' ? 'wrong-signature' : 'other-files'} ${key}`]);
  });

  it('finds one that somebody made: not signed, or by a key that nobody knows', async () => {
    const { name, change } = await attested((each) => (each['ticket'] = 'CHG-3'), secondKey);
    expect((await found(change)).findings.map((each) => each.split(' ')[0])).toContain('wrong-signature');
    const other = await attested((each) => (each['signing'] = { keyId: secondKey.keyId }), secondKey);
    const unknown = [`unknown-key ${other.name}.dsse`, `unknown-key ${other.name}.sig`];
    expect((await found(other.change)).findings).toStrictEqual(unknown);
    const unsigned = await attested((each) => (each['signing'] = null));
    const alone = { [unsigned.name]: unsigned.change[unsigned.name] ?? null };
    expect((await found(alone)).findings).toStrictEqual([`unsigned ${unsigned.name}`]);
    expect(name).not.toBe(unsigned.name);
  });

  it.each([
    ['of another plan', (each: Record<string, unknown>) => (each['plan'] = 'weekly')],
    [
      'from before its own test',
      (each: Record<string, unknown>) => (each['testedAt'] = '2026-11-19T00:00:00.000Z'),
    ],
    ['that says something else', (each: Record<string, unknown>) => (each['result'] = 'perhaps')],
  ])('finds one %s', async (_what, edit) => {
    const { name, change } = await attested(edit);
    expect((await found(change)).findings).toStrictEqual([`attestation-damaged ${name}`]);
  });

  it('finds what lies there and is none', async () => {
    const foreign = ['daily/attestations/a/b', 'daily/attestations/notes.txt'];
    const change = Object.fromEntries(foreign.map((key) => [key, 'x']));
    expect((await found(change)).findings).toStrictEqual(foreign.map((key) => `foreign ${key}`));
  });

  it('with a key from elsewhere, wants it to have signed all', async () => {
    const [unsigned = '', signed = ''] = keys;
    expect((await found({}, pinned(firstKey))).findings).toStrictEqual([`unsigned ${unsigned}`]);
    expect((await found({}, pinned(secondKey))).findings).toContain(`unknown-key ${signed}.sig`);
  });

  it('finds those of a key that was revoked', async () => {
    const copy = createMemoryArchive();
    for (const key of archive.keys()) await copy.create(key, { bytes: await bytesOf(key) }, '');
    const revocation = {
      revokedAt: '2027-01-01T00:00:00.000Z',
      reason: 'stolen',
      recordedAt: '2027-01-01T00:00:00.000Z',
    };
    await revokeKey(copy, { plan: 'daily', keyId: firstKey.keyId, principal: 'me', tool, ...revocation });
    const { findings } = await verifiedArchive(copy, none, 'daily');
    expect(findings.filter(({ kind }) => kind === 'key-revoked')).toHaveLength(4);
  });
});
