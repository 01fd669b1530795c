import { stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { anchorsOf, type DocPage, docPages, linksOf } from '../support/doc-pages.js';

const exists = (path: string): Promise<boolean> =>
  stat(new URL(path, packageRoot)).then(
    () => true,
    () => false,
  );

/** The links of some pages that lead nowhere. */
async function brokenLinks(pages: readonly DocPage[]): Promise<readonly string[]> {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const faults: string[] = [];
  for (const page of pages) {
    for (const [target, anchor] of linksOf(page)) {
      const path = target === '' ? page.path : posix.join(posix.dirname(page.path), target);
      const there = byPath.get(path);
      if (there === undefined && !(await exists(path))) faults.push(`${page.path}: ${target}`);
      const isAnchor = anchor === undefined || there === undefined || anchorsOf(there).has(anchor);
      if (!isAnchor) faults.push(`${page.path}: ${target}#${anchor}`);
    }
  }
  return faults;
}

describe('a link in README, docs and deploy', () => {
  it('leads to a file that is there, and to a heading that it has', async () => {
    expect(await brokenLinks(await docPages())).toEqual([]);
  });

  it('would be found if it led nowhere', async () => {
    const text =
      '# A `b` & c\n[well](#a-b--c) [none](#b) [gone](gone.md) [out](https://example.com/x#y) [file](../package.json)';
    expect(await brokenLinks([{ path: 'docs/a.md', text }])).toEqual(['docs/a.md: #b', 'docs/a.md: gone.md']);
  });
});
