import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { failing, failingPlan } from '../support/operation/failing-plan.js';
import { failuresOfOperation } from '../support/operation/failures-of-operation.js';
import { seenBy } from '../support/operation/seen-by.js';
import { tableCells, withoutCodeMarks } from '../support/table-cells.js';

/** What is seen of each is tried in test/slow; here of one. */
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

describe('a connector that never delivered', () => {
  it('is told by run and doctor, and the report is made once it delivers', async () => {
    const failure = failuresOfOperation.find(({ id }) => id === 'connector-never');
    if (failure === undefined) throw new Error('the table has no such failure');
    const plan = await failingPlan(failure.id);
    try {
      expect(await seenBy(plan, failure.while)).toEqual(failure.while);
      await failing[failure.id].isMended(plan);
      expect(await seenBy(plan, failure.mended)).toEqual(failure.mended);
    } finally {
      await plan.remove();
    }
  });
});

async function sectionOf(heading: string): Promise<string> {
  const text = await readFile(new URL('docs/operations.md', packageRoot), 'utf8');
  const [, rest = ''] = text.split(`\n## ${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
}
