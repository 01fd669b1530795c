import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { routeResources, sliceReport } from '../../src/reports/backup-compliance/document/slice-report.js';
import type {
  DailyReport,
  ReportTotals,
  Transition,
} from '../../src/reports/backup-compliance/model/daily-report.js';
import type { BackupJob } from '../../src/reports/backup-compliance/model/backup-job.js';
import type { ResourceCompliance } from '../../src/reports/backup-compliance/model/resource-compliance.js';
import { openRuleBook, noRules, type Rules } from '../../src/reports/backup-compliance/rules/rule-book.js';
import { type JudgedReport, fixedInventory, judgeDays } from '../support/judge-day.js';
import { type Estate, estateDates, randomEstate } from '../support/random-estate.js';
import { isMatch, randomRules } from '../support/random-rules.js';
import { runsOf } from '../support/share-of.js';

const addressPattern = /^[^\s<>@]+@[^\s<>@]+$/;

async function judgeEstate({ records, inventories }: Estate, rules: Rules): Promise<readonly JudgedReport[]> {
  return judgeDays(estateDates, (date) => {
    const named = inventories?.[date];
    return { records, rules, ...(named === undefined ? {} : { inventory: fixedInventory(named) }) };
  });
}

function sumOf(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

function isBad({ compliance }: Pick<ResourceCompliance, 'compliance'>): boolean {
  return compliance === 'NON_COMPLIANT' || compliance === 'UNKNOWN';
}

function isNamed({ resourceId }: { readonly resourceId: string }): boolean {
  return !resourceId.startsWith('unknown:');
}

/** Counts of the resources, without any of the code that makes the totals of a report. */
function countsOf(
  resources: readonly ResourceCompliance[],
): Omit<ReportTotals, 'excluded' | 'compliancePercent' | 'byOutcome'> & Readonly<Record<string, number>> {
  const count = (is: (resource: ResourceCompliance) => boolean): number => resources.filter(is).length;
  const outcomes = new Set(resources.map(({ outcome }) => outcome));
  return {
    expected: resources.length,
    compliant: count(({ compliance }) => compliance === 'COMPLIANT'),
    nonCompliant: count(({ compliance }) => compliance === 'NON_COMPLIANT'),
    unknown: count(({ compliance }) => compliance === 'UNKNOWN'),
    notApplicable: count(({ compliance }) => compliance === 'NOT_APPLICABLE'),
    waived: count(({ waiver }) => waiver !== null),
    waivedBad: count((resource) => resource.waiver !== null && isBad(resource)),
    ...Object.fromEntries(
      [...outcomes].map((outcome) => [outcome, count((each) => each.outcome === outcome)]),
    ),
  };
}

/** The totals as flat counts, those of outcomes that nothing has left out. */
function flat(totals: ReportTotals): Record<string, number> {
  const { byOutcome, expected, compliant, nonCompliant, unknown, notApplicable, waived, waivedBad } = totals;
  const counts = { expected, compliant, nonCompliant, unknown, notApplicable, waived, waivedBad };
  return { ...counts, ...Object.fromEntries(Object.entries(byOutcome).filter(([, count]) => count > 0)) };
}

function expectBalance({ report, jobs }: JudgedReport): void {
  const { totals, resources, excludedResources, controls, policies, jobTotals } = report;
  expect(sumOf(Object.values(totals.byOutcome))).toBe(totals.expected);
  expect(totals.compliant + totals.nonCompliant + totals.unknown + totals.notApplicable).toBe(
    totals.expected,
  );
  expect(flat(totals)).toEqual(countsOf(resources));
  expect(totals.excluded).toBe(excludedResources.length);
  expect(new Set(resources.map(({ resourceId }) => resourceId)).size).toBe(resources.length);
  for (const { byVerdict } of controls) expect(sumOf(Object.values(byVerdict))).toBe(totals.expected);
  expect(sumOf(policies.map((policy) => policy.resources))).toBe(resources.filter(isNamed).length);
  expect(sumOf(Object.values(jobTotals.byStatus))).toBe(jobs.length);
  const judged = totals.expected - totals.notApplicable;
  const percent = judged === 0 ? null : (totals.compliant * 100) / judged;
  expect(totals.compliancePercent).toBe(percent);
  expect(report.trend.at(-1)?.totals).toEqual(totals);
}

/**
 * Each is in one place only. But what has left the inventory and is still backed up is told of as both; and what was
 * terminated and never expected is told of no more.
 */
function expectPlaces(report: DailyReport, { inventories, seen, terminated }: Estate): void {
  const { date } = report.reportDay;
  const { resources, notInInventory, excludedResources, formerResources } = report;
  const inventory = new Set((inventories?.[date] ?? []).map((each) => each.resourceId));
  for (const resourceId of new Set([...inventory, ...(seen[date] ?? [])])) {
    const [judged, unlisted, excluded, former] = [
      resources,
      notInInventory,
      excludedResources,
      formerResources,
    ].map((list) => list.filter((each) => each.resourceId === resourceId).length);
    const isForgotten =
      inventories !== null && !inventory.has(resourceId) && terminated[date]?.has(resourceId);
    const places = [`${judged}${unlisted}${excluded}${former}`];
    const hasLeft = former === 1 && inventories !== null && !inventory.has(resourceId);
    const allowed = [
      '1000',
      '0100',
      '0010',
      '0001',
      ...(hasLeft ? ['0101', '0011'] : []),
      ...(isForgotten ? ['0000'] : []),
    ];
    expect({ resourceId, places }).toEqual({
      resourceId,
      places: allowed.filter((each) => places.includes(each)),
    });
  }
}

/** Who decides is who comes first. */
function expectRules(report: DailyReport, rules: Rules, { inventories }: Estate): void {
  const { date } = report.reportDay;
  const named = new Map((inventories?.[date] ?? []).map((each) => [each.resourceId, each]));
  for (const resource of report.resources.filter(isNamed)) {
    const asNamed = { ...resource, owner: named.get(resource.resourceId)?.owner ?? null };
    const policy = rules.policies.find(({ match }) => isMatch(match, asNamed));
    expect(resource.policy).toBe(policy?.name ?? 'default');
    expect(resource.owner).toBe(asNamed.owner ?? policy?.owner ?? null);
    expect(rules.excludes.some(({ match }) => isMatch(match, asNamed))).toBe(false);
  }
  for (const resource of report.resources) {
    const waiver = rules.waivers.find(({ match, expires }) => expires >= date && isMatch(match, resource));
    expect(resource.waiver?.expires).toBe(waiver?.expires);
    expect(resource.waiver?.ticket).toBe(waiver?.ticket);
  }
  for (const resource of report.excludedResources) {
    const asNamed = { ...resource, owner: named.get(resource.resourceId)?.owner ?? null };
    const rule = rules.excludes.find(({ match }) => isMatch(match, asNamed));
    expect(resource.reason).toContain(rule?.reason ?? 'no rule');
  }
  for (const [index, { resources, state }] of report.waivers.entries()) {
    const rule = rules.waivers[index];
    const matching = report.resources.filter((each) => rule !== undefined && isMatch(rule.match, each));
    expect(resources.map(({ resourceId }) => resourceId).sort()).toEqual(
      matching.map(({ resourceId }) => resourceId).sort(),
    );
    const isOver = rule !== undefined && rule.expires < date;
    expect(state).toBe(isOver ? 'expired' : matching.length === 0 ? 'unmatched' : 'active');
  }
}

function expectSlices({ report, jobs }: JudgedReport, rules: Rules): void {
  const routing = routeResources(report.resources, openRuleBook(rules));
  const slices = routing.slices.map(({ name, resourceIds }) => ({ name, resources: resourceIds.size }));
  const isRouted = rules.recipients.length > 0;
  expect(report.routing).toEqual(isRouted ? { slices, unrouted: routing.unrouted } : null);
  const sliceOf = (resource: ResourceCompliance): string | undefined => {
    const rule = rules.recipients.find(({ match }) => isMatch(match, resource));
    if (rule?.to !== 'owner') return rule?.name;
    return addressPattern.test(resource.owner ?? '') ? (resource.owner ?? undefined) : undefined;
  };
  const unrouted = report.resources.filter((resource) => sliceOf(resource) === undefined);
  expect(routing.unrouted).toBe(unrouted.length);
  const parts = routing.slices.map((slice) => {
    const own = jobs.filter(({ resourceId }) => slice.resourceIds.has(resourceId));
    const part = sliceReport(report, slice, own);
    expect(part.resources.every((resource) => sliceOf(resource) === slice.name)).toBe(true);
    expect(flat(part.totals)).toEqual(countsOf(part.resources));
    expect(part.jobTotals.total).toBe(own.length);
    expect([part.notInInventory, part.excludedResources, part.formerResources].flat()).toEqual([]);
    return part;
  });
  const whole = sumOfCounts([...parts.map(({ totals }) => flat(totals)), countsOf(unrouted)]);
  expect(whole).toEqual(sumOfCounts([flat(report.totals)]));
  const inParts = parts.flatMap(({ resources }) => resources.map(({ resourceId }) => resourceId));
  expect(new Set(inParts).size).toBe(inParts.length);
}

function sumOfCounts(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) {
      if (count > 0) sums[name] = (sums[name] ?? 0) + count;
    }
  }
  return sums;
}

/** Everything but the waiver itself. */
function withoutWaiver(resources: readonly ResourceCompliance[]): readonly unknown[] {
  return resources
    .map((resource) => ({ ...resource, waiver: null }))
    .sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1));
}

function verdictOf({ resourceId, outcome, controls, lastSuccessTime }: ResourceCompliance): unknown {
  return { resourceId, outcome, controls, lastSuccessTime };
}

/** Worst first, and waived ones after the others: of their order waivers do have a say. */
function turnsOf({ followUp }: DailyReport): readonly ReadonlySet<Transition>[] {
  return [new Set(followUp.newlyBad), new Set(followUp.resolved)];
}

/** A run is two days, or four: most of the time is theirs. */
const runs = { seed: 20261119, numRuns: runsOf(10), includeErrorInReport: true };

describe('whatever the rules and the inventory', () => {
  it('totals balance, every resource is in one place, and slices sum up to the whole', async () => {
    const everyRun = fc.assert(
      fc.asyncProperty(randomEstate, randomRules, async (estate, rules) => {
        for (const judged of await judgeEstate(estate, rules)) {
          expectBalance(judged);
          expectPlaces(judged.report, estate);
          expectRules(judged.report, rules, estate);
          expectSlices(judged, rules);
        }
      }),
      { ...runs, numRuns: runsOf(25) },
    );
    await expect(everyRun).resolves.toBeUndefined();
  });

  it('a waiver changes no verdict, and nothing else but who is waived', async () => {
    await fc.assert(
      fc.asyncProperty(randomEstate, randomRules, async (estate, rules) => {
        const waived = await judgeEstate(estate, rules);
        const strict = await judgeEstate(estate, { ...rules, waivers: [] });
        for (const [index, { report, jobs }] of waived.entries()) {
          const other = strict[index];
          expect(withoutWaiver(report.resources)).toEqual(withoutWaiver(other?.report.resources ?? []));
          expect(jobs).toEqual(other?.jobs);
          expect(other?.report.totals).toEqual({ ...report.totals, waived: 0, waivedBad: 0 });
          expect(other && turnsOf(other.report)).toEqual(turnsOf(report));
        }
      }),
      runs,
    );
  });

  it('an exclude only removes: all others are judged as without it', async () => {
    await fc.assert(
      fc.asyncProperty(randomEstate, randomRules, async (estate, rules) => {
        const some = await judgeEstate(estate, rules);
        const all = await judgeEstate(estate, { ...rules, excludes: noRules.excludes });
        const excluded = new Set<string>();
        for (const [index, { report, jobs }] of some.entries()) {
          const other = all[index]?.report;
          for (const { resourceId } of report.excludedResources) excluded.add(resourceId);
          const now = new Set(report.excludedResources.map(({ resourceId }) => resourceId));
          const left = other?.resources.filter(({ resourceId }) => !now.has(resourceId)) ?? [];
          expect(report.resources.map(verdictOf)).toEqual(left.map(verdictOf));
          // What was excluded yesterday, and is not today, has no days in a row.
          const never = ({ resourceId }: ResourceCompliance): boolean => !excluded.has(resourceId);
          expect(report.resources.filter(never)).toEqual(left.filter(never));
          // An end after the cut-off proves nothing of a resource that is not judged.
          const ofOthers = ({ resourceId }: BackupJob): boolean => !now.has(resourceId);
          expect(jobs.filter(ofOthers)).toEqual(all[index]?.jobs.filter(ofOthers));
          expect(other?.excludedResources).toEqual([]);
        }
      }),
      runs,
    );
  });
});
