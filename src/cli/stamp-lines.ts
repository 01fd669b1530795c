import { count } from '../base/english.js';
import { terminalText } from '../base/terminal-text.js';
import type { LateStamps } from '../day/signatures/stamp-late.js';
import type { Output } from './output.js';

const longestReason = 300;
const shownRevisions = 10;

/** What became of the time stamps; none where all revisions had theirs. */
export function stampLines({ stamped, unstamped, failure }: LateStamps): readonly string[] {
  const shown = stamped.slice(0, shownRevisions).map(({ date, revision }) => `${date} r${revision}`);
  const listed = stamped.length > shownRevisions ? `${shown.join(', ')}, …` : shown.join(', ');
  const more = unstamped.length - shownRevisions;
  return [
    ...(stamped.length === 0 ? [] : [`  stamped    ${count(stamped.length, 'revision')}: ${listed}`]),
    ...unstamped
      .slice(0, shownRevisions)
      .map(
        ({ date, revision, reason }) =>
          `  NO TIME STAMP ${date} r${revision}: ${terminalText(reason, longestReason)}`,
      ),
    ...(more > 0 ? [`  NO TIME STAMP and ${count(more, 'more revision')}; --json lists all`] : []),
    ...(failure === null ? [] : [`  NO TIME STAMP perhaps more: ${terminalText(failure, longestReason)}`]),
  ];
}

/** Says on standard error that revisions have no time stamp, and what to do next. */
export function noteUnstamped({ unstamped, hints, failure }: LateStamps, output: Output): void {
  const [first] = unstamped;
  if (failure !== null) output.note(`backup-report: ${terminalText(failure, longestReason)}`);
  if (first !== undefined) {
    const number = count(unstamped.length, 'revision has', 'revisions have');
    output.note(`backup-report: ${number} no time stamp: ${terminalText(first.reason, longestReason)}`);
  }
  for (const hint of hints) output.note(`  -> ${hint}`);
}

/** For `--json`: nothing where nothing was stamped, or was to be. */
export function stampsAnswer({ stamped, unstamped, failure }: LateStamps): object {
  if (stamped.length + unstamped.length === 0 && failure === null) return {};
  return { timeStamps: { stamped, unstamped, ...(failure !== null && { failure }) } };
}
