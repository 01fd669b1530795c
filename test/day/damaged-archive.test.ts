import { chownSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import { asNobody } from '../support/as-nobody.js';
import { copyFolder } from '../support/copy-folder.js';
import { contentsOf, damages, whyOfManifest } from '../support/damage.js';
import { type JudgedReport, type Settings, judgeInto, languageOf } from '../support/judge-day.js';
import { databaseEvent } from '../support/raw-event.js';
import { isWholeBreadth } from '../support/share-of.js';

const [older, before, day, after] = ['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'] as const;
const files = [
  'manifest.json',
  'report.json',
  'recovery-points.ndjson.gz',
  'jobs.ndjson.gz',
  'events.ndjson.gz',
] as const;

const backup = (date: string, name = 'SALES', details: Record<string, string> = {}) =>
  databaseEvent('end', `${date}T02:00:00Z`, {
    id: `${name}-${date}`,
    resourceId: `ocid1.dbbackup.oc1.iad.${name.toLowerCase()}${date}`,
    details: { databaseId: `ocid1.database.oc1.iad.${name.toLowerCase()}`, dbUniqueName: name, ...details },
  });

const records = [older, before, day, after].map((date) => backup(date));
let whole: string;
let archive: string;

const make = (date: string, over: Settings & { readonly records?: readonly unknown[] } = {}) =>
  asNobody(() => judgeInto(archive, date, { records, ...over }));

const pathOf = (date: string, name: string, revision = 1): string =>
  join(archive, 'test', date.replaceAll('-', '/'), `r${revision}`, name);

const revisionsOf = async (date: string): Promise<string[]> =>
  (await readdir(join(archive, 'test', date.replaceAll('-', '/')))).sort();

const manifestOf = async (date: string, revision: number): Promise<Manifest> =>
  JSON.parse(await readFile(pathOf(date, 'manifest.json', revision), 'utf8')) as Manifest;

const incomplete = (why: unknown) => ({ status: 'INCOMPLETE', statusReasons: [why] });

function ownedByNobody(directory: string): void {
  if (process.getuid?.() !== 0) return;
  chownSync(directory, 65_534, 65_534);
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(directory, name), 65_534, 65_534);
  }
}

/** The revisions that were there are as they were. */
async function expectUntouched(then: ReadonlyMap<string, string>): Promise<void> {
  const now = await contentsOf(archive);
  const same = [...then.keys()].map((name) => [name, now.get(name)] as const);
  expect(same).toEqual([...then]);
}

beforeAll(async () => {
  whole = await mkdtemp(join(tmpdir(), 'whole-archive-'));
  for (const date of [older, before, day]) await judgeInto(whole, date, { records });
});

afterAll(() => rm(whole, { recursive: true, force: true }));

beforeEach(async () => {
  archive = await mkdtemp(join(tmpdir(), 'damaged-archive-'));
  copyFolder(whole, archive);
  ownedByNobody(archive);
});

afterEach(() => rm(archive, { recursive: true, force: true }));

/** Without its manifest, a revision is one that was never finished. */
const isGone = (file: string, how: string): boolean => file === 'manifest.json' && how === 'is missing';

/** Every damage of every file; in the quick suite every file and every damage, but not each with each. */
const cases = files.flatMap((file, row) =>
  damages
    .filter(({ how }) => !isGone(file, how))
    .filter((_damage, column) => isWholeBreadth || (row + column) % files.length === 0)
    .map((damage) => ({
      file,
      ...damage,
      why: (file === 'manifest.json' && whyOfManifest[damage.how]) || damage.why,
    })),
);

/** Whether the next day reads it. */
const isGoneOnFrom = ({ file }: { readonly file: string }): boolean =>
  files.indexOf(file as (typeof files)[number]) < 3;

describe('a report whose day before has a file that', () => {
  const makeAfter = async ({ file, make: damage }: (typeof cases)[number]) => {
    await rm(join(archive, 'test', day.replaceAll('-', '/')), { recursive: true });
    await damage(pathOf(before, file), pathOf(older, file));
    const then = await contentsOf(archive);
    const { report } = await make(day);
    await expectUntouched(then);
    return report;
  };

  it.each(cases.filter(isGoneOnFrom))('$how ($file) goes around it, and says so', async (damage) => {
    const report = await makeAfter(damage);
    expect(report).toMatchObject(incomplete(expect.stringMatching(damage.why)));
    expect(report.statusReasons[0]).toContain(`the report of ${before} (${pathOf(before, damage.file)})`);
    // It goes on from the newest whole day, over that one.
    expect(report.previousReport).toMatchObject({ date: older, bridgedDays: [before] });
    expect(report.resources).toMatchObject([{ resourceName: 'SALES', outcome: 'SUCCEEDED' }]);
    // And so do the days after it.
    expect((await make(after)).report).toMatchObject({ status: 'COMPLETE', previousReport: { date: day } });
  });

  it.each(cases.filter((each) => !isGoneOnFrom(each)))('$how ($file) needs nothing of it', async (damage) => {
    const previousReport = { date: before };
    expect(await makeAfter(damage)).toMatchObject({ status: 'COMPLETE', previousReport });
  });

  it('is missing (manifest.json) finds a day without a report, and bridges it', async () => {
    await rm(join(archive, 'test', day.replaceAll('-', '/')), { recursive: true });
    await rm(pathOf(before, 'manifest.json'));
    const previousReport = { date: older, bridgedDays: [before] };
    expect((await make(day)).report).toMatchObject({ status: 'COMPLETE', previousReport });
  });
});

describe('a day that is made again and has a file that', () => {
  it.each(cases)(
    '$how ($file) gets the next revision, which names it',
    async ({ file, make: damage, why }) => {
      await damage(pathOf(day, file), pathOf(older, file));
      const { report } = await make(day);
      expect(report).toMatchObject(incomplete(expect.stringMatching(why)));
      expect(report.statusReasons[0]).toContain(join('test', day.replaceAll('-', '/'), 'r1', file));
      expect(report.resources).toMatchObject([{ resourceName: 'SALES', outcome: 'SUCCEEDED' }]);
      expect(report.previousReport).toMatchObject({ date: before });
      expect(await revisionsOf(day)).toEqual(['r1', 'r2']);
      // As long as it is damaged, every later one says the same and writes nothing.
      expect((await make(day)).report.status).toBe('INCOMPLETE');
      expect(await revisionsOf(day)).toEqual(['r1', 'r2']);
      // What comes after goes on from it.
      expect((await make(after)).report).toMatchObject({
        previousReport: { date: day, status: 'INCOMPLETE' },
      });

      await rm(pathOf(day, ''), { recursive: true });
      copyFolder(join(whole, 'test', day.replaceAll('-', '/'), 'r1'), pathOf(day, ''));
      ownedByNobody(archive);
      expect((await make(day)).report).toMatchObject({ status: 'COMPLETE', statusReasons: [] });
      expect(await revisionsOf(day)).toEqual(['r1', 'r2', 'r3']);
    },
  );

  it('is missing (manifest.json) was never finished, and its number stays taken', async () => {
    await rm(pathOf(day, 'manifest.json'));
    expect((await make(day)).report.status).toBe('COMPLETE');
    expect(await manifestOf(day, 2)).toMatchObject({ unfinishedRevisions: [1], supersedes: null });
  });

  it('is missing (manifest.json) was finished if its mail went out', async () => {
    await rm(pathOf(day, 'manifest.json'));
    const claim = { schemaVersion: 1, attempt: 1, recipients: ['ops@example.com'] };
    await writeFile(pathOf(day, 'delivery-1.claim.json'), JSON.stringify(claim));
    expect((await make(day)).report).toMatchObject(incomplete(expect.stringMatching(/it is not there/)));
    expect((await manifestOf(day, 2)).unfinishedRevisions).toEqual([]);
  });
});

describe('a revision that superseded another one and is damaged', () => {
  const late = (date: string) => [...records, backup(date, 'SALES', { lifecycleState: 'FAILED' })];
  const withHr = [...records, backup(before, 'HR')];

  it('is not replaced by the one before it, which said something else', async () => {
    await make(before, { records: withHr });
    expect(await revisionsOf(before)).toEqual(['r1', 'r2']);
    await writeFile(pathOf(before, 'report.json', 2), '{}');
    const { report } = await make(after, { records: withHr });
    expect(report.status).toBe('COMPLETE');
    await rm(join(archive, 'test', day.replaceAll('-', '/')), { recursive: true });
    const again = (await make(day, { records: withHr })).report;
    expect(again).toMatchObject({ status: 'INCOMPLETE', previousReport: { date: older } });
    expect(again.resources.map(({ resourceName }) => resourceName)).toEqual(['HR', 'SALES']);
  });

  it('is replaced by it where they differ in findings alone', async () => {
    await make(before, { records: withHr });
    const path = pathOf(before, 'manifest.json', 2);
    const manifest = await manifestOf(before, 2);
    const supersedes = { ...manifest.supersedes, changes: [], changesTotal: 0 };
    await writeFile(path, JSON.stringify({ ...manifest, supersedes }));
    await writeFile(pathOf(before, 'report.json', 2), '{}');
    await rm(join(archive, 'test', day.replaceAll('-', '/')), { recursive: true });
    const { report } = await make(day, { records: withHr });
    expect(report).toMatchObject({ status: 'INCOMPLETE', previousReport: { date: before } });
    expect((await manifestOf(day, 1)).previousManifest?.key).toContain(`${before.replaceAll('-', '/')}/r1/`);
  });

  it('leaves its evidence to the one before it when its day is made again', async () => {
    await make(day, { records: late(day) });
    await writeFile(pathOf(day, 'manifest.json', 2), '{');
    const { report } = await make(day, { records: [] });
    expect(report).toMatchObject({ status: 'INCOMPLETE', controlTotals: { used: 1 } });
    expect(await revisionsOf(day)).toEqual(['r1', 'r2', 'r3']);
    expect((await manifestOf(day, 3)).supersedes?.revision).toBe(1);
  });
});

const newer = async (date: string): Promise<void> => {
  const manifest = await manifestOf(date, 1);
  await writeFile(pathOf(date, 'manifest.json'), JSON.stringify({ ...manifest, schemaVersion: 3 }));
};

describe('a manifest of a newer version', () => {
  it('is not superseded: its day is not made', async () => {
    await newer(day);
    await expect(make(day)).rejects.toMatchObject({
      kind: 'storage',
      message: `${pathOf(day, 'manifest.json')}: a newer version of this program wrote it (format 3); nothing was written`,
      hints: ['Update this program, or run the version that made the report of this day.'],
    });
    expect(await revisionsOf(day)).toEqual(['r1']);
  });

  it('is gone around by the day after it, which is INCOMPLETE', async () => {
    await newer(day);
    const { report } = await make(after);
    expect(report).toMatchObject(
      incomplete(expect.stringMatching(/a newer version of this program wrote it/)),
    );
    expect(report.previousReport).toMatchObject({ date: before, bridgedDays: [day] });
  });
});

const saidInGerman = async (date: string): Promise<JudgedReport['report']['statusReasons']> =>
  (await make(date, { language: await languageOf('de') })).report.statusReasons;

describe('damage of several days', () => {
  it('is named day by day, and a cold start is told where nothing is whole', async () => {
    for (const date of [older, before]) await writeFile(pathOf(date, 'manifest.json'), '');
    await rm(join(archive, 'test', day.replaceAll('-', '/')), { recursive: true });
    const { report } = await make(day);
    expect(report).toMatchObject({ status: 'INCOMPLETE', previousReport: null });
    expect(report.statusReasons).toEqual([
      expect.stringContaining(`the report of ${before}`),
      expect.stringContaining(`the report of ${older}`),
    ]);
  });

  it('is said in German, too', async () => {
    await writeFile(pathOf(day, 'manifest.json'), '');
    expect(await saidInGerman(after)).toEqual([expect.stringContaining('die Datei ist kein JSON')]);
    expect(await saidInGerman(day)).toEqual([
      expect.stringContaining('archiviert mit r1, ist nicht verwendbar'),
    ]);
  });
});
