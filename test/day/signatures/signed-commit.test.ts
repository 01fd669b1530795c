import { describe, expect, it } from 'vitest';
import { makeDailyReport } from '../../../src/day/make-daily-report.js';
import { readArchivedKeys } from '../../../src/day/signatures/key-store.js';
import type { Manifest } from '../../../src/model/manifest.js';
import { reportDayOf } from '../../../src/base/civil-dates.js';
import { Failure } from '../../../src/errors.js';
import { verifyDetached, verifyEnvelope } from '../../../src/signing/verify-signature.js';
import { backfillPlan, backfillPorts, backupsOf } from '../../support/backfill-plan.js';
import { createMemoryArchive, type MemoryArchive } from '../../support/memory-archive.js';
import { memorySource } from '../../support/memory-source.js';
import { firstKey, signerOf } from '../../support/signing.js';

const date = '2026-11-19';
const day = reportDayOf(date, 'UTC')!;
const folder = 'test/2026/11/19';
const records = backupsOf(date, 1, ['ORDERS']);

/** Makes the day with an archive that fails at one of its writes. */
function make(archive: MemoryArchive) {
  const ports = backfillPorts({ archive, sources: [memorySource(records)], signer: signerOf(firstKey) });
  return makeDailyReport(backfillPlan, { day, generatedAtMs: Date.parse('2026-11-21T06:00:00Z') }, ports);
}

async function verdictsOf(archive: MemoryArchive, revision: number) {
  const read = async (name: string) =>
    (await archive.read(`${folder}/r${revision}/manifest.json${name}`)) ?? Buffer.alloc(0);
  const { ring } = await readArchivedKeys(archive, 'test');
  const bytes = await read('');
  const manifest = JSON.parse(Buffer.from(bytes).toString()) as Manifest;
  const times = { claimedMs: Date.parse('2027-06-01T00:00:00Z'), stampedMs: null };
  return [
    verifyDetached(bytes, await read('.sig'), ring, { times }).kind,
    verifyEnvelope(await read('.dsse'), { bytes, manifest }, ring, times).kind,
  ];
}

describe('a revision of a plan that signs', () => {
  it('has its signatures when it has its manifest, which stays last', async () => {
    const archive = createMemoryArchive();
    const { signature } = await make(archive);
    expect(signature).toEqual({ kind: 'signed', keyId: firstKey.keyId });
    // The log comes after the revision.
    const ofRevision = archive.keys().filter((key) => /manifest/.test(key));
    expect(ofRevision.slice(-3)).toEqual(
      ['.sig', '.dsse', ''].map((ending) => `${folder}/r1/manifest.json${ending}`),
    );
    // The key is there before the first signature that it made.
    const position = (key: string) => archive.keys().indexOf(key);
    expect(position(`test/keys/${firstKey.keyId}.json`)).toBeLessThan(
      position(`${folder}/r1/manifest.json.sig`),
    );
    expect(await verdictsOf(archive, 1)).toEqual(['valid', 'valid']);
  });

  it('that was interrupted at any write is whole or unfinished, and the next one is signed', async () => {
    const whole = createMemoryArchive();
    await make(whole);
    // The log comes after the manifest, and what goes wrong there loses no report.
    const writes = whole.attempts.findIndex((key) => key.endsWith('/manifest.json')) + 1;
    expect(writes).toBeGreaterThan(8);
    for (let crashAt = 0; crashAt < writes; crashAt += 1) {
      let isCrashed = false;
      let made = 0;
      const archive = createMemoryArchive({
        beforeCreate: async () => {
          made += 1;
          if (made <= crashAt || isCrashed) return;
          isCrashed = true;
          throw new Failure('storage', 'the disk is gone');
        },
      });
      await expect(make(archive)).rejects.toThrow('the disk is gone');
      const after = archive.keys().filter((key) => key.startsWith(folder));
      expect(after).not.toContain(`${folder}/r1/manifest.json`);
      const { revision } = await make(archive);
      expect(revision).toBe(after.length === 0 ? 1 : 2);
      expect(await verdictsOf(archive, revision)).toEqual(['valid', 'valid']);
    }
  });

  it('is not committed over the signature of somebody else', async () => {
    const archive = createMemoryArchive();
    const key = `${folder}/r1/manifest.json.sig`;
    let isPlanted = false;
    const raced: MemoryArchive = {
      ...archive,
      async create(name, body, type) {
        if (name === key && !isPlanted) {
          isPlanted = true;
          await archive.create(key, { bytes: Buffer.from('x') }, type);
        }
        return archive.create(name, body, type);
      },
    };
    await expect(make(raced)).rejects.toThrow('in a revision that this run has claimed');
    expect(archive.keys()).not.toContain(`${folder}/r1/manifest.json`);
  });
});
