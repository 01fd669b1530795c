import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { commandBlocksOf, docPages } from '../support/doc-pages.js';

const run = promisify(execFile);
const blocks = (await docPages()).flatMap(commandBlocksOf);

/** What bash says of the form of some commands, which are not run; null: nothing. */
const faultOfShell = (text: string): Promise<string | null> =>
  run('bash', ['-n', '-c', text]).then(
    () => null,
    (error: Error) => error.message,
  );

describe('a command block in README, CONTRIBUTING, docs and deploy', () => {
  it('has the form of a shell', async () => {
    const faults = await Promise.all(
      blocks.map(async ({ page, first, text }) => [page, first, await faultOfShell(text)]),
    );
    expect(faults.filter(([, , fault]) => fault !== null)).toEqual([]);
    expect(blocks.length).toBeGreaterThan(30);
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
