import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainHere } from '../support/main-here.js';

describe('completion in bash', () => {
  let folder: string;
  let script: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'completion-'));
    const { code, stdout, stderr } = await mainHere(['completion', 'bash'], folder);
    if (code !== 0) throw new Error(stderr);
    script = join(folder, 'completion.bash');
    await writeFile(script, stdout);
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** What bash proposes for the last word, asked by its own means. */
  async function proposed(...words: readonly string[]): Promise<readonly string[]> {
    const lines = `source "$1"; shift
      function=$(complete -p backup-report); function=\${function##*-F }; function=\${function%% *}
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=\${#COMP_LINE}
      "$function" backup-report "\${COMP_WORDS[COMP_CWORD]}"
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await promisify(execFile)('bash', [
      '-c',
      lines,
      'bash',
      script,
      'backup-report',
      ...words,
    ]);
    return stdout.split('\n').filter((each) => each !== '');
  }

  it('has every command of the program, which --help lists', async () => {
    const { stdout } = await mainHere(['--help'], folder);
    const listed = [...stdout.matchAll(/^ {2}([a-z]+)(?= )/gm)].map(([, name]) => name);
    const all = await proposed('');
    expect(listed.length).toBeGreaterThan(18);
    expect(listed.filter((name) => name !== 'help' && !all.includes(name ?? ''))).toEqual([]);
  });

  it.each([
    [['ver'], ['verify']],
    [['run', '--da'], ['--date']],
    [['run', '--q'], ['--quiet']],
    [['keys', 're'], ['revoke']],
    [['keys', 'create', '--o'], ['--out']],
    [['keys', 'create', '--da'], []],
    [['verify', '--config', 'run', '--re'], ['--rebuild']],
    [
      ['run', '--log-level', ''],
      ['debug', 'info', 'warn', 'error', 'silent'],
    ],
    [
      ['export', '--format', 'o'],
      ['oscal', 'ocsf'],
    ],
    // Of files: bash completes them itself.
    [['run', '--config', ''], []],
    [
      ['templates', ''],
      ['check', '--help'],
    ],
  ])('proposes for %j: %j', async (words, expected) => {
    expect(await proposed(...words)).toEqual(expected);
  });
});

describe('completion in other shells', () => {
  it.each(['zsh', 'fish'])('is a script of %s', async (shell) => {
    const { code, stdout } = await mainHere(['completion', shell], '/');
    expect(code).toBe(0);
    for (const name of ['backfill', 'keys create', 'rebuild'])
      expect(stdout).toContain(name.split(' ').at(-1));
    // Where the shell is installed, it reads the script.
    const { error, status, stderr } = spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' });
    expect(error === undefined ? [status, stderr] : [0, '']).toEqual([0, '']);
  });

  it('is told where there is none', async () => {
    const { code, stderr } = await mainHere(['completion', 'ksh'], '/');
    expect([code, stderr]).toEqual([
      2,
      'backup-report: completion ksh: there is none for this shell\n  -> There is one for bash, zsh, fish.\n',
    ]);
  });
});
