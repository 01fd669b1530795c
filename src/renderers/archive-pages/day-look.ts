import { isRevised, isUnsigned } from '../../model/archive-coverage.js';
import type { DayCoverage } from '../../model/day-coverage.js';
import type { Tone, Wording } from '../view/wording.js';

/** How a page shows a day: never by a colour alone. */
export interface DayLook {
  readonly mark: string;
  readonly tone: Tone;
  readonly words: string;
}

const stateLooks = {
  damaged: 'unknown',
  missing: 'unknown',
  unfinished: 'unknown',
  incomplete: 'warn',
  bad: 'bad',
  attention: 'bad',
  warning: 'warn',
  review: 'warn',
  good: 'good',
  routine: 'good',
  unread: 'unknown',
} as const satisfies Record<string, Tone>;

type LookName = keyof typeof stateLooks;

/** What is worst comes first. */
export const lookNames = Object.keys(stateLooks) as readonly LookName[];

export function lookOf(name: LookName, { text }: Wording): DayLook {
  return {
    mark: text(`archive.mark.${name}`),
    tone: stateLooks[name],
    words: text(`archive.state.${name}`),
  };
}

export function lookNameOf({ state, status, facts }: DayCoverage): LookName {
  if (state !== 'present') return state;
  if (status === 'INCOMPLETE') return 'incomplete';
  if (facts === null) return 'unread';
  return facts.counts === null ? uncounted[facts.level] : facts.level;
}

/** Where a kind of report judges no subjects, nothing is compliant: the day itself is looked at. */
const uncounted = { bad: 'attention', warning: 'review', good: 'routine' } as const;

/** Whether the reports judge subjects, so that there is something to count. */
export function isCounted(days: readonly DayCoverage[]): boolean {
  return !days.some(({ facts }) => facts !== null && facts.counts === null);
}

/** What is besides: revised, unsigned. */
export function besideWords(day: DayCoverage, { text }: Wording): readonly string[] {
  return [
    ...(isRevised(day) ? [text('archive.revised', { number: day.committed })] : []),
    ...(isUnsigned(day) ? [text('archive.unsigned')] : []),
  ];
}

export function besideMark(day: DayCoverage): string {
  return `${isRevised(day) ? '′' : ''}${isUnsigned(day) ? '!' : ''}`;
}
