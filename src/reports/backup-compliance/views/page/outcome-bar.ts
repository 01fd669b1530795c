import { outcomes, type Outcome } from '../../model/verdict.js';
import { outcomeClass } from '../charts/colours.js';

export interface BarSegment {
  readonly x: number;
  readonly width: number;
  readonly class: string;
}

/** Width of the drawing in its own units. */
const barWidth = 1000;
/** One failure among 100,000 resources must still be visible. */
const leastWidth = 6;
const gap = 3;

/** One segment for each outcome that occurred, worst first, in proportion but never too thin to see. */
export function outcomeBar(byOutcome: Readonly<Record<Outcome, number>>): readonly BarSegment[] {
  const present = outcomes.filter((outcome) => byOutcome[outcome] > 0);
  let total = 0;
  for (const outcome of present) total += byOutcome[outcome];
  const free = barWidth - present.length * (leastWidth + gap) + gap;
  const segments: BarSegment[] = [];
  let x = 0;
  for (const outcome of present) {
    const width = leastWidth + Math.round((free * byOutcome[outcome]) / total);
    segments.push({ x, width, class: outcomeClass(outcome) });
    x += width + gap;
  }
  return segments;
}
