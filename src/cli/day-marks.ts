import { isRevised, isUnsigned } from '../model/archive-coverage.js';
import type { DayCoverage } from '../model/day-coverage.js';

/** How a day is shown in the calendar of a terminal: a letter that says it without a colour. */
export interface DayMark {
  readonly letter: string;
  readonly colour: 'green' | 'yellow' | 'red' | 'magenta' | 'plain';
  readonly words: string;
}

/** What is worst comes first. */
const marks = {
  damaged: { letter: 'D', colour: 'magenta', words: 'damaged' },
  missing: { letter: 'M', colour: 'magenta', words: 'missing' },
  unfinished: { letter: 'X', colour: 'magenta', words: 'left unfinished' },
  incomplete: { letter: 'I', colour: 'yellow', words: 'INCOMPLETE' },
  bad: { letter: 'N', colour: 'red', words: 'non-compliant' },
  attention: { letter: 'A', colour: 'red', words: 'needs attention' },
  warning: { letter: 'u', colour: 'yellow', words: 'unknown or waived' },
  review: { letter: 'r', colour: 'yellow', words: 'to be reviewed' },
  good: { letter: 'c', colour: 'green', words: 'compliant' },
  routine: { letter: 'o', colour: 'green', words: 'routine' },
  unread: { letter: '?', colour: 'yellow', words: 'of a version that this one cannot read' },
} as const satisfies Record<string, DayMark>;

export const dayMarks: readonly DayMark[] = Object.values(marks);

export function markOfDay({ state, status, facts }: DayCoverage): DayMark {
  if (state !== 'present') return marks[state];
  if (status === 'INCOMPLETE') return marks.incomplete;
  if (facts === null) return marks.unread;
  return marks[facts.counts === null ? uncounted[facts.level] : facts.level];
}

/** Where a kind of report judges no subjects, nothing is compliant: the day itself is looked at. */
const uncounted = { bad: 'attention', warning: 'review', good: 'routine' } as const;

/** Behind the letter: what is besides. */
export const besides = { revised: "'", unsigned: '!', both: '"' } as const;

export function besideOf(day: DayCoverage): string {
  if (isRevised(day)) return isUnsigned(day) ? besides.both : besides.revised;
  return isUnsigned(day) ? besides.unsigned : ' ';
}
