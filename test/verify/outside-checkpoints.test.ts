import { describe, expect, it } from 'vitest';
import { originOf } from '../../src/transparency-log/checkpoint.js';
import { Told } from '../../src/verify/finding.js';
import { proveCheckpoints } from '../../src/verify/prove-checkpoints.js';
import type { RebuiltRevision } from '../../src/rebuild/rebuilt-revision.js';
import { nothingRebuilt, tellRebuilt } from '../../src/verify/tell-rebuilt.js';
import type { Archive } from '../../src/ports/archive.js';
import { loggedPorts, makeLogged } from '../support/logged-plan.js';
import { createMemoryArchive } from '../support/memory-archive.js';

async function logged(days: readonly string[]): Promise<Archive> {
  const archive = createMemoryArchive();
  for (const day of days) await makeLogged(loggedPorts(archive), `2026-11-${day}`);
  return archive;
}

const checkpointOf = async (archive: Archive, day: string): Promise<string> =>
  Buffer.from((await archive.read(`lines/2026/11/${day}/r1/checkpoint.txt`)) ?? []).toString();

async function told(archive: Archive, text: string, plans: readonly string[] = ['lines']) {
  const result = new Told();
  const origin = text.slice(0, text.indexOf('\n'));
  await proveCheckpoints(archive, [{ name: 'mail.eml', text, origin }], { plans, pinned: [] }, result);
  const { findings, notes } = result;
  return [...findings, ...notes].map(({ kind, key, words }) => `${kind} ${key} ${words}`);
}

describe('a checkpoint from outside', () => {
  it('is extended by later days', async () => {
    const archive = await logged(['18', '19', '20']);
    expect(await told(archive, await checkpointOf(archive, '19'))).toEqual([
      'extends-checkpoint lines/log/ mail.eml: the archive has all 2 leaves of the checkpoint unaltered, and 3 in all; it is not signed',
    ]);
  });

  it('shows that the archive was rolled back', async () => {
    const text = await checkpointOf(await logged(['18', '19', '20']), '20');
    expect((await told(await logged(['18', '19']), text)).join()).toMatch(
      /^rolled-back lines\/log\/ .*of 3 leaves, and the log has 2/,
    );
  });

  it('shows another history', async () => {
    const text = await checkpointOf(await logged(['18', '19']), '19');
    expect((await told(await logged(['17', '18', '19']), text)).join()).toMatch(/^other-history /);
  });

  it('of another plan proves nothing, unless the archive has that plan', async () => {
    const archive = await logged(['18']);
    const text = await checkpointOf(archive, '18');
    const other = text.replace(originOf('lines'), originOf('others'));
    expect((await told(archive, other)).join()).toMatch(
      /^checkpoint-of-another .*others, and the archive has none/,
    );
    expect((await told(archive, text, ['renamed'])).join()).toMatch(/^extends-checkpoint lines\/log\//);
    const outside = text.replace(originOf('lines'), originOf('../lines'));
    expect((await told(archive, outside)).join()).toMatch(/^checkpoint-of-another /);
  });
});

const rebuilt = (over: Partial<RebuiltRevision>): RebuiltRevision => ({
  key: 'p/2026/11/19/r1/manifest.json',
  date: '2026-11-19',
  revision: 1,
  outcome: 'same-bytes',
  reason: null,
  isTooOld: false,
  surroundings: [],
  differences: [],
  ...over,
});

describe('a revision that was made again', () => {
  const differences = [
    { artefact: 'report.json', words: 'a: 1 in the archive, 2 made again' },
    { artefact: 'report.html', words: 'at character 5' },
  ];
  it.each<[string, Partial<RebuiltRevision>, readonly string[], object]>([
    ['the same bytes', {}, [], { sameBytes: 1 }],
    [
      'the same content',
      { outcome: 'same-content', differences, surroundings: ['zlib 1 then, 2 now'] },
      ['same-content p/2026/11/19/r1/manifest.json'],
      { sameContent: 1 },
    ],
    [
      'another content',
      { outcome: 'differs', differences },
      ['rebuild-differs p/2026/11/19/r1/report.json', 'rebuild-differs p/2026/11/19/r1/report.html'],
      { differs: 1 },
    ],
    [
      'cannot be made',
      { outcome: 'cannot-rebuild', reason: 'its evidence is gone' },
      ['cannot-rebuild p/2026/11/19/r1/manifest.json'],
      { cannot: 1 },
    ],
    [
      'is of an earlier version',
      { outcome: 'cannot-rebuild', reason: 'version 0.1', isTooOld: true },
      ['not-rebuilt p/2026/11/19/r1/manifest.json'],
      { cannot: 1 },
    ],
  ])('%s', (_what, over, expected, counts) => {
    const result = new Told();
    expect(tellRebuilt(rebuilt(over), nothingRebuilt, result)).toEqual({ ...nothingRebuilt, ...counts });
    expect([...result.findings, ...result.notes].map(({ kind, key }) => `${kind} ${key}`)).toEqual(expected);
    const isFound = ['differs', 'cannot-rebuild'].includes(over.outcome ?? '') && over.isTooOld !== true;
    expect(result.findings.length > 0).toBe(isFound);
  });
});
