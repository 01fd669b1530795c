import { describe, expect, it } from 'vitest';
import { reportDayOf } from '../../../src/base/civil-dates.js';
import { makeDailyReport } from '../../../src/day/make-daily-report.js';
import { readArchivedKeys } from '../../../src/day/signatures/key-store.js';
import { type LateRequest, lateDays, signLate } from '../../../src/day/signatures/sign-late.js';
import { Failure } from '../../../src/errors.js';
import type { Archive } from '../../../src/ports/archive.js';
import type { Signer } from '../../../src/ports/signer.js';
import { verifyEnvelope } from '../../../src/signing/verify-signature.js';
import type { Manifest } from '../../../src/model/manifest.js';
import { backfillPlan, backfillPorts, backupsOf } from '../../support/backfill-plan.js';
import { createMemoryArchive, type MemoryArchive } from '../../support/memory-archive.js';
import { memorySource } from '../../support/memory-source.js';
import { firstKey, signerOf } from '../../support/signing.js';

const [first, second] = ['2026-10-31', '2026-11-01'] as const;
const range: LateRequest = { from: first, to: second, which: 'asked' };

const lost: Signer = {
  location: 'a test',
  open: async () => {
    throw new Failure('storage', 'the vault is gone', { hints: ['Wait.'] });
  },
};

/** @param names of databases with a backup, so that other names make another revision */
async function make(archive: Archive, date: string, signer: Signer | undefined, names = ['ORDERS']) {
  const sources = [memorySource(backupsOf(date, 1, names))];
  const ports = backfillPorts({ archive, sources, signer });
  const day = reportDayOf(date, 'UTC')!;
  return makeDailyReport(backfillPlan, { day, generatedAtMs: Date.parse('2026-11-21T06:00:00Z') }, ports);
}

const late = (
  archive: Archive,
  signer: Signer | undefined = signerOf(firstKey),
  over: Partial<LateRequest> = {},
) => signLate(backfillPlan, { ...range, ...over }, backfillPorts({ archive, signer }));

const signaturesIn = (archive: MemoryArchive): readonly string[] =>
  archive.keys().filter((key) => /\.(?:sig|dsse)$/.test(key));

async function unsignedArchive(over: Parameters<typeof createMemoryArchive>[0] = {}): Promise<MemoryArchive> {
  const archive = createMemoryArchive(over);
  await make(archive, first, lost);
  await make(archive, second, lost);
  await make(archive, second, lost, ['ORDERS', 'PAYROLL']);
  return archive;
}

describe('revisions that are to be signed', () => {
  it('are signed later, each once, superseded ones too', async () => {
    const archive = await unsignedArchive();
    const signed = [
      { date: first, revision: 1 },
      { date: second, revision: 1 },
      { date: second, revision: 2 },
    ];
    expect(await late(archive)).toEqual({ signed, unsigned: [], hints: [], failure: null });
    const before = archive.attempts.length;
    expect((await late(archive)).signed).toEqual([]);
    expect(archive.attempts).toHaveLength(before);

    const { ring } = await readArchivedKeys(archive, 'test');
    const bytes = (await archive.read('test/2026/11/01/r2/manifest.json')) ?? Buffer.alloc(0);
    const manifest = JSON.parse(Buffer.from(bytes).toString()) as Manifest;
    const envelope = (await archive.read('test/2026/11/01/r2/manifest.json.dsse')) ?? Buffer.alloc(0);
    const verdict = verifyEnvelope(envelope, { bytes, manifest }, ring, { stampedMs: null });
    expect(verdict).toMatchObject({
      kind: 'valid',
      statement: { predicate: { signedAt: '2027-06-01T00:00:00.000Z' } },
    });
    expect(manifest.signing).toEqual({ keyId: null });
  });

  it('are named with the reason while the key cannot be reached, and nothing is written', async () => {
    const archive = await unsignedArchive();
    const before = archive.keys();
    const { unsigned, hints } = await late(archive, lost);
    expect(unsigned).toHaveLength(3);
    expect(unsigned[0]).toEqual({ date: first, revision: 1, reason: 'the vault is gone' });
    expect(hints).toEqual(['Wait.']);
    expect(archive.keys()).toEqual(before);
  });

  it('ask for no key where there are none', async () => {
    const archive = createMemoryArchive();
    await make(archive, first, signerOf(firstKey));
    expect(await late(archive, lost)).toMatchObject({ signed: [], unsigned: [] });
  });

  it.each([
    ['before the range', { from: second }, 2],
    ['after the range', { to: first }, 1],
  ])('are left %s', async (_what, over, number) => {
    expect((await late(await unsignedArchive(), signerOf(firstKey), over)).signed).toHaveLength(number);
  });

  it('are not those of a plan that did not sign, unless it is asked for', async () => {
    const archive = createMemoryArchive();
    await make(archive, first, undefined);
    expect((await late(archive)).signed).toEqual([]);
    expect((await late(archive, signerOf(firstKey), { which: 'all' })).signed).toEqual([
      { date: first, revision: 1 },
    ]);
  });

  it('are finished where only one of the two signatures was written', async () => {
    let isCrashed = false;
    const archive = await unsignedArchive({
      beforeCreate: async (key) => {
        if (isCrashed || !key.endsWith('.dsse')) return;
        isCrashed = true;
        throw new Failure('storage', 'the disk is gone');
      },
    });
    const broken = await late(archive);
    expect(broken).toMatchObject({ signed: [], failure: 'the disk is gone' });
    expect(signaturesIn(archive)).toEqual(['test/2026/10/31/r1/manifest.json.sig']);
    expect((await late(archive)).signed).toHaveLength(3);
    expect(signaturesIn(archive)).toHaveLength(6);
  });

  it('are not signed with a file that is another one, or a manifest that is', async () => {
    const archive = await unsignedArchive();
    const other: MemoryArchive = {
      ...archive,
      read: async (key) => (key === 'test/2026/10/31/r1/report.json' ? Buffer.from('{}') : archive.read(key)),
    };
    const { signed, unsigned } = await late(other);
    expect(signed).toHaveLength(2);
    expect(unsigned).toEqual([
      {
        date: first,
        revision: 1,
        reason: 'memory:test/2026/10/31/r1/report.json: it is not the one that its manifest names',
      },
    ]);
  });
});

describe('the days that a run looks at', () => {
  const nowMs = Date.parse('2026-11-20T03:00:00Z');
  it.each([
    ['2026-11-19', 'UTC', '2026-10-16', '2026-11-20'],
    ['2026-11-19', 'America/New_York', '2026-10-15', '2026-11-19'],
    ['2025-01-01', 'UTC', '2025-01-01', '2026-11-20'],
  ])('for a report of %s in %s are %s to %s', (made, timezone, from, to) => {
    expect(lateDays(nowMs, timezone, made)).toEqual({ from, to });
  });
});
