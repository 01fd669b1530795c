import type { Severity } from '../../model/severity.js';
import type { DailyReport } from '../../reports/backup-compliance/model/daily-report.js';
import type { ResourceCompliance } from '../../reports/backup-compliance/model/resource-compliance.js';
import type { ControlName } from '../../reports/backup-compliance/model/verdict.js';
import { type InterchangeDay, type ReportedDay, whyIncomplete } from '../interchange-day.js';
import { type Claim, type ClaimState, claimsOfResource } from '../claims.js';
import { oneLineOf } from '../plain.js';
import { stableId } from '../stable-id.js';
import type { OcsfResource } from './types.js';

/** What a day says of one thing that is checked, before it is compared with the report before. */
export interface Judgement {
  /** Of what is checked: the same on every day. */
  readonly findingId: string;
  readonly control: string;
  readonly title: string;
  readonly state: ClaimState;
  /** The waiver of what is bad, in words; null: none holds. */
  readonly waiver: string | null;
  readonly severity: Severity;
  readonly reasons: readonly string[];
  readonly standards: readonly string[];
  readonly requirements: readonly string[];
  readonly resource: OcsfResource;
}

/** The check of the plan itself: that the day has a report, and that it saw everything. */
export const dayControl = 'report-complete';

/** Of every resource and every control that is demanded of it, in the order of the report. */
export function* judgementsOf(day: ReportedDay): Generator<Judgement> {
  const supports = supportsByControl(day.report);
  for (const resource of day.report.resources) {
    for (const claim of claimsOfResource(day, resource)) {
      yield judgementOf(day.plan, claim, supports.get(claim.control));
    }
  }
}

function judgementOf(plan: string, claim: Claim, supports: Supports | undefined): Judgement {
  const { resource, control, result, state, reasons, isWaived } = claim;
  const { waiver } = resource;
  const demanded = result.demandedBy === null ? [] : [oneLineOf(result.demandedBy)];
  return {
    findingId: stableId('finding', plan, resource.resourceId, control),
    control,
    title: `${control}: ${oneLineOf(resource.resourceName)}`,
    state,
    waiver:
      isWaived && waiver !== null
        ? oneLineOf(`Waived until ${waiver.expires} by ${waiver.approvedBy}: ${waiver.reason}`)
        : null,
    severity: resource.severity,
    reasons: reasons.map(oneLineOf),
    standards: supports?.standards ?? [`report plan ${plan}`],
    requirements: [...(supports?.requirements ?? []), ...demanded],
    resource: resourceOf(resource),
  };
}

/** INCOMPLETE, missing and damaged days warn by it; a day that saw everything passes. */
export function judgementOfDay(day: InterchangeDay): Judgement {
  const { plan } = day;
  const why = day.state === 'reported' ? whyIncomplete(day) : day.why;
  return {
    findingId: stableId('finding', plan, dayControl),
    control: dayControl,
    title: `${dayControl}: ${plan}`,
    state: why === null ? 'pass' : 'unknown',
    waiver: null,
    severity: 'high',
    reasons: [why === null ? 'The report of this day saw everything.' : oneLineOf(why)],
    standards: [`report plan ${plan}`],
    requirements: [],
    resource: { uid: plan, name: plan, type: 'report plan' },
  };
}

interface Supports {
  readonly standards: readonly string[];
  readonly requirements: readonly string[];
}

/** Titles and clauses of the frameworks of the report. */
function supportsByControl({ frameworks = [] }: DailyReport): ReadonlyMap<ControlName, Supports> {
  const byControl = new Map<ControlName, { standards: string[]; requirements: string[] }>();
  for (const { id, title, clauses } of frameworks) {
    for (const { clause, supports } of clauses) {
      for (const { by } of supports) {
        const control = by as ControlName;
        const known = byControl.get(control) ?? { standards: [], requirements: [] };
        byControl.set(control, known);
        if (!known.standards.includes(oneLineOf(title))) known.standards.push(oneLineOf(title));
        known.requirements.push(oneLineOf(`${id} ${clause}`));
      }
    }
  }
  return byControl;
}

function resourceOf(resource: ResourceCompliance): OcsfResource {
  const { resourceId, resourceName, resourceType, severity, owner, compartmentId, compartmentName } =
    resource;
  const tags = Object.entries(resource.tags);
  const group = {
    ...(compartmentId === null ? {} : { uid: oneLineOf(compartmentId) }),
    ...(compartmentName === null ? {} : { name: oneLineOf(compartmentName) }),
  };
  return {
    uid: oneLineOf(resourceId),
    name: oneLineOf(resourceName),
    type: oneLineOf(resourceType),
    criticality: severity,
    ...(owner === null ? {} : { owner: { name: oneLineOf(owner) } }),
    ...(Object.keys(group).length === 0 ? {} : { group }),
    ...(tags.length === 0
      ? {}
      : { tags: tags.map(([name, value]) => ({ name: oneLineOf(name), value: oneLineOf(String(value)) })) }),
  };
}
