import { compareText } from '../../../base/text-order.js';
import { severityRank } from '../../../model/severity.js';
import type { CountedResource } from './counted-day.js';
import type { PeriodCounts, PeriodReport } from './period-report.js';
import { type PeriodTargets, targetStateOf } from './period-targets.js';
import type { ResourceDay } from './resource-day.js';
import {
  type ResourceRun,
  type Tally,
  addToTally,
  attainmentOf,
  countsOf,
  newRun,
  newTally,
  stepRun,
} from './tally.js';

/** A resource on one day, with what it is counted in besides itself. */
export interface CountedMember {
  readonly resource: CountedResource;
  /** Its recipients' part; null: it is in none. */
  readonly slice: string | null;
}

type Rows = Pick<PeriodReport, 'totals' | 'policies' | 'owners' | 'slices' | 'resources'>;

/** All sums of a period. Days are added one after the other. */
export interface PeriodTallies {
  addDay(members: readonly (readonly [CountedMember, ResourceDay])[]): void;
  /** Counts of each day, in their order. */
  days(): readonly PeriodCounts[];
  rows(targets: PeriodTargets): Rows;
}

/** A resource as the last day that had it says, with what the days up to now add up to. */
interface CountedSubject {
  readonly tally: Tally;
  readonly run: ResourceRun;
  readonly last: CountedResource;
}

export function openTallies(): PeriodTallies {
  const total = newTally();
  const policies = new Map<string, Tally>();
  const owners = new Map<string | null, Tally>();
  const slices = new Map<string | null, Tally>();
  const resources = new Map<string, CountedSubject>();
  const days: Tally[] = [];
  const subjectOf = (resource: CountedResource): CountedSubject => {
    const { tally = newTally(), run = newRun() } = resources.get(resource.resourceId) ?? {};
    const subject = { tally, run, last: resource };
    resources.set(resource.resourceId, subject);
    return subject;
  };
  return {
    addDay(members) {
      const ofDay = newTally();
      for (const [{ resource, slice }, day] of members) {
        const { tally, run } = subjectOf(resource);
        const step = stepRun(run, day, days.length);
        const groups = [tallyOf(policies, resource.policy), tallyOf(owners, resource.owner)];
        for (const each of [total, ofDay, tally, ...groups, tallyOf(slices, slice)]) {
          addToTally(each, day, step);
        }
      }
      days.push(ofDay);
    },
    days: () => days.map(countsOf),
    rows: (targets) => ({
      totals: withTarget(total, targets.plan),
      policies: rowsOf(policies).map(([policy, tally]) => ({
        policy,
        ...withTarget(tally, targets.ofPolicy.get(policy) ?? targets.plan),
      })),
      owners: rowsOf(owners).map(([owner, tally]) => ({ owner, ...withTarget(tally, targets.plan) })),
      slices: rowsOf(hasParts(slices) ? slices : new Map<string | null, Tally>()).map(([slice, tally]) => ({
        slice,
        ...attainmentOf(tally),
      })),
      resources: [...resources.values()].map(resourceRow).sort(worstFirst),
    }),
  };
}

function withTarget(tally: Tally, target: number | null): PeriodReport['totals'] {
  const attainment = attainmentOf(tally);
  return { ...attainment, target, targetState: targetStateOf(attainment, target) };
}

function resourceRow({ tally, last }: CountedSubject): PeriodReport['resources'][number] {
  const { resourceId, resourceName, resourceType, policy, owner, severity } = last;
  return { resourceId, resourceName, resourceType, policy, owner, severity, ...attainmentOf(tally) };
}

/** Most days that failed or were missed, then most unknown, then the graver, by name; the id makes it a total order. */
function worstFirst(a: PeriodReport['resources'][number], b: PeriodReport['resources'][number]): number {
  return (
    b.failed + b.missed - (a.failed + a.missed) ||
    b.unknown - a.unknown ||
    severityRank(a.severity) - severityRank(b.severity) ||
    compareText(a.resourceName, b.resourceName) ||
    compareText(a.resourceId, b.resourceId)
  );
}

/** Where nothing was in any part, there are none. */
function hasParts(slices: ReadonlyMap<string | null, Tally>): boolean {
  return [...slices.keys()].some((name) => name !== null);
}

function tallyOf<Key>(tallies: Map<Key, Tally>, key: Key): Tally {
  const tally = tallies.get(key) ?? newTally();
  tallies.set(key, tally);
  return tally;
}

/** By name; what has none comes last. */
function rowsOf<Key extends string | null>(
  tallies: ReadonlyMap<Key, Tally>,
): readonly (readonly [Key, Tally])[] {
  return [...tallies].sort(([a], [b]) =>
    a === null || b === null ? Number(a === null) - Number(b === null) : compareText(a, b),
  );
}
