import type { PeriodHead } from '../../../model/period-head.js';
import type { PeriodCounting } from '../../period-kind.js';
import { routeResources } from '../document/slice-report.js';
import { type Rules, openRuleBook } from '../rules/rule-book.js';
import { type CountedDay, readCountedDay } from './counted-day.js';
import type { PeriodReport } from './period-report.js';
import { openStory } from './period-story.js';
import { type CountedMember, openTallies } from './period-tallies.js';
import type { PeriodTargets } from './period-targets.js';
import { resourceDay, staysAfter, unjudgedDay } from './resource-day.js';

/**
 * Counts a period day by day, each resource by the policy, the owner and the verdict of that day. Only the recipients'
 * parts are those of today's rules: the archive does not say who was in which.
 */
export function countPeriod(
  rules: Pick<Rules, 'recipients'>,
  targets: PeriodTargets,
): PeriodCounting<PeriodReport> {
  const tallies = openTallies();
  const story = openStory();
  const sliceOf = slicesBy(rules);
  /** Who is in it when a day begins that has no report. */
  let population: readonly CountedMember[] = [];
  return {
    takeBefore(bytes) {
      const day = readCountedDay(bytes);
      if (day === null) return false;
      population = membersOf(day, sliceOf).filter(({ resource }) => staysAfter(resource));
      return true;
    },
    takeDay(date, bytes) {
      const day = readCountedDay(bytes);
      if (day === null || day.reportDay.date !== date) return false;
      const members = membersOf(day, sliceOf);
      tallies.addDay(members.map((each) => [each, resourceDay(each.resource, day.status)]));
      story.takeDay(date, day);
      population = members.filter(({ resource }) => staysAfter(resource));
      return true;
    },
    takeMissing: () => tallies.addDay(population.map((each) => [each, unjudgedDay])),
    conclude: (head) => ({
      ...head,
      kind: 'backup-compliance',
      days: daysOf(head, tallies.days()),
      ...tallies.rows(targets),
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

type SliceOf = (day: CountedDay) => ReadonlyMap<string, string> | null;

/** The part of each resource of a day; null: there are no parts. */
function slicesBy({ recipients }: Pick<Rules, 'recipients'>): SliceOf {
  if (recipients.length === 0) return () => null;
  const ruleBook = openRuleBook({ policies: [], excludes: [], waivers: [], recipients, maxWaivedShare: 1 });
  return ({ resources }) => {
    const names = new Map<string, string>();
    for (const { name, resourceIds } of routeResources(resources, ruleBook).slices) {
      for (const id of resourceIds) names.set(id, name);
    }
    return names;
  };
}

function membersOf(day: CountedDay, sliceOf: SliceOf): readonly CountedMember[] {
  const names = sliceOf(day);
  return day.resources.map((resource) => ({
    resource,
    slice: names === null ? undefined : (names.get(resource.resourceId) ?? null),
  }));
}
