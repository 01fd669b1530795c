import { DateTime } from 'luxon';
import { createRandom } from '../../src/demo/random.js';
import { diceOf, drawMembers } from './estate-members.js';
import { EstateStory } from './estate-story.js';
import type { Fleet, FleetFacts } from './simulated-fleet.js';

/** Days before the first report that something is known of, and more: what is older must not be read. */
const daysBefore = 9;
const lookbackDays = 7;

export interface EstateSettings {
  readonly seed: number;
  readonly timezone: string;
  /** Of the first report. */
  readonly firstDate: string;
  readonly days: number;
  readonly singles?: number;
  /** Positions of the days that are not run. */
  readonly skipped?: readonly number[];
}

/** An estate that a seed draws: who is in it, what each of them is like and what becomes of it. Every other one has an inventory. */
export function simulateEstate({
  seed,
  timezone,
  firstDate,
  days,
  singles = 18,
  skipped = [],
}: EstateSettings): Fleet {
  const first = DateTime.fromISO(firstDate, { zone: timezone }).startOf('day');
  const knownSinceMs = first.minus({ days: lookbackDays }).startOf('day').toMillis();
  const isListed = seed % 2 === 0;
  const members = drawMembers(
    { isListed, isEveryDayRun: skipped.length === 0, first, days, singles },
    diceOf(createRandom(seed)),
  );
  const calendar = Array.from({ length: daysBefore + days }, (_, index) => ({
    day: index - daysBefore,
    start: first.plus({ days: index - daysBefore }).startOf('day'),
  }));
  const stories = members.map((member, index) => {
    const story = new EstateStory(member, knownSinceMs, diceOf(createRandom(seed * 1000 + index)));
    for (const { day, start } of calendar) story.live(day, start);
    return story;
  });
  const facts: FleetFacts = {
    attempts: stories.flatMap(({ attempts }) => attempts),
    notices: stories.flatMap(({ notices }) => notices),
    creations: stories.flatMap(({ creations }) => creations),
    terminations: onceEach(stories.flatMap(({ terminations }) => terminations)),
    deletions: stories.flatMap(({ deletions }) => deletions),
    settings: stories.flatMap(({ settings }) => settings),
  };
  const dates = calendar.filter(({ day }) => day >= 0).map(({ start }) => start.toFormat('yyyy-MM-dd'));
  return { seed, timezone, dates, members, facts };
}

/** What several resources hear of is one event. */
function onceEach<T extends { readonly told: { readonly id: string } }>(facts: readonly T[]): readonly T[] {
  return [...new Map(facts.map((fact) => [fact.told.id, fact])).values()];
}
