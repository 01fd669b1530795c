import { shellWord } from '../base/shell-word.js';

/** The command line that makes the reports of a range of days, to be pasted. */
export function backfillCommand(config: string, from: string, to: string): string {
  return `backup-report backfill --from ${from} --to ${to} --config ${shellWord(config)}`;
}
