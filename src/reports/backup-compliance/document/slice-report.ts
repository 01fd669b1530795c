import { compareText } from '../../../base/text-order.js';
import type { CountedJob } from '../model/backup-type.js';
import type { DailyReport, ReportTotals } from '../model/daily-report.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';
import type { Routing, Slice } from '../model/slice.js';
import type { RuleBook } from '../rules/rule-book.js';
import type { Matchable } from '../rules/rule-index.js';
import { controlSummaries, totalsOf } from './assemble-report.js';
import { jobTotalsOf, jobsByType } from './count-jobs.js';

const address = /^[^\s<>@]+@[^\s<>@]+$/;

/** Assigns the resources to recipients: each is in one slice at most, so that the slices add up to the whole. */
export function routeResources(
  resources: readonly (Matchable & Pick<ResourceCompliance, 'resourceId'>)[],
  ruleBook: RuleBook,
): Routing {
  const { recipients } = ruleBook.rules;
  const parts = recipients.map(({ to }) => ({
    isPerOwner: to === 'owner',
    byName: new Map<string, Set<string>>(),
  }));
  let unrouted = 0;
  for (const resource of resources) {
    const position = ruleBook.recipientOf(resource) ?? -1;
    const part = parts[position];
    const name = part?.isPerOwner ? resource.owner : recipients[position]?.name;
    if (part === undefined || !name || (part.isPerOwner && !address.test(name))) {
      unrouted += 1;
      continue;
    }
    const ids = part.byName.get(name) ?? new Set();
    part.byName.set(name, ids.add(resource.resourceId));
  }
  const slugs = new Set<string>();
  const slices = recipients.flatMap((rule, position): Slice[] => {
    const byName = parts[position]?.byName ?? new Map<string, Set<string>>();
    // A team with no resources still gets its report: silence must mean trouble.
    if (rule.to !== 'owner') {
      return [sliceOf(rule.name, rule.to, byName.get(rule.name) ?? new Set(), slugs)];
    }
    return [...byName]
      .sort(([a], [b]) => compareText(a, b))
      .map(([owner, ids]) => sliceOf(owner, [owner], ids, slugs));
  });
  const findings = recipients.flatMap(({ name, match }, position): JudgedFinding[] =>
    parts[position]?.byName.size === 0 ? [{ kind: 'recipients-match-nothing', recipients: name, match }] : [],
  );
  return { slices, unrouted, findings };
}

function sliceOf(
  name: string,
  to: readonly string[],
  resourceIds: ReadonlySet<string>,
  slugs: Set<string>,
): Slice {
  const base =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'slice';
  let slug = base;
  for (let number = 2; slugs.has(slug); number += 1) slug = `${base}-${number}`;
  slugs.add(slug);
  return { name, slug, to, resourceIds };
}

/**
 * The report reduced to one recipient's resources, with recomputed totals. Status, sources and control totals stay
 * those of the whole report: what could not be read may have concerned anybody.
 *
 * @param jobs jobs of the slice's resources
 */
export function sliceReport(report: DailyReport, slice: Slice, jobs: readonly CountedJob[]): DailyReport {
  const isIn = ({ resourceId }: { readonly resourceId: string }): boolean =>
    slice.resourceIds.has(resourceId);
  const resources = report.resources.filter(isIn);
  const { followUp } = report;
  const totals = totalsOf(resources, 0);
  return {
    ...report,
    slice: { name: slice.name, resources: resources.length, ofResources: report.resources.length },
    totals,
    controls: controlSummaries(resources),
    policies: report.policies
      .map((policy) => ({
        ...policy,
        resources: resources.filter((each) => each.policy === policy.name).length,
      }))
      .filter((policy) => policy.resources > 0),
    followUp: {
      comparedWith: followUp.comparedWith,
      newlyBad: followUp.newlyBad.filter(isIn),
      resolved: followUp.resolved.filter(isIn),
    },
    resources,
    incidents: report.incidents.filter(isIn),
    jobTotals: jobTotalsOf(jobs),
    changes: report.changes.filter(isIn),
    waivers: report.waivers
      .map((waiver) => ({ ...waiver, resources: waiver.resources.filter(isIn) }))
      .filter((waiver) => waiver.resources.length > 0),
    findings: [],
    trend: dayOfSlice(report, totals, jobs),
    notInInventory: [],
    excludedResources: [],
    formerResources: [],
    formerFacts: [],
    lifeCycles: [],
    runningAttempts: report.runningAttempts.filter(({ resource }) => isIn(resource)),
    routing: null,
  };
}

/** A part has no history of its own: its trend is the report day alone. */
function dayOfSlice(
  { reportDay, status, trend }: DailyReport,
  totals: ReportTotals,
  jobs: readonly CountedJob[],
): DailyReport['trend'] {
  const day = { date: reportDay.date, status, totals };
  return [trend.at(-1)?.jobs === undefined ? day : { ...day, jobs: jobsByType(jobs) }];
}
