import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { answerInOwnWords, inOwnWords, ownCommand } from '../../src/cli/own-command.js';
import { runCli } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';

/** What fetches a package of this name from a registry, where it is not ours. */
const fetching =
  /\b(?:npx|npm (?:exec|x)|pnpx|pnpm dlx|yarn dlx|bunx)\b[^\n`]*\bbackup-report\b|\bnpm (?:install|i|add) (?:-\S+ )*backup-report\b/;

const throughNpx = { npm_command: 'exec', PATH: '/home/dba/reports/node_modules/.bin:/bin' };

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

  describe('is told as it was called, for a person to copy:', () => {
    const cwd = '/home/dba/reports';
    it.each([
      ['found in PATH', '/usr/local/bin/backup-report', { PATH: '/bin:/usr/local/bin' }, 'backup-report'],
      ['by its path', '/opt/tool/bin/backup-report', { PATH: '/bin' }, '../../../opt/tool/bin/backup-report'],
      ['of this folder', `${cwd}/node_modules/.bin/backup-report`, {}, 'node_modules/.bin/backup-report'],
      ['a link in this folder', `${cwd}/backup-report`, { PATH: '' }, './backup-report'],
      ['by Node', `${cwd}/dist/src/main.js`, { PATH: cwd }, 'node dist/src/main.js'],
      ['by Node, with a space', `${cwd}/my tool/main.js`, {}, "node 'my tool/main.js'"],
      // Never what would fetch a package of this name.
      [
        'by npx',
        `${cwd}/node_modules/.bin/backup-report`,
        throughNpx,
        ['npx', '--no', 'backup-report'].join(' '),
      ],
      [
        'by npx, above',
        '/home/dba/node_modules/.bin/backup-report',
        throughNpx,
        ['npx', '--no', 'backup-report'].join(' '),
      ],
      [
        'by npx from what it keeps',
        '/home/dba/.npm/_npx/1/node_modules/.bin/backup-report',
        throughNpx,
        '../.npm/_npx/1/node_modules/.bin/backup-report',
      ],
    ])('%s', (_how, script, env, told) => {
      expect(ownCommand({ script, cwd, env })).toBe(told);
    });

    it('in advice and between backticks, and nowhere else', () => {
      const text = [
        'backup-report: nothing is at ./backup-report.yaml, it says "backup-report run"',
        '  -> `backup-report init` writes one; or backup-report demo, and backup-report --help',
        'Run `backup-report keys create --out FILE`.',
      ].join('\n');
      const told = [
        'backup-report: nothing is at ./backup-report.yaml, it says "backup-report run"',
        '  -> `node x.js init` writes one; or node x.js demo, and node x.js --help',
        'Run `node x.js keys create --out FILE`.',
      ];
      expect(inOwnWords(text, 'node x.js').split('\n')).toEqual(told);
      // Of an answer only the advice: the rest may be somebody's data.
      expect(answerInOwnWords(text, 'node x.js').split('\n')).toEqual([
        ...told.slice(0, 2),
        'Run `backup-report keys create --out FILE`.',
      ]);
      expect(inOwnWords(text, 'backup-report')).toBe(text);
    });

    it('by a command that fails', async () => {
      const { stderr } = await runCli(['run', '--config', './none.yaml'], {
        cwd: fileURLToPath(packageRoot),
      });
      expect(stderr).toContain('`node dist/src/main.js init` writes one to start from.');
      const { stderr: usage } = await runCli(['rum'], { cwd: fileURLToPath(packageRoot) });
      expect(usage).toContain('(see node dist/src/main.js --help)');
    });
  });
});

describe('the version', () => {
  it.each(['--version', '-V'])('is told by %s, with the name, without a configuration', async (option) => {
    const { version } = JSON.parse(await readFile(new URL('package.json', packageRoot), 'utf8'));
    const { code, stdout, stderr } = await mainHere([option], '/');
    expect([code, stdout.split('\n')[0], stderr]).toEqual([0, `oci-backup-reporter ${version}`, '']);
    // For who reports a fault.
    expect(stdout).toContain(`running on Node ${process.versions.node}`);
  });
});
