import { basename, delimiter, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { shellWord } from '../base/shell-word.js';

/** How a process was started. */
export interface Invocation {
  /** The script, as Node has it: the link of a package manager is not followed. */
  readonly script: string;
  /** null: the folder that it was called in is gone. */
  readonly cwd: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const bin = 'backup-report';

/**
 * How this program was called, for commands that a person is to copy: `backup-report` where that is found by its name, through npx
 * as it was called through npx, and otherwise by the path of the script.
 */
export function ownCommand(
  { script, cwd, env }: Invocation = {
    script: process.argv[1] ?? '',
    cwd: workingFolder(),
    env: process.env,
  },
): string {
  const path = shellWord((cwd !== null && relative(cwd, script)) || script);
  if (/\.[cm]?js$/.test(script)) return `node ${path}`;
  // npx puts its own folders into PATH: a name found there is not found without it. --no, because the name may be somebody else's
  // in a registry: what is not installed here must not be fetched.
  if (env['npm_command'] === 'exec')
    return cwd !== null && isInstalledFor(cwd, script) ? `npx --no ${basename(script)}` : path;
  if (script === '' || isFoundByName(script, cwd, env['PATH'])) return bin;
  return path.includes('/') ? path : `./${path}`;
}

/** Whether it is in the node_modules of this folder, or of one above it. */
function isInstalledFor(cwd: string, script: string): boolean {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (join(folder, 'node_modules', '.bin') === dirname(script)) return true;
    if (dirname(folder) === folder) return false;
  }
}

function isFoundByName(script: string, cwd: string | null, path = ''): boolean {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '' && (cwd !== null || isAbsolute(folder)))
    .some((folder) => resolve(cwd ?? '/', folder) === dirname(script));
}

function workingFolder(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

/** What a person is told to do: behind `->` on a line. */
const adviceLine = /^\s*->.*$/gm;
/** The same, and what stands between backticks. */
const adviceOrQuoted = /^\s*->.*$|`backup-report [a-z][^`]*`/gm;
/** A command of ours in it, and not the name alone. */
const ownName = /\bbackup-report (?=[a-z]|--)/g;

/** A note for a person, with the commands in it as this program was called. */
export function inOwnWords(text: string, command = ownCommand()): string {
  return withCommand(text, adviceOrQuoted, command);
}

/** The same of an answer: only its advice, because what it quotes may be somebody's data. */
export function answerInOwnWords(text: string, command = ownCommand()): string {
  return withCommand(text, adviceLine, command);
}

function withCommand(text: string, told: RegExp, command: string): string {
  if (command === bin || !text.includes(`${bin} `)) return text;
  return text.replace(told, (part) => part.replace(ownName, () => `${command} `));
}
