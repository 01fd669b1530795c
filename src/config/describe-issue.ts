import type { z } from 'zod';
import { terminalText } from '../base/terminal-text.js';

const shownChars = 80;

/** What is wrong in a configuration, and where. */
export interface ConfigurationFault {
  readonly path: readonly PropertyKey[];
  readonly words: string;
  /** null: not known yet, or there is none. */
  readonly line: number | null;
}

/** A fault of the schema; several for one that names several keys. */
export function faultsOfIssue(issue: z.core.$ZodIssue): readonly ConfigurationFault[] {
  const { path, message: words } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path, words, line: null }];
  return issue.keys.map((key) => ({ path: [...path, key], words, line: null }));
}

/** `policies[1].cadence: must be daily … (line 8)` */
export function describeFault({ path, words, line }: ConfigurationFault): string {
  return `${pathInWords(path) || 'the file'}: ${words}${line === null ? '' : ` (line ${line})`}`;
}

/** `policies[1].cadence` */
export function pathInWords(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) =>
      typeof key === 'number'
        ? `[${key}]`
        : `${index === 0 ? '' : '.'}${terminalText(String(key), shownChars)}`,
    )
    .join('');
}
