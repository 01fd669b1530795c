import { addDays } from '../../../base/civil-dates.js';
import { compareNatural } from '../../../base/natural-order.js';
import { compareText } from '../../../base/text-order.js';
import type { TrendDay } from '../model/daily-report.js';
import type { DayMemory, RememberedResource, Standing } from '../model/day-memory.js';
import type { JudgedFollowUp, JudgedTransition, TransitionReason } from '../model/judged-follow-up.js';
import type { JudgedResource, LeavingReason, UnjudgedReason } from '../model/judged-resource.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';
import { trendDays } from '../model/trend-days.js';
import { type ControlName, type Outcome, type Verdict, controlNames, isBad } from '../model/verdict.js';

/** Most informative first. */
const explainingControls: readonly ControlName[] = [
  'backup-succeeded',
  ...controlNames.filter((name) => name !== 'backup-succeeded'),
];

/** The control that best explains why a resource is bad; null if it is not. */
function worstControl(
  controls: Readonly<Record<ControlName, { readonly verdict: Verdict }>>,
): ControlName | null {
  for (const verdict of ['NON_COMPLIANT', 'UNKNOWN']) {
    const name = explainingControls.find((each) => controls[each].verdict === verdict);
    if (name !== undefined) return name;
  }
  return null;
}

/** Why a reported resource is bad, in the words of its report; empty if it is not. */
export function badReason({ controls }: Pick<ResourceCompliance, 'controls'>): string {
  const name = worstControl(controls);
  return name === null ? '' : controls[name].reason;
}

type StandingFields = Pick<
  ResourceCompliance,
  'consecutiveBadDays' | 'badSince' | 'recentOutcomes' | 'firstReported'
>;

/**
 * A resource's bad days in a row and recent outcomes, this day included.
 *
 * @param before standing in the memory; null if it has none
 * @param daysSince days from the memory's date to this one
 */
export function standingFields(
  before: Standing | null,
  { outcome, compliance }: { readonly outcome: Outcome; readonly compliance: Verdict },
  date: string,
  daysSince: number,
): StandingFields {
  const bad = isBad(compliance);
  return {
    consecutiveBadDays: bad ? (before?.consecutiveBadDays ?? 0) + 1 : 0,
    badSince: bad ? (before?.badSince ?? date) : null,
    recentOutcomes: stripWith(before?.recentOutcomes ?? [], outcome, daysSince),
    firstReported: before?.firstReported ?? date,
  };
}

/** The strip shifted by so many days, newest last; 14 entries. */
function stripWith(
  before: readonly (Outcome | null)[],
  outcome: Outcome,
  daysSince: number,
): readonly (Outcome | null)[] {
  const shift = Math.max(daysSince, 1);
  const strip: (Outcome | null)[] = [];
  // Counted from the end of what was before; a position past it, or before its first, is a day without an outcome.
  for (let at = before.length + shift - trendDays; at < before.length + shift - 1; at += 1) {
    strip.push(before[at] ?? null);
  }
  strip.push(outcome);
  return strip;
}

/** The trend, ending with this day. */
export function trendOf(memory: DayMemory | null, today: TrendDay): readonly TrendDay[] {
  const known = new Map(memory?.trend.map((day) => [day.date, day]));
  return lastDates(today.date).map((date) =>
    date === today.date ? today : (known.get(date) ?? { date, status: null, totals: null }),
  );
}

/** The last 14 dates, oldest first, ending with the given one. */
function lastDates(date: string): readonly string[] {
  return Array.from({ length: trendDays }, (_, index) => addDays(date, index - trendDays + 1));
}

/**
 * Which resources turned bad since the previous report, and which are no longer bad.
 *
 * @param memory of the previous report
 * @param left why a resource has left the population, by resource id
 */
export function followUpOf(
  memory: DayMemory | null,
  resources: readonly JudgedResource[],
  left: ReadonlyMap<string, LeavingReason | UnjudgedReason>,
): JudgedFollowUp {
  if (memory === null) return { comparedWith: null, newlyBad: [], resolved: [] };
  const now = new Map(resources.map((resource) => [resource.resourceId, resource]));
  const wasBad = (resourceId: string): boolean =>
    (memory.resources.get(resourceId)?.standing?.consecutiveBadDays ?? 0) > 0;
  const newlyBad = resources
    .filter(({ resourceId, compliance }) => isBad(compliance) && !wasBad(resourceId))
    .map(newTransition);
  const resolved: JudgedTransition[] = [];
  for (const before of memory.resources.values()) {
    const { resourceId, standing } = before;
    if (standing === null || standing.consecutiveBadDays === 0) continue;
    const resource = now.get(resourceId);
    if (resource !== undefined && isBad(resource.compliance)) continue;
    const reason: TransitionReason =
      resource === undefined
        ? { code: 'not-judged', left: left.get(resourceId) ?? null }
        : { code: 'was-bad', words: standing.words };
    resolved.push(resolvedTransition({ before, standing, resource, reason }));
  }
  return { comparedWith: memory.date, newlyBad, resolved: resolved.sort(compareTransitions) };
}

function newTransition(resource: JudgedResource): JudgedTransition {
  const { resourceId, resourceType, resourceName, owner, outcome, compliance, controls } = resource;
  return {
    resourceId,
    resourceType,
    resourceName,
    owner,
    outcome,
    compliance,
    badSince: resource.badSince ?? '',
    badDays: resource.consecutiveBadDays,
    reason: { code: 'turned-bad', control: worstControl(controls) },
  };
}

interface Resolution {
  readonly before: RememberedResource;
  readonly standing: Standing;
  /** undefined: no longer judged. */
  readonly resource: JudgedResource | undefined;
  readonly reason: TransitionReason;
}

function resolvedTransition({ before, standing, resource, reason }: Resolution): JudgedTransition {
  const { resourceId, resourceType, resourceName, owner } = before;
  return {
    resourceId,
    resourceType,
    resourceName,
    owner: resource?.owner ?? owner,
    outcome: resource?.outcome ?? null,
    compliance: resource?.compliance ?? null,
    badSince: standing.badSince ?? '',
    badDays: standing.consecutiveBadDays,
    reason,
  };
}

function compareTransitions(a: JudgedTransition, b: JudgedTransition): number {
  return (
    compareNatural(a.resourceName.toLowerCase(), b.resourceName.toLowerCase()) ||
    compareText(a.resourceId, b.resourceId)
  );
}
