import type { Wording } from '../../../../renderers/view/wording.js';

const secondsOfUnit = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 } as const;
type Unit = keyof typeof secondsOfUnit;
const units = Object.keys(secondsOfUnit) as readonly Unit[];

/** The messages that durations are written with. */
const forms: readonly (readonly [key: string, units: readonly Unit[]])[] = [
  ['format.seconds', ['seconds']],
  ['format.minutes', ['minutes']],
  ['format.hours', ['hours']],
  ['format.hoursMinutes', ['hours', 'minutes']],
  ['format.days', ['days']],
  ['format.daysHours', ['days', 'hours']],
];

/**
 * Parses durations in the report's words, `26 h` or `3 d 2 h`, in its language: a report states its limits only in
 * words.
 *
 * @returns seconds; null for anything that is not a duration above 0
 */
export function createDurationReader({ text }: Wording): (words: string) => number | null {
  const patterns = forms.map(([key, used]) => patternOf(text, key, used));
  const known = new Map<string, number | null>();
  return (words) => {
    let seconds = known.get(words);
    if (seconds === undefined) known.set(words, (seconds = read(words, patterns)));
    return seconds;
  };
}

function patternOf(text: Wording['text'], key: string, used: readonly Unit[]): RegExp {
  const marks = Object.fromEntries(used.map((unit) => [unit, `<${unit}>`]));
  const written = text(key, marks).replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${written.replace(/<(\w+)>/g, String.raw`(?<$1>\d+)`)}$`);
}

function read(words: string, patterns: readonly RegExp[]): number | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(words)?.groups;
    if (groups === undefined) continue;
    let seconds = 0;
    for (const unit of units) seconds += Number(groups[unit] ?? 0) * secondsOfUnit[unit];
    return seconds > 0 ? seconds : null;
  }
  return null;
}
