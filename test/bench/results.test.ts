import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type KeptPart, resultsText, staleParts } from '../../bench/results.js';
import { digestOfRooms } from '../../bench/rooms.js';
import { staleText } from '../../bench/stale-text.js';

const part = { name: 'start', rooms: ['src/a', 'one.ts'] };

async function newRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'rooms-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const folder of ['src/a/deep', 'src/b']) await mkdir(join(root, folder), { recursive: true });
  for (const path of ['src/a/deep/x.ts', 'src/b/y.ts', 'one.ts']) await writeFile(join(root, path), '1');
  return root;
}

function kept(digest: string, figures: KeptPart['figures'] = {}): KeptPart {
  const title = 'Start';
  return { title, date: '2026-11-30', commit: 'abc1234', machine: '2 cores', digest, text: 'TABLE', figures };
}

describe('results of the bench', () => {
  it.each([
    ['src/a/deep/x.ts', '2', true],
    ['src/a/new.ts', '1', true],
    ['one.ts', '2', true],
    ['src/b/y.ts', '2', false],
  ])('%s as %s makes a part stale: %s', async (path, content, isStale) => {
    const root = await newRoot();
    const results = { start: kept(await digestOfRooms(root, part.rooms)) };
    expect(await staleParts(root, results, [part])).toEqual([]);
    await writeFile(join(root, path), content);
    const stale = await staleParts(root, results, [part]);
    expect(stale.map(({ name }) => name)).toEqual(isStale ? ['start'] : []);
  });

  it('a part that was never measured is stale, and a release is refused with the command', async () => {
    const stale = await staleParts(await newRoot(), {}, [part]);
    expect(staleText(stale, false)).toBe(
      'no release: bench/RESULTS.md is stale\n  start was never measured\n    -> npm run bench -- --only start\n',
    );
    expect(staleText(stale, true)).toContain('warning: ');
    expect(staleText([], false)).toBe('');
  });

  it.each([
    [12, 'met'],
    [12.01, 'NOT met'],
  ])('a target of 12 with %d is %s, and what was not measured is told', (run, words) => {
    const text = resultsText({ start: kept('0123456789abcdef0', { run }) }, [part]);
    expect(text).toContain(`at most 12 x a bare Node | ${run.toFixed(2)} | ${words} |`);
    expect(text).toContain('at most 700 MB | - | not measured |');
    expect(text).toContain('## Start\n\n`start`, 2026-11-30, commit abc1234');
  });
});
