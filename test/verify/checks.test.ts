import { describe, expect, it } from 'vitest';
import type { Check, CheckContext, LinkFacts, PlanFacts, RevisionLink } from '../../src/verify/check.js';
import { checkChain } from '../../src/verify/checks/check-chain.js';
import { checkDays } from '../../src/verify/checks/check-days.js';
import { checkRevisions } from '../../src/verify/checks/check-revisions.js';
import { Told } from '../../src/verify/finding.js';
import { createTimestampReader } from '../../src/verify/reading/timestamp-reader.js';
import { shippedKinds } from '../../src/wiring/report-kinds.js';
import { verifyReadersOf } from '../../src/wiring/wire-verify.js';
import { createMemoryArchive } from '../support/memory-archive.js';

const archive = createMemoryArchive();
const archived = { records: [], revocations: [], ring: new Map(), damaged: [] };

const context: CheckContext = {
  archive,
  readers: verifyReadersOf(shippedKinds),
  timestamps: createTimestampReader(archive, 'p'),
  keys: { ring: new Map(), noteKeys: [], isPinned: false, archived, signsFromMs: null },
  nowMs: Date.parse('2026-12-01T00:00:00Z'),
  backfillCommand: (from, to) => `backfill ${from} ${to}`,
};

interface Given extends Partial<LinkFacts> {
  readonly day: number;
  readonly r?: number;
  readonly sha256?: string;
  /** It has no manifest. */
  readonly unfinished?: true;
  /** Its manifest cannot be used. */
  readonly damaged?: true;
  readonly isDayOver?: boolean;
}

const key = (day: number, r = 1): string => `p/2026/11/${String(day).padStart(2, '0')}/r${r}/manifest.json`;

function linkOf({ day, r = 1, sha256 = `${day}-${r}`, unfinished, damaged, ...facts }: Given): RevisionLink {
  const manifestKey = key(day, r);
  const isUsable = unfinished === undefined && damaged === undefined;
  return {
    date: manifestKey.slice(2, 12).replaceAll('/', '-'),
    revision: r,
    prefix: manifestKey.slice(0, -'manifest.json'.length),
    manifestKey,
    manifestSha256: isUsable ? sha256 : null,
    isUnfinished: unfinished === true,
    facts: isUsable
      ? {
          generatedAt: '2026-12-01T00:00:00.000Z',
          schemaVersion: 2,
          asksForSignature: false,
          timezone: 'UTC',
          isDayOver: true,
          previousManifest: null,
          supersedes: null,
          unfinishedRevisions: [],
          routes: [],
          madeBy: {},
          ...facts,
        }
      : null,
  };
}

async function told(
  check: Check,
  given: readonly Given[],
  range: Partial<PlanFacts['range']> = {},
): Promise<Told> {
  const links = given.map(linkOf);
  const result = new Told();
  const revisions = links.map(({ date, revision, prefix, isUnfinished }) => ({
    date,
    revision,
    prefix,
    hasManifest: !isUnfinished,
    files: new Map(),
  }));
  const listed = { plan: 'p', revisions, madeBy: [], others: [], foreign: [] };
  await check.ofPlan?.(
    { plan: 'p', listed, links, range: { from: null, to: null, ...range } },
    result,
    context,
  );
  return result;
}

const shown = ({ findings, notes }: Told): readonly string[] =>
  [...findings, ...notes].map((each) => `${each.kind} ${each.key.replace('p/2026/11/', '')}`);

const supersedes = (revision: number, manifestSha256 = `19-${revision}`) => ({ revision, manifestSha256 });
const previous = (day: number, sha256 = `${day}-1`, r = 1) => ({ key: key(day, r), sha256 });

describe('revisions of a day', () => {
  const rows: readonly (readonly [string, readonly Given[], readonly string[]])[] = [
    ['one', [{ day: 19 }], []],
    ['one that replaces another', [{ day: 19 }, { day: 19, r: 2, supersedes: supersedes(1) }], []],
    [
      'with another digest',
      [{ day: 19 }, { day: 19, r: 2, supersedes: supersedes(1, 'x') }],
      ['supersedes-broken 19/r2/manifest.json'],
    ],
    [
      'one that replaces what is not there',
      [{ day: 19, r: 2, supersedes: supersedes(1) }],
      ['revision-missing 19/r2/', 'supersedes-broken 19/r2/manifest.json'],
    ],
    ['one that replaces none', [{ day: 19 }, { day: 19, r: 2 }], ['revision-hidden 19/r2/manifest.json']],
    [
      'one that passes over another',
      [
        { day: 19 },
        { day: 19, r: 2, supersedes: supersedes(1) },
        { day: 19, r: 3, supersedes: supersedes(1) },
      ],
      ['revision-hidden 19/r3/manifest.json'],
    ],
    [
      'one that passes over a damaged one, which is told',
      [{ day: 19 }, { day: 19, r: 2, damaged: true }, { day: 19, r: 3, supersedes: supersedes(1) }],
      [],
    ],
    [
      'a gap in the numbers',
      [{ day: 19 }, { day: 19, r: 4, supersedes: supersedes(1) }],
      ['revision-missing 19/r4/', 'revision-missing 19/r4/'],
    ],
    [
      'the newest is unfinished',
      [{ day: 19 }, { day: 19, r: 2, unfinished: true }],
      ['unfinished-revision 19/r2/'],
    ],
    [
      'an unfinished one that is named',
      [
        { day: 19, unfinished: true },
        { day: 19, r: 2, unfinishedRevisions: [1] },
      ],
      ['named-unfinished 19/r1/'],
    ],
    [
      'an unfinished one that is not named',
      [
        { day: 19, unfinished: true },
        { day: 19, r: 2 },
      ],
      ['revision-hidden 19/r1/'],
    ],
    [
      'a finished one that is named as unfinished',
      [{ day: 19 }, { day: 19, r: 2, unfinishedRevisions: [1], supersedes: supersedes(1) }],
      ['revision-hidden 19/r1/'],
    ],
    ['numbers of another day do not matter', [{ day: 18 }, { day: 19 }], []],
  ];
  it.each(rows)('%s', async (_what, given, expected) => {
    expect(shown(await told(checkRevisions, given))).toEqual(expected);
  });
});

describe('the chain', () => {
  const rows: readonly (readonly [string, readonly Given[], readonly string[]])[] = [
    ['of two', [{ day: 18 }, { day: 19, previousManifest: previous(18) }], []],
    [
      'with another digest',
      [{ day: 18 }, { day: 19, previousManifest: previous(18, 'x') }],
      ['chain-broken 19/r1/manifest.json'],
    ],
    [
      'whose link is not there',
      [{ day: 19, previousManifest: previous(18) }],
      ['chain-broken 19/r1/manifest.json'],
    ],
    [
      'whose link is of the same day',
      [{ day: 19 }, { day: 19, r: 2, previousManifest: previous(19) }],
      ['chain-broken 19/r2/manifest.json'],
    ],
    [
      'whose link is of a later day',
      [
        { day: 19, previousManifest: previous(20) },
        { day: 20, previousManifest: previous(19) },
      ],
      ['chain-broken 19/r1/manifest.json'],
    ],
    [
      'whose link is of another plan',
      [{ day: 19, previousManifest: { key: 'q/2026/11/18/r1/manifest.json', sha256: '' } }],
      ['chain-broken 19/r1/manifest.json'],
    ],
    [
      'whose link is no manifest',
      [{ day: 19, previousManifest: { key: 'p/2026/11/18/r1/report.json', sha256: '' } }],
      ['unsafe-name 19/r1/manifest.json'],
    ],
    [
      'whose link leads elsewhere',
      [{ day: 19, previousManifest: { key: 'p/../../x/2026/11/18/r1/manifest.json', sha256: '' } }],
      ['unsafe-name 19/r1/manifest.json'],
    ],
    [
      'that passes over a day which came later',
      [{ day: 17 }, { day: 18, previousManifest: previous(17) }, { day: 19, previousManifest: previous(17) }],
      ['inserted-days 19/r1/manifest.json'],
    ],
    [
      'that begins after a day which came later',
      [{ day: 18 }, { day: 19 }],
      ['inserted-days 19/r1/manifest.json'],
    ],
    ['with a gap that nothing fills', [{ day: 15 }, { day: 19, previousManifest: previous(15) }], []],
  ];
  it.each(rows)('%s', async (_what, given, expected) => {
    expect(shown(await told(checkChain, given))).toEqual(expected);
  });

  it.each<[what: string, from: string | null, expected: string]>([
    ['of the first day of a part of an archive is told', '2026-11-19', 'goes-on-from-outside'],
    ['of a day within the range is a finding', '2026-11-18', 'chain-broken'],
    ['of the first day of a whole archive is a finding', null, 'chain-broken'],
  ])('whose link is not there %s', async (_what, from, expected) => {
    const given = [{ day: 19, previousManifest: previous(18) }];
    const to = from === null ? null : '2026-11-20';
    expect(shown(await told(checkChain, given, { from, to }))).toEqual([`${expected} 19/r1/manifest.json`]);
  });
});

describe('days', () => {
  const rows: readonly (readonly [
    string,
    readonly Given[],
    Partial<PlanFacts['range']>,
    readonly string[],
  ])[] = [
    ['that follow each other', [{ day: 18 }, { day: 19 }], {}, []],
    ['with a gap', [{ day: 10 }, { day: 12 }, { day: 15 }], {}, ['11/', '13/']],
    ['with a damaged one, which is told', [{ day: 18 }, { day: 19, damaged: true }, { day: 20 }], {}, []],
    ['with an unfinished one', [{ day: 18 }, { day: 19, unfinished: true }, { day: 20 }], {}, ['19/']],
    [
      'with one that was made before it was over',
      [{ day: 18 }, { day: 19, isDayOver: false }, { day: 20 }],
      {},
      ['19/'],
    ],
    [
      'before and after, in a range that was asked for',
      [{ day: 18 }],
      { from: '2026-11-17', to: '2026-11-19' },
      ['17/', '19/'],
    ],
    ['of a zone that skipped one', [{ day: 29, timezone: 'Pacific/Apia' }], {}, []],
  ];
  it.each(rows)('%s', async (_what, given, range, expected) => {
    const result = await told(checkDays, given, range);
    expect(shown(result)).toEqual(expected.map((each) => `missing-days ${each}`));
  });

  it('are not missing while they are not over: nothing could make them', async () => {
    const given = [{ day: 29 }, { day: 30, isDayOver: false }];
    const { findings } = await told(checkDays, given, { from: null, to: '2026-12-05' });
    expect(findings.map(({ words }) => words)).toEqual([
      '1 day has no report: 2026-11-30; backfill 2026-11-30 2026-11-30',
    ]);
  });

  it('names the command that makes them', async () => {
    const { findings } = await told(checkDays, [{ day: 10 }, { day: 14 }]);
    expect(findings[0]?.words).toBe(
      '3 days have no report: 2026-11-11 to 2026-11-13; backfill 2026-11-11 2026-11-13',
    );
  });
});
