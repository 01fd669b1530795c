import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asNobody } from './as-nobody.js';
import { type BadInput, hasJson, namesBelow, patternOf, prepareBadInput, stackTrace } from './bad-input.js';
import type { CliResult } from './cli.js';

export type CallProgram = (input: BadInput, args: readonly string[], directory: string) => Promise<CliResult>;

/** What became of a bad input, in a form that can be compared. */
export interface BadInputOutcome {
  readonly code: number | null;
  /** As in the table where the program says so, otherwise what it says. */
  readonly says: string;
  readonly stack: string | null;
  /** Lines of the answer that are no JSON, where it was asked for. */
  readonly notJson: readonly string[];
  /** Names that are there now and were not before, or with another size. */
  readonly written: readonly string[];
}

export function expectedOutcome({ exit, says }: BadInput): BadInputOutcome {
  return { code: exit, says, stack: null, notJson: [], written: [] };
}

/** Gives the program a bad input in a folder of its own. */
export async function outcomeOf(
  input: BadInput,
  call: CallProgram,
  { isJson }: { readonly isJson: boolean },
): Promise<BadInputOutcome> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'bad-input-')));
  try {
    const args = await prepareBadInput(input, directory);
    const before = await namesBelow(directory);
    const asksJson = isJson && hasJson(args);
    await chmod(directory, input.isReadOnly === true ? 0o555 : 0o755);
    const calling = (): Promise<CliResult> => call(input, asksJson ? [...args, '--json'] : args, directory);
    const { code, stdout, stderr } = await (input.isReadOnly === true ? asNobody(calling) : calling());
    const said = `${stderr}${stdout}`;
    return {
      code,
      says: patternOf(input.says).test(said) ? input.says : said,
      stack: stackTrace.exec(said)?.[0] ?? null,
      notJson: asksJson ? stdout.trimEnd().split('\n').filter(isNoJson) : [],
      written: input.isWritten === true ? [] : differing(before, await namesBelow(directory)),
    };
  } finally {
    // Only the administrator could remove what is in it as it is.
    await chmod(directory, 0o755);
    await rm(directory, { recursive: true, force: true });
  }
}

function isNoJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) !== 'object';
  } catch {
    return true;
  }
}

function differing(before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...before.filter((name) => !after.includes(name)),
    ...after.filter((name) => !before.includes(name)),
  ];
}
