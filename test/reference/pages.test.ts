import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { referencePages, withGenerated } from '../../src/reference/reference-pages.js';
import { docPages } from '../support/doc-pages.js';
import { commandLine, faultOfCommand } from '../support/command-line.js';

const readText = (path: string): Promise<string> => readFile(new URL(path, packageRoot), 'utf8');

/** Formatting aside. */
const plain = (text: string): string => text.replaceAll(/-{3,}/g, '---').replaceAll(/\s+/g, ' ');

/** What stands after `backup-report` in the command blocks of a page, one for each line. */
function commandsIn(page: string): readonly (readonly string[])[] {
  const blocks = [...page.matchAll(/```(?:sh|bash)\n([^]*?)```/g)].map(([, text = '']) => text);
  const lines = blocks.flatMap((block) => block.replaceAll(/\\\n\s*/g, ' ').split('\n'));
  return lines.flatMap((line) => {
    const [, words] = /^\s*(?:backup-report|node dist\/src\/main\.js)\s+([^#|>&]*)/.exec(line) ?? [];
    return words === undefined ? [] : [wordsOf(words)];
  });
}

/** What stands after `backup-report` in a sentence. */
function commandsInSentences(page: string): readonly (readonly string[])[] {
  const spans = page.matchAll(/`(?:backup-report|node dist\/src\/main\.js) +([a-z-][^`|]*)`/g);
  return [...spans].map(([, words = '']) => wordsOf(words.replaceAll(/\s+/g, ' ').replace(/ [#>;&].*/, '')));
}

/** A sentence may leave out an argument, or have a word in its place. */
const isIncomplete = (fault: string): boolean =>
  /^error: (?:required option|missing required argument|option .* argument '[A-Z]+' is invalid)|^Usage: /.test(
    fault,
  );

/** As a shell would split it: quotes alone count. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ''));
}

describe('what is generated in docs/', () => {
  it('is what `npm run reference` makes of the source', async () => {
    const pages = await referencePages(await commandLine());
    expect(pages.map(({ page }) => page)).toEqual(['configuration.md', 'cli.md', 'report-reference.md']);
    for (const { page, text } of pages) {
      const written = await readText(`docs/${page}`);
      expect(plain(written)).toBe(plain(withGenerated(written, text)));
    }
  });
});

describe('the README', () => {
  it('has fewer than 90 lines', async () => {
    expect((await readText('README.md')).split('\n').length).toBeLessThan(90);
  });
});

describe('a command in README or docs', () => {
  it('is one that the program takes', async () => {
    const pages = (await readdir(new URL('docs/', packageRoot))).filter((name) => name.endsWith('.md'));
    const faults: string[] = [];
    let tried = 0;
    for (const page of ['README.md', 'CONTRIBUTING.md', ...pages.map((name) => `docs/${name}`)]) {
      for (const args of commandsIn(await readText(page))) {
        tried += 1;
        const fault = await faultOfCommand(args);
        if (fault !== null) faults.push(`${page}: ${args.join(' ')}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(40);
  });

  it('is known where it stands in a sentence, too, with all its options', async () => {
    const faults: string[] = [];
    const pages = (await docPages()).filter(({ path }) => path !== 'CHANGELOG.md');
    const named = pages.flatMap((page) => commandsInSentences(page.text).map((args) => ({ page, args })));
    for (const { page, args } of named) {
      const fault = await faultOfCommand(args);
      if (fault !== null && !isIncomplete(fault)) faults.push(`${page.path}: ${args.join(' ')}: ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(named.length).toBeGreaterThan(25);
  });

  it('would be found if it were wrong', async () => {
    expect(await faultOfCommand(['run', '--dat', '2026-11-19'])).toContain('unknown option');
    expect(await faultOfCommand(['run', '--date', '2026-11-19'])).toBeNull();
    expect(isIncomplete((await faultOfCommand(['backfill', '--from', 'D'])) ?? '')).toBe(true);
    const wrong = commandsInSentences('as `backup-report run --dat D` or `backup-report runs`');
    expect(wrong).toEqual([['run', '--dat', 'D'], ['runs']]);
    for (const args of wrong) expect(isIncomplete((await faultOfCommand(args)) ?? '')).toBe(false);
  });
});
