import { execFileSync } from 'node:child_process';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mainHere, type Variables } from './main-here.js';
import type { CliResult } from './cli.js';

/** What somebody may give the program that it cannot use; a row of "Faults and what to do" in docs/operations.md. */
export interface BadInput {
  readonly fault: string;
  readonly exit: number;
  /** Words of the program on standard error or output, in this order; `…` stands for anything. */
  readonly says: string;
  readonly todo: string;
  /** Default: `run` of a day. */
  readonly args?: readonly string[];
  /** Default: a plan that could be run. null: there is none. */
  readonly configuration?: string | Uint8Array | null;
  /** By name; a name that ends in / is a folder, one that ends in | a pipe. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly variables?: Variables;
  /** Whether something is written all the same: a report, the probe of `doctor`. */
  readonly isWritten?: boolean;
  /** Whether it takes more than a few milliseconds, since a whole plan is made ready: not among the quick tests. */
  readonly isSlow?: boolean;
  /** Whether the folder may not be written in, by anybody but the administrator. */
  readonly isReadOnly?: boolean;
}

export const badInputDate = '2026-11-19';
const commandsWithJson = new Set(['run', 'backfill', 'resend', 'doctor', 'explain']);

export const plainConfiguration = `plan: daily
timezone: UTC
sources:
  - type: local-files
    paths: [./events]
archive:
  type: file-system
  directory: ./reports
`;

/** The plain configuration with these lines after it. */
export function configured(...lines: readonly string[]): string {
  return `${plainConfiguration}${lines.join('\n')}\n`;
}

/** The plain configuration with one text in place of another. */
export function changed(from: string, to: string): string {
  return plainConfiguration.replace(from, to);
}

/** Makes what the case needs in an empty folder. Returns the arguments to call the program with. */
export async function prepareBadInput(input: BadInput, directory: string): Promise<readonly string[]> {
  const { configuration = plainConfiguration, files = {} } = input;
  const all = {
    'events/': '',
    ...(configuration === null ? {} : { 'backup-report.yaml': configuration }),
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    const path = join(directory, name);
    await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (name.endsWith('|')) execFileSync('mkfifo', [path]);
    else if (!name.endsWith('/')) await writeFile(path, content);
  }
  const args = input.args ?? ['run', '--date', badInputDate];
  const quiet =
    ['init', 'demo'].includes(args[0] ?? '') || args.includes('--log-level') ? [] : ['--log-level', 'silent'];
  return [...args, ...quiet];
}

export function hasJson(args: readonly string[]): boolean {
  return commandsWithJson.has(args[0] ?? '');
}

export function badInputHere(
  input: BadInput,
  args: readonly string[],
  directory: string,
): Promise<CliResult> {
  return mainHere(args, directory, variablesIn(directory, input));
}

/** `./` at the start of a variable is the folder of the case. */
export function variablesIn(directory: string, { variables = {} }: BadInput): Variables {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, value?.replace(/^\.\//, `${directory}/`)]),
  );
}

/** All names below a folder, with sizes. */
export async function namesBelow(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory, { recursive: true });
  const told = names.map(async (name) => `${name} ${(await stat(join(directory, name))).size}`);
  return (await Promise.all(told)).sort();
}

/** What `says` stands for. */
export function patternOf(says: string): RegExp {
  return new RegExp(
    says
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*?'),
  );
}

/** A stack trace, or the words for a fault of the program itself. */
export const stackTrace = /^ +at .+:\d+:\d+\)?$|unexpected error|node:internal/m;
