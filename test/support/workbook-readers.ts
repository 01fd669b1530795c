import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const isCI = process.env['CI'] === 'true';

export const office = await firstThatRuns(['soffice', 'libreoffice'], ['--version']);
// Debian's openpyxl belongs to Debian's Python, which need not be the first one.
export const python = await firstThatRuns(['python3', '/usr/bin/python3'], ['-c', 'import openpyxl']);

async function firstThatRuns(commands: readonly string[], check: readonly string[]): Promise<string | null> {
  for (const command of commands) {
    const runs = await run(command, [...check]).then(
      () => true,
      () => false,
    );
    if (runs) return command;
  }
  return null;
}

/** describe where the reader is there or has to be; else its tests are listed as skipped. */
export function describeReader(
  reader: string,
  command: string | null,
  tests: (command: string) => void,
): void {
  if (command !== null) {
    describe(`${reader} reads the workbook`, () => {
      tests(command);
    });
  } else if (isCI) {
    it(`${reader} reads the workbook`, () => expect(`${reader}: not installed`).toBe('installed'));
  } else {
    it.todo(`SKIPPED, ${reader} is not installed: ${reader} reads the workbook`);
  }
}
