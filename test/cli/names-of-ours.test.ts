import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { ownCommand } from '../../src/cli/own-command.js';
import { mainHere } from '../support/main-here.js';

/** What fetches a package of this name from a registry, where it is not ours. */
const fetching =
  /\b(?:npx|npm (?:exec|x)|pnpx|pnpm dlx|yarn dlx|bunx)\b[^\n`]*\bbackup-report\b|\bnpm (?:install|i|add) (?:-\S+ )*backup-report\b/;

async function textsBelow(folder: string): Promise<readonly (readonly [string, string])[]> {
  const names = await readdir(new URL(folder, packageRoot), { recursive: true });
  const read = names
    .filter((name) => /\.(?:md|ts|mjs|yaml|html|hbs|json)$/.test(name))
    .map(
      async (name) =>
        [`${folder}${name}`, await readFile(new URL(`${folder}${name}`, packageRoot), 'utf8')] as const,
    );
  return Promise.all(read);
}

describe('the name of the command', () => {
  it('is never given to a program that would fetch it from a registry', async () => {
    const below = await Promise.all(['docs/', 'src/', 'templates/', 'schema/'].map(textsBelow));
    const own = await Promise.all(
      ['README.md', 'CHANGELOG.md', 'package.json'].map(
        async (name) => [name, await readFile(new URL(name, packageRoot), 'utf8')] as const,
      ),
    );
    const all = [...below.flat(), ...own];
    expect(all.length).toBeGreaterThan(300);
    expect(all.filter(([, text]) => fetching.test(text)).map(([name]) => name)).toEqual([]);
    expect(fetching.test('npx backup-report run')).toBe(true);
  });

  it('cannot be published by mistake', async () => {
    const { private: isPrivate } = JSON.parse(await readFile(new URL('package.json', packageRoot), 'utf8'));
    expect(isPrivate).toBe(true);
  });

  it('is told as it was called, for a person to copy', () => {
    expect(ownCommand('/usr/local/bin/backup-report')).toBe('backup-report');
    expect(ownCommand(`${process.cwd()}/dist/src/main.js`)).toBe('node dist/src/main.js');
  });
});

describe('the version', () => {
  it.each(['--version', '-V'])('is told by %s, with the name, without a configuration', async (option) => {
    const { version } = JSON.parse(await readFile(new URL('package.json', packageRoot), 'utf8'));
    const told = { code: 0, stdout: `oci-backup-reporter ${version}\n`, stderr: '' };
    expect(await mainHere([option], '/')).toEqual(told);
  });
});
