import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';

const root = fileURLToPath(packageRoot);

/** In a repository of its own, with the rules of this one and little code. */
describe('the git hook of `npm run hooks`', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'commit-hook-'));
    for (const name of [
      'scripts/hooks',
      'package.json',
      'tsconfig.json',
      '.oxlintrc.json',
      '.prettierrc.json',
    ]) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const room of ['src', 'test', 'bench']) mkdirSync(join(folder, room));
    writeFileSync(join(folder, '.gitignore'), 'node_modules\ndist\n');
    writeFileSync(join(folder, 'src/one.ts'), 'export const one = 1;\n');
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Begin');
    if (spawnSync('npm', ['run', 'hooks'], { cwd: folder }).status !== 0)
      throw new Error('npm run hooks failed');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function git(...args: readonly string[]) {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  }

  function commit(name: string, text: string) {
    writeFileSync(join(folder, name), text);
    git('add', '--all');
    const made = git('commit', '--quiet', '--message', 'Change');
    if (made.status !== 0) git('reset', '--quiet', '--hard');
    return made;
  }

  it('lets a good change through', () => {
    expect(commit('src/two.ts', 'export const two = 2;\n')).toMatchObject({ status: 0 });
  });

  it.each([
    ['of a wrong type', 'src/two.ts', "export const two: number = '2';\n", 'mend the types'],
    [
      'that breaks a rule',
      'src/two.ts',
      "console.log('2');\nexport const two = 2;\n",
      'mend what is named above',
    ],
    ['that is not formatted', 'notes.md', '*  one\n', 'npm run format'],
  ])('stops a change %s, and says what to do', (_what, name, text, words) => {
    const { status, said } = commit(name, text);
    expect(status).not.toBe(0);
    expect(said).toContain(words);
    expect(said).toContain('--no-verify');
  });

  it('looks at what is staged alone', () => {
    writeFileSync(join(folder, 'draft.md'), '*  one\n');
    writeFileSync(join(folder, 'src/two.ts'), 'export const two = 3;\n');
    git('add', 'src/two.ts');
    expect(git('commit', '--quiet', '--message', 'Change').status).toBe(0);
  });
});
