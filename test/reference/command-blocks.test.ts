import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { type OtherBlock, commandBlocksOf, docPages, otherBlocksOf } from '../support/doc-pages.js';
import { archiveBlocks } from '../support/documented/archive-blocks.js';
import { blocksElsewhere, blocksNotRun } from '../support/documented/blocks-elsewhere.js';
import { projectBlocks } from '../support/documented/project-blocks.js';
import { withoutComment } from '../support/documented/run-block.js';
import { serviceBlocks } from '../support/documented/service-blocks.js';
import { isShown } from '../support/documented/shown-output.js';

const run = promisify(execFile);
const pages = await docPages();
const blocks = pages.flatMap(commandBlocksOf);

/** What bash says of the form of some commands, which are not run; null: nothing. */
const faultOfShell = (text: string): Promise<string | null> =>
  run('bash', ['-n', '-c', text]).then(
    () => null,
    (error: Error) => error.message,
  );

/** Of which block an entry of a list is. */
const nameOf = ({ page, first }: { readonly page: string; readonly first: string }): string =>
  `${page}: ${first}`;

/** Programs that a person would call. */
const called =
  /^ *(?:\$ )?(?:backup-report|npm|npx|node|git|oci|terraform|docker|kubectl|systemctl|openssl|sha256sum|fn|sudo|curl|apt-get) \S/m;

/** Whether a block that is not for a shell has commands all the same: nobody would run it. */
const hidesCommands = ({ language, text }: OtherBlock): boolean =>
  ['', 'text', 'indented'].includes(language) && called.test(text);

describe('a command block in README, CONTRIBUTING, docs and deploy', () => {
  it('is run by a test, or in the list of those that cannot be, with the reason', () => {
    const entries = [archiveBlocks, projectBlocks, serviceBlocks, blocksElsewhere, blocksNotRun]
      .flat()
      .map(nameOf);
    expect(entries.toSorted()).toEqual(blocks.map(nameOf).toSorted());
    // One that is run here is found by its name; a test elsewhere follows its page in order.
    const runHere = [archiveBlocks, projectBlocks, serviceBlocks].flat().map(nameOf);
    expect(new Set(runHere).size).toBe(runHere.length);
  });

  it('is that of a page which the test that runs it names', async () => {
    for (const { page, test } of blocksElsewhere) {
      const text = await readFile(new URL(test, packageRoot), 'utf8');
      expect([page, test, text.includes(page)]).toEqual([page, test, true]);
    }
  });

  it('is marked as one: no other block has commands', () => {
    const hidden = pages.flatMap(otherBlocksOf).filter(hidesCommands);
    expect(hidden.map(({ page, text }) => `${page}: ${text}`)).toEqual([]);
  });

  it('would be found if it were not', () => {
    const text =
      'Do\n\n    npm run demo\n    ls\n\n- as\n\n  ```\n  backup-report run\n  ```\n\n```text\nnpm\n```\n';
    const found = otherBlocksOf({ path: 'a.md', text });
    expect(found.map((each) => [each.language, each.text, hidesCommands(each)])).toEqual([
      ['', 'backup-report run\n', true],
      ['text', 'npm\n', false],
      ['indented', '    npm run demo\n    ls\n', true],
    ]);
  });

  it('has the form of a shell', async () => {
    const faults = await Promise.all(
      blocks.map(async ({ page, first, text }) => [page, first, await faultOfShell(text)]),
    );
    expect(faults.filter(([, , fault]) => fault !== null)).toEqual([]);
    expect(blocks.length).toBeGreaterThan(40);
  });

  it('would be found if it had not', async () => {
    expect(await faultOfShell('for x in a; do')).toContain('syntax error');
  });

  it('names scripts of npm that there are', async () => {
    const { scripts }: { readonly scripts: Record<string, string> } = JSON.parse(
      await readFile(new URL('package.json', packageRoot), 'utf8'),
    );
    const named = blocks.flatMap(({ text }) =>
      [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name),
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    expect(named.length).toBeGreaterThan(2);
  });
});

describe('how blocks are read', () => {
  it('takes what follows `$ ` in a console as the command, and the rest as what it prints', () => {
    const text = '```console\n$ backup-report run   # now\nCOMPLIANT  2 bytes\n```\n';
    expect(commandBlocksOf({ path: 'a.md', text })).toEqual([
      {
        page: 'a.md',
        first: 'backup-report run',
        text: 'backup-report run   # now\n',
        shown: 'COMPLIANT  2 bytes\n',
      },
    ]);
  });

  it.each([
    ["run   # yesterday, in the plan's zone", 'run'],
    ['attest --note "as # is"   # docs', 'attest --note "as # is"'],
    ["sed -n 's/#//p' a#b", "sed -n 's/#//p' a#b"],
    ['# nothing', ''],
  ])('of %s takes %s', (line, command) => expect(withoutComment(line)).toBe(command));

  it('compares what is shown with what is printed: spaces, sizes and what is left out aside', () => {
    expect(isShown('a  12 bytes, …end\n', 'a 7 bytes, the very end')).toBe(true);
    expect(isShown('a  12 bytes, end\n', 'a 7 bytes, the very end')).toBe(false);
    expect(isShown('a\n', 'a\nb\n')).toBe(false);
  });
});
