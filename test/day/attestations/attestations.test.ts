import { describe, expect, it } from 'vitest';
import { readAttestations } from '../../../src/day/attestations/read-attestations.js';
import {
  attestationsMadeBy,
  newestBefore,
  readUsedAttestations,
  usedAttestations,
} from '../../../src/day/attestations/used-attestations.js';
import { jsonBytes } from '../../../src/day/artefacts/write-json.js';
import { publishKey, revokeKey } from '../../../src/day/signatures/key-store.js';
import type { Archive } from '../../../src/ports/archive.js';
import { attestIn } from '../../support/attestations.js';
import { createMemoryArchive } from '../../support/memory-archive.js';
import { firstKey, secondKey } from '../../support/signing.js';

const tool = { name: 'oci-backup-reporter', version: '0.0.0' };

/** With the key, published at the begin of 2026-11-18. */
async function signingArchive(): Promise<ReturnType<typeof createMemoryArchive>> {
  const archive = createMemoryArchive();
  const nowMs = Date.parse('2026-11-18T00:00:00Z');
  await publishKey(archive, firstKey, { plan: 'daily', tool, nowMs, validToMs: null });
  return archive;
}

const faultsIn = async (archive: Archive) =>
  (await readAttestations(archive, 'daily')).refused.map(({ fault }) => fault);

/** The same archive, where a file has other bytes or is not there. */
function altered(archive: Archive, name: RegExp, change: (bytes: Uint8Array) => Uint8Array | null): Archive {
  return {
    ...archive,
    list: async (prefix) => {
      const entries = await archive.list(prefix);
      const kept = entries.filter(({ key }) => !name.test(key) || change(Buffer.from('{}')) !== null);
      return kept;
    },
    read: async (key) => {
      const bytes = await archive.read(key);
      return bytes !== null && name.test(key) ? change(bytes) : bytes;
    },
  };
}

const flipped = (bytes: Uint8Array): Uint8Array => {
  const other = Buffer.from(bytes);
  other[20] = (other[20] ?? 0) ^ 1;
  return other;
};

describe('attestations of an archive', () => {
  it('count signed and unsigned, in order of their time', async () => {
    const archive = createMemoryArchive();
    await attestIn(archive, { ticket: 'CHG-2', testedAt: '2026-11-18T12:30:00.000Z' });
    await attestIn(archive);
    const { counted, refused } = await readAttestations(archive, 'daily');
    expect(counted.map(({ ticket, signing }) => [ticket, signing])).toEqual([
      ['CHG-1', null],
      ['CHG-2', null],
    ]);
    expect(refused).toEqual([]);
    const signing = await signingArchive();
    await attestIn(signing, {}, { key: firstKey });
    expect(await readAttestations(signing, 'daily')).toMatchObject({
      counted: [{ signing: { keyId: firstKey.keyId } }],
      refused: [],
    });
  });

  it('are none where the folder is empty', async () => {
    expect(await readAttestations(createMemoryArchive(), 'daily')).toEqual({ counted: [], refused: [] });
  });

  it('are archived once, whoever runs the command and whenever', async () => {
    const archive = createMemoryArchive();
    const first = await attestIn(archive);
    const again = await attestIn(archive, { principal: 'other' }, { attestedAt: '2026-11-20T00:00:00.000Z' });
    expect([first.outcome, again.outcome, again.key === first.key]).toEqual(['created', 'there', true]);
    expect(archive.keys()).toHaveLength(1);
    expect((await attestIn(archive, { result: 'failed' })).outcome).toBe('created');
  });

  it.each([
    ['altered', /\.json$/, flipped, 'other-bytes'],
    ['gone', /attestations\/.*\.json$/, () => null, 'not-there'],
    ['without its signature', /\.sig$/, () => null, 'unsigned'],
    ['without its envelope', /\.dsse$/, () => null, 'unsigned'],
    ['with another signature', /\.sig$/, flipped, 'wrong-signature'],
    ['with a cut-off signature', /\.sig$/, (bytes: Uint8Array) => bytes.subarray(1), 'wrong-signature'],
    ['with no envelope in it', /\.dsse$/, () => Buffer.from('{}'), 'wrong-signature'],
  ] as const)('do not count %s', async (_says, name, change, fault) => {
    const archive = await signingArchive();
    await attestIn(archive, {}, { key: firstKey });
    const other = altered(
      archive,
      name.source.includes('attestations') ? name : new RegExp(`attestations/.*${name.source}`),
      change,
    );
    expect(await readAttestations(other, 'daily')).toMatchObject({ counted: [], refused: [{ fault }] });
  });

  it('do not count with the envelope of another', async () => {
    const archive = await signingArchive();
    const one = await attestIn(archive, {}, { key: firstKey });
    const two = await attestIn(archive, { result: 'failed' }, { key: firstKey });
    const swapped: Archive = {
      ...archive,
      read: (key) => archive.read(key === `${one.key}.dsse` ? `${two.key}.dsse` : key),
    };
    expect(await readAttestations(swapped, 'daily')).toMatchObject({
      counted: [{ result: 'failed' }],
      refused: [{ fault: 'wrong-signature' }],
    });
  });

  it('do not count by a key that the archive does not know or trust', async () => {
    const archive = await signingArchive();
    await attestIn(archive, {}, { key: secondKey });
    await attestIn(archive, { ticket: 'CHG-2' }, { key: firstKey });
    expect(await faultsIn(archive)).toEqual(['untrusted-key']);
    const at = '2026-11-19T00:00:00.000Z';
    const facts = { keyId: firstKey.keyId, plan: 'daily', revokedAt: at, reason: 'lost', recordedAt: at };
    await revokeKey(archive, { ...facts, principal: 'me', tool });
    expect(await faultsIn(archive)).toEqual(['untrusted-key', 'untrusted-key']);
  });

  it('do not count unsigned from the time on at which the plan signs', async () => {
    const archive = await signingArchive();
    await attestIn(
      archive,
      { testedAt: '2026-11-17T01:00:00.000Z' },
      { attestedAt: '2026-11-17T02:00:00.000Z' },
    );
    await attestIn(archive);
    const { counted, refused } = await readAttestations(archive, 'daily');
    expect(counted).toMatchObject([{ testedAt: '2026-11-17T01:00:00.000Z' }]);
    expect(refused).toMatchObject([{ fault: 'unsigned' }]);
  });

  it.each([
    ['a name that is none', 'notes.txt', { a: 1 }],
    ['what is no attestation', `${'0'.repeat(64)}.json`, { a: 1 }],
  ])('do not count: %s', async (_says, name, content) => {
    const archive = createMemoryArchive();
    await archive.create(`daily/attestations/${name}`, { bytes: jsonBytes(content) }, 'application/json');
    expect(await readAttestations(archive, 'daily')).toEqual({
      counted: [],
      refused: [{ name, fault: 'other-bytes' }],
    });
  });

  it('do not count where they are of another plan, or older than their test', async () => {
    const archive = createMemoryArchive();
    const one = await attestIn(archive, { plan: 'other' });
    const bytes = (await archive.read(one.key)) ?? Buffer.alloc(0);
    await archive.create(`daily/attestations/${one.sha256}.json`, { bytes }, 'application/json');
    await attestIn(archive, { testedAt: '2026-11-18T13:00:00.001Z' });
    expect(await faultsIn(archive)).toEqual(['other-bytes', 'other-bytes']);
  });
});

/** Hours after the begin of 2026-11-18, epoch milliseconds. */
const hour = (hours: number) => Date.parse('2026-11-18T00:00:00Z') + hours * 3_600_000;

describe('what a report goes by', () => {
  it('is what was attested before the cut-off, the newest of each result', async () => {
    const archive = createMemoryArchive();
    await attestIn(archive, { ticket: 'old', testedAt: '2026-11-17T12:00:00.000Z' });
    await attestIn(archive, { ticket: 'new' });
    await attestIn(archive, { ticket: 'bad', result: 'failed' });
    await attestIn(
      archive,
      { ticket: 'late', testedAt: '2026-11-18T14:00:00.000Z' },
      { attestedAt: '2026-11-19T00:00:00.000Z' },
    );
    const { counted } = await readAttestations(archive, 'daily');
    const tickets = (cutOffMs: number) => newestBefore(counted, cutOffMs).map(({ ticket }) => ticket);
    expect(tickets(hour(13))).toEqual([]);
    expect(tickets(hour(24)).sort()).toEqual(['bad', 'new']);
    expect(tickets(hour(24) + 1)).toContain('late');
    const used = usedAttestations({ counted, refused: [] }, [hour(13), hour(24)]);
    expect(used.counted.map(({ ticket }) => ticket).sort()).toEqual(['bad', 'new']);
  });

  it('is kept for a replay, and read back as it was', async () => {
    const archive = createMemoryArchive();
    await attestIn(archive, { note: 'all tables counted' });
    await archive.create('daily/attestations/x', { bytes: Buffer.from('x') }, 'text/plain');
    const used = await readAttestations(archive, 'daily');
    const [file] = attestationsMadeBy(used);
    const back = readUsedAttestations(file?.bytes);
    expect(back).toEqual(used);
    expect(attestationsMadeBy(back ?? used)).toEqual([file]);
    expect(readUsedAttestations(Buffer.from('{}'))).toBeNull();
    expect(attestationsMadeBy(readUsedAttestations(undefined) ?? used)).toEqual([]);
  });
});
