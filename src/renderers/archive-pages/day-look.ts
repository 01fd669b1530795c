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
  warning: 'warn',
  good: 'good',
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
  return facts === null ? 'unread' : facts.level;
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
