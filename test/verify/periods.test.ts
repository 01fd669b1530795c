import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/digest.js';
import { periodContentDigest } from '../../src/model/period-digest.js';
import type { PeriodManifest } from '../../src/model/period-manifest.js';
import { countsDigest } from '../../src/reports/backup-compliance/period/compare-periods.js';
import type { PeriodReport } from '../../src/reports/backup-compliance/period/period-report.js';
import type { Verification } from '../../src/verify/verify-archive.js';
import { alteredArchive } from '../support/altered-archive.js';
import { commitDay } from '../support/committed-day.js';
import { type MemoryArchive, createMemoryArchive } from '../support/memory-archive.js';
import { type DayTable, archiveTable, dayOfTable, makePeriod, planName } from '../support/period-days.js';
import { firstKey, signerOf } from '../support/signing.js';
import { verifiedArchive } from '../support/verified-archive.js';

const days = '2026-11-02_2026-11-04';
const other = '2026-11-03_2026-11-04';
const teams = [{ name: 'team a', match: { name: 'a' }, to: ['a@example.com'] }];
const table: DayTable = {
  from: '2026-11-01',
  states: 'C-CC',
  resources: { a: '+ F+', b: '+ ++' },
  recipients: () => teams,
};
const folder = `${planName}/periods/${days}/`;
const [r1, r2] = [`${folder}r1/`, `${folder}r2/`];
const dayKey = (day: number, r = 1): string => `${planName}/2026/11/0${day}/r${r}/manifest.json`;

/** Two revisions: a day was revised after the first. */
let archive: MemoryArchive;

beforeAll(async () => {
  archive = createMemoryArchive();
  await archiveTable(table, archive);
  const settings = { ports: { signer: signerOf(firstKey) } };
  await makePeriod(archive, days, settings);
  const manifest = JSON.parse(await textOf(dayKey(4))) as { madeBy: Record<string, string> };
  const revised = dayOfTable({ ...table, resources: { a: '+ FF', b: '+ ++' } }, 3);
  const supersedes = { revision: 1 } as never;
  await commitDay(archive, revised, {
    revision: 2,
    workbooks: [],
    manifest: { madeBy: manifest.madeBy, supersedes },
  });
  await makePeriod(archive, days, settings);
  await makePeriod(archive, other, settings);
});

const textOf = async (key: string): Promise<string> =>
  Buffer.from((await archive.read(key)) ?? []).toString();
const jsonOf = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

type Change = Readonly<Record<string, Uint8Array | string | null>>;

/** What is found of periods when somebody has made this of the archive. The days are not whole ones. */
async function found(
  change: Change,
): Promise<{ readonly findings: readonly string[]; readonly all: Verification }> {
  const bytes = (value: Change[string]): Uint8Array | null =>
    typeof value === 'string' ? Buffer.from(value) : value;
  const altered = new Map(Object.entries(change).map(([key, value]) => [key, bytes(value)]));
  const none = { from: null, to: null };
  const all = await verifiedArchive(alteredArchive(archive, altered), none, planName);
  const ofPeriods = all.findings.filter(({ key }) => key.includes('/periods/'));
  return { findings: ofPeriods.map(({ kind, key }) => `${kind} ${key.slice(planName.length + 9)}`), all };
}

const at = (prefix: string, name: string): string => `${prefix.slice(planName.length + 9)}${name}`;

type Edit = (document: object) => void;

/** Sets what stands at a path: `days.0.state`. */
function put(path: string, value: unknown): Edit {
  return (document) => {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let within = document;
    for (const name of names) within = Reflect.get(within, name) as object;
    Reflect.set(within, last, value);
  };
}

async function manifestWith(prefix: string, edit: Edit): Promise<Change> {
  const manifest = JSON.parse(await textOf(`${prefix}manifest.json`)) as object;
  edit(manifest);
  return { [`${prefix}manifest.json`]: jsonOf(manifest) };
}

/** Another report, and a manifest whose digests are mended. */
async function forged(
  prefix: string,
  edit: Edit,
  mend: (manifest: PeriodManifest, report: PeriodReport) => void = () => undefined,
): Promise<Change> {
  const report = JSON.parse(await textOf(`${prefix}report.json`)) as PeriodReport;
  edit(report);
  const bytes = jsonOf(report);
  const manifest = await manifestWith(prefix, (each) => {
    put('artefacts.0.sha256', sha256Hex(bytes))(each);
    put('artefacts.0.bytes', bytes.length)(each);
    mend(each as PeriodManifest, report);
  });
  return { [`${prefix}report.json`]: bytes, ...manifest };
}

function mendDigests(manifest: PeriodManifest, report: PeriodReport): void {
  const counts = countsDigest(report);
  const contentDigest = periodContentDigest(manifest.period.label, counts, manifest.days);
  Object.assign(manifest, { countsDigest: counts, contentDigest });
}

function flipped(text: string): string {
  return text.replace('"met": 1', '"met": 2');
}

const signed = ['wrong-signature', 'other-files'];
const withoutSignatures = (all: readonly string[]): readonly string[] =>
  all.filter((each) => !signed.some((kind) => each.startsWith(kind)));

describe('verify reads periods', () => {
  it('and finds nothing in whole ones: their days are counted again, their signatures are right', async () => {
    const { findings, all } = await found({});
    expect(findings).toStrictEqual([]);
    expect(all.periods).toBe(3);
    // Of each a signature and a statement.
    expect(all.signatures).toBe(6);
    expect(all.notes.filter(({ kind }) => kind === 'not-recounted' || kind === 'days-revised')).toStrictEqual(
      [],
    );
  });

  it.each<readonly [what: string, change: () => Promise<Change> | Change, expected: readonly string[]]>([
    [
      'a byte of an artefact',
      async () => ({ [`${r2}report.json`]: flipped(await textOf(`${r2}report.json`)) }),
      [`artefact-altered ${at(r2, 'report.json')}`],
    ],
    [
      'a shorter artefact',
      async () => ({ [`${r2}report.json`]: (await textOf(`${r2}report.json`)).slice(0, -9) }),
      [`artefact-altered ${at(r2, 'report.json')}`],
    ],
    ['no artefact', () => ({ [`${r2}report.json`]: null }), [`artefact-missing ${at(r2, 'report.json')}`]],
    [
      'no manifest of the newest',
      () => ({ [`${r2}manifest.json`]: null }),
      [`unfinished-revision ${at(r2, '')}`],
    ],
    [
      'no manifest of an earlier one',
      () => ({ [`${r1}manifest.json`]: null }),
      [`supersedes-broken ${at(r2, 'manifest.json')}`, `revision-hidden ${at(r1, '')}`],
    ],
    [
      'a manifest that is none',
      () => ({ [`${r2}manifest.json`]: '{' }),
      [`manifest-damaged ${at(r2, 'manifest.json')}`],
    ],
    [
      'a manifest of another version',
      () => ({ [`${r2}manifest.json`]: '{"schemaVersion":1}' }),
      [`manifest-damaged ${at(r2, 'manifest.json')}`],
    ],
    [
      'the manifest of another period',
      async () => ({ [`${r2}manifest.json`]: await textOf(`${planName}/periods/${other}/r1/manifest.json`) }),
      [`manifest-of-another ${at(r2, 'manifest.json')}`],
    ],
    [
      'the manifest of the revision before',
      async () => ({ [`${r2}manifest.json`]: await textOf(`${r1}manifest.json`) }),
      [`manifest-of-another ${at(r2, 'manifest.json')}`],
    ],
    [
      'counts, with a mended sha-256',
      () => forged(r2, put('totals.met', 9)),
      [`content-differs ${at(r2, 'report.json')}`, `period-differs ${at(r2, 'report.json')}`],
    ],
    [
      'counts, with all digests mended',
      () => forged(r2, put('totals.met', 9), mendDigests),
      [`period-differs ${at(r2, 'report.json')}`],
    ],
    [
      'a resource that is left out, with all digests mended',
      () => forged(r2, put('resources', []), mendDigests),
      [`period-differs ${at(r2, 'report.json')}`],
    ],
    [
      'something that no digest counts',
      () => forged(r2, put('resources.0.resourceName', 'other')),
      [`period-differs ${at(r2, 'report.json')}`],
    ],
    [
      'a day that is called complete',
      () => forged(r2, put('days.0.state', 'COMPLETE'), mendDigests),
      [`report-differs ${at(r2, 'report.json')}`],
    ],
    [
      'a report that is none',
      () => forged(r2, put('totals', undefined)),
      [`report-differs ${at(r2, 'report.json')}`],
    ],
    [
      'a status',
      () => manifestWith(r2, put('status', 'COMPLETE')),
      [`report-differs ${at(r2, 'report.json')}`],
    ],
    [
      'a day of the manifest',
      () => manifestWith(r2, put('days.1.revision', 7)),
      [`period-broken ${at(r2, 'manifest.json')}`, `report-differs ${at(r2, 'report.json')}`],
    ],
    [
      'a name that leads elsewhere',
      () => manifestWith(r2, put('days.1.manifestKey', '../../etc/passwd')),
      [`period-broken ${at(r2, 'manifest.json')}`],
    ],
    [
      'the manifest of a day that is not counted by others',
      async () => ({ [dayKey(4, 2)]: `${await textOf(dayKey(4, 2))} ` }),
      [`period-broken ${at(r2, 'manifest.json')}`, `period-broken ${other}/r1/manifest.json`],
    ],
    [
      'a day that is gone',
      () => ({ [dayKey(4, 2)]: null }),
      [`period-broken ${at(r2, 'manifest.json')}`, `period-broken ${other}/r1/manifest.json`],
    ],
    [
      'the report before the first day',
      () => ({ [dayKey(1)]: null }),
      [`period-broken ${at(r1, 'manifest.json')}`, `period-broken ${at(r2, 'manifest.json')}`],
    ],
    [
      'no signature',
      () => ({ [`${r2}manifest.json.sig`]: null }),
      [`signature-missing ${at(r2, 'manifest.json.sig')}`],
    ],
    [
      'neither signature nor statement',
      () => ({ [`${r2}manifest.json.sig`]: null, [`${r2}manifest.json.dsse`]: null }),
      [`signature-missing ${at(r2, 'manifest.json.sig')}`],
    ],
    ['a file of somebody else', () => ({ [`${r2}notes.txt`]: 'x' }), [`foreign ${at(r2, 'notes.txt')}`]],
    [
      'a file that the manifest does not name',
      () => ({ [`${r2}report.xlsx`]: 'x', [`${r2}checkpoint.txt`]: 'x' }),
      [`foreign ${at(r2, 'checkpoint.txt')}`, `foreign ${at(r2, 'report.xlsx')}`],
    ],
    [
      'a period that is none',
      () => ({ [`${planName}/periods/2026-13/r1/report.json`]: '{}' }),
      ['unfinished-revision 2026-13/r1/'],
    ],
    [
      'a claim without an outcome',
      () => ({
        [`${r2}delivery-1.claim.json`]: JSON.stringify({ attempt: 1, expires: '2026-11-05T00:00:00.000Z' }),
      }),
      [`delivery-unreadable ${at(r2, 'delivery-1.claim.json')}`],
    ],
    [
      'a time stamp that was asked for',
      () => manifestWith(r2, put('timestamp', { authority: 'tsa.example.com' })),
      [`timestamp-missing ${at(r2, 'manifest.json.tsr')}`],
    ],
  ])('finds %s', async (_what, change, expected) => {
    expect(withoutSignatures((await found(await change())).findings).toSorted()).toStrictEqual(
      expected.toSorted(),
    );
  });

  it.each<readonly [what: string, change: () => Promise<Change>, expected: readonly string[]]>([
    [
      'a manifest that was made again',
      () => manifestWith(r2, put('principal', 'x')),
      [`wrong-signature ${at(r2, 'manifest.json.sig')}`, `other-files ${at(r2, 'manifest.json.dsse')}`],
    ],
    [
      'a signature of another period',
      async () => ({ [`${r2}manifest.json.sig`]: (await archive.read(`${r1}manifest.json.sig`)) ?? null }),
      [`wrong-signature ${at(r2, 'manifest.json.sig')}`],
    ],
    [
      'a statement of another period',
      async () => ({ [`${r2}manifest.json.dsse`]: (await archive.read(`${r1}manifest.json.dsse`)) ?? null }),
      [`other-files ${at(r2, 'manifest.json.dsse')}`],
    ],
  ])('finds %s by its signatures', async (_what, change, expected) => {
    expect((await found(await change())).findings).toStrictEqual(expected);
  });

  it('finds one that is not signed and does not ask to be, though the plan has a key', async () => {
    const edited = await manifestWith(r2, put('signing', undefined));
    const gone = { [`${r2}manifest.json.sig`]: null, [`${r2}manifest.json.dsse`]: null };
    expect((await found({ ...edited, ...gone })).findings).toContain(`unsigned ${at(r2, 'manifest.json')}`);
  });

  it('finds a number that is left out', async () => {
    const r1Files = archive.keys().filter((key) => key.startsWith(r1));
    const { findings } = await found(Object.fromEntries(r1Files.map((key) => [key, null])));
    expect(findings).toStrictEqual([
      `supersedes-broken ${at(r2, 'manifest.json')}`,
      `revision-missing ${at(r2, '')}`,
    ]);
  });

  it('tells days that were revised since, and finds nothing', async () => {
    const [first, report] = [dayKey(3), dayKey(3).replace('manifest', 'report')];
    const again = Object.fromEntries(
      await Promise.all(
        [first, report].map(async (key) => [key.replace('/r1/', '/r2/'), await archive.read(key)]),
      ),
    ) as Change;
    const { findings, all } = await found(again);
    expect(findings).toStrictEqual([]);
    const notes = all.notes.filter(({ kind }) => kind === 'days-revised');
    // Of a period that was made again, the newest revision alone.
    expect(notes.map(({ key }) => key)).toStrictEqual([
      `${r2}manifest.json`,
      `${planName}/periods/${other}/r1/manifest.json`,
    ]);
    expect(notes[0]?.words).toBe(
      'days have later reports than those that it counts: 2026-11-03 (r2, counted: r1)',
    );
  });

  it('looks at those that lie in a range, and tells what comes from before it', async () => {
    const gone = { [dayKey(1)]: null };
    const part = alteredArchive(archive, new Map(Object.entries(gone)));
    const all = await verifiedArchive(part, { from: '2026-11-02', to: '2026-11-04' }, planName);
    expect(all.periods).toBe(3);
    expect(all.findings.filter(({ kind }) => kind === 'period-broken')).toStrictEqual([]);
    expect(all.notes.filter(({ kind }) => kind === 'not-recounted')).toHaveLength(2);
    expect((await verifiedArchive(archive, { from: '2026-11-03', to: '2026-11-04' }, planName)).periods).toBe(
      1,
    );
  });
});
