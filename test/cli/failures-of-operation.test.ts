import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { failuresOfOperation } from '../support/operation/failures-of-operation.js';
import { tableCells, withoutCodeMarks } from '../support/table-cells.js';

/** What is seen of each is tried in test/slow. */
describe('"When something fails" of docs/operations.md', () => {
  it('has a row for each thing that is seen, and no other', async () => {
    const rows = (await sectionOf('When something fails')).split('\n').filter((line) => line.startsWith('|'));
    const told = rows
      .filter((row) => !/^\| (?:when|-+) /.test(row))
      .map((row) => tableCells(row).map(withoutCodeMarks));
    const seen = failuresOfOperation.flatMap((each) => [
      ...each.while.seen.map(({ command, exit, says }) => ['it lasts', command, String(exit), says]),
      ...each.mended.seen.map(({ command, exit, says }) => ['it is mended', command, String(exit), says]),
    ]);
    expect(told).toEqual(seen);
  });

  it('says of each what it means, what to do and what comes then', async () => {
    const section = await sectionOf('When something fails');
    for (const { heading, happens, means, todo, goesOn } of failuresOfOperation) {
      for (const words of [`### ${heading}\n`, `**${happens}** ${means}\n`, `: ${todo}\n`, `: ${goesOn}\n`]) {
        expect(section).toContain(words);
      }
    }
  });

  it('ends each with an archive that is verified', () => {
    for (const { mended } of failuresOfOperation) {
      expect(mended).toMatchObject({ archived: 'COMPLETE' });
      expect(mended.seen.map(({ command }) => command)).toContain('verify');
    }
  });
});

async function sectionOf(heading: string): Promise<string> {
  const text = await readFile(new URL('docs/operations.md', packageRoot), 'utf8');
  const [, rest = ''] = text.split(`\n## ${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
}
