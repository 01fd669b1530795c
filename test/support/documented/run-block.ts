import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Place, RanCommand } from './documented-block.js';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const main = pathOf('../../../src/main.js');
const longestMs = 1_200_000;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What a comment says is none of the command. What stands in quotes is no comment. */
export function withoutComment(command: string): string {
  const [, plain = command] = /^((?:[^"'#]|"[^"]*"|'[^']*'|\S#)*?)(?:^|\s)#[^\n]*$/.exec(command) ?? [];
  return plain.trim();
}

/** The commands of a block, each with all of its lines: what a shell would not take as whole goes on. */
export function commandsOf(text: string): readonly string[] {
  const commands: string[] = [];
  let command = '';
  for (const line of text.split('\n')) {
    command = command === '' ? line : `${command}\n${line}`;
    if (line.endsWith('\\') || spawnSync('sh', ['-n', '-c', command]).status !== 0) continue;
    if (withoutComment(command) !== '') commands.push(command);
    command = '';
  }
  if (command !== '') throw new Error(`this is no whole command: ${command}`);
  return commands;
}

/** How our program is called in a block. */
export interface Calling {
  /** The time of the machine, for commands that are called in the place itself. */
  readonly now?: string;
  readonly endless?: Readonly<Record<string, string>>;
}

/** Writes `backup-report`, which starts the program that is built here. */
async function layProgram(folder: string, directory: string, { now, endless = {} }: Calling): Promise<void> {
  const clock = now === undefined ? ':' : `set_clock=--import=${quoted(pathOf('set-clock.js'))}`;
  const call = (args: readonly string[]): string =>
    `exec ${quoted(process.execPath)} $set_clock ${args.map(quoted).join(' ')} "$@"`;
  const cases = Object.entries(endless).map(([command, words]) => {
    const args = command.replace(/^backup-report /, '');
    return `  ${quoted(args)}) ${call([pathOf('end-after.js'), words, main])} ;;`;
  });
  const inPlace = `case "$PWD" in ${quoted(directory)}*) ${clock} ;; esac`;
  const script = ['#!/bin/sh', inPlace, 'case "$*" in', ...cases, 'esac', call([main]), ''].join('\n');
  await mkdir(folder);
  await writeFile(join(folder, 'backup-report'), script);
  await chmod(join(folder, 'backup-report'), 0o755);
}

/** Each command as it is written; before it comes where it is called and where its output goes. */
function scriptOf(commands: readonly string[], place: Place, outputs: string): string {
  const parts = commands.map((command, index) => {
    const elsewhere = place.elsewhere?.[withoutComment(command)];
    const output = quoted(join(outputs, String(index)));
    const said = `\nprintf '%s\\n' "$?" >&3\n`;
    const [go, back] = elsewhere === undefined ? ['', ''] : [`cd ${quoted(elsewhere)}\n`, 'cd "$OLDPWD"\n'];
    return `${go}exec >${output}.out 2>${output}.err\n${command}${said}${back}`;
  });
  return parts.join('');
}

/**
 * Runs the commands of a block as a person would: one after the other in one shell, which is Debian's `sh`. Nothing is
 * substituted but the program that `backup-report` starts.
 */
export async function runCommands(
  commands: readonly string[],
  place: Place,
  calling: Calling = {},
): Promise<readonly RanCommand[]> {
  const folder = await mkdtemp(join(tmpdir(), 'documented-'));
  try {
    await layProgram(join(folder, 'bin'), place.directory, calling);
    await mkdir(join(folder, 'home'));
    const script = join(folder, 'script.sh');
    await writeFile(script, scriptOf(commands, place, folder));
    const env = {
      PATH: [join(folder, 'bin'), dirname(process.execPath), '/usr/local/bin:/usr/bin:/bin'].join(':'),
      HOME: join(folder, 'home'),
      ...(calling.now === undefined ? {} : { TEST_CLOCK: calling.now }),
      ...place.env,
    };
    const codes = await codesOf(script, place.directory, env);
    return await Promise.all(
      commands.map(async (command, index) => ({
        command: withoutComment(command),
        code: codes[index] ?? Number.NaN,
        stdout: await readFile(join(folder, `${index}.out`), 'utf8').catch(() => ''),
        stderr: await readFile(join(folder, `${index}.err`), 'utf8').catch(() => ''),
      })),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the script writes to its third file: a code for each command. */
function codesOf(script: string, cwd: string, env: Record<string, string>): Promise<readonly number[]> {
  const shell = spawn('sh', [script], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const limit = setTimeout(() => process.kill(-(shell.pid ?? 0), 'SIGKILL'), longestMs);
  let text = '';
  shell.stdio[3]?.on('data', (part: Buffer) => (text += part.toString()));
  return new Promise((resolve, reject) => {
    shell.once('error', reject);
    shell.once('close', () => {
      clearTimeout(limit);
      resolve(text.split('\n').filter(Boolean).map(Number));
    });
  });
}
