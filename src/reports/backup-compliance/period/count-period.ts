import type { PeriodHead } from '../../../model/period-head.js';
import type { PeriodCounting } from '../../period-kind.js';
import { routeResources } from '../document/slice-report.js';
import { type RuleBook, type Rules, openRuleBook } from '../rules/rule-book.js';
import { openControlTallies } from './control-tallies.js';
import { type CountedDay, readCountedDay } from './counted-day.js';
import type { PeriodReport } from './period-report.js';
import { openStory } from './period-story.js';
import { type CountedMember, openTallies } from './period-tallies.js';
import type { PeriodTargets } from './period-targets.js';
import { resourceDay, staysAfter, unjudgedDay } from './resource-day.js';

/** The rules of recipients' parts in the archived settings of a day; null: they cannot be read. */
export type RecipientsIn = (settings: Uint8Array) => Rules['recipients'] | null;

/**
 * Counts a period day by day, each resource by the policy, the owner, the recipients' part and the verdict of that day. A day
 * that archived no settings has no parts: its resources are in none.
 */
export function countPeriod(
  recipientsIn: RecipientsIn,
  targets: PeriodTargets,
): PeriodCounting<PeriodReport> {
  const tallies = openTallies();
  const controls = openControlTallies();
  const story = openStory();
  let frameworks: CountedDay['frameworks'];
  const sliceOf = slicesBy(recipientsIn);
  /** Who is in it when a day begins that has no report. */
  let population: readonly CountedMember[] = [];
  return {
    takeBefore(bytes, settings) {
      const day = readCountedDay(bytes);
      if (day === null) return false;
      population = membersOf(day, sliceOf(day, settings)).filter(({ resource }) => staysAfter(resource));
      return true;
    },
    takeDay(date, bytes, settings) {
      const day = readCountedDay(bytes);
      if (day === null || day.reportDay.date !== date) return false;
      const members = membersOf(day, sliceOf(day, settings));
      tallies.addDay(members.map((each) => [each, resourceDay(each.resource, day.status)]));
      controls.addDay(day.resources, day.status);
      story.takeDay(date, day);
      frameworks = day.frameworks;
      population = members.filter(({ resource }) => staysAfter(resource));
      return true;
    },
    takeMissing: () => {
      tallies.addDay(population.map((each) => [each, unjudgedDay]));
      controls.addDay(
        population.map(({ resource }) => resource),
        'MISSING',
      );
    },
    conclude: (head) => ({
      ...head,
      kind: 'backup-compliance',
      days: daysOf(head, tallies.days()),
      ...tallies.rows(targets),
      controls: controls.rows(),
      ...(frameworks !== undefined && frameworks.length > 0 && { frameworks }),
      ...story.tell(head.period),
    }),
  };
}

function daysOf(
  { days }: PeriodHead,
  counts: readonly PeriodReport['days'][number]['counts'][],
): PeriodReport['days'] {
  return days.flatMap((day, index) => {
    const counted = counts[index];
    return counted === undefined ? [] : [{ ...day, counts: counted }];
  });
}

/** The part of each resource of a day, by its id. */
type SlicesOfDay = ReadonlyMap<string, string>;

const noSlices: SlicesOfDay = new Map();

function slicesBy(recipientsIn: RecipientsIn): (day: CountedDay, settings: Uint8Array | null) => SlicesOfDay {
  const ruleBooks = new Map<Uint8Array, RuleBook | null>();
  const ruleBookOf = (settings: Uint8Array): RuleBook | null => {
    const known = ruleBooks.get(settings);
    if (known !== undefined) return known;
    const recipients = recipientsIn(settings) ?? [];
    const none = { policies: [], excludes: [], waivers: [], maxWaivedShare: 1 };
    const ruleBook = recipients.length === 0 ? null : openRuleBook({ ...none, recipients });
    ruleBooks.set(settings, ruleBook);
    return ruleBook;
  };
  return ({ resources }, settings) => {
    const ruleBook = settings && ruleBookOf(settings);
    if (ruleBook === null) return noSlices;
    const names = new Map<string, string>();
    for (const { name, resourceIds } of routeResources(resources, ruleBook).slices) {
      for (const id of resourceIds) names.set(id, name);
    }
    return names;
  };
}

function membersOf({ resources }: CountedDay, slices: SlicesOfDay): readonly CountedMember[] {
  return resources.map((resource) => ({ resource, slice: slices.get(resource.resourceId) ?? null }));
}
