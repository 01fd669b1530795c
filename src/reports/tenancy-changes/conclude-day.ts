import { sha256Hex } from '../../base/digest.js';
import { byQuarterHour } from '../../base/by-quarter-hour.js';
import { dateAt } from '../../base/civil-dates.js';
import { compareText } from '../../base/text-order.js';
import type { Conclusion, DayInput } from '../report-kind.js';
import { assembleTenancy } from './document/assemble-report.js';
import type { ReadChanges } from './events/open-reading.js';
import { changeOf, endMsOf } from './facts/change-of.js';
import { type CountedChanges, countChanges } from './facts/count-changes.js';
import type { JoinedChange } from './facts/join-operations.js';
import { type SortedChanges, sortChanges } from './facts/sort-changes.js';
import { carriedLines } from './memory/carried-lines.js';
import {
  type PrincipalMemory,
  type SeenOnDay,
  enoughDays,
  knownDaysBefore,
  principalsAfter,
} from './memory/principals.js';
import { silentSources, sourcesAfter } from './memory/source-silence.js';
import type { Change } from './model/change.js';
import { principalIdOf } from './model/principal-id.js';
import type { TenancyMemory } from './model/tenancy-memory.js';
import { type TenancyReport, mostListed } from './model/tenancy-report.js';

type ConcludedInput = DayInput<TenancyReport, TenancyMemory, ReadChanges>;

/** Turns the records of a window into the report of its last day: join, sort by day, count, compare with the memory. */
export async function concludeChanges(input: ConcludedInput): Promise<Conclusion<TenancyReport>> {
  const { day, sources, recalled, log } = input;
  const { memory } = recalled;
  const sorted = sortChanges(input.facts.held.all(), day);
  const lines = changesOf(sorted.ofDay);
  const counted = countChanges(lines, day);
  const reads = input.facts.reads.since(day.startMs);
  const principals = principalsOf(input, sorted, counted);
  const knownSources = memory?.sources ?? [];
  const report = assembleTenancy({
    ...input,
    counted,
    reads,
    ...firstSeenOf(principals.before, counted, day.date),
    principalsKnownSince: principals.after.knownSince,
    silent: input.isDayOver ? silentSources(sources, knownSources, day.date) : [],
    givenUp: sorted.givenUp,
  });
  log.info(
    { changes: report.totals.changes, reads: report.totals.reads, status: report.status },
    'day counted',
  );
  return {
    report,
    lines,
    memoryLines: carriedLines({
      principals: principals.after.principals,
      running: sorted.running,
      sources: sourcesAfter(sources, knownSources, day.date),
    }),
    parts: () => [],
    inventoryDigest: sha256Hex(''),
  };
}

/** Made anew each time that they are read: on a large day only the records are kept. */
function changesOf(joined: readonly JoinedChange[]): Iterable<Change> {
  return {
    *[Symbol.iterator]() {
      for (const each of joined) yield changeOf(each);
    },
  };
}

/** Principals before the report day, those of days read with it included, and after it. */
function principalsOf(
  { day, recalled }: ConcludedInput,
  { before }: SortedChanges,
  { byPrincipal }: CountedChanges,
): { readonly before: PrincipalMemory; readonly after: PrincipalMemory } {
  const { memory } = recalled;
  const since = dateAt(recalled.knownSinceMs, day.timezone);
  const known = {
    principals: memory?.principals ?? new Map<string, never>(),
    knownSince: memory?.principalsKnownSince ?? null,
  };
  const earlier = principalsAfter(known, seenBefore(before, day), since);
  const today: SeenOnDay = { date: day.date, ids: byPrincipal.keys() };
  return { before: earlier, after: principalsAfter(earlier, [today], since) };
}

function seenBefore(
  changes: readonly JoinedChange[],
  { timezone }: ConcludedInput['day'],
): readonly SeenOnDay[] {
  const dateOf = byQuarterHour((ms) => dateAt(ms, timezone));
  const days = new Map<string, Set<string>>();
  for (const change of changes) {
    const record = (change.begin ?? change.end)?.record;
    const id = record === undefined ? null : principalIdOf(record);
    if (id === null) continue;
    const date = dateOf(endMsOf(change));
    const ids = days.get(date) ?? new Set();
    days.set(date, ids.add(id));
  }
  return [...days].sort(([a], [b]) => compareText(a, b)).map(([date, ids]) => ({ date, ids }));
}

function firstSeenOf(
  before: PrincipalMemory,
  { byPrincipal }: CountedChanges,
  date: string,
): { readonly firstSeen: TenancyReport['firstSeen']; readonly firstSeenTotal: number | null } {
  const knownDays = knownDaysBefore(before, date);
  if (knownDays < enoughDays) return { firstSeen: { knownDays, principals: null }, firstSeenTotal: null };
  const fresh = [...byPrincipal].filter(([id]) => !before.principals.has(id));
  const principals = fresh
    .map(([id, { name, changes }]) => ({ id, name, changes }))
    .sort((a, b) => compareText(a.name ?? a.id, b.name ?? b.id) || compareText(a.id, b.id));
  return {
    firstSeen: { knownDays, principals: principals.slice(0, mostListed) },
    firstSeenTotal: principals.length,
  };
}
