import { Failure } from '../errors.js';
import { defaultConfig } from './default-config.js';
import { explainNamedFiles } from './explain-files.js';
import { explainResourceOfDay } from './explain-resource.js';
import type { Output } from './output.js';

export interface ExplainOptions {
  readonly config?: string;
  readonly resource?: string;
  readonly date?: string;
  /** Kind of report, with files. */
  readonly report?: string;
  /** Modules that bring kinds of report, with files. */
  readonly kind?: readonly string[];
  readonly json?: boolean;
  readonly logLevel: string;
}

/**
 * `backup-report explain FILE…`, or `explain --resource X --date D`. Returns the exit code.
 *
 * @throws Failure('usage') for anything else
 */
export async function explain(
  files: readonly string[],
  { config, resource, date, report, kind, json = false, logLevel }: ExplainOptions,
  output: Output,
): Promise<number> {
  if (files.length > 0) {
    const others = { '--resource': resource, '--date': date, '--config': config };
    const given = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    if (given.length > 0) throw misused(`explain takes either files or ${given.join(' and ')}, not both`);
    const standardInput = process.stdin;
    return explainNamedFiles({ files, json, report, kind, directory: process.cwd(), standardInput }, output);
  }
  if (kind !== undefined) throw misused('explain --kind is for files: a plan names its modules');
  if (report !== undefined) throw misused('explain --report is for files: a plan says its own');
  if (resource === undefined && date === undefined) throw misused('explain needs to know what to explain');
  if (resource === undefined) throw misused('explain --date needs --resource as well');
  if (date === undefined) throw misused('explain --resource needs --date as well');
  return explainResourceOfDay({ config: config ?? defaultConfig, resource, date, json, logLevel }, output);
}

function misused(words: string): Failure {
  return new Failure('usage', words, {
    hints: [
      'What became of each record of files: backup-report explain FILE…',
      'Why a resource has its verdict on a day: backup-report explain --resource NAME --date 2026-11-19',
    ],
  });
}
