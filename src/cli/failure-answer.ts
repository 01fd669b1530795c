import { Failure } from '../errors.js';

/** Whether a program reads the answer, as the command line says: also where the options could not be read. */
export function isJsonWanted(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? undefined : end).includes('--json');
}

/**
 * The answer to `--json` where there is no other: one line,
 * `{"failure":{"kind":"usage","exitCode":2,"message":"…","hints":["…"]}}`. `kind` is usage, storage, delivery or
 * unexpected.
 */
export function failureAnswer(error: unknown, exitCode: number): string {
  const kind = error instanceof Failure ? error.kind : exitCode === 2 ? 'usage' : 'unexpected';
  const message = error instanceof Error ? error.message : String(error);
  const hints = error instanceof Failure ? error.hints : [];
  return JSON.stringify({ failure: { kind, exitCode, message, hints } });
}
