import { describe, expect, it } from 'vitest';
import { reportDayOf } from '../../../src/base/civil-dates.js';
import { makeDailyReport } from '../../../src/day/make-daily-report.js';
import { timestampFindings } from '../../../src/day/doctor/timestamp-findings.js';
import { stampLate } from '../../../src/day/signatures/stamp-late.js';
import { Failure } from '../../../src/errors.js';
import type { Archive } from '../../../src/ports/archive.js';
import type { TimestampAuthority } from '../../../src/ports/timestamp-authority.js';
import { backfillPlan, backfillPorts, backupsOf } from '../../support/backfill-plan.js';
import { type MemoryArchive, createMemoryArchive } from '../../support/memory-archive.js';
import { memorySource } from '../../support/memory-source.js';

const dates = ['2026-10-31', '2026-11-01', '2026-11-02'] as const;
const range = { from: dates[0], to: dates[2] };
const revisions = dates.map((date) => ({ date, revision: 1 }));

/** Stamps until it has stamped so often. */
function authorityOf(
  stamps = Infinity,
  clockSkewMs = 0,
): TimestampAuthority & { readonly asked: Uint8Array[] } {
  const asked: Uint8Array[] = [];
  return {
    asked,
    location: 'tsa.example',
    certificates: async () => [{ sha256: 'a'.repeat(64), pem: 'a certificate' }],
    stamp: async (bytes) => {
      asked.push(bytes);
      if (asked.length > stamps) throw new Failure('storage', 'it is down', { hints: ['Wait.'] });
      return { reply: Buffer.from(`stamp ${asked.length}`), genTimeMs: 0, by: 'CN=TSA', clockSkewMs };
    },
  };
}

async function archiveOf(over: Parameters<typeof createMemoryArchive>[0] = {}): Promise<MemoryArchive> {
  const archive = createMemoryArchive(over);
  for (const date of dates) {
    const ports = backfillPorts({ archive, sources: [memorySource(backupsOf(date, 1, ['ORDERS']))] });
    const day = reportDayOf(date, 'UTC')!;
    await makeDailyReport(backfillPlan, { day, generatedAtMs: Date.parse('2026-11-21T06:00:00Z') }, ports);
  }
  return archive;
}

const stamp = (archive: Archive, timestampAuthority: TimestampAuthority | undefined, over = {}) =>
  stampLate('test', { ...range, ...over }, backfillPorts({ archive, timestampAuthority }));

const stampsIn = (archive: MemoryArchive): readonly string[] =>
  archive.keys().filter((key) => key.endsWith('.tsr'));

describe('revisions without a time stamp', () => {
  it('get one each, oldest first, over their manifests, and certificates before them', async () => {
    const archive = await archiveOf();
    const authority = authorityOf();
    const before = archive.keys().length;
    expect(await stamp(archive, authority)).toEqual({
      stamped: revisions,
      unstamped: [],
      hints: [],
      failure: null,
    });
    expect(archive.keys().slice(before)).toEqual([
      `test/keys/timestamp-ca-${'a'.repeat(64)}.pem`,
      ...dates.map((date) => `test/${date.replaceAll('-', '/')}/r1/manifest.json.tsr`),
    ]);
    expect(authority.asked[1]).toEqual(await archive.read('test/2026/11/01/r1/manifest.json'));
    expect(await stamp(archive, authority)).toMatchObject({ stamped: [], unstamped: [] });
    expect(authority.asked).toHaveLength(3);
  });

  it('are left by a plan without an authority, and outside of the range', async () => {
    const archive = await archiveOf();
    expect(await stamp(archive, undefined)).toMatchObject({ stamped: [], unstamped: [], failure: null });
    expect((await stamp(archive, authorityOf(), { from: dates[1], to: dates[1] })).stamped).toEqual([
      revisions[1],
    ]);
  });

  it('are named when the authority is down, which is asked once and not for each', async () => {
    const archive = await archiveOf();
    const authority = authorityOf(1);
    expect(await stamp(archive, authority)).toEqual({
      stamped: [revisions[0]],
      unstamped: [revisions[1], revisions[2]].map((each) => ({ ...each, reason: 'it is down' })),
      hints: ['Wait.'],
      failure: null,
    });
    expect(authority.asked).toHaveLength(2);
    expect((await stamp(archive, authorityOf())).stamped).toEqual([revisions[1], revisions[2]]);
    expect(stampsIn(archive)).toHaveLength(3);
  });

  it('are named where the archive fails; what was stamped stays', async () => {
    let left = 1;
    const archive = await archiveOf({
      beforeCreate: async (key) => {
        if (!key.endsWith('.tsr')) return;
        if (left === 0) throw new Failure('storage', 'the disk is gone');
        left -= 1;
      },
    });
    expect(await stamp(archive, authorityOf())).toMatchObject({
      stamped: [revisions[0]],
      failure: 'the disk is gone',
    });
    expect(stampsIn(archive)).toHaveLength(1);
  });
});

describe('what doctor says of the clock of an authority', () => {
  it.each([
    [0, 'ok', 'clocks agree to 2 s'],
    [-1999, 'ok', 'clocks agree to 2 s'],
    [30_400, 'ok', 'its clock is up to 31 s ahead'],
    [-61_000, 'warning', 'its clock is up to 61 s behind'],
  ])('that is %i ms ahead is %s: %s', async (skewMs, state, words) => {
    const [finding] = await timestampFindings(authorityOf(1, skewMs));
    expect(finding).toMatchObject({ check: 'time stamps', state, words: expect.stringContaining(words) });
    expect(finding?.words).toContain('given by tsa.example (CN=TSA)');
    expect(finding?.advice === null).toBe(state === 'ok');
  });
});
