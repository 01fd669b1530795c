import { beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/digest.js';
import { archivedFileOf } from '../../src/model/archive-keys.js';
import { periodManifestSchema } from '../../src/model/period-manifest.js';
import type { MailMessage } from '../../src/ports/delivery.js';
import { periodReportSchema } from '../../src/reports/backup-compliance/period/period-report.js';
import { commitDay } from '../support/committed-day.js';
import { type MemoryArchive, createMemoryArchive } from '../support/memory-archive.js';
import { type DayTable, archiveTable, dayOfTable, makePeriod, planName } from '../support/period-days.js';

const week = '2026-11-01_2026-11-03';
const folder = `${planName}/periods/${week}`;
const table: DayTable = { from: '2026-11-01', states: 'CCC', resources: { a: '+F+', b: '+++' } };

describe('the archive of periods', () => {
  let archive: MemoryArchive;
  let sent: MailMessage[];

  beforeEach(async () => {
    archive = createMemoryArchive();
    sent = [];
    await archiveTable(table, archive);
  });

  /** A later revision of a day of the table, with other letters or the same. */
  async function revise(index: number, resources: DayTable['resources'], revision = 2): Promise<void> {
    const manifest = { supersedes: { revision: 1 } as never };
    await commitDay(archive, dayOfTable({ ...table, resources }, index), {
      revision,
      manifest,
      workbooks: [],
    });
  }

  const textOf = async (key: string): Promise<string> =>
    Buffer.from((await archive.read(key)) ?? []).toString();
  const periodKeys = (): readonly string[] => archive.keys().filter((key) => key.startsWith(folder));

  it('writes report.json first and a manifest last, which refers to the manifests of its days', async () => {
    const made = await makePeriod(archive, week);

    expect(made).toMatchObject({ kind: 'committed', revision: 1, delivery: null });
    expect(periodKeys()).toStrictEqual([`${folder}/r1/report.json`, `${folder}/r1/manifest.json`]);
    const manifest = periodManifestSchema
      .strict()
      .parse(JSON.parse(await textOf(`${folder}/r1/manifest.json`)));
    const report = await textOf(`${folder}/r1/report.json`);
    expect(manifest.artefacts).toMatchObject([{ name: 'report.json', sha256: sha256Hex(report) }]);
    for (const { date, manifestKey, manifestSha256, revision } of manifest.days) {
      expect(manifestKey).toBe(`${planName}/${date.replaceAll('-', '/')}/r1/manifest.json`);
      expect(manifestSha256).toBe(sha256Hex(await textOf(manifestKey ?? '')));
      expect(revision).toBe(1);
    }
    expect(manifest).toMatchObject({ supersedes: null, status: 'COMPLETE', plan: planName });
  });

  it('writes a report.json that its published schema describes in full, under names that the archive knows', async () => {
    await makePeriod(archive, week);

    const report: unknown = JSON.parse(await textOf(`${folder}/r1/report.json`));
    expect(periodReportSchema.strict().parse(report)).toStrictEqual(report);
    for (const key of periodKeys()) expect(archivedFileOf(planName, key)?.place).toBe('period');
  });

  it('writes nothing and mails nothing for the same days again', async () => {
    await makePeriod(archive, week, { sent });
    const before = archive.keys().length;

    const again = await makePeriod(archive, week, { sent, now: '2027-03-01T00:00:00Z' });

    expect(again).toMatchObject({ kind: 'unchanged', revision: 1, delivery: { kind: 'already-delivered' } });
    expect(again.report.generatedAt).toBe('2027-02-01T00:00:00.000Z');
    expect(archive.keys()).toHaveLength(before);
    expect(sent).toHaveLength(1);
  });

  it('makes one revision of several days that were revised, and mails it where counts changed', async () => {
    await makePeriod(archive, week, { sent });
    await revise(1, { a: '+++', b: '+M+' });
    await revise(2, { a: '+FF', b: '+++' });

    const made = await makePeriod(archive, week, { sent });

    expect(made).toMatchObject({ kind: 'committed', revision: 2, delivery: { kind: 'delivered' } });
    expect(made.report).toMatchObject({ revisedDays: 2, totals: { met: 4, failed: 1, missed: 1 } });
    const { supersedes } = JSON.parse(await textOf(`${folder}/r2/manifest.json`));
    expect(supersedes).toMatchObject({ revision: 1, reason: '2 days have other reports than before' });
    expect(supersedes.manifestSha256).toBe(sha256Hex(await textOf(`${folder}/r1/manifest.json`)));
    expect(supersedes.changes).toStrictEqual([
      { kind: 'status', subject: '2026-11-02', words: 'complete (r1) → complete (r2)' },
      { kind: 'status', subject: '2026-11-03', words: 'complete (r1) → complete (r2)' },
      { kind: 'other', subject: 'dba-oncall@example.com', words: '5 of 6 → 4 of 6' },
      { kind: 'resource', subject: 'b', words: '3 of 3 → 2 of 3' },
    ]);
    expect(sent.map(({ messageId }) => messageId)).toStrictEqual([
      `<${planName}.period-${week}.r1@example.com>`,
      `<${planName}.period-${week}.r2@example.com>`,
    ]);
  });

  it('archives and does not mail a revision that counts what the one before it did', async () => {
    await makePeriod(archive, week, { sent });
    await revise(1, table.resources);

    const made = await makePeriod(archive, week, { sent });

    expect(made).toMatchObject({ kind: 'committed', revision: 2, delivery: { kind: 'withheld' } });
    expect(sent).toHaveLength(1);
    const written = periodKeys().filter((key) => key.includes('/r2/'));
    expect(written.indexOf(`${folder}/r2/delivery-1.json`)).toBeLessThan(
      written.indexOf(`${folder}/r2/manifest.json`),
    );
    // Nor does the next pass.
    expect((await makePeriod(archive, week, { sent })).delivery?.kind).toBe('withheld');
    expect(sent).toHaveLength(1);
  });

  it('mails it where nobody has the mail of the one before it', async () => {
    await makePeriod(archive, week);
    await revise(1, table.resources);

    await makePeriod(archive, week, { sent });

    expect(sent.map(({ subject }) => subject)).toStrictEqual([`${week} r2 revised`]);
  });

  it('names a damaged day, counts it as missing, and counts it again when it is whole', async () => {
    await revise(1, { a: '+++', b: '+++' });
    const key = `${planName}/2026/11/02/r2/report.json`;
    const damaged: MemoryArchive = {
      ...archive,
      read: async (asked) => (asked === key ? Buffer.from('{}') : archive.read(asked)),
    };

    const made = await makePeriod(damaged, week);

    expect(made.report.days[1]).toMatchObject({ state: 'MISSING', revision: null, manifestSha256: null });
    expect(made.report.totals).toMatchObject({ met: 4, failed: 0, unknown: 2 });
    expect(made.report.statusReasons).toStrictEqual([
      '1 day has no report that can be used: 2026-11-02. What was in the population before counts as unknown.',
      `2026-11-02: memory:${key} cannot be used: it is not the one that its manifest names.`,
    ]);
    expect((await makePeriod(archive, week)).report).toMatchObject({
      status: 'COMPLETE',
      totals: { met: 6 },
    });
  });

  it('counts no report that was made before its day was over', async () => {
    const day = dayOfTable({ ...table, resources: { a: '+++' } }, 1);
    const manifest = { generatedAt: '2026-11-02T12:00:00.000Z', cutOff: '2026-11-03T00:00:00.000Z' };
    await commitDay(archive, day, { revision: 2, manifest, workbooks: [] });

    const { days, totals } = (await makePeriod(archive, week)).report;

    expect(days[1]).toMatchObject({
      state: 'MISSING',
      reason: expect.stringMatching(/before the day was over/),
    });
    expect(totals).toMatchObject({ expected: 6, unknown: 2 });
  });

  it('leaves an unfinished revision as it is, takes the next number, and names it', async () => {
    await archive.create(`${folder}/r1/report.json`, { bytes: Buffer.from('{') }, 'application/json');

    const made = await makePeriod(archive, week);

    expect(made.revision).toBe(2);
    expect(JSON.parse(await textOf(`${folder}/r2/manifest.json`))).toMatchObject({
      unfinishedRevisions: [1],
    });
  });

  it('replaces a revision that is not what its manifest names', async () => {
    await makePeriod(archive, week);
    const damaged: MemoryArchive = {
      ...archive,
      read: async (asked) => (asked === `${folder}/r1/report.json` ? Buffer.from('{}') : archive.read(asked)),
    };

    const made = await makePeriod(damaged, week);

    expect(made).toMatchObject({ kind: 'committed', revision: 2 });
    const { supersedes } = JSON.parse(await textOf(`${folder}/r2/manifest.json`));
    expect(supersedes.reason).toMatch(/^the same days are counted or compared otherwise; /);
  });
});
