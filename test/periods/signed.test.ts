import { generateKeyPairSync, verify } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/digest.js';
import { readArchivedKeys } from '../../src/day/signatures/key-store.js';
import { signLate } from '../../src/day/signatures/sign-late.js';
import { Failure } from '../../src/errors.js';
import type { PeriodManifest } from '../../src/model/period-manifest.js';
import type { Signer } from '../../src/ports/signer.js';
import type { TimestampAuthority } from '../../src/ports/timestamp-authority.js';
import { verifyDetached, verifyEnvelope } from '../../src/signing/verify-signature.js';
import { quiet } from '../support/judge-day.js';
import { type MemoryArchive, createMemoryArchive } from '../support/memory-archive.js';
import { type DayTable, archiveTable, makePeriod, planName } from '../support/period-days.js';
import { firstKey, signerOf } from '../support/signing.js';

const days = '2026-11-01_2026-11-03';
const prefix = `${planName}/periods/${days}/r1/`;
const table: DayTable = { from: '2026-11-01', states: 'CCC', resources: { a: '+F+' } };
const ready = { ports: { signer: signerOf(firstKey) } };
const unreachable: Signer = {
  location: 'a vault',
  open: () =>
    Promise.reject(new Failure('storage', 'the vault does not answer', { hints: ['Ask it again.'] })),
};
const tool = { name: 'oci-backup-reporter', version: '0.0.0' };
const clock = { nowMs: () => Date.parse('2027-02-02T00:00:00Z'), sleep: async () => undefined };

let archive: MemoryArchive;

beforeEach(async () => {
  archive = createMemoryArchive();
  await archiveTable(table, archive);
});

const bytesOf = async (name: string): Promise<Uint8Array> =>
  (await archive.read(`${prefix}${name}`)) ?? Buffer.of();
const namesOf = (): readonly string[] =>
  archive.keys().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));

async function verdicts() {
  const bytes = await bytesOf('manifest.json');
  const manifest = JSON.parse(Buffer.from(bytes).toString()) as PeriodManifest;
  const { ring } = await readArchivedKeys(archive, planName);
  const envelope = await bytesOf('manifest.json.dsse');
  const times = { claimedMs: clock.nowMs(), stampedMs: null };
  const detached = verifyDetached(bytes, await bytesOf('manifest.json.sig'), ring, { times });
  return { manifest, detached, envelope: verifyEnvelope(envelope, { bytes, manifest }, ring, times) };
}

describe('the manifest of a period', () => {
  it('is signed as that of a day: both files before it, the key in the archive', async () => {
    const { signature } = await makePeriod(archive, days, ready);

    expect(signature).toStrictEqual({ kind: 'signed', keyId: firstKey.keyId });
    expect(namesOf()).toStrictEqual([
      'report.json',
      'manifest.json.sig',
      'manifest.json.dsse',
      'manifest.json',
    ]);
    const { manifest, detached, envelope } = await verdicts();
    expect(manifest.signing).toStrictEqual({ keyId: firstKey.keyId });
    expect([detached.kind, envelope.kind]).toStrictEqual(['valid', 'valid']);
    expect(envelope.statement?.predicate).toMatchObject({ plan: planName, period: days, revision: 1 });
    expect(envelope.statement?.subject.map(({ name }) => name)).toStrictEqual([
      'report.json',
      'manifest.json',
    ]);
  });

  it('has a statement that is about no other period of the same files', async () => {
    await makePeriod(archive, days, ready);
    const { manifest } = await verdicts();
    const { ring } = await readArchivedKeys(archive, planName);
    const bytes = await bytesOf('manifest.json');
    const other = { ...manifest, period: { ...manifest.period, label: '2026-11' } };
    const verdict = verifyEnvelope(await bytesOf('manifest.json.dsse'), { bytes, manifest: other }, ring, {
      stampedMs: null,
    });
    expect(verdict.kind).toBe('other-files');
  });

  it('is committed unsigned where the key cannot be reached, and signed when it is made again', async () => {
    const made = await makePeriod(archive, days, { ports: { signer: unreachable } });

    expect(made.signature).toStrictEqual({
      kind: 'unsigned',
      reason: 'the vault does not answer',
      hints: ['Ask it again.'],
    });
    expect((await verdicts()).manifest.signing).toStrictEqual({ keyId: null });
    expect(namesOf()).toStrictEqual(['report.json', 'manifest.json']);

    const again = await makePeriod(archive, days, ready);
    expect(again).toMatchObject({ kind: 'unchanged', late: { signed: [{ date: days, revision: 1 }] } });
    const { detached, envelope } = await verdicts();
    expect([detached.kind, envelope.kind]).toStrictEqual(['valid', 'valid']);
  });

  it.each([
    ['2026-11-20', 1],
    ['2027-08-15', 0],
  ])('is signed by a run that looks at days from %s on: %i', async (from, signed) => {
    await makePeriod(archive, days, { ports: { signer: unreachable } });
    const ports = { archive, clock, log: quiet, signer: signerOf(firstKey) };
    const late = await signLate({ name: planName, tool }, { from, to: '2027-12-31', which: 'asked' }, ports);
    expect(late.signed).toHaveLength(signed);
  });

  it('is not signed later where a file of it is not the one that it names', async () => {
    await makePeriod(archive, days, { ports: { signer: unreachable } });
    const damaged = {
      ...archive,
      read: async (key: string) => (key === `${prefix}report.json` ? Buffer.from('{}') : archive.read(key)),
    };
    const ports = { archive: damaged, clock, log: quiet, signer: signerOf(firstKey) };
    const request = { from: '2026-11-01', to: '2026-11-03', which: 'asked' } as const;
    const { unsigned } = await signLate({ name: planName, tool }, request, ports);
    expect(unsigned).toMatchObject([{ date: days, revision: 1 }]);
  });

  it('is left as it is where it was made before the plan signed, unless all are asked for', async () => {
    await makePeriod(archive, days);
    const ports = { archive, clock, log: quiet, signer: signerOf(firstKey) };
    const sign = (which: 'asked' | 'all') =>
      signLate({ name: planName, tool }, { from: '2026-11-02', to: '2026-11-03', which }, ports);
    expect((await sign('asked')).signed).toStrictEqual([]);
    expect((await sign('all')).signed).toContainEqual({ date: days, revision: 1 });
  });
});

describe('the time stamp of a period', () => {
  const stamped: Uint8Array[] = [];
  const authority: TimestampAuthority = {
    location: 'tsa.example.com',
    stamp: async (bytes) => {
      stamped.push(bytes);
      return { reply: Buffer.from('reply'), genTimeMs: 0, by: 'a test', clockSkewMs: 0 };
    },
    certificates: async () => [],
  };

  it('is over its signature, made after it is committed, and asked for by its manifest', async () => {
    const plan = { timestampAuthority: authority.location };
    const made = await makePeriod(archive, days, {
      plan,
      ports: { ...ready.ports, timestampAuthority: authority },
    });

    expect(made.stamps.stamped).toContainEqual({ date: days, revision: 1 });
    expect(namesOf().at(-1)).toBe('manifest.json.tsr');
    expect((await verdicts()).manifest.timestamp).toStrictEqual({ authority: 'tsa.example.com' });
    const signature = await bytesOf('manifest.json.sig');
    expect(stamped.map((bytes) => sha256Hex(bytes))).toContain(sha256Hex(signature));
  });
});

it('a signature by the archive can be checked by nothing but the public key', async () => {
  await makePeriod(archive, days, ready);
  const manifest = await bytesOf('manifest.json');
  const signature = await bytesOf('manifest.json.sig');
  expect(verify(null, manifest, firstKey.publicPem, signature)).toBe(true);
  expect(verify(null, manifest, generateKeyPairSync('ed25519').publicKey, signature)).toBe(false);
});
